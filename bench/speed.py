#!/usr/bin/env python3
"""How fast everything is: each verb and the whole main job, on one core and on two, as reports grow, and beside peers.

    cargo build --release -p rapporteur && cargo build --release -p rapporteur-record --example scale
    python3 bench/speed.py                                   # verbs and the main job
    python3 bench/speed.py --sizes 1000,10000,100000         # and how time and memory grow (1000000: some hours)
    python3 bench/speed.py --peers FOLDER [--pages 100]      # and what one would put together in Python

Texts: the 793 pages (HTML) of ../shared/data/wcxb-articles, unpacked beforehand, and the reports (JSON) of
../shared/data/news-cluster. A word is what stands between spaces in the reports' own text, as `clean` finds it. Times
are of whole processes with their start, the median of --rounds. One core is `taskset` on the first, two on the first
two.

Growth: the news-cluster reports' first --generated words are told again in other worlds (crates/record/examples/scale.rs)
until there are so many, as JSON lines; each collection is read into a new record. With --beside SIZE, each larger
collection is read in ten runs into one record, after each of which one of that size is read into a new record: what the
machine's speed changes by meanwhile is in both, and their times a report are put in relation.

Peers (--peers): trafilatura, then spaCy with its small architecture trained on the same sets (bench/peer_spacy.py
--work FOLDER has to run before), recognizers-text (dates and numbers), quantulum3, MinHash of datasketch with an index: one
Python process, one core, the first --pages pages, without its start and imports. The program reads the same pages into a
record, on the same core, in the same run, with its start; it finds besides who says what.
"""

import argparse
import gzip
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data"
PACKAGES = ["spacy", "trafilatura==2.3.1", "lxml_html_clean", "datasketch", "recognizers-text-suite", "emoji<2", "quantulum3"]
VERBS = ["clean", "parse", "times", "figures", "places", "attributions", "copies", "stories"]
# What comes of a record, as arguments before `--record`.
LOOKS = [["show", "control"], ["show", "disputes"], ["show", "timeline"], ["search", "talks"], ["export", "--format", "jsonl"], ["check"]]

PEERS = r'''
import json, pathlib, sys, time, warnings
warnings.filterwarnings("ignore")
import spacy, trafilatura
from datasketch import MinHash, MinHashLSH
from quantulum3 import parser
from recognizers_date_time import recognize_datetime
from recognizers_number import recognize_number
folder, trees, names = sys.argv[1:4]
tree, ner = spacy.load(trees), spacy.load(names)
seconds = {}
def timed(name, work):
    start = time.perf_counter()
    result = work()
    seconds[name] = time.perf_counter() - start
    return result
pages = [path.read_bytes() for path in sorted(pathlib.Path(folder).iterdir())]
def extract():
    found = (trafilatura.bare_extraction(page, with_metadata=True) for page in pages)
    return [page.text for page in found if page is not None and page.text]
texts = timed("trafilatura", extract)
timed("spaCy, tags and trees", lambda: [None for _ in tree.pipe(texts)])
timed("spaCy, names", lambda: [None for _ in ner.pipe(texts)])
def each(run):
    failed = 0
    for text in texts:
        for paragraph in filter(str.strip, text.split("\n")):
            try:
                run(paragraph)
            except Exception:
                failed += 1
    return failed
failed = {}
failed["recognizers-text"] = timed("recognizers-text", lambda: each(lambda t: (recognize_datetime(t, "en-us"), recognize_number(t, "en-us"))))
failed["quantulum3"] = timed("quantulum3", lambda: each(parser.parse))
def copies():
    index = MinHashLSH(threshold=0.5, num_perm=128)
    for number, text in enumerate(texts):
        words = text.lower().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i:i + 3]).encode() for i in range(max(len(words) - 2, 1))])
        index.query(sketch)
        index.insert(number, sketch)
timed("datasketch", copies)
print(json.dumps({"seconds": seconds, "failed": failed, "reports": len(texts), "words": sum(len(t.split()) for t in texts)}))
'''


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        return f"{names[0]}, {len(names)} cores"
    except (OSError, IndexError):
        return platform.processor() or "unknown"


def memory():
    try:
        with open("/proc/meminfo", encoding="utf-8") as file:
            return f"{int(file.readline().split()[1]) / 1048576:.0f} GB"
    except (OSError, ValueError, IndexError):
        return "unknown"


class Run:
    """Whole processes on so many cores."""

    def __init__(self, binary, rounds):
        self.binary, self.rounds = str(binary), rounds

    def once(self, cores, *command):
        """Seconds, seconds on the cores, megabytes at most."""
        held = ["taskset", "-c", {1: "0", 2: "0,1"}[cores]] if shutil.which("taskset") else []
        start = time.perf_counter()
        child = subprocess.Popen([*held, self.binary, *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if child.returncode not in (0, 1):
            sys.exit(f"{command} ended with status {child.returncode}")
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def median(self, cores, *command, before=lambda: None):
        runs = []
        for _ in range(self.rounds):
            before()
            runs.append(self.once(cores, *command))
        return [statistics.median(column) for column in zip(*runs)]


def remove(record):
    for path in record.parent.glob(record.name + "*"):
        path.unlink()


def own_words(binary, folder):
    """Reports of a folder and the words of their own text."""
    out = subprocess.run([binary, "clean", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    texts = [json.loads(line).get("body", "") for line in out.splitlines()]
    return len(texts), sum(len(text.split()) for text in texts)


def verbs(run, collections, work):
    for name, folder in collections.items():
        reports, words = own_words(run.binary, folder)
        print(f"\n{name}: {reports} reports, {words} words\n")
        print(f"{'':26}{'one core':>10}{'reports':>10}{'words':>10}{'memory':>9}{'two cores':>11}{'words':>10}{'ratio':>7}")
        record = work / "speed.record"
        jobs = [([verb, folder], lambda: None) for verb in VERBS]
        jobs.append((["read", folder, "--record", record], lambda: remove(record)))
        jobs += [([*look, "--record", record], lambda: None) for look in LOOKS]
        for command, before in jobs:
            one, _, most = run.median(1, *command, before=before)
            two, _, _ = run.median(2, *command, before=before)
            title = " ".join(word for word in map(str, command) if not word.startswith(("/", "--")))
            if command[0] in [*VERBS, "read"]:
                print(f"{title:26}{one:8.2f} s{reports / one:10.0f}{words / one:10.0f}{most:6.0f} MB{two:9.2f} s{words / two:10.0f}{one / two:7.2f}", flush=True)
            else:
                # What is kept of the state is shown: reports and words a second would say nothing.
                print(f"{title:26}{one:8.2f} s{'':20}{most:6.0f} MB{two:9.2f} s", flush=True)


def shortened(source, folder, words):
    """The reports' first words, each in a file of its own, as the generator's beginning."""
    folder.mkdir(exist_ok=True)
    for path in sorted(source.glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        kept, count = [], 0
        for line in (report.get("text") or "").split("\n"):
            if count >= words:
                break
            kept.append(line)
            count += len(line.split())
        report["text"] = "\n".join(kept)
        (folder / path.name).write_text(json.dumps(report), encoding="utf-8")


def growth(run, args, work):
    if not args.example.is_file():
        sys.exit(f"{args.example} is not there: cargo build --release -p rapporteur-record --example scale")
    shortened(DATA / "news-cluster", work / "short", args.generated)
    small = work / "small.record"
    if not small.exists():
        run.once(2, "read", work / "short", "--record", small)
    print(f"\nThe main job as reports grow: {args.generated} words and the rest of their paragraph each, into a new record\n")
    print(f"{'reports':>9}{'words':>12}{'cores':>6}{'time':>11}{'a report':>12}{'words/s':>9}{'on the cores':>14}{'memory':>9}{'record':>10}")
    small_texts = work / f"texts{args.beside}"
    if args.beside and not small_texts.exists():
        subprocess.run([str(args.example), str(small), str(small_texts), str(args.beside)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for size in map(int, args.sizes.split(",")):
        texts, record = work / f"texts{size}", work / f"{size}.record"
        if not texts.exists():
            subprocess.run([str(args.example), str(small), str(texts), str(size)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        words = sum(count_words(path) for path in sorted(texts.iterdir()))
        for cores in args.cores:
            remove(record)
            beside = []
            if args.beside and size > args.beside:
                parts = tenths(texts / "reports.jsonl", work / "part.jsonl", size)
                runs = []
                for part in parts:
                    runs.append(run.once(cores, "read", part, "--record", record))
                    remove(work / "beside.record")
                    beside.append(run.once(cores, "read", small_texts, "--record", work / "beside.record"))
                wall, spent, most = sum(one[0] for one in runs), sum(one[1] for one in runs), max(one[2] for one in runs)
            else:
                wall, spent, most = run.once(cores, "read", texts, "--record", record)
            room = sum(path.stat().st_size for path in record.parent.glob(record.name + "*"))
            print(f"{size:9}{words:12}{cores:6}{wall:9.1f} s{1000 * wall / size:9.2f} ms{words / wall:9.0f}{spent:12.1f} s{most:6.0f} MB{room / 1e6:7.0f} MB", flush=True)
            if beside:
                each = [1000 * sum(one[at] for one in beside) / len(beside) / args.beside for at in (0, 1)]
                print(f"{'':9}{'beside it, ' + str(args.beside):>18}{'':11}{each[0]:9.2f} ms{'':9}{each[1]:11.2f} ms on the cores: "
                      f"{1000 * wall / size / each[0]:.2f} and {1000 * spent / size / each[1]:.2f} times", flush=True)
        if not args.keep:
            remove(record)
            if texts != small_texts:
                shutil.rmtree(texts)
    if args.beside and not args.keep:
        remove(work / "beside.record")
        (work / "part.jsonl").unlink(missing_ok=True)
        shutil.rmtree(small_texts)


def tenths(texts, part, size):
    """A tenth of the lines after the other, each in the same file."""
    with open(texts, encoding="utf-8") as lines:
        for at in range(10):
            with open(part, "w", encoding="utf-8") as out:
                for _ in range(size * at // 10, size * (at + 1) // 10):
                    out.write(next(lines))
            yield part


def count_words(path):
    count = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            count += len((report.get("text") or report.get("body") or "").split())
    return count


def peers(run, args, html, work):
    folder = args.peers.resolve()
    models = [folder / "trees-model/model-best", folder / "named-model/model-best"]
    if not all(model.is_dir() for model in models):
        sys.exit(f"{folder} has no trained models: python3 bench/peer_spacy.py --work {folder}")
    python = folder / "venv/bin/python"
    lacking = subprocess.run([str(python), "-c", "import datasketch, quantulum3, recognizers_date_time, spacy, trafilatura"], stderr=subprocess.DEVNULL)
    if lacking.returncode:
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES], check=True)
    some = work / "some"
    shutil.rmtree(some, ignore_errors=True)
    some.mkdir()
    for path in sorted(html.iterdir())[: args.pages]:
        shutil.copy(path, some)
    reports, words = own_words(run.binary, some)
    record = work / "speed.record"
    own, _, _ = run.median(1, "read", some, "--record", record, before=lambda: remove(record))
    held = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    out = subprocess.run([*held, str(python), "-c", PEERS, str(some), *map(str, models)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         env={**os.environ, "OMP_NUM_THREADS": "1"}, check=True)
    other = json.loads(out.stdout)
    print(f"\nThe first {args.pages} pages, one core: {reports} reports and {words} words of the program's, {other['reports']} and {other['words']} of the peers'\n")
    print(f"{'':26}{'seconds':>10}{'words a second':>16}")
    for name, seconds in other["seconds"].items():
        failed = other["failed"].get(name)
        print(f"{name:26}{seconds:10.2f}{other['words'] / seconds:16.0f}" + (f"   ({failed} paragraphs failed)" if failed else ""))
    total = sum(other["seconds"].values())
    without = total - other["seconds"]["recognizers-text"] - other["seconds"]["quantulum3"]
    print(f"{'the peers together':26}{total:10.2f}{other['words'] / total:16.0f}")
    print(f"{'rapporteur read':26}{own:10.2f}{words / own:16.0f}   {words / own * total / other['words']:.1f} times; {words / own * without / other['words']:.1f} times the peers without times and figures")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/rapporteur")
    parser.add_argument("--example", type=pathlib.Path, default=ROOT / "target/release/examples/scale")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default="", help="of generated collections, the smallest first")
    parser.add_argument("--beside", type=int, default=0, metavar="SIZE", help="hold larger collections against one of that size, again and again")
    parser.add_argument("--generated", type=int, default=80, metavar="WORDS", help="of each generated report, before its paragraph ends")
    parser.add_argument("--cores", type=lambda text: [int(n) for n in text.split(",")], default=[1, 2], help="of the generated collections' reading")
    parser.add_argument("--peers", type=pathlib.Path, metavar="FOLDER", help="the folder of bench/peer_spacy.py")
    parser.add_argument("--pages", type=int, default=100, help="so many for the peers")
    parser.add_argument("--no-verbs", action="store_true", help="only what is asked for besides")
    parser.add_argument("--work", type=pathlib.Path, help="a folder, kept; else a temporary one")
    parser.add_argument("--keep", action="store_true", help="keep the generated collections and records")
    args = parser.parse_args()
    if not DATA.is_dir():
        print(f"not measured: {DATA} is not there (the measuring data lies beside the checkout, never in it)")
        return 1
    if not args.binary.is_file():
        print(f"{args.binary} is not there: cargo build --release, or say --binary", file=sys.stderr)
        return 2
    run = Run(args.binary, args.rounds)
    print(f"{processor()}, {memory()}; {args.rounds} rounds")
    with tempfile.TemporaryDirectory(prefix="rapporteur-speed-") as temporary:
        work = args.work or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        html = work / "html"
        html.mkdir(exist_ok=True)
        for path in sorted((DATA / "wcxb-articles/html").glob("*.html.gz")):
            (html / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
        if not args.no_verbs:
            verbs(run, {"wcxb-articles": html, "news-cluster": DATA / "news-cluster"}, work)
        if args.sizes:
            growth(run, args, work)
        if args.peers:
            peers(run, args, html, work)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
