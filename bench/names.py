"""How well `rapporteur names` tells pairs of names that mean one from pairs that do not.

    cargo build --release -p rapporteur
    python3 bench/names.py [--binary FILE] [--misses]

name-bench (nomenklatura, MIT; half of it), beside the checkout in ../shared/data: pairs marked same or different.
Precision, recall and F1 of "same" at the command's own threshold, for people and for all else; for `open` pairs, which
were looked at and from which the weights were learnt, and for `unread` ones: those whose names, sorted and with a tab
between, have a SHA-256 with a first byte divisible by three. `--misses` prints open pairs told wrongly, with the reasons.
"""

import argparse
import csv
import hashlib
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def is_unread(row):
    key = "\t".join(sorted((row["name1"], row["name2"])))
    return hashlib.sha256(key.encode()).digest()[0] % 3 == 0


def shown(counts):
    hit, false, missed = counts
    ratio = lambda part, whole: part / whole if whole else 0.0
    p, r = ratio(hit, hit + false), ratio(hit, hit + missed)
    return f"{p:.3f} {r:.3f} {ratio(2 * hit, 2 * hit + false + missed):.3f} ({hit + missed:3} same)"


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--misses", action="store_true")
    args = args.parse_args()
    path = ROOT.parent / "shared/data/name-bench/even.csv"
    if not path.exists():
        print("not measured: ../shared/data/name-bench is not there")
        return 0
    rows = list(csv.DictReader(open(path, encoding="utf-8")))
    of = ["person" if row["schema"] == "Person" else "thing" for row in rows]
    pairs = "".join(f"{row['name1']}\t{row['name2']}\t{kind}\n" for row, kind in zip(rows, of))
    done = subprocess.run([args.binary, "names"], input=pairs.encode(), stdout=subprocess.PIPE, check=True)
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(lines) == len(rows), "a line a pair"
    print(f"{'':<8}{'':<8}P     R     F1")
    for part in ("open", "unread", "all"):
        for kind in ("person", "thing", "all"):
            counts = [0, 0, 0]
            for row, line, what in zip(rows, lines, of):
                if part != "all" and (part == "unread") != is_unread(row) or kind not in (what, "all"):
                    continue
                same = row["is_match"] == "true"
                if same or line["same"]:
                    counts[0 if same and line["same"] else 1 if line["same"] else 2] += 1
            print(f"{part:<8}{kind:<8}{shown(counts)}")
    for row, line in zip(rows, lines):
        if args.misses and not is_unread(row) and line["same"] != (row["is_match"] == "true"):
            why = "; ".join(f"{r['what']} {r['weight']:.1f} {r['words']}" for r in line["reasons"])
            print(f"{'missed' if not line['same'] else 'false '} {line['score']:.2f} {row['name1']} | {row['name2']} | {why}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
