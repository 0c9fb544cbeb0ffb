#!/usr/bin/env python3
"""Pages a second of `rapporteur clean` and of Python trafilatura, on the same pages and one core.

The pages are those of ../shared/data/wcxb-articles. For all alike they are unpacked beforehand,
into a temporary folder; reading them from there is inside the time of all. The program's time is
that of the whole process, with its start and the writing of its lines; trafilatura's is that of
the loop alone, in a process that has imported it already. So what is not alike speaks against the
program. Rounds alternate, so that a busy machine slows all of them.

    bare_extraction   own text with title, writer, date: the like of what `clean` prints
    extract           own text alone

Makes a virtual environment with trafilatura (pinned), which needs a network the first time; give
--venv to keep it. Plain Python 3.8 or later otherwise. See README.md here.
"""

import argparse
import gzip
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ["trafilatura==2.3.1", "lxml_html_clean"]

# Runs in the virtual environment: one JSON line with the seconds of the loop and what came out.
WORKER = """
import json, pathlib, sys, time
import trafilatura
kind, folder = sys.argv[1:]
run = {
    "bare_extraction": lambda page: trafilatura.bare_extraction(page, with_metadata=True),
    "extract": trafilatura.extract,
}[kind]
paths = sorted(pathlib.Path(folder).iterdir())
found = 0
start = time.perf_counter()
for path in paths:
    found += run(path.read_bytes()) is not None
print(json.dumps({"seconds": time.perf_counter() - start, "found": found}))
"""


def environment(folder):
    """The Python of a virtual environment that has trafilatura, made where it is not there."""
    python = folder / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    has = subprocess.run(
        [str(python), "-c", "import trafilatura; print(trafilatura.__version__)"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    if has.stdout.strip() != PACKAGES[0].split("==")[1]:
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def takes_threads(binary):
    """Whether this build of `clean` takes --threads."""
    shown = subprocess.run([str(binary), "clean", "--help"], stdout=subprocess.PIPE, text=True)
    return "--threads" in shown.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/rapporteur")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data", help="the folder of the sets")
    parser.add_argument("--venv", type=pathlib.Path, help="the virtual environment, kept; else a temporary one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, help="only the first so many pages")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="keep the figures")
    args = parser.parse_args()

    html = args.data / "wcxb-articles/html"
    if not html.is_dir():
        print(f"not measured: {html} is not there (the measuring data lies beside the checkout, never in it)")
        return 1
    if not args.binary.is_file():
        print(f"{args.binary} is not there: cargo build --release, or say --binary", file=sys.stderr)
        return 2
    if args.rounds < 1:
        parser.error("--rounds must be 1 at least")
    pin = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    clean = [*pin, str(args.binary), "clean"]
    if takes_threads(args.binary):
        clean += ["--threads", "1"]
    elif not pin:
        print("this build of clean takes no --threads, and taskset is not there: one core cannot be held to", file=sys.stderr)
        return 2

    with tempfile.TemporaryDirectory(prefix="speed-pages-") as temporary:
        temporary = pathlib.Path(temporary)
        try:
            python = environment(args.venv or temporary / "venv")
        except subprocess.CalledProcessError as error:
            print(f"trafilatura could not be installed: {error}; give --venv one that has it", file=sys.stderr)
            return 2
        folder = temporary / "pages"
        folder.mkdir()
        for path in sorted(html.glob("*.html.gz"))[: args.pages]:
            (folder / path.name[: -len(".gz")]).write_bytes(gzip.decompress(path.read_bytes()))
        count = len(list(folder.iterdir()))

        def program():
            with open(os.devnull, "wb") as nowhere:
                start = time.perf_counter()
                run = subprocess.run([*clean, str(folder)], stdout=nowhere, stderr=nowhere)
                seconds = time.perf_counter() - start
            if run.returncode not in (0, 1):
                sys.exit(f"{args.binary} clean ended with status {run.returncode}")
            return seconds

        def other(kind):
            run = subprocess.run(
                [*pin, str(python), "-c", WORKER, kind, str(folder)],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True,
            )
            return json.loads(run.stdout)["seconds"]

        contestants = {
            "rapporteur clean": program,
            "trafilatura bare_extraction": lambda: other("bare_extraction"),
            "trafilatura extract": lambda: other("extract"),
        }
        rates = {name: [] for name in contestants}
        program()  # The pages into the machine's cache, for all alike.
        for round_ in range(args.rounds):
            for name, run in contestants.items():
                rates[name].append(count / run())
            print(f"round {round_ + 1}: " + ", ".join(f"{name} {rate[-1]:.1f}" for name, rate in rates.items()), file=sys.stderr)

    print(f"{count} pages, {args.rounds} rounds, {'core 0' if pin else 'not pinned to a core'}, {PACKAGES[0]}")
    print(f"{'pages a second':30}{'min':>10}{'median':>10}{'max':>10}{'clean is':>12}")
    own = statistics.median(rates["rapporteur clean"])
    figures = {"pages": count, "rounds": args.rounds, "pinned": bool(pin)}
    for name, rate in rates.items():
        middle = statistics.median(rate)
        ratio = own / middle
        figures[name] = {"min": min(rate), "median": middle, "max": max(rate), "clean_is": ratio}
        print(f"{name:30}{min(rate):10.1f}{middle:10.1f}{max(rate):10.1f}{f'{ratio:.1f} times':>12}")
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
