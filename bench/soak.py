#!/usr/bin/env python3
"""A record under all that happens to it, for as long as one likes: is anything ever lost?

    python3 bench/soak.py [--minutes 60] [--binary FILE] [--reports 900] [--seed 1]

Over and over, at random: one run of `read`, or two at once into the same record; killed at any moment, or let be;
with the clock right, or going backwards (faketime, where it is installed); beside readers (`check`, `show`, `export`)
and judgements. All the while, files of a further folder, which every run reads too, change under it: they grow, shrink,
vanish and come back.

After every kill and every run: `check` finds nothing, and every report that a run said is in the record is there. No
run ends by a signal of its own, none says that the program failed. Each time all is in the record, what it exports of
the folder that does not change is compared with a record that was read in one go, and a new record is begun.
Plain Python 3.8 or later.
"""

import argparse
import collections
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from faults import Bench, acknowledged_by

# Where reports that change are found under: never among those that have to be there.
CHANGING = "changing-"


class Changes(threading.Thread):
    """Files that never stay what they were."""

    def __init__(self, folder, seed):
        super().__init__(daemon=True)
        self.folder, self.rng, self.end, self.count = folder, random.Random(seed), threading.Event(), 0

    def run(self):
        while not self.end.wait(0.005):
            path = os.path.join(self.folder, f"{CHANGING}{self.rng.randrange(40)}.{self.rng.choice(['txt', 'html', 'jsonl'])}")
            text = f"Changed {self.count} times\n\nThe army took Lenn on March {self.count % 28 + 1}, a spokesman said.\n" * self.rng.choice([1, 3, 40, 400])
            try:
                how = self.rng.randrange(4)
                if how == 0 and os.path.exists(path):
                    os.remove(path)
                elif how == 1 and (not os.path.exists(path) or os.path.getsize(path) < 1 << 20):
                    with open(path, "a", encoding="utf-8") as out:
                        out.write(text)
                elif how == 2 and os.path.exists(path):
                    os.truncate(path, self.rng.randrange(2000))
                else:
                    with open(path, "w", encoding="utf-8") as out:
                        out.write(text)
            except OSError:
                pass
            self.count += 1


class Soak:
    def __init__(self, binary, work, reports, rng):
        self.bench = Bench(binary, work, reports)
        self.binary, self.work, self.rng = binary, work, rng
        self.changing = os.path.join(work, "changing")
        os.makedirs(self.changing)
        self.counts = collections.Counter()
        self.clock = shutil.which("faketime")
        once = os.path.join(work, "once.record")
        begun = time.time()
        self.bench.read(once).communicate()
        self.whole = time.time() - begun
        self.expected = self.lines(once)
        self.start()

    def start(self):
        for name in os.listdir(self.work):
            if name.startswith("soak.record"):
                os.remove(os.path.join(self.work, name))
        self.record = os.path.join(self.work, "soak.record")
        self.acknowledged = set()

    def lines(self, record):
        """What a record exports of the reports that do not change: reports, and claims without what is computed from all."""
        out = subprocess.run([self.binary, "export", "--record", record, "--format", "jsonl"], capture_output=True, text=True)
        rows = [json.loads(line) for line in out.stdout.splitlines()]
        paths = lambda row: {os.path.basename(path) for path in row.get("paths") or [row.get("path", "")]}
        kept = {row["id"] for row in rows if row["type"] == "report" and not any(path.startswith(CHANGING) for path in paths(row))}
        claims = {(row["id"], row["report"], row.get("exact")) for row in rows if row["type"] == "claim" and row["report"] in kept}
        return kept, claims

    def problem(self, text):
        self.bench.problems.append(text)
        print(text, flush=True)

    def command(self):
        clock = []
        if self.clock and self.rng.random() < 0.3:
            clock = [self.clock, f"-{self.rng.randrange(1, 4000)} days"]
            self.counts["runs with a clock of before"] += 1
        return [*clock, self.binary, "read", self.bench.reports, self.changing, "--record", self.record, "--verbose", "--threads", str(self.rng.choice([1, 2, 4]))]

    def runs(self):
        """One run or two, killed or not, with others beside them."""
        two = self.rng.random() < 0.3
        kill = self.rng.random() < 0.6
        self.counts["two runs at once" if two else "runs alone"] += 1
        children = [subprocess.Popen(self.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True) for _ in range(1 + two)]
        outputs = [None] * len(children)

        def read(at):
            outputs[at] = children[at].communicate()

        readers = [threading.Thread(target=read, args=(at,)) for at in range(len(children))]
        [thread.start() for thread in readers]
        end = time.time() + (self.rng.uniform(0, self.whole * 1.2) if kill else 600)
        while time.time() < end and any(child.poll() is None for child in children):
            if self.rng.random() < 0.3:
                self.look()
            time.sleep(min(0.05, self.whole / 10))
        killed = False
        for child in children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                killed = True
        [thread.join() for thread in readers]
        self.counts["killed"] += killed
        for child, (out, err) in zip(children, outputs):
            self.acknowledged |= {name for name in acknowledged_by(out) if not name.startswith(CHANGING)}
            if "program failed" in err or "panicked" in err:
                self.problem(f"a fault of the program: {err[-400:]}")
            if child.returncode not in (0, 1, -signal.SIGKILL) and not (two and "another" in err):
                self.problem(f"a run ended with {child.returncode}: {err[-400:]}")

    def look(self):
        command = self.rng.choice([["check"], ["show", "control"], ["show", "disputes"], ["search", "army"],
                                   ["judge", "different", "Velka", "Lenn", "--reason", "soak", "--author", "soak"]])
        done = subprocess.run([self.binary, *command, "--record", self.record], capture_output=True, text=True)
        self.counts["looks"] += 1
        # Before there is a record, and before the names are in it.
        quiet = ("no record", "not a record", "prints the name", "no such")
        if done.returncode and not any(words in done.stderr for words in quiet):
            self.problem(f"{command} ended with {done.returncode}: {done.stderr[-300:]}{done.stdout[-300:]}")

    def turn(self):
        self.runs()
        there = set(self.bench.paths(self.record))
        if os.path.exists(self.record) and os.path.getsize(self.record):
            done = subprocess.run([self.binary, "check", "--record", self.record], capture_output=True, text=True)
            if done.returncode and "not a record" not in done.stderr:
                self.problem(f"check: {done.stdout[-300:]}{done.stderr[-300:]}")
        lost = self.acknowledged - there
        if lost:
            self.problem(f"{len(lost)} acknowledged reports are lost, such as {min(lost)}")
        if set(os.listdir(self.bench.reports)) <= there:
            self.counts["records made whole"] += 1
            if self.lines(self.record) != self.expected:
                self.problem("a record says other than one read in one go")
            self.counts["reports in the last of them"] = len(there)
            self.start()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--binary", default="target/release/rapporteur")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--reports", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    work = tempfile.mkdtemp(prefix="rapporteur-soak-")
    rng = random.Random(args.seed)
    begun = time.time()
    try:
        soak = Soak(os.path.abspath(args.binary), work, args.reports, rng)
        changes = Changes(soak.changing, args.seed)
        changes.start()
        turns = 0
        while time.time() - begun < args.minutes * 60 and len(soak.bench.problems) < 20:
            soak.turn()
            turns += 1
        changes.end.set()
        changes.join()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    counts = ", ".join(f"{count} {name}" for name, count in sorted(soak.counts.items()))
    print(f"{(time.time() - begun) / 60:.0f} minutes, {turns} turns: {counts}; {changes.count} changes to files under them"
          + ("" if soak.clock else "; faketime is not installed: the clock was right throughout"))
    print(f"{len(soak.bench.problems)} problems")
    return int(bool(soak.bench.problems))


if __name__ == "__main__":
    sys.exit(main())
