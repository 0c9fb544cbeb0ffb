#!/usr/bin/env python3
"""Writes small valid files of every kind into fuzz/corpus, to start fuzzing from, and the words of the tables as
fuzz/corpus/words.dict, for `whole`."""

import gzip
import io
import os
import tarfile
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
TEXT = b"Velka falls\n\nThe army took Velka on Monday, the ministry said.\n"
PAGE = (
    b"<!doctype html><html lang=en><head><title>Velka falls | Daily Echo</title>"
    b"<meta property='article:published_time' content='2031-03-01T10:00:00Z'>"
    b"<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Velka falls\"}</script></head>"
    b"<body><nav><a href=/>Home</a></nav><article><h1>Velka falls</h1><p>By Ada Brisk</p>"
    b"<p>The army took Velka on Monday, the ministry said.</p><ul><li>One<li>Two</ul>"
    b"<blockquote>It held.</blockquote><table><tr><td>Velka<td>12</table></article></body></html>"
)
MAIL = (
    b"Received: from x\r\nFrom: =?utf-8?q?North_Wire?= <news@north.example>\r\nSubject: Velka\r\n"
    b"Date: Sat, 01 Mar 2031 23:30:00 -0500\r\nMessage-ID: <1@north.example>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nThe army took Velka on Mon=\r\nday.\r\n--b\r\n"
    b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+SXQgZmVsbC48L3A+\r\n--b--\r\n"
)


def record(kind, fields, body):
    head = b"WARC/1.0\r\nWARC-Type: %s\r\n%sContent-Length: %d\r\n\r\n" % (kind, fields, len(body))
    return head + body + b"\r\n\r\n"


def response(fields, body):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n%s\r\n%s" % (fields, body)
    own = b"WARC-Target-URI: https://echo.example/1\r\nContent-Type: application/http\r\n"
    return record(b"response", own, http)


def tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ["a.txt", "long/" * 30 + "b.txt"]:
            info = tarfile.TarInfo(name)
            info.size = len(TEXT)
            archive.addfile(info, io.BytesIO(TEXT))
    return out.getvalue()


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b/c.html", PAGE)
    return out.getvalue()


CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
RECORDS = [
    response(b"", PAGE),
    response(b"Content-Encoding: gzip\r\n", gzip.compress(PAGE, mtime=0)),
    response(b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
    response(b"Transfer-Encoding: chunked\r\n", CHUNKED),
    record(b"revisit", b"WARC-Refers-To: <urn:1>\r\n", b""),
    record(b"resource", b"Content-Type: text/plain\r\n", TEXT),
]
SEEDS = {
    "html": [PAGE, b"<p>The general&acirc;&euro;&trade;s army took Velka.</p>"],
    "text": [TEXT, "“No,” he said – café.".encode("utf-16"), "cafÃ© â€™".encode(), b"caf\xe9 talks"],
    "markdown": [b"---\ntitle: Velka\ndate: 2031-03-01\n---\n# Velka\n\n> It [fell](x) **now**.\n\n- a\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"],
    "feed": [
        b"<item><title>x</title><link>https://echo.example/1</link><source url='https://north.example'>North</source>"
        b"<pubDate>Sat, 01 Mar 2031 09:30:00 +0200</pubDate><description><![CDATA[<p>It fell.</p>]]></description></item>",
        b"<feed><title>x</title><entry><title>y</title><link href='https://a.example'/><author><name>n</name></author>"
        b"<content type='xhtml'><div><p>It fell.</p></div></content></entry></feed>",
    ],
    "json": [
        b'{"maintext": "It fell.", "date_publish": "2031-03-01 10:00:00", "authors": ["A"], "source_domain": "e.example"}\n{"text": "x"}\n',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "E", "items": [{"content_html": "<p>It fell.</p>"}]}',
    ],
    "csv": [b"date;publisher;text\n2031-03-01;Echo;\"It; fell.\"\n"],
    "warc": [b"".join(RECORDS)] + RECORDS,
    "compressed": [gzip.compress(record, mtime=0) for record in RECORDS] + [gzip.compress(TEXT, mtime=0)[3:]],
    "archive": [tar(), zipped()],
    "eml": [MAIL, b"From a@b c\n" + MAIL + b"\nFrom a@b c\n" + MAIL],
}



def example():
    """Pairs of the example's reports, and each alone."""
    folder = os.path.join(ROOT, "examples", "doha-2021")
    files = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith((".txt", ".html"))]
    texts = [open(path, "rb").read() for path in files]
    return texts + [a + b"\n%%%%\n" + b for a, b in zip(texts, texts[1:])]


SEEDS["whole"] = example() + [TEXT, TEXT + b"\n%%%%\n" + PAGE]


def words():
    """Words of the tables of texts and claims."""
    found = set()
    for crate in ("text", "claims"):
        folder = os.path.join(ROOT, "crates", crate, "data", "en")
        for name in sorted(os.listdir(folder)):
            if name.endswith((".txt", ".tsv")) and name != "common_words.txt":
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    for line in file:
                        if not line.startswith("#"):
                            found.update(word for cell in line.rstrip("\n").split("\t") for word in cell.split() if word.isascii() and word.isalpha())
    return sorted(found)


os.makedirs(os.path.join(HERE, "corpus"), exist_ok=True)
with open(os.path.join(HERE, "corpus", "words.dict"), "w", encoding="utf-8") as out:
    out.writelines('" %s"\n' % word for word in words())

for target, files in SEEDS.items():
    folder = os.path.join(HERE, "corpus", target)
    os.makedirs(folder, exist_ok=True)
    for at, data in enumerate(files):
        with open(os.path.join(folder, "seed-%d" % at), "wb") as out:
            out.write(data)
