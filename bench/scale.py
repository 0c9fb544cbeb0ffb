"""How long a large record takes to be added to and looked at, and how large it is.

    cargo build --release -p rapporteur && cargo build --release -p rapporteur-record --example scale
    python3 bench/scale.py [--sizes 0,10000,100000] [--claims 15] [--folder DIR]

A record of each size is made by telling the same reports again in other worlds (crates/record/examples/scale.rs): those
of ../shared/data/news-cluster where it is there, else the example's. Into each, the next 1,000 reports are read. Then
the record is shown: the first look computes and keeps the state, the second finds it. All on one core where `taskset`
is there; wall and processor time, the most memory, and the file's size are printed. Records of 100,000 reports need
some 5 GB of room, 9 GB of memory and an hour.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLUSTER = ROOT.parent / "shared/data/news-cluster"


def run(name, *command, core="1"):
    held = ["taskset", "-c", core] if core and shutil.which("taskset") else []
    start = time.monotonic()
    child = subprocess.Popen([*held, *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    printed = 0
    while block := child.stdout.read(1 << 20):
        printed += len(block)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    spent = usage.ru_utime + usage.ru_stime
    print(f"  {name:34} {wall:8.2f} s, of which on the core {spent:8.2f} s; {usage.ru_maxrss / 1024:6.0f} MB; {printed} bytes printed", flush=True)
    if status not in (0, 256):
        raise SystemExit(f"{command} ended with status {status}")


def size(record):
    return sum(path.stat().st_size for path in record.parent.glob(record.name + "*"))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--example", default=str(ROOT / "target/release/examples/scale"))
    args.add_argument("--sizes", default="0,10000,100000")
    args.add_argument("--claims", default="15")
    args.add_argument("--more", type=int, default=1000)
    args.add_argument("--folder")
    args = args.parse_args()
    folder = pathlib.Path(args.folder or tempfile.mkdtemp(prefix="rapporteur-scale-"))
    folder.mkdir(parents=True, exist_ok=True)
    small = folder / "small.record"
    if not small.exists():
        texts = CLUSTER if CLUSTER.exists() else ROOT / "examples/doha-2021"
        subprocess.run([args.binary, "read", texts, "--record", small], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for count in map(int, args.sizes.split(",")):
        print(f"{count} reports:", flush=True)
        record = folder / f"{count}.record"
        if count and not record.exists():
            subprocess.run([args.example, small, record, str(count), "--claims", args.claims], check=True, stderr=subprocess.DEVNULL)
        texts = folder / f"after{count}"
        subprocess.run([args.example, small, texts, str(args.more), "--from", str(count)], check=True, stdout=subprocess.DEVNULL)
        if count:
            # What tracing keeps of earlier reports is there after the first that is read.
            run("one report more, features made", args.binary, "read", ROOT / "README.md", "--record", record)
        run(f"{args.more} reports more", args.binary, "read", texts, "--record", record, "--threads", "1")
        run("first look: computed and kept", args.binary, "show", "control", "--record", record)
        for view in ("control", "disputes"):
            run(f"show {view}", args.binary, "show", view, "--record", record)
        print(f"  {size(record) / 1e6:.0f} MB in the file", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
