"""Scores the places that `rapporteur parse` finds against TR-News: which words name a place.

    python3 bench/toponyms.py [--binary FILE] [--misses]

A toponym is found where a name of a place or nationality shares a letter with it, one to one.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent


def names_of(output, text):
    """(start, end, kind) of each name, by finding the words in the text one after the other."""
    out, at, open_at, kind = [], 0, None, None
    for line in output.splitlines():
        cells = line.split("\t")
        if len(cells) != 10 or "-" in cells[0]:
            continue
        start = text.find(cells[1], at)
        if start < 0:
            continue
        at = start + len(cells[1])
        for cell in cells[9].split("|"):
            if cell.startswith("Entity="):
                if "(" in cell:
                    open_at, kind = start, cell[7:].strip("()")
                if ")" in cell and open_at is not None:
                    out.append((open_at, at, kind))
                    open_at = None
    return out


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--misses", action="store_true")
    args = args.parse_args()
    path = ROOT.parent / "shared/data/places/TR-News.xml"
    if not path.is_file():
        print("not measured: ../shared/data/places is not there")
        return
    hit = said = wanted = 0
    with tempfile.TemporaryDirectory() as folder:
        for article in xml.parse(path).getroot():
            text = article.findtext("text")
            gold = []
            for toponym in article.iter("toponym"):
                gold.append((int(toponym.findtext("start")), int(toponym.findtext("end"))))
            file = pathlib.Path(folder) / f"{article.get('docid')}.jsonl"
            file.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
            run = subprocess.run([args.binary, "parse", str(file)], capture_output=True, text=True, check=True)
            places = [(a, b) for a, b, kind in names_of(run.stdout, text) if kind in ("LOC", "NORP")]
            left, found = set(gold), set()
            for place in places:
                over = next((g for g in sorted(left) if g[0] < place[1] and place[0] < g[1]), None)
                if over:
                    left.discard(over)
                    found.add(place)
            hit, said, wanted = hit + len(found), said + len(places), wanted + len(gold)
            if args.misses:
                def show(kind, some):
                    for a, b in sorted(some):
                        words = text[max(0, a - 30) : a], "[", text[a:b], "]", text[b : b + 30]
                        print(kind, *(w.replace("\n", " ") for w in words))

                show("MISSED", left)
                show("WRONG ", set(places) - found)
    p, r = hit / said, hit / wanted
    print(f"{wanted} toponyms  P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r):.3f}")


if __name__ == "__main__":
    main()
