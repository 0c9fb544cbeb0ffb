"""Scores `rapporteur code` against sentences coded by hand with PLOVER's types, actor and recipient given.

    python3 bench/plover.py [--binary FILE] [--misses N]

Macro F1 over the fifteen roots that the set has (it has CONCEDE and RETREAT as one, YIELD) and the four quad classes;
all, open and unread by the sentence. `--misses` prints open sentences alone.
"""

import argparse
import collections
import csv
import hashlib
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
YIELD = ("CONCEDE", "RETREAT")


def unread(sentence):
    return hashlib.sha256(sentence.encode()).digest()[0] % 3 == 0


def macro(pairs):
    names = sorted({gold for gold, _ in pairs})
    total = 0.0
    for name in names:
        hit = sum(g == name == o for g, o in pairs)
        said = sum(o == name for _, o in pairs)
        marked = sum(g == name for g, _ in pairs)
        total += 2 * hit / (said + marked)
    return total / max(1, len(names))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--misses", type=int, default=0)
    args = args.parse_args()
    path = ROOT.parent / "shared/data/plover/PLV_train.tsv"
    if not path.is_file():
        print("not measured: ../shared/data/plover is not there")
        return 1
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    clean = lambda words: " ".join(words.split())
    given = "".join("\t".join(clean(row[key]) for key in ("source", "target", "sentence")) + "\n" for row in rows)
    run = subprocess.run([args.binary, "code"], input=given, capture_output=True, text=True)
    ours = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(ours) == len(rows), (len(ours), len(rows))
    parts = collections.defaultdict(list)
    shown = 0
    confused = collections.Counter()
    for row, line in zip(rows, ours):
        root = "YIELD" if line["event"] in YIELD else line["event"] or "-"
        kept = unread(row["sentence"])
        for part in ("all", "unread" if kept else "open"):
            parts[part].append(((row["gold_root"], root), (row["gold_penta"], str(line["quad"]))))
        if not kept and root != row["gold_root"]:
            confused[row["gold_root"], root] += 1
            if shown < args.misses:
                shown += 1
                print(f"{row['gold_root']:9} ours {root:9} by {line['trigger']!r}: {row['marked_sentence'][:220]}")
    if args.misses:
        print(", ".join(f"{g} as {o} {n}" for (g, o), n in confused.most_common(25)))
    for part in ("all", "open", "unread"):
        pairs = parts[part]
        roots, quads = macro([p[0] for p in pairs]), macro([p[1] for p in pairs])
        right = sum(g == o for (g, o), _ in pairs) / len(pairs)
        print(f"{part:7} {len(pairs)} sentences: macro F1 of roots {roots:.3f}, of quads {quads:.3f}; root right {right:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
