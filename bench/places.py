"""Scores where `rapporteur places` puts the places of TR-News: within 161 km of the marked point or not.

    python3 bench/places.py [--binary FILE] [--misses]

Of the marked places that the program finds (a letter in common), those that it puts anywhere are resolved; a resolved
one is right within 161 km (100 miles) of the marked point. All, open and unread as in the other measures, by the
article's number; `--misses` prints open articles alone.
"""

import argparse
import hashlib
import json
import math
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
NEAR_KM = 161


def unread(name):
    return hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def distance(a, b, c, d):
    a, b, c, d = map(math.radians, (a, b, c, d))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1, half)))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--misses", action="store_true")
    args = args.parse_args()
    path = ROOT.parent / "shared/data/places/TR-News.xml"
    if not path.is_file():
        print("not measured: ../shared/data/places is not there")
        return 1
    marked, files = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for article in xml.parse(path).getroot():
            name = article.get("docid")
            marked[name] = (article.findtext("text"), [])
            for toponym in article.iter("toponym"):
                if not (toponym.findtext("gaztag/lat") or toponym.findtext("lat") or "").strip():
                    continue
                get = lambda key: (toponym.findtext(f"gaztag/{key}") or toponym.findtext(key)).strip()
                span = int(toponym.findtext("start")), int(toponym.findtext("end"))
                marked[name][1].append((*span, float(get("lat")), float(get("lon")), get("name")))
            file = pathlib.Path(folder) / f"{name}.jsonl"
            file.write_text(json.dumps({"text": marked[name][0]}) + "\n", encoding="utf-8")
            files.append((name, file))
        counts = {part: [0, 0, 0, 0] for part in ("all", "open", "unread")}
        for name, file in files:
            run = subprocess.run([args.binary, "places", str(file)], capture_output=True, text=True, check=True)
            text, gold = marked[name]
            found, at = [], 0
            for line in map(json.loads, run.stdout.splitlines()):
                start = text.find(line["name"], at)
                if start >= 0:
                    at = start + len(line["name"])
                    found.append((start, at, line["at"]))
            for start, end, lat, lon, place in gold:
                over = next((f for f in found if f[0] < end and start < f[1]), None)
                point = over and over[2]
                away = distance(lat, lon, point["lat"], point["lon"]) if point else None
                for part in ("all", "unread" if unread(name) else "open"):
                    counts[part][0] += 1
                    counts[part][1] += over is not None
                    counts[part][2] += point is not None
                    counts[part][3] += away is not None and away <= NEAR_KM
                if args.misses and not unread(name) and over and not (away is not None and away <= NEAR_KM):
                    words = text[max(0, start - 40) : end + 30].replace("\n", " ")
                    ours = f"{point['place']} {point['precision']} {point['country']} {away:.0f} km" if point else "open"
                    print(f"{name} {text[start:end]!r}: {place} {lat:.1f} {lon:.1f}; ours {ours} | {words}")
    for part, (all_of, seen, resolved, right) in counts.items():
        print(
            f"{part:7} {all_of} marked, {seen} found, {resolved} resolved ({resolved / max(1, seen):.3f} of those found), "
            f"{right / max(1, resolved):.3f} of these within {NEAR_KM} km"
        )


if __name__ == "__main__":
    raise SystemExit(main())
