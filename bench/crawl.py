#!/usr/bin/env python3
"""Writes a web archive of invented pages, the same bytes every time, to measure reading with.

    python3 bench/crawl.py crawl.warc.gz [PAGES]
    /usr/bin/time -v rapporteur clean crawl.warc.gz > reports.jsonl
"""

import gzip
import random
import sys

START = "ka ve lo ri ta mu so ne pi da ro li za ho be gu".split()


def main():
    path = sys.argv[1]
    pages = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    chance = random.Random(1)
    words = ["".join(chance.choices(START, k=chance.randint(1, 4))) for _ in range(8000)]
    with open(path, "wb") as out:
        for at in range(pages):
            out.write(gzip.compress(response(chance, words, at), 6, mtime=0))
            if at % 5 == 0:
                out.write(gzip.compress(picture(at), 1, mtime=0))


def sentence(chance, words):
    return " ".join(chance.choices(words, k=chance.randint(8, 26))).capitalize() + "."


def paragraph(chance, words):
    return "<p>" + " ".join(sentence(chance, words) for _ in range(chance.randint(1, 4))) + "</p>\n"


def page(chance, words, at):
    title = " ".join(chance.choices(words, k=7)).capitalize()
    links = "".join(
        "<li><a href='/%d'>%s</a></li>\n" % (n, " ".join(chance.choices(words, k=5)))
        for n in range(40)
    )
    text = "".join(paragraph(chance, words) for _ in range(chance.randint(4, 16)))
    day = "2031-%02d-%02d" % (at % 12 + 1, at % 28 + 1)
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>%s | Daily %d</title>"
        "<meta property='article:published_time' content='%sT10:00:00Z'>"
        "<script>var x = [%s];</script></head><body><nav><ul>\n%s</ul></nav>"
        "<article><h1>%s</h1>\n%s</article><aside><ul>\n%s</ul></aside><footer>%d</footer></body></html>"
        % (title, at % 50, day, ",".join(map(str, range(300))), links, title, text, links, at)
    ).encode()


def record(kind, fields, body):
    head = "WARC/1.0\r\nWARC-Type: %s\r\n%sContent-Length: %d\r\n\r\n" % (kind, fields, len(body))
    return head.encode() + body + b"\r\n\r\n"


def answer(at, media, body):
    fields = (
        "WARC-Target-URI: https://daily%d.example/%d\r\nWARC-Date: 2033-01-01T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:x:%d>\r\nContent-Type: application/http; msgtype=response\r\n"
        % (at % 50, at, at)
    )
    head = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n" % media
    return record("response", fields, head.encode() + body)


def response(chance, words, at):
    return answer(at, "text/html; charset=utf-8", page(chance, words, at))


def picture(at):
    return answer(at, "image/png", b"\x89PNG" + bytes(3000))


main()
