"""How fast, and in how much memory, reports are indexed and traced as their number grows, on one core.

    cargo build --release -p rapporteur-lineage --example scale
    python3 bench/lineage_scale.py [--sizes 10000,100000] [--example FILE] [--peer]

The reports are made by editing, on the fly (crates/lineage/examples/scale.rs). `--peer` needs datasketch (PyPI): the
same first reports through MinHash of three-word shingles and MinHashLSH, both with their defaults, queried and then
inserted one at a time, as its documentation shows it (`update`) and with all shingles of a report at once
(`update_batch`). Times are by the
wall clock, beside the part of it for which the program had the core; side by side both have only the time they ran.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(example, count):
    core = ["taskset", "-c", "1"] if shutil.which("taskset") else []
    start = time.monotonic()
    child = subprocess.Popen([*core, example, str(count)], stdout=subprocess.PIPE, text=True)
    out = child.stdout.read()
    _, _, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    ran = (usage.ru_utime + usage.ru_stime) / wall
    print(out, end="")
    print(f"  peak {usage.ru_maxrss / 1024:.0f} MB; {wall:.0f} s with the making of the reports, of which it had the core for {ran:.0%}", flush=True)
    return float(re.search(r"indexed (\d+) a second", out)[1]) / ran


def peer(example, count, ours):
    from datasketch import MinHash, MinHashLSH

    texts = subprocess.run([example, str(count), "--print"], capture_output=True, text=True, check=True).stdout.splitlines()
    for name in ("update", "update_batch"):
        index = MinHashLSH()
        start = time.process_time()
        for at, text in enumerate(texts):
            w = re.findall(r"\w+", text.lower())
            shingles = [" ".join(w[i : i + 3]).encode() for i in range(len(w) - 2)]
            sketch = MinHash()
            if name == "update":
                for shingle in shingles:
                    sketch.update(shingle)
            else:
                sketch.update_batch(shingles)
            index.query(sketch)
            index.insert(at, sketch)
        spent = time.process_time() - start
        print(f"datasketch, {name}: {count / spent:.0f} reports a second; the index takes {ours:.0f}, {ours * spent / count:.1f} times as many", flush=True)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--example", default=str(ROOT / "target/release/examples/scale"))
    args.add_argument("--sizes", default="10000,100000")
    args.add_argument("--peer", action="store_true")
    args = args.parse_args()
    for size in args.sizes.split(","):
        run(args.example, int(size))
    if args.peer:
        print("side by side:")
        peer(args.example, 10_000, run(args.example, 10_000))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
