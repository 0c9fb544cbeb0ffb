"""Scores `rapporteur parse --pretokenized` against annotated sentences.

    rapporteur parse --pretokenized GOLD.conllu | python3 bench/parse.py trees GOLD.conllu
    python3 bench/parse.py conllu NAMES.iob2 > plain.conllu
    rapporteur parse --pretokenized plain.conllu | python3 bench/parse.py names NAMES.iob2

`trees` gives the share of words whose tag, base form, head (UAS), head and relation (LAS: relations without what follows
the colon, as in the CoNLL 2018 shared task; LAS full: with it) are right, every mark counted. `names` gives precision,
recall and F1 of names with exactly the right words and kind, of PER, ORG and LOC. Several gold files are read as one.
"""

import sys

KINDS = {"PER", "ORG", "LOC"}


def blocks(lines):
    block = []
    for line in lines:
        line = line.rstrip("\n")
        if line:
            if not line.startswith("#"):
                block.append(line.split("\t"))
        elif block:
            yield block
            block = []
    if block:
        yield block


def words(block):
    return [row for row in block if row[0].isdigit()]


def gold_blocks(paths):
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            yield from blocks(lines)


def pairs(gold, said):
    gold, said = list(gold), list(said)
    assert len(gold) == len(said), f"{len(gold)} sentences in the gold, {len(said)} given"
    for g, s in zip(gold, said):
        g, s = words(g), words(s)
        assert [r[1] for r in g] == [r[1] for r in s], f"other words: {[r[1] for r in g]}, {[r[1] for r in s]}"
        yield g, s


def trees(gold, said):
    right = dict.fromkeys(("UPOS", "XPOS", "lemma", "UAS", "LAS", "LAS full"), 0)
    total = 0
    for g, s in pairs(gold, said):
        for a, b in zip(g, s):
            total += 1
            right["UPOS"] += a[3] == b[3]
            right["XPOS"] += a[4] == b[4]
            right["lemma"] += a[2] == "_" or a[2].lower() == b[2].lower()
            if a[6] == b[6]:
                right["UAS"] += 1
                right["LAS"] += a[7].split(":")[0] == b[7].split(":")[0]
                right["LAS full"] += a[7] == b[7]
    print(f"{total} words  " + "  ".join(f"{k} {100 * n / total:.2f}" for k, n in right.items()))


def spans(tags):
    found, start, kind = set(), None, None
    for at, tag in enumerate(tags + ["O"]):
        if start is not None and (not tag.startswith("I-") or tag[2:] != kind):
            found.add((start, at, kind))
            start = None
        if tag.startswith("B-") or tag.startswith("I-") and start is None:
            start, kind = at, tag[2:]
    return {span for span in found if span[2] in KINDS}


def entities(rows):
    found, start = set(), None
    for at, row in enumerate(rows):
        for cell in row[9].split("|"):
            if cell.startswith("Entity="):
                if "(" in cell:
                    start = at
                if ")" in cell and cell[7:].strip("()") in KINDS:
                    found.add((start, at + 1, cell[7:].strip("()")))
    return found


def names(gold, said):
    hit = {k: [0, 0, 0] for k in sorted(KINDS)}
    for g, s in pairs(([[str(i + 1)] + r[1:] for i, r in enumerate(b)] for b in gold), said):
        g, s = spans([r[2] for r in g]), entities(s)
        for kind, count in hit.items():
            a, b = {x for x in g if x[2] == kind}, {x for x in s if x[2] == kind}
            count[0] += len(a & b)
            count[1] += len(b)
            count[2] += len(a)
    hit["all"] = [sum(c[i] for c in hit.values()) for i in range(3)]
    for kind, (right, said_n, gold_n) in hit.items():
        print(f"{kind}  P {right / max(said_n, 1):.3f}  R {right / max(gold_n, 1):.3f}  "
              f"F1 {2 * right / max(said_n + gold_n, 1):.3f}  ({gold_n} names)")


def conllu(paths):
    """Words alone. Where a file does not say which texts its sentences are of, each is one by itself."""
    for path in paths:
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        says = any(line.startswith("# newdoc") for line in lines)
        at = 0
        for line in lines + [""]:
            if line.startswith("# newdoc"):
                print(line)
            elif line.strip() and not line.startswith("#"):
                if at == 0 and not says:
                    print("# newdoc")
                at += 1
                print("\t".join([str(at), line.split("\t")[1]] + ["_"] * 8))
            elif not line.strip() and at:
                at = 0
                print()


if __name__ == "__main__":
    what, paths = sys.argv[1], sys.argv[2:]
    if what == "conllu":
        conllu(paths)
    else:
        {"trees": trees, "names": names}[what](gold_blocks(paths), blocks(sys.stdin))
