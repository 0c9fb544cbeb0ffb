"""How well `rapporteur answers` groups the answers of many outlets to one question.

    cargo build --release -p rapporteur
    python3 bench/nanco.py [--binary FILE] [--misses]

nanco (BSD-3), beside the checkout in ../shared/data: four questions whose answers people have grouped. For every pair of
answers to one question: are they of one group? Balanced accuracy (the mean of the shares told rightly of pairs that are
and of pairs that are not) against the agreed groups (`cluster_global`), by question; open and unread are told by the
question's SHA-256, unread where its first byte is divisible by three. `--misses` prints the groups of open questions.
"""

import argparse
import hashlib
import itertools
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def is_unread(question):
    return hashlib.sha256(question.encode()).digest()[0] % 3 == 0


def balanced(counts):
    same, same_right, other, other_right = counts
    return (same_right / max(1, same) + other_right / max(1, other)) / 2


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--misses", action="store_true")
    args = args.parse_args()
    path = ROOT.parent / "shared/data/nanco/questions-2-3-5-6.json"
    if not path.exists():
        print("not measured: ../shared/data/nanco is not there")
        return 0
    pooled = {"open": [0] * 4, "unread": [0] * 4}
    means = {"open": [], "unread": []}
    for question in json.load(open(path, encoding="utf-8")):
        part = "unread" if is_unread(question["question"]) else "open"
        flat = lambda text: " ".join(text.split())
        rows = "".join(f"{flat(question['question'])}\t{flat(answer['Answer'])}\n" for answer in question["answers"])
        done = subprocess.run([args.binary, "answers"], input=rows.encode(), stdout=subprocess.PIPE, check=True)
        found = [json.loads(line)["group"] for line in done.stdout.decode().splitlines()]
        gold = [answer["cluster_global"] for answer in question["answers"]]
        assert len(found) == len(gold), "a line an answer"
        counts = [0] * 4
        for i, j in itertools.combinations(range(len(gold)), 2):
            same, told = gold[i] == gold[j], found[i] == found[j]
            counts[0 if same else 2] += 1
            counts[1 if same else 3] += same == told
        means[part].append(balanced(counts))
        pooled[part] = [a + b for a, b in zip(pooled[part], counts)]
        print(f"{part:<7} {balanced(counts):.3f}  {len(gold)} answers")
        if args.misses and part == "open":
            for ours, theirs, answer in sorted(zip(found, gold, question["answers"]), key=lambda row: row[:2]):
                print(f"    {ours:>3} {theirs:>3}  {answer['Answer']}")
    for part in ("open", "unread"):
        print(f"{part:<7} all pairs {balanced(pooled[part]):.3f}, mean of questions {sum(means[part]) / len(means[part]):.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
