#!/usr/bin/env python3
"""How `serve` stands many readers at once: every connection is opened before the first request is sent.

    python3 bench/load.py RECORD [--binary FILE] [--connections 2000] [--rounds 5] [--most 2.0]

Pages are taken from the links of the front page and of the pages that it leads to. In each round, all connections
ask at once, each for another page; an answer's time is from its request to its last byte, and how long the slowest
connection took is printed with it. Fails where an answer is
lost, is none of 200, or takes longer than --most seconds. Plain Python 3.8 or later.
"""

import argparse
import asyncio
import collections
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


def pages(address, most):
    """Addresses of pages, breadth first."""
    found, queue = {}, collections.deque([address])
    while queue and len(found) < most:
        url = queue.popleft()
        if url in found:
            continue
        with urllib.request.urlopen(url) as answer:
            found[url] = None
            if "html" not in answer.headers.get("Content-Type", ""):
                continue
            text = answer.read().decode()
        for link in re.findall(r'<a[^>]* href="([^"#]+)', text):
            link = urllib.parse.urljoin(url, link.replace("&amp;", "&"))
            if link.startswith(address) and link not in found:
                queue.append(link)
    return sorted(found)


async def one(host, port, path, start, times, faults):
    begun = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection(host, port)
    except OSError as error:
        faults["no connection: " + str(error)] += 1
        start.connected(0)
        return
    start.connected(time.perf_counter() - begun)
    await start.go.wait()
    begun = time.perf_counter()
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        answer = await reader.read(-1)
        times.append(time.perf_counter() - begun)
        head, _, body = answer.partition(b"\r\n\r\n")
        size = re.search(rb"(?i)content-length: (\d+)", head)
        if not head.startswith(b"HTTP/1.1 200"):
            faults[head.split(b"\r\n")[0].decode("utf-8", "replace") or "no answer"] += 1
        elif size and int(size.group(1)) != len(body):
            faults["cut off"] += 1
    except OSError as error:
        faults[str(error)] += 1
    finally:
        writer.close()


class Start:
    def __init__(self, count):
        self.left, self.all, self.go, self.slowest = count, asyncio.Event(), asyncio.Event(), 0.0

    def connected(self, seconds):
        self.slowest = max(self.slowest, seconds)
        self.left -= 1
        if self.left == 0:
            self.all.set()


async def round_of(host, port, paths, connections, faults):
    start, times = Start(connections), []
    jobs = [asyncio.create_task(one(host, port, paths[at % len(paths)], start, times, faults)) for at in range(connections)]
    await start.all.wait()
    begun = time.perf_counter()
    start.go.set()
    await asyncio.gather(*jobs)
    return times, time.perf_counter() - begun, start.slowest


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("record", type=pathlib.Path)
    parser.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    parser.add_argument("--connections", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--most", type=float, default=2.0)
    args = parser.parse_args()
    files = args.connections + 100
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, hard) if hard > 0 else files, hard))
    server = subprocess.Popen([args.binary, "serve", "--record", str(args.record), "--port", "0"], stdout=subprocess.PIPE, text=True)
    slow = 0.0
    faults = collections.Counter()
    try:
        address = re.search(r"http://\S+", server.stdout.readline()).group(0)
        parts = urllib.parse.urlsplit(address)
        paths = [urllib.parse.urlsplit(url)._replace(scheme="", netloc="").geturl() or "/" for url in pages(address, args.pages)]
        print(f"{args.connections} connections at once, {len(paths)} pages")
        for turn in range(args.rounds):
            times, whole, connecting = asyncio.run(round_of(parts.hostname, parts.port, paths, args.connections, faults))
            if times:
                slow = max(slow, max(times))
                print(f"round {turn + 1}: {len(times)} answers in {whole:.2f} s, {len(times) / whole:.0f} a second; "
                      f"median {statistics.median(times) * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms; slowest connection {connecting * 1000:.0f} ms", flush=True)
        if server.poll() is not None:
            faults["the server ended"] += 1
    finally:
        server.terminate()
        server.wait()
    for fault, count in faults.items():
        print(f"{count} times: {fault}")
    print(f"{sum(faults.values())} faults; slowest answer {slow:.2f} s (at most {args.most})")
    return int(bool(faults) or slow > args.most)


if __name__ == "__main__":
    sys.exit(main())
