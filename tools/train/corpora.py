"""The annotated sentences that the model learns from, and those that it is measured on.

A sentence is a dict of equally long lists: `words`, `upos`, `xpos`, `lemmas`, `heads` (1-based, 0 for the root),
`deprels`, `space` (is there a space after the word?), and `bio` (B-PER, I-PER ..., `?` where nobody
knows; or None where nobody annotated names).
"""

import glob
import os
import random

import gum_names
import lists

from lists import DATA

KINDS = ("PER", "ORG", "LOC")
BIO = ["O"] + [f"{b}-{k}" for k in KINDS for b in "BI"]


def conllu(path):
    """The sentences of a CoNLL-U file; multiword ranges and empty nodes are left out."""
    sentences, rows, sent_id = [], [], None

    def close():
        if rows:
            sentences.append({
                "id": sent_id,
                "words": [r[1] for r in rows],
                "lemmas": [r[2] for r in rows],
                "upos": [r[3] for r in rows],
                "xpos": [r[4] for r in rows],
                "heads": [int(r[6]) for r in rows],
                "deprels": [r[7] for r in rows],
                "space": ["SpaceAfter=No" not in r[9] for r in rows],
                "bio": None,
                "misc": [r[9] for r in rows],
            })

    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                close()
                rows, sent_id = [], None
            elif line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif not line.startswith("#"):
                row = line.split("\t")
                if row[0].isdigit():
                    rows.append(row)
    close()
    return sentences


def names(path):
    """sent_id -> (words, BIO tags) of a UNER file. Kinds other than PER, ORG, LOC are no names here."""
    found, words, tags, sent_id = {}, [], [], None
    with open(path, encoding="utf-8") as lines:
        for line in list(lines) + ["\n"]:
            line = line.rstrip("\n")
            if not line:
                if words:
                    found[sent_id] = (words, tags)
                words, tags = [], []
            elif line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif not line.startswith("#"):
                row = line.split("\t")
                words.append(row[1])
                tags.append(row[2] if row[2] in BIO else "O")
    return found


def with_names(sentences, path):
    """Puts the names of a UNER file on the sentences with the same id and the same words."""
    annotated = names(path)
    for s in sentences:
        words, tags = annotated.get(s["id"], (None, None))
        if words == s["words"]:
            s["bio"] = tags
    return sentences


def ewt(part):
    tree = conllu(f"{DATA}/ud-ewt/en_ewt-ud-{part}.conllu")
    suffix = ".OLDER_VERSION" if part == "train" else ""
    return with_names(tree, f"{DATA}/uner-ewt/en_ewt-ud-{part}{suffix}.iob2")


def gum(news):
    """GUM's news documents, which are kept for measuring, or all its other documents."""
    found = []
    for path in sorted(glob.glob(f"{DATA}/gum/GUM_*.conllu")):
        if ("GUM_news_" in path) == news:
            found += conllu(path)
    if not news:
        titles = {w for name in ("titles", "roles") for w in lists.lists()[name]}
        for s in found:
            s["bio"] = gum_names.bio(s, s["misc"], titles)
    return found


def wikigold():
    """Sentences with names alone: `words` and `bio`; MISC counts as no name."""
    found, words, tags = [], [], []
    with open(f"{DATA}/wikigold/test.conllu", encoding="utf-8") as lines:
        for line in list(lines) + ["\n"]:
            row = line.rstrip("\n").split("\t")
            if len(row) < 3:
                if words:
                    found.append({"words": words, "bio": tags})
                words, tags = [], []
            else:
                words.append(row[1])
                tags.append(row[2] if row[2] in BIO else "O")
    return found


def hyphenated(s):
    """The sentence with its hyphenated words whole, as our tokens have them; the sentence where it has none."""
    n = len(s["words"])
    groups, at = [], 0
    while at < n:
        end = at + 1
        while (end + 1 < n and s["words"][end] == "-" and not s["space"][end - 1] and not s["space"][end]
               and s["words"][end - 1][-1:].isalnum() and s["words"][end + 1][:1].isalnum()):
            end += 2
        groups.append((at, end))
        at = end
    if len(groups) == n:
        return s
    group_of = {i: g for g, (a, b) in enumerate(groups) for i in range(a, b)}
    out = {k: [] for k in ("words", "lemmas", "upos", "xpos", "heads", "deprels", "space")}
    out["id"] = s["id"]
    out["bio"] = None if s["bio"] is None else []
    for a, b in groups:
        tops = [i for i in range(a, b) if not a <= s["heads"][i] - 1 < b]
        tops = [i for i in tops if s["words"][i] != "-"] or tops
        top = tops[-1]
        head = s["heads"][top]
        out["words"].append("".join(s["words"][a:b]))
        out["lemmas"].append("".join(s["words"][a:b]).lower())
        for k in ("upos", "xpos", "deprels"):
            out[k].append(s[k][top])
        out["heads"].append(0 if head == 0 else group_of[head - 1] + 1)
        out["space"].append(s["space"][b - 1])
        if s["bio"] is not None:
            tags = s["bio"][a:b]
            if "?" in tags and b > a + 1:
                tags = ["?"] * (b - a)
            same = len({t[2:] for t in tags}) == 1
            out["bio"].append(tags[0] if b == a + 1 or same else "O")
    # A group whose two tops hang in different places could close a circle.
    for i in range(len(groups)):
        seen, j = set(), i
        while j >= 0 and j not in seen:
            seen.add(j)
            j = out["heads"][j] - 1
        if j >= 0:
            return s
    if out["bio"] is not None:
        repaired, before = [], "O"
        for tag in out["bio"]:
            if tag[0] == "I" and before[2:] != tag[2:]:
                tag = "B" + tag[1:]
            repaired.append(tag)
            before = tag
        out["bio"] = repaired
    return out


def noisy(s, rng: random.Random):
    """Now and then: hyphenated words whole, a headline's capitals, no full stop."""
    if rng.random() < 0.5:
        s = hyphenated(s)
    dice = rng.random()
    if dice < 0.02:
        s = dict(s, words=[w.upper() for w in s["words"]])
    elif dice < 0.05:
        s = dict(s, words=[w[:1].upper() + w[1:] if len(w) > 3 else w for w in s["words"]])
    return s


def spans(tags):
    """The (start, end, kind) of BIO tags."""
    found, start, kind = set(), None, None
    for i, tag in enumerate(list(tags) + ["O"]):
        if start is not None and (tag[0] != "I" or tag[2:] != kind):
            found.add((start, i, kind))
            start = None
        if tag[0] == "B" or tag[0] == "I" and start is None:
            start, kind = i, tag[2:]
    return found
