#!/usr/bin/env python3
"""Is what a record acknowledged ever lost? Kills runs, fails their writes, fills their disk, reads beside them.

usage: faults.py [--binary rapporteur] [--kills 200] [--faults 60] [--reports 900] [--full-disk]

A run acknowledges reports on its standard output with --verbose, once they are in the record. After every kill and
every fault: `check` finds nothing, every report acknowledged so far is in the record, and the next run goes on. At
the end the record exports the same bytes as one that was read in one go. Faults need strace; --full-disk needs the
right to mount a file system in memory.
"""
import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PLACES = "Velka Orsk Lenn Tirn Arlen Sarn Osmund Brod Halm Kestel".split()
PAPERS = ["North Wire", "Daily Echo", "Harbour Post", "West Post"]


def make_reports(folder, count):
    """Invented reports, one file each, with a day and words of their own."""
    for at in range(count):
        place, other = PLACES[at % 10], PLACES[(at // 10) % 10]
        body = [
            f"{place.upper()} — The army took {place} on March {at % 28 + 1}, a spokesman for the defence ministry said.",
            f"At least {at + 2} people were killed near {other}, residents told report number {at}.",
            f"Talks with the movement will resume in {other} on April {at % 28 + 1}, mediators said.",
        ]
        with open(os.path.join(folder, f"{at:05}.txt"), "w", encoding="utf-8") as out:
            out.write(f"Fighting near {place}, day {at}\n{PAPERS[at % 4]}\n\n" + "\n\n".join(body * 6) + "\n")


class Bench:
    def __init__(self, binary, work, reports):
        self.binary, self.work = binary, work
        self.reports = os.path.join(work, "reports")
        os.makedirs(self.reports)
        make_reports(self.reports, reports)
        self.problems = []

    def read(self, record, prefix=(), quiet=False, **more):
        command = [*prefix, self.binary, "read", self.reports, "--record", record, "--verbose", "--threads", "2"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL if quiet else subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True, **more)

    def check(self, record, acknowledged, when):
        """`check` passes, and what was acknowledged is there."""
        done = subprocess.run([self.binary, "check", "--record", record], capture_output=True, text=True)
        if done.returncode != 0 and os.path.exists(record) and os.path.getsize(record):
            self.problems.append(f"{when}: check: {done.stdout}{done.stderr}")
        there = set(self.paths(record))
        lost = acknowledged - there
        if lost:
            self.problems.append(f"{when}: {len(lost)} acknowledged reports are lost, such as {min(lost)}")
        return len(there)

    def paths(self, record):
        import sqlite3

        if not os.path.exists(record):
            return []
        base = sqlite3.connect(record)
        try:
            return [os.path.basename(path) for (path,) in base.execute("SELECT path FROM sighting")]
        except sqlite3.OperationalError:
            return []
        finally:
            base.close()

    def export(self, record):
        done = subprocess.run([self.binary, "export", "--record", record, "--format", "jsonl"], capture_output=True)
        return hashlib.sha256(done.stdout).hexdigest()[:16]


def acknowledged_by(output):
    """The files that a run's lines name."""
    return {word for line in output.splitlines() for word in [os.path.basename(w.rstrip(":,)")) for w in line.split()] if word.endswith(".txt")}


def kills(bench, count, rng):
    record = os.path.join(bench.work, "killed.record")
    acknowledged, most, begun = set(), 0, 0
    for at in range(count):
        run = bench.read(record)
        try:
            out, _ = run.communicate(timeout=rng.uniform(0.0, bench.whole))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            out, _ = run.communicate()
            begun += 1
        acknowledged |= acknowledged_by(out)
        most = bench.check(record, acknowledged, f"kill {at}")
        if most == len(os.listdir(bench.reports)):
            # All is in: from the beginning again.
            for name in os.listdir(bench.work):
                if name.startswith("killed.record"):
                    os.remove(os.path.join(bench.work, name))
            acknowledged = set()
    run = bench.read(record)
    run.communicate()
    print(f"kill -9: {count} runs, {begun} of them killed in the middle", flush=True)
    return record


def faults(bench, count, rng):
    """Every so-manieth write or sync of a run fails."""
    calls = ["pwrite64", "fdatasync", "fsync", "write", "ftruncate"]
    failed = 0
    for at in range(count):
        record = os.path.join(bench.work, f"fault-{at}.record")
        call, error = rng.choice(calls[:3]), rng.choice(["EIO", "ENOSPC"])
        nth = int(rng.choice([1, 2, 3, 5, 8, 13, 21, 55, 144, 377, 987]))
        trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={nth}+{rng.choice([1, 1000000])}"]
        run = bench.read(record, prefix=trace)
        out, _ = run.communicate()
        failed += run.returncode != 0
        if run.returncode not in (0, 1):
            bench.problems.append(f"fault {at} ({call} {error} from {nth}): ended with {run.returncode}")
        bench.check(record, acknowledged_by(out), f"fault {at} ({call} {error} from {nth})")
        again = bench.read(record)
        again.communicate()
        if bench.check(record, set(os.listdir(bench.reports)), f"after fault {at}") and again.returncode:
            bench.problems.append(f"after fault {at}: the next run ended with {again.returncode}")
        for name in [n for n in os.listdir(bench.work) if n.startswith(f"fault-{at}.record")]:
            os.remove(os.path.join(bench.work, name))
    print(f"faults on write and sync: {count} runs, {failed} of them ended in an error", flush=True)


def full_disk(bench, whole):
    """A disk that is full in the middle of a run, then has room."""
    disk = os.path.join(bench.work, "disk")
    os.makedirs(disk)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={whole}", "tmpfs", disk], check=True)
    try:
        record = os.path.join(disk, "full.record")
        run = bench.read(record)
        out, _ = run.communicate()
        if run.returncode == 0:
            bench.problems.append("full disk: the run did not notice")
        bench.check(record, acknowledged_by(out), "full disk")
        subprocess.run(["mount", "-o", "remount,size=400m", disk], check=True)
        bench.read(record).communicate()
        there = bench.check(record, set(os.listdir(bench.reports)), "full disk, with room again")
        print(f"full disk: {len(acknowledged_by(out))} reports acknowledged before it was full, {there} in the record after the next run", flush=True)
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def beside(bench):
    """Two readers beside a writer."""
    record = os.path.join(bench.work, "beside.record")
    writer, looks, refused = bench.read(record, quiet=True), 0, 0
    time.sleep(0.1)
    while writer.poll() is None:
        two = [subprocess.Popen([bench.binary, "check", "--record", record], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in "ab"]
        for reader in two:
            _, said = reader.communicate()
            looks += 1
            # Before its tables are made, it is no record yet.
            if reader.returncode and "not a record" not in said and "no record" not in said:
                refused += 1
                bench.problems.append(f"beside a writer: {said}")
    writer.communicate()
    bench.check(record, set(os.listdir(bench.reports)), "beside readers")
    print(f"readers beside a writer: {looks} looks, {refused} refused", flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default="target/release/rapporteur")
    ap.add_argument("--kills", type=int, default=200)
    ap.add_argument("--faults", type=int, default=60)
    ap.add_argument("--reports", type=int, default=900)
    ap.add_argument("--full-disk", action="store_true")
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    work = tempfile.mkdtemp(prefix="rapporteur-faults-")
    rng = random.Random(a.seed)
    try:
        bench = Bench(os.path.abspath(a.binary), work, a.reports)
        once, began = os.path.join(work, "once.record"), time.time()
        bench.read(once).communicate()
        bench.whole = time.time() - began
        # Before anything computed is kept in it.
        room = os.path.getsize(once)
        record = kills(bench, a.kills, rng)
        if bench.export(record) != bench.export(once):
            bench.problems.append("after the kills the record exports other bytes than one read in one go")
        if shutil.which("strace"):
            faults(bench, a.faults, rng)
        else:
            print("strace is not installed: no faults on write and sync")
        if a.full_disk:
            full_disk(bench, room)
        beside(bench)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for problem in bench.problems:
        print(problem)
    print(f"{len(bench.problems)} problems")
    sys.exit(bool(bench.problems))


if __name__ == "__main__":
    main()
