"""Writes the text without annotation that the teacher labels, a file a collection, into the folder given."""

import glob
import html
import json
import os
import re
import sys

from corpora import DATA


def wcxb():
    for path in sorted(glob.glob(f"{DATA}/wcxb-articles/ground-truth/*.json")):
        with open(path, encoding="utf-8") as file:
            truth = json.load(file)["ground_truth"]
        yield f"{truth.get('title') or ''}\n\n{truth.get('main_content') or ''}"


def zyte():
    with open(f"{DATA}/zyte/ground-truth.json", encoding="utf-8") as file:
        pages = json.load(file)
    for key in sorted(pages):
        yield pages[key]["articleBody"]


def wikiwars():
    for path in sorted(glob.glob(f"{DATA}/wikiwars-train/tml/*.tml")):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        yield html.unescape(re.sub(r"<[^>]*>", "", re.search(r"<TEXT>(.*)</TEXT>", text, re.S).group(1)))


if __name__ == "__main__":
    for collection in (wcxb, zyte, wikiwars):
        with open(os.path.join(sys.argv[1], collection.__name__ + ".txt"), "w", encoding="utf-8") as file:
            for text in collection():
                # A line of a page is a paragraph of its own.
                file.write("\n\n".join(line.strip() for line in text.split("\n") if line.strip()) + "\n\n")
