#!/usr/bin/env python3
"""How long each kind of page takes, of a record as large as one likes.

    python3 bench/pages.py large.record

Starts `serve` on one core where `taskset` is there, follows links from the front page until there are enough pages of
every kind, asks for each once, and prints for each kind how many, the median, the slowest with its address, and the
largest. What is asked for first includes what a page works out once; the front page is asked for twice. The record is
made with the example `scale` of `crates/record` (see README.md here), and its state computed by `show control`. Time is
from the request to the last byte, on the same machine. Plain Python 3.8 or later.
"""

import argparse
import collections
import html
import http.client
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r'href="([^"#]+)')


def kind(address):
    """The first part of the path without a page's number, `/…` where it leads on to one thing, `?` where something is asked."""
    path, _, query = address.partition("?")
    parts = [part for part in path.split("/") if part]
    first = parts[0] if parts else "front page"
    return re.sub(r"(-\d+)?(\.html)?$", "", first) + ("/…" if len(parts) > 1 else "") + ("?" if query else "")


class Server:
    def __init__(self, binary, record):
        held = ["taskset", "-c", "0"] if shutil.which("taskset") else []
        start = time.monotonic()
        command = [*held, binary, "serve", "--record", record, "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = urllib.parse.urlsplit(self.process.stdout.readline().split()[-1])
        self.started = time.monotonic() - start

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status")
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
        return int(found[1]) // 1024 if found else None

    def ask(self, address):
        """Milliseconds, status and body."""
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=600)
        start = time.monotonic()
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read()
        took = 1000 * (time.monotonic() - start)
        connection.close()
        return took, answer.status, body


def main():
    args = argparse.ArgumentParser()
    args.add_argument("record")
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--each", type=int, default=25, help="pages of a kind")
    args.add_argument("--search", default="army,ceasefire,the talks", help="what is looked up, by commas")
    args = args.parse_args()
    server = Server(args.binary, args.record)
    print(f"ready after {server.started:.1f} s", flush=True)
    took = collections.defaultdict(list)
    asked, waiting = set(), collections.defaultdict(list)
    looked_up = ["/search.html?q=" + urllib.parse.quote(words) for words in args.search.split(",")]
    for address in ["/", *looked_up]:
        waiting[kind(address)].append(address)
    chance = random.Random(1)
    # Always of the kind that has been seen least, so that no kind is left out.
    while True:
        open_kinds = [k for k in waiting if waiting[k] and len(took[k]) < args.each]
        if not open_kinds:
            break
        least = min(open_kinds, key=lambda k: (len(took[k]), k))
        address = waiting[least].pop(chance.randrange(len(waiting[least])))
        milliseconds, status, body = server.ask(address)
        took[least].append((milliseconds, len(body), address))
        asked.add(address)
        if status != 200:
            print(f"{address}: status {status}", file=sys.stderr)
            continue
        for link in sorted(set(LINK.findall(body.decode("utf-8", "replace")))):
            link = urllib.parse.urljoin(address, html.unescape(link))
            page = urllib.parse.urlsplit(link).path
            if not link.startswith("/") or not (page.endswith(".html") or page == "/"):
                continue
            if link not in asked and len(waiting[kind(link)]) < 2000:
                asked.add(link)
                waiting[kind(link)].append(link)
    again, _, _ = server.ask("/")
    print(f"{'kind':24} {'pages':>5} {'median':>8} {'slowest':>8} {'largest':>8}   the slowest")
    for name in sorted(took):
        of = took[name]
        slowest = max(of)
        print(f"{name:24} {len(of):5} {statistics.median(t for t, _, _ in of):5.1f} ms {slowest[0]:5.1f} ms {max(b for _, b, _ in of) / 1000:5.0f} kB   {slowest[2][:90]}")
    print(f"front page, again {again:.1f} ms; memory {server.memory()} MB")
    server.process.terminate()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
