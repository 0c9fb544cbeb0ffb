"""Scores `rapporteur attributions` against PolNeAR (brat files beside the checkout).

    python3 bench/attributions.py [--part dev] [--binary FILE] [--misses N] [--files N]

Source, cue and content: precision, recall and F1 of spans, `overlap` (shares a word with one of the same kind, one to
one, in order) and `exact` (the same words). `whole`: an attribution whose source, cue and content each share at least
half of the words of the longer one (a source that neither names counts as right). The same for attributions whose content begins in
quotation marks (direct) and the others. Words are compared by their order in the file, since reading a file may drop
lines. PolNeAR marks no attribution inside the content of another one, and without --nested none is printed.
Figures are for all articles, for those that may be looked at (`open`), and for the third that stays unread, by the name's
SHA-256. `--misses` prints what was not found and what was found wrongly in the first N open files.
"""

import argparse
import difflib
import hashlib
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORD = re.compile(r"\w+|[^\w\s]")
PARTS = ("cue", "source", "content")


def is_unread(path):
    return hashlib.sha256(path.stem.encode()).digest()[0] % 3 == 0


def words(text):
    return [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]


def covered(spans, places):
    return frozenset(
        at for at, (start, end, _) in enumerate(places) if any(start < e and s < end for s, e in spans)
    )


def gold_of(path, places):
    spans, events = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("T"):
            kind, rest = cells[1].split(" ", 1)
            spans[cells[0]] = [tuple(map(int, pair.split())) for pair in rest.split(";")]
        elif line.startswith("E"):
            events.append(cells[1].split())
    out = []
    for event in events:
        parts = {part: [] for part in PARTS}
        for argument in event[1:]:
            role, name = argument.split(":")
            role = role.rstrip("0123456789").lower()
            if role in parts:
                parts[role].extend(spans.get(name, []))
        out.append({part: covered(parts[part], places) for part in PARTS})
    return out


def found_of(lines, places, body):
    """Attributions of one report, as sets of the file's words; `body` is the text its offsets count in."""
    own = words(body)
    blocks = difflib.SequenceMatcher(None, [w for *_, w in own], [w for *_, w in places], autojunk=False)
    to_file = {}
    for a, b, size in blocks.get_matching_blocks():
        for step in range(size):
            to_file[a + step] = b + step

    def of(parts):
        parts = [(part["start"], part["end"]) for part in parts if part]
        return frozenset(to_file[at] for at in covered(parts, own) if at in to_file)

    return [
        {"cue": of([line["cue"]]), "source": of([line["source"]]), "content": of(line["content"])}
        for line in lines
        if not line.get("depth")
    ]


def pairs(gold, found, fits):
    """How many of `found` can be matched one to one, those that share most first."""
    scored = sorted(
        ((-len(g & f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if fits(g, f)),
    )
    left, right = set(), set()
    for _, i, j in scored:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return left, right


def half(gold, found):
    def alike(g, f):
        return (not g and not f) or len(g & f) * 2 >= max(len(g), len(f)) > 0

    return all(alike(gold[part], found[part]) for part in PARTS)


def whole_pairs(gold, found):
    left, right = set(), set()
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            if j not in right and half(g, f):
                left.add(i)
                right.add(j)
                break
    return left, right


class Counts:
    def __init__(self):
        self.rows = {}

    def add(self, name, unread, gold, found, hit):
        for part in ("all", "unread" if unread else "open"):
            row = self.rows.setdefault(name, {}).setdefault(part, [0, 0, 0])
            row[0] += gold
            row[1] += found
            row[2] += hit

    def show(self):
        print(f"{'':<20}{'all: P':>9}     R    F1    {'open: P':>9}     R    F1    {'unread: P':>9}     R    F1")
        for name, parts in self.rows.items():
            cells = []
            for part in ("all", "open", "unread"):
                gold, found, hit = parts.get(part, (0, 0, 0))
                p, r = hit / max(found, 1), hit / max(gold, 1)
                cells.append(f"     {p:.3f}  {r:.3f}  {2 * p * r / max(p + r, 1e-9):.3f}")
            gold, found, _ = parts["all"]
            print(f"{name:<20}{''.join(cells)}   gold {gold} found {found}")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--part", default="dev")
    args.add_argument("--misses", type=int, default=0)
    args.add_argument("--files", type=int, default=0)
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args = args.parse_args()
    folder = ROOT.parent / "shared/data/polnear" / args.part
    if not folder.is_dir():
        print(f"not measured: {folder} is not there")
        return
    texts = sorted((folder / "text").glob("*.txt"))
    if args.files:
        texts = texts[: args.files]
    run = subprocess.run([args.binary, "attributions", *map(str, texts)], capture_output=True, text=True, check=False)
    sys.stderr.write(run.stderr)
    clean = subprocess.run([args.binary, "clean", *map(str, texts)], capture_output=True, text=True, check=False)
    bodies = {}
    for line in clean.stdout.splitlines():
        row = json.loads(line)
        bodies[row["path"]] = row["body"]
    lines = {}
    for line in run.stdout.splitlines():
        row = json.loads(line)
        lines.setdefault(row["path"], []).append(row)
    counts = Counts()
    looked_at = 0
    for path in texts:
        unread = is_unread(path)
        show_misses = not unread and looked_at < args.misses
        looked_at += not unread
        text = path.read_text(encoding="utf-8")
        places = words(text)
        # Several people annotated some texts: the first by name counts.
        notes = min((folder / "attributions").glob(path.stem + "_*.ann"))
        gold = gold_of(notes, places)
        found = found_of(lines.get(str(path), []), places, bodies.get(str(path), ""))
        for part in PARTS:
            g = sorted({frozenset(a[part]) for a in gold if a[part]}, key=sorted)
            f = sorted({frozenset(a[part]) for a in found if a[part]}, key=sorted)
            left, right = pairs(g, f, lambda a, b: bool(a & b))
            counts.add(f"{part} overlap", unread, len(g), len(f), len(left))
            counts.add(f"{part} exact", unread, len(g), len(f), len(set(g) & set(f)))
            if show_misses:
                show = lambda at: " ".join(places[i][2] for i in sorted(at))
                for i, at in enumerate(g):
                    if i not in left:
                        around = range(max(0, min(at) - 12), min(len(places), max(at) + 13))
                        print(f"MISSED {part}: {show(at)}   in: {show(around)}")
                for i, at in enumerate(f):
                    if i not in right:
                        print(f"WRONG  {part}: {show(at)}")

        def direct(a):
            return bool(a["content"]) and places[min(a["content"])][2] in "\"“'‘`"

        for name, keep in (("whole", lambda a: True), ("whole, direct", direct), ("whole, indirect", lambda a: not direct(a))):
            g, f = [a for a in gold if keep(a)], [a for a in found if keep(a)]
            left, _ = whole_pairs(g, f)
            counts.add(name, unread, len(g), len(f), len(left))
        if show_misses:
            left, right = whole_pairs(gold, found)
            show = lambda at: " ".join(places[i][2] for i in sorted(at))
            for name, rows, seen in (("GOLD ", gold, left), ("FOUND", found, right)):
                for i, a in enumerate(rows):
                    if i not in seen:
                        print(f"{name} [{show(a['source'])}] <{show(a['cue'])}> {{{show(a['content'])[:160]}}}")
    counts.show()


if __name__ == "__main__":
    main()
