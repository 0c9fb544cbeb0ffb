"""What the model sees of a word. crates/text/src/model/features.rs does the same, to the bit."""

import unicodedata

ROWS = 16384
PIECES = 8
APOSTROPHES = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
               "\u2011": "-", "\u2010": "-"}


def plain(c):
    """A lower-case letter without its accent, for Latin letters below U+0250; other characters as they are."""
    if "\u00c0" <= c < "\u0250":
        base = unicodedata.normalize("NFD", c)[0]
        return base if base.isascii() else c
    return APOSTROPHES.get(c, c)


def fold(word):
    return "".join(plain(c) for c in word[:64].lower())


def fnv(data: bytes):
    h = 0xcbf29ce484222325
    for b in data:
        h = ((h ^ b) * 0x100000001b3) & 0xffffffffffffffff
    return h


def row(kind, text):
    """The row of the hashed table for one letter group: `kind` is one byte."""
    h = fnv(kind.encode() + text.encode())
    return (h ^ (h >> 29)) % ROWS


def shape(word):
    """X for capitals, x for other letters, d for digits, other characters as they are; runs longer than three cut."""
    out, run = [], 0
    for c in word[:64]:
        s = "d" if c.isnumeric() else ("X" if c.isupper() else "x") if c.isalpha() else c
        run = run + 1 if out and out[-1] == s else 1
        if run <= 3:
            out.append(s)
    return "".join(out[:16])


def groups(word, folded):
    """Rows of the hashed table: endings of two, three, four letters, a beginning of three, the shape."""
    return [row("2", folded[-2:]), row("3", folded[-3:]), row("4", folded[-4:]), row("p", folded[:3]),
            row("s", shape(word))]


def split(folded, pieces):
    """The longest known pieces from the left; `pieces` maps text (continuations begin with ##) to rows."""
    found, at = [], 0
    while at < len(folded) and len(found) < PIECES:
        inside = at > 0 and folded[at - 1].isalnum() and folded[at].isalnum()
        stop = at + 1
        while folded[at].isalnum() and stop < len(folded) and folded[stop].isalnum() and stop - at < 24:
            stop += 1
        end = stop
        while end > at:
            piece = pieces.get(("##" if inside else "") + folded[at:end])
            if piece is not None:
                found.append(piece)
                break
            end -= 1
        at = end if end > at else at + 1
    return found
