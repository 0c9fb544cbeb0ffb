"""Scores `rapporteur copies` on pairs of reports of which it is recorded how one came from the other.

    python3 tools/pairs/pairs.py --to FOLDER
    python3 bench/lineage.py FOLDER [--binary FILE] [--misses KIND] [--peers]

Strict: the kind must be right (reprint and revision are copies and edits, then rewrite, quotation, none). Found: of the
pairs of one kind and those of none, which are said to be from one another, whatever the kind: that can be compared with
peers that know no kinds. `--peers` needs datasketch (PyPI): MinHash of three-word shingles, with its defaults and with
the threshold that is best on the open pairs; and pairs that share five runs of 25 letters.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASS = {"copy": "copies", "edited": "copies", "rewrite": "rewrite", "quotation": "quotation", "none": "none"}
KINDS = {"reprint": "copies", "revision": "copies", "rewrite": "rewrite", "quotation": "quotation"}
INDEPENDENT = "as they were written"


def f1(hit, said, gold):
    p, r = hit / max(1, said), hit / max(1, gold)
    return p, r, 2 * p * r / max(1e-9, p + r)


def traced(binary, file):
    run = subprocess.run([binary, "copies", str(file)], capture_output=True, text=True, check=False)
    found = {}
    for line in map(json.loads, run.stdout.splitlines()):
        ends = [int(line[key].rsplit("#", 1)[1]) for key in ("from_path", "to_path")]
        found[frozenset(ends)] = {**line, "ends": ends}
    return found


def score(pairs, found):
    out = {}
    said = [(pair, KINDS[found[key]["kind"]] if (key := frozenset((pair["a"], pair["b"]))) in found else "none") for pair in pairs]
    out["confusion"] = collections.Counter((CLASS[pair["kind"]], kind) for pair, kind in said)
    for kind in ("copies", "rewrite", "quotation"):
        gold = [k == kind for k in (CLASS[p["kind"]] for p, _ in said)]
        ours = [k == kind for _, k in said]
        out[kind] = f1(sum(g and o for g, o in zip(gold, ours)), sum(ours), sum(gold))
        out["found " + kind] = detection([p for p, _ in said], [k != "none" for _, k in said], kind)
    alone = [kind for pair, kind in said if pair["kind"] == "none" and pair["edits"] == INDEPENDENT]
    out["independent"] = sum(k in ("copies", "rewrite") for k in alone) / max(1, len(alone))
    standing = [kind for pair, kind in said if pair["kind"] == "none" and pair["edits"] != INDEPENDENT]
    out["standing"] = sum(k != "none" for k in standing) / max(1, len(standing))
    told, untold = [], []
    for pair, kind in said:
        line = found.get(frozenset((pair["a"], pair["b"])))
        if not line or pair["kind"] == "none" or pair["told"] == "unsure":
            continue
        if pair["first"]:
            told.append(line["directed"] and line["ends"][0] == pair[pair["first"]])
        else:
            untold.append(not line["directed"])
    out["direction"] = sum(told) / max(1, len(told)), len(told)
    out["unknown"] = sum(untold) / max(1, len(untold)), len(untold)
    return out


def detection(pairs, said, kind):
    """F1 of one kind against none."""
    chosen = [(CLASS[p["kind"]] == kind, s) for p, s in zip(pairs, said) if CLASS[p["kind"]] in (kind, "none")]
    return f1(sum(g and s for g, s in chosen), sum(s for _, s in chosen), sum(g for g, _ in chosen))


def words(text):
    return re.findall(r"\w+", text.lower())


def peers(reports, pairs, threshold=None):
    """What others would say of the pairs: name to a list of yes and no; and the threshold that fits best."""
    from datasketch import MinHash, MinHashLSH

    sketches, letters = {}, {}
    for at in {n for p in pairs for n in (p["a"], p["b"])}:
        w = words(reports[at - 1]["text"])
        sketch = MinHash()
        sketch.update_batch([" ".join(w[i : i + 3]).encode() for i in range(max(1, len(w) - 2))])
        sketches[at] = sketch
        run = " ".join(w)
        letters[at] = {run[i : i + 25] for i in range(max(1, len(run) - 24))}
    index = MinHashLSH()
    for at, sketch in sketches.items():
        index.insert(at, sketch)
    near = {at: set(index.query(sketch)) for at, sketch in sketches.items()}
    alike = [sketches[p["a"]].jaccard(sketches[p["b"]]) for p in pairs]
    if threshold is None:
        gold = [p["kind"] != "none" for p in pairs]
        tried = [t / 64 for t in range(1, 64)]
        threshold = max(tried, key=lambda t: f1(sum(g and a >= t for g, a in zip(gold, alike)), sum(a >= t for a in alike), sum(gold))[2])
    said = {
        "MinHash, defaults": [p["b"] in near[p["a"]] for p in pairs],
        f"MinHash, at {threshold:.2f}": [a >= threshold for a in alike],
        "25 letters": [len(letters[p["a"]] & letters[p["b"]]) >= 5 for p in pairs],
    }
    return said, threshold


def show(part, pairs, out):
    kinds = " ".join(f"{k} {n}" for k, n in sorted(collections.Counter(CLASS[p["kind"]] for p in pairs).items()))
    print(f"{part}: {len(pairs)} pairs: {kinds}")
    for kind in ("copies", "rewrite", "quotation"):
        p, r, f = out[kind]
        print(f"  {kind:10} P {p:.3f}  R {r:.3f}  F1 {f:.3f}   found F1 {out['found ' + kind][2]:.3f}")
    print(f"  independent reports taken for copies {out['independent']:.3f}, standing text taken for anything {out['standing']:.3f}")
    (right, told), (unknown, untold) = out["direction"], out["unknown"]
    print(f"  direction right {right:.3f} of {told} that tell, unknown {unknown:.3f} of {untold} that do not")


def misses(reports, pairs, found, kind, count):
    wrong = collections.defaultdict(list)
    for pair in pairs:
        line = found.get(frozenset((pair["a"], pair["b"])))
        said = KINDS[line["kind"]] if line else "none"
        if kind == "direction":
            if line and pair["kind"] != "none" and pair["told"] != "unsure" and (pair["first"] and not (line["directed"] and line["ends"][0] == pair[pair["first"]]) or not pair["first"] and line["directed"]):
                wrong[f"{pair['told']} {pair['edits']}"].append((pair, line))
        elif CLASS[pair["kind"]] != said and kind in (CLASS[pair["kind"]], pair["edits"], "all"):
            wrong[f"{pair['edits']} -> {said}"].append((pair, line))
    for name, cases in sorted(wrong.items(), key=lambda x: -len(x[1])):
        print(f"== {name}: {len(cases)}")
        for pair, line in random.Random(7).sample(cases, min(count, len(cases))):
            print(pair["a"], pair["b"], pair["event"], line and (line["share"], line["directed"], line["why"]))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("folder", type=pathlib.Path)
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--peers", action="store_true")
    args.add_argument("--misses", help="a kind, an edit, direction or all; open pairs alone")
    args.add_argument("--count", type=int, default=3)
    args = args.parse_args()
    threshold = None
    for part in ("open", "unread"):
        file = args.folder / f"{part}.jsonl"
        if not file.is_file():
            print(f"not measured: {file} is not there; tools/pairs/pairs.py makes it")
            return 1
        pairs = list(map(json.loads, (args.folder / f"{part}.pairs").read_text(encoding="utf-8").splitlines()))
        reports = list(map(json.loads, file.read_text(encoding="utf-8").splitlines()))
        found = traced(args.binary, file)
        out = score(pairs, found)
        show(part, pairs, out)
        if args.misses and part == "open":
            print("  " + "  ".join(f"{g}->{s} {n}" for (g, s), n in sorted(out["confusion"].items()) if g != s))
            misses(reports, pairs, found, args.misses, args.count)
        if args.peers:
            said, threshold = peers(reports, pairs, threshold)
            for name, yes in said.items():
                scores = "  ".join(f"{kind} {detection(pairs, yes, kind)[2]:.3f}" for kind in ("copies", "rewrite", "quotation"))
                alone = [y for p, y in zip(pairs, yes) if p["edits"] == INDEPENDENT and p["kind"] == "none"]
                print(f"  {name:18} found F1: {scores}; independent {sum(alone) / max(1, len(alone)):.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
