"""Scores the chains of `rapporteur parse` against GUM's news documents: who and what names, pronouns and descriptions mean.

    python3 bench/coreference.py [--binary FILE] [--misses]

Words and sentences as annotated. Marked chains are those of persons and organisations with two mentions and more. A
mention is found where it shares a word with the marked mention's core (GUM's minimal span), one to one. Precision,
recall and F1 of MUC, B-cubed and CEAF (entities), and their mean, the CoNLL figure, over all documents together; all,
open and unread by the document's name. `--misses` prints open documents' mentions that are alone, wrong or missed.
"""

import argparse
import collections
import hashlib
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = ("person", "organization")


def unread(name):
    return hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def rows(text):
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) == 10 and cells[0].isdigit():
            yield cells


def entities(text):
    """Words, and of everything marked its kind and its mentions: the frozen set of the words of each one's core."""
    words, open_spans, chains, kinds = [], [], collections.defaultdict(list), {}

    def close(name, at):
        for i in range(len(open_spans) - 1, -1, -1):
            if open_spans[i][0] == name:
                _, start, fields = open_spans.pop(i)
                core = [start + int(n) - 1 for n in fields[5].split(",") if n.isdigit()] if len(fields) > 5 else []
                chains[name].append(frozenset(core or range(start, at + 1)))
                kinds.setdefault(name, fields[1])
                return

    for cells in rows(text):
        at = len(words)
        words.append(cells[1])
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", entity.group(1)) if entity else ():
            if part.startswith("("):
                fields = part.strip("()").split("-")
                # name-kind-status-salience-centering-core-link-identity
                open_spans.append((fields[0], at, fields[:4] + [""] + fields[5:6] if len(fields) > 5 else fields))
                if part.endswith(")"):
                    close(fields[0], at)
            else:
                close(part.strip(")"), at)
    return words, [(kinds[name], mentions) for name, mentions in chains.items()]


def marked(text):
    """Words, and the chains to be found."""
    words, found = entities(text)
    return words, [mentions for kind, mentions in found if kind in KINDS and len(mentions) > 1]


def said(text):
    """The program's chains."""
    chains, start = collections.defaultdict(list), 0
    for at, cells in enumerate(rows(text)):
        found = re.search(r"(?:^|\|)Coref=(\(?)([0-9]+)(\)?)", cells[9])
        if found and found.group(1):
            start = at
        if found and found.group(3):
            chains[found.group(2)].append(range(start, at + 1))
    return [[frozenset(m) for m in ms] for ms in chains.values()]


def aligned(gold, ours):
    """Both as sets of names of mentions; a mention of ours that shares words with a marked one has its name."""
    free = [m for chain in gold for m in chain]
    named = {}
    pairs = sorted(
        ((-(len(m & g) / len(m | g)), sorted(m), sorted(g), m, g) for chain in ours for m in chain for g in free if m & g),
        key=lambda pair: pair[:3],
    )
    taken = set()
    for *_, m, g in pairs:
        if m not in named and g not in taken:
            named[m] = g
            taken.add(g)
    return [frozenset(c) for c in gold], [frozenset(named.get(m, ("ours", m)) for m in c) for c in ours]


def of(chains):
    return {mention: chain for chain in chains for mention in chain}


def muc(keys, other):
    where = of(other)
    right = sum(len(k) - len({where.get(m, ("alone", m)) for m in k}) for k in keys)
    return right, sum(len(k) - 1 for k in keys)


def b_cubed(keys, other):
    where = of(other)
    right = sum(len(k & where[m]) / len(k) for k in keys for m in k if m in where)
    return right, sum(map(len, keys))


def assign(weights):
    """The greatest sum of a matching, by the Hungarian method."""
    n, m = len(weights), len(weights[0]) if weights else 0
    if n > m:
        return assign([list(c) for c in zip(*weights)])
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], j0 = i, 0
        least, way, used = [float("inf")] * (m + 1), [0] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    cost = -weights[i0 - 1][j - 1] - u[i0] - v[j]
                    if cost < least[j]:
                        least[j], way[j] = cost, j0
                    if least[j] < delta:
                        delta, j1 = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if not match[j0]:
                break
        while j0:
            match[j0] = match[way[j0]]
            j0 = way[j0]
    return sum(weights[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


def ceaf(gold, ours):
    if not gold or not ours:
        return 0.0
    return assign([[2 * len(g & o) / (len(g) + len(o)) for o in ours] for g in gold])


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--misses", action="store_true")
    args = args.parse_args()
    folder = ROOT.parent / "shared/data/gum"
    if not folder.is_dir():
        print("not measured: ../shared/data/gum is not there")
        return 1
    parts = {part: collections.Counter() for part in ("all", "open", "unread")}
    for file in sorted(folder.glob("GUM_news_*.conllu")):
        words, gold = marked(file.read_text(encoding="utf-8"))
        run = subprocess.run([args.binary, "parse", "--pretokenized", str(file)], capture_output=True, text=True, check=True)
        raw = said(run.stdout)
        gold, ours = aligned(gold, raw)
        for part in ("all", "unread" if unread(file.stem) else "open"):
            count = parts[part]
            for name, (r, n), (q, m) in (
                ("MUC", muc(gold, ours), muc(ours, gold)),
                ("B-cubed", b_cubed(gold, ours), b_cubed(ours, gold)),
                ("CEAF", (ceaf(gold, ours), len(gold)), (ceaf(gold, ours), len(ours))),
                ("mentions", (len(of(gold).keys() & of(ours).keys()), len(of(gold))), (len(of(gold).keys() & of(ours).keys()), len(of(ours)))),
            ):
                count[name, "right"] += r
                count[name, "marked"] += n
                count[name, "good"] += q
                count[name, "said"] += m
        if args.misses and not unread(file.stem):
            show = lambda m: " ".join(words[i] for i in sorted(m[1] if isinstance(m, tuple) else m)) + f"@{min(m[1] if isinstance(m, tuple) else m)}"
            where = of(gold)
            print("==", file.stem)
            for chain in sorted(ours, key=lambda c: min(min(m[1] if isinstance(m, tuple) else m) for m in c)):
                groups = collections.defaultdict(list)
                for m in chain:
                    groups[where.get(m)].append(m)
                print("ours: ", " || ".join(("? " if g is None else "") + ", ".join(map(show, sorted(ms, key=show))) for g, ms in groups.items()))
            mine = of(ours)
            for chain in gold:
                left = [m for m in chain if m not in mine]
                if left:
                    print("missed", ", ".join(map(show, sorted(left, key=min))), "| of", ", ".join(map(show, sorted(chain - set(left), key=min)[:4])))
    for part, count in parts.items():
        scores = []
        shown = []
        for name in ("MUC", "B-cubed", "CEAF", "mentions"):
            p = count[name, "good"] / max(1, count[name, "said"])
            r = count[name, "right"] / max(1, count[name, "marked"])
            scores.append(f1(p, r))
            shown.append(f"{name} {p:.3f} {r:.3f} {f1(p, r):.3f}")
        print(f"{part:7} CoNLL {sum(scores[:3]) / 3:.3f}   " + "   ".join(shown))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
