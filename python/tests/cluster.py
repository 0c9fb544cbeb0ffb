#!/usr/bin/env python3
"""Invented pages through a Spark cluster on this machine's loopback, held against the single binary.

    python tests/cluster.py --rapporteur ../target/release/rapporteur --pages 2000 --kill 20 [--again 30]

Writes web archives of invented pages, reads them with the binary (`claims`, `copies`) and with rapporteur.spark on a
master and two workers, kills one worker with SIGKILL in the middle (and starts another in its place after so many
seconds), and says whether all lines are the same, how long each step took and how many bytes were shuffled. Needs
this package, pyspark, pyarrow and Java 17.
"""

import argparse
import gzip
import hashlib
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

PUBLISHERS = ["North Wire", "Daily Echo", "Lenn Gazette", "Sarnow Times", "The Ledger", "Harbour Post"]
SYLLABLES = "ka ve lo ri ta mu so ne pi da ro li za ho be gu".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class Words:
    """An invented country: its towns, people and things, so many that reports seldom share them by chance."""

    def __init__(self, chance):
        self.chance = chance
        word = lambda least, most: "".join(chance.choices(SYLLABLES, k=chance.randint(least, most)))
        self.places = [word(2, 4).capitalize() + chance.choice("nrsl") for _ in range(4000)]
        self.people = [word(2, 3).capitalize() + " " + word(2, 4).capitalize() for _ in range(4000)]
        self.things = [word(2, 4) for _ in range(8000)]

    def who(self):
        person = self.chance.choice(self.people)
        return self.chance.choice([
            "the defence ministry", "General " + person, person + ", a spokesman for the rebels", "the governor of " + self.place(),
            "residents of " + self.place(), "the mediator " + person, "a rebel commander",
        ])

    def place(self):
        return self.chance.choice(self.places)

    def what(self):
        thing, other = self.chance.sample(self.things, 2)
        place, day, number = self.place(), self.chance.choice(DAYS), self.chance.randint(2, 9000)
        return self.chance.choice([
            f"the {thing} brigade took {place} on {day}", f"rebels shelled the {thing} in {place} on {day}",
            f"at least {number} {thing} workers were killed in {place}", f"the {thing} road to {place} was closed on {day}",
            f"talks on the {thing} would resume in {place} on {day}", f"{thing} troops left {place} on {day}",
            f"{number} prisoners would be exchanged for {other} in {place}", f"{number} {thing} families fled {place}",
            f"the {thing} bridge at {place} was mined with {other}", f"a {thing} delegation from {place} would come on {day}",
        ])

    def sentence(self, publisher):
        who, what = self.who(), self.what()
        line = self.chance.choice([
            f"{what}, {who} said.", f"{who} said that {what}.", f"according to {who}, {what}.", f"{who} told {publisher} that {what}.",
            f"{' '.join(self.chance.sample(self.things, 4))} came from {self.place()} with {self.chance.choice(self.people)}.",
        ])
        return line[0].upper() + line[1:]


def pages(count, paragraphs):
    """Addresses and pages: one of five copies an earlier one, whole, cut or with a credit."""
    chance = random.Random(7)
    words = Words(chance)
    kept = []
    for at in range(count):
        publisher = chance.choice(PUBLISHERS)
        if kept and chance.random() < 0.2:
            earlier, body = chance.choice(kept)
            body = body[: chance.randint(min(3, len(body)), len(body))]
            if chance.random() < 0.5:
                body = ["(%s) %s" % (earlier, body[0]), *body[1:]]
        else:
            body = [
                " ".join(words.sentence(publisher) for _ in range(chance.randint(1, 3))) for _ in range(chance.randint(*paragraphs))
            ]
        kept.append((publisher, body))
        del kept[:-500]
        title = "%s %s after day of %s" % (words.place(), chance.choice(["quiet", "shelled", "waits"]), chance.choice(words.things))
        yield at, publisher, title, "2031-%02d-%02d" % (chance.randint(1, 12), chance.randint(1, 28)), body


def page(publisher, title, day, body):
    text = "".join("<p>%s</p>\n" % paragraph for paragraph in body)
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>%s</title><meta property='og:site_name' "
        "content='%s'><meta property='article:published_time' content='%sT10:00:00Z'></head><body><nav><a href='/'>Home"
        "</a></nav><article><h1>%s</h1>\n%s</article><footer>All rights reserved</footer></body></html>"
        % (title, publisher, day, title, text)
    ).encode()


def write_archives(folder, count, files, paragraphs):
    outs = [open(folder / ("crawl-%03d.warc.gz" % at), "wb") for at in range(files)]
    each = -(-count // files)
    for at, publisher, title, day, body in pages(count, paragraphs):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(publisher, title, day, body)
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://%s.example/%d\r\nWARC-Date: 2033-01-01T00:00:00Z"
            "\r\nWARC-Record-ID: <urn:x:%d>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
            % (publisher.lower().replace(" ", "-"), at, at, len(answer))
        )
        outs[at // each].write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 6, mtime=0))
    for out in outs:
        out.close()
    return sorted(folder.glob("*.warc.gz"))


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Cluster:
    """A master and two workers of one core each, on loopback."""

    def __init__(self, folder, memory):
        import pyspark

        home = pathlib.Path(pyspark.__file__).parent
        self.port, self.ui = free_port(), free_port()
        self.address = "spark://127.0.0.1:%d" % self.port
        self.environment = dict(os.environ, SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable, SPARK_HOME=str(home))
        start = [str(home / "bin" / "spark-class")]
        deploy = "org.apache.spark.deploy."
        log = open(folder / "cluster.log", "wb")

        def run(*arguments):
            # A group of its own, so that the executors of a worker die with it.
            return subprocess.Popen([*start, *arguments], env=self.environment, stdout=log, stderr=log, start_new_session=True)

        at = ["--host", "127.0.0.1"]
        self.master = run(deploy + "master.Master", *at, "--port", str(self.port), "--webui-port", str(self.ui))
        time.sleep(5)

        def worker(number):
            return run(deploy + "worker.Worker", *at, "--webui-port", "0", "--cores", "1", "--memory", memory,
                       "--work-dir", str(folder / ("work-%d" % number)), self.address)

        self.worker = worker
        self.workers = [worker(0), worker(1)]

    def kill_one(self):
        os.killpg(self.workers[0].pid, signal.SIGKILL)

    def another(self):
        self.workers.append(self.worker(len(self.workers)))

    def end(self):
        for one in [*self.workers, self.master]:
            try:
                os.killpg(one.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def digest(lines):
    """How many lines, and the hash of them all."""
    count, whole = 0, hashlib.sha256()
    for line in lines:
        count += 1
        whole.update(line.encode() + b"\n")
    return count, whole.hexdigest()


def timed(what, work):
    start = time.monotonic()
    result = work()
    spent = time.monotonic() - start
    print("%-44s %8.1f s" % (what, spent), flush=True)
    return result, spent


def shuffled(session):
    """Bytes that all stages so far wrote for others, and what tasks took, in the words of Spark's own interface."""
    context = session.sparkContext
    address = "%s/api/v1/applications/%s/stages" % (context.uiWebUrl, context.applicationId)
    with urllib.request.urlopen(address) as answer:
        stages = json.load(answer)
    return sum(stage.get("shuffleWriteBytes", 0) for stage in stages), sum(stage.get("numFailedTasks", 0) for stage in stages)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rapporteur", required=True, help="the single binary")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--files", type=int, default=16, help="web archives to spread them over")
    parser.add_argument("--kill", type=float, help="seconds after which one worker is killed")
    parser.add_argument("--again", type=float, help="seconds after which another is there in its place")
    parser.add_argument("--paragraphs", default="4-9", help="of a page, of one to three sentences each")
    parser.add_argument("--memory", default="3g", help="of a worker")
    parser.add_argument("--folder", help="where to work; a temporary one where nothing is said")
    arguments = parser.parse_args()
    paragraphs = [int(number) for number in arguments.paragraphs.split("-")]
    temporary = tempfile.TemporaryDirectory()
    folder = pathlib.Path(arguments.folder or temporary.name)
    crawl = folder / "crawl"
    crawl.mkdir(parents=True, exist_ok=True)
    archives, _ = timed("writing %d pages" % arguments.pages, lambda: write_archives(crawl, arguments.pages, arguments.files, paragraphs))

    def binary(verb):
        with open(folder / verb, "wb") as out:
            subprocess.run([arguments.rapporteur, verb, *map(str, archives)], stdout=out, stderr=subprocess.DEVNULL)

    _, spent_claims = timed("binary: claims", lambda: binary("claims"))
    _, spent_copies = timed("binary: copies", lambda: binary("copies"))
    alone = {}
    for verb in ("claims", "copies"):
        with open(folder / verb, encoding="utf-8") as lines:
            alone[verb] = digest(line.rstrip("\n") for line in lines)
        print("%d %s" % (alone[verb][0], verb), flush=True)

    cluster = Cluster(folder, arguments.memory)
    good = True
    try:
        os.environ.update(cluster.environment)
        from pyspark.sql import SparkSession

        from rapporteur import spark as rs

        builder = SparkSession.builder.master(cluster.address).appName("rapporteur")
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.executor.memory": "2g",
            "spark.driver.memory": "2g",
            "spark.executor.cores": "1",
            "spark.sql.shuffle.partitions": "16",
            "spark.ui.showConsoleProgress": "false",
            # Few readings at a time.
            "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
        }
        for name, value in settings.items():
            builder = builder.config(name, value)
        session, _ = timed("spark: start", builder.getOrCreate)
        session.sparkContext.setLogLevel("ERROR")
        start = time.monotonic()
        if arguments.kill is not None:
            def kill():
                cluster.kill_one()
                print("one worker killed after %.1f s" % (time.monotonic() - start), flush=True)

            def again():
                cluster.another()
                print("another worker after %.1f s" % (time.monotonic() - start), flush=True)

            timers = [threading.Timer(arguments.kill, kill)]
            if arguments.again is not None:
                timers.append(threading.Timer(arguments.kill + arguments.again, again))
            for timer in timers:
                timer.daemon = True
                timer.start()
        kept, written = str(folder / "readings"), str(folder / "claims")
        pattern = str(crawl / "*.warc.gz")
        # A web archive a task.
        session.conf.set("spark.sql.files.maxPartitionBytes", "1")
        _, first = timed("spark: readings to Parquet", lambda: rs.readings(rs.files(session, pattern)).write.mode("overwrite").parquet(kept))
        bytes_before, _ = shuffled(session)
        session.conf.set("spark.sql.files.maxPartitionBytes", str(32 << 20))
        readings = session.read.parquet(kept)
        _, second = timed("spark: claims to Parquet", lambda: rs.write_claims(rs.claims(readings), written))
        bytes_claims, _ = shuffled(session)
        copied = str(folder / "copies-found")
        _, third = timed("spark: copies to Parquet", lambda: rs.copies(readings).write.mode("overwrite").parquet(copied))
        bytes_copies, failed = shuffled(session)
        size = sum(one.stat().st_size for one in pathlib.Path(kept).glob("*.parquet"))
        print("readings as Parquet: %d bytes" % size)
        print("shuffled: %d bytes for readings, %d for claims, %d for copies; %d tasks failed" % (
            bytes_before, bytes_claims - bytes_before, bytes_copies - bytes_claims, failed), flush=True)
        for what, path, order in [("claims", written, ["file", "number", "at"]), ("copies", copied, ["from", "to"])]:
            found = session.read.parquet(path).where("json is not null").orderBy(*order).select("json")
            found = digest(row.json for row in found.toLocalIterator())
            same = found == alone[what]
            good &= same
            print("%s: %s (%d lines)" % (what, "the same, byte for byte" if same else "NOT the same", found[0]), flush=True)
        spent = spent_claims + spent_copies
        print("binary %.1f s, spark %.1f s: %.2f times" % (spent, first + second + third, (first + second + third) / spent))
        session.stop()
    finally:
        cluster.end()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
