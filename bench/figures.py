#!/usr/bin/env python3
"""How well `rapporteur figures` finds how much, of what, and with what bound.

newsquant, beside the checkout in ../shared/data: 295 sentences of news whose quantities are marked
with value, change or bound (= ~ > < up down), unit and its normal form.

value             the same number, or both ends of a range; the set marks a change ("from 240 to 273")
                  as one range, and two figures that are its ends are that mark (--changes two: not)
                  (a fraction in words is .5 in the set and 50% here)
value and unit    and the same unit: the marked one or its normal form, in any number; currencies and
                  percentages by any of their signs; of a noun phrase the head counts
value and change  and the same change; the set's > also stands for "at least", < for "at most"

F1 over all sentences; each found and each marked quantity is used once. Figures are given for all,
for `open` (to be read) and for `unread`: sentences whose SHA-256 has a first byte divisible by three.

Plain Python 3.8 or later, no packages. See README.md here.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ("all", "open", "unread")
MEASURES = ("value", "unit", "change")
# Signs and short forms of one unit.
ALIASES = {
    "%": "percentage", "percent": "percentage", "per cent": "percentage", "pc": "percentage",
    "percentage": "percentage", "$": "dollar", "us$": "dollar", "us dollar": "dollar", "$a": "australian dollar",
    "a$": "australian dollar", "£": "pound", "pound sterling": "pound", "€": "euro", "¥": "yen", "y": "yen",
    "japanese yen": "yen", "rm": "ringgit", "malaysian ringgit": "ringgit", "mph": "mile per hour",
    "mpg": "mile per gallon", "km": "kilometre", "kilometer": "kilometre", "km/h": "kilometre per hour",
    "kph": "kilometre per hour", "m": "metre", "meter": "metre", "kw": "kilowatt", "min": "minute",
    "litre": "liter", "l": "liter", "lb": "pound", "ft": "foot", "feet": "foot", "people": "person",
}
BOUNDS = {"=": "=", "~": "~", "~<": "~", ">": ">", ">=": ">", "<": "<", "<=": "<"}


def part_of(text):
    """`open` or `unread`, by the rule above."""
    return "unread" if hashlib.sha256(text.encode()).digest()[0] % 3 == 0 else "open"


def found_in(binary, texts):
    """Per sentence the figures that the program finds."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "cases.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            for number, text in enumerate(texts):
                file.write(json.dumps({"title": f"n{number}", "text": text}) + "\n")

        def lines(command):
            done = subprocess.run(
                [binary, command, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
            )
            return [json.loads(line) for line in done.stdout.decode().splitlines()]

        numbers = {report["id"]: int(report["title"][1:]) for report in lines("clean")}
        found = [[] for _ in texts]
        for figure in lines("figures"):
            found[numbers[figure["report"]]].append(figure)
    return found


def marked_values(value):
    """The one or two numbers of a marked value, smaller first."""
    return sorted(float(number) for number in re.findall(r"(?<![\d.])-?[\d.]+|[\d.]+", value.replace(" ", "")))


def same_value(figure, marked):
    """The same number, or the same ends."""
    numbers = [abs(number) for number in marked_values(marked["value"])]
    high = figure["high"] if figure["high"] is not None else figure["low"]
    ours = sorted([abs(figure["low"]), abs(high)])
    near = lambda a, b: a is not None and abs(a - b) <= 1e-6 * max(1.0, abs(b))
    # A fraction in words: .333 of the set is 33.3% here.
    if marked["normalized_unit"].startswith("% ") and (figure["unit"] or "").startswith("%") and len(numbers) == 1:
        return numbers[0] < 1 and abs(ours[0] - 100 * numbers[0]) < 0.051
    return bool(numbers) and near(ours[0], numbers[0]) and near(ours[1], numbers[-1])


def normal(unit):
    """A unit in one form: lower case, singular head, aliases made one."""
    unit = (unit or "-").lower().strip().split(" of ")[0] if not (unit or "").startswith("%") else "%"
    if unit in ALIASES:
        return ALIASES[unit]
    unit = re.sub(r"\bsq\.? m\b", "square metre", unit)
    single = re.sub(r"(?<=[a-z])(?<!s)s\b", "", unit)
    return ALIASES.get(single, single)


def same_unit(figure, marked):
    """The same unit as marked or as its normal form, or the same head of a noun phrase."""
    if "last" in figure and same_unit(figure["last"], marked):
        return True
    ours = normal(figure["unit"])
    true = {normal(marked["unit"]), normal(marked["normalized_unit"])}
    if ours in true:
        return True
    # "% of voters" here, "% voters" there.
    if ours.startswith("%") and any(unit.startswith("% ") for unit in true):
        return True
    heads = {unit.split(" per ")[0].split()[-1] for unit in true if unit and " per " not in unit}
    return ours.split()[-1] in heads if ours.split() else False


def same_change(figure, marked):
    """The same change or bound."""
    one = lambda figure: (figure.get("change") or BOUNDS[figure["comparator"]]) == marked["change"]
    return one(figure) or "last" in figure and one(figure["last"])


def joined(figures, marks, text):
    """The figures, where the two ends of a change ("from 240 to 273"), which the set marks as one, are one."""
    ends = [sorted(abs(number) for number in marked_values(mark["value"])) for mark in marks]
    result = []
    for figure in figures:
        last = result[-1] if result else None
        single = lambda f: f["high"] == f["low"] and "last" not in f
        if last and single(last) and single(figure) and figure["low"] != last["low"]:
            both = sorted([abs(last["low"]), abs(figure["low"])])
            between = text[last["end"] : figure["start"]].split()
            if both in ends and "from" in text[: last["start"]].split()[-4:] and "to" in between:
                result[-1] = {**last, "low": both[0], "high": both[1], "last": figure}
                continue
        result.append(figure)
    return result


def paired(figures, marks):
    """Pairs of the same value, each used once, those that agree in more first."""
    pairs = []
    for f, figure in enumerate(figures):
        for m, mark in enumerate(marks):
            if same_value(figure, mark):
                pairs.append((same_unit(figure, mark) + same_change(figure, mark), f, m))
    used, taken, chosen = set(), set(), []
    for _, f, m in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if f not in used and m not in taken:
            used.add(f)
            taken.add(m)
            chosen.append((f, m))
    return chosen


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=str(ROOT / "target" / "release" / "rapporteur"))
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--changes", choices=("one", "two"), default="one", help="ends of a change: one or two")
    parser.add_argument("--misses", type=int, default=0, help="print so many of each kind, open part")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures here")
    args = parser.parse_args()
    path = args.data / "newsquant" / "even.json"
    if not path.is_file():
        print(f"{path}: the measuring data is not there", file=sys.stderr)
        return 1
    cases = json.loads(path.read_text(encoding="utf-8-sig"))
    sums = {part: collections.Counter() for part in PARTS}
    missed = collections.defaultdict(list)
    for case, figures in zip(cases, found_in(args.binary, [case["text"] for case in cases])):
        marks = case["quantities"]
        figures = joined(figures, marks, case["text"]) if args.changes == "one" else figures
        pairs = paired(figures, marks)
        here = collections.Counter(
            found=len(figures),
            true=len(marks),
            value=len(pairs),
            unit=sum(same_unit(figures[f], marks[m]) for f, m in pairs),
            change=sum(same_change(figures[f], marks[m]) for f, m in pairs),
        )
        part = part_of(case["text"])
        for name in ("all", part):
            sums[name] += here
        if part == "open":
            show = lambda f: f"{f['comparator']} {f['low']}..{f['high']} {f['unit']}"
            mark = lambda m: f"{m['change']} {m['value']} {m['unit']} ({m['normalized_unit']})"
            used = {f for f, _ in pairs}, {m for _, m in pairs}
            for n, figure in enumerate(figures):
                if n not in used[0]:
                    missed["extra"].append(f"{show(figure)}   …{case['text'][:150]}")
            for n, m in enumerate(marks):
                if n not in used[1]:
                    missed["missing"].append(f"{mark(m)}   …{case['text'][:150]}")
            for f, m in pairs:
                if not same_unit(figures[f], marks[m]):
                    missed["unit"].append(f"{mark(marks[m])}  <>  {show(figures[f])}   …{case['text'][:90]}")
                if not same_change(figures[f], marks[m]):
                    missed["change"].append(f"{mark(marks[m])}  <>  {show(figures[f])}   …{case['text'][:90]}")
    print(f"{'newsquant':10}{'found':>7}{'true':>7}{'value':>8}{'value, unit':>13}{'value, change':>15}")
    result = {}
    for part in PARTS:
        s = sums[part]
        f1 = {k: 2 * s[k] / (s["found"] + s["true"]) if s["found"] + s["true"] else 0.0 for k in MEASURES}
        result[part] = f1
        print(f"  {part:8}{s['found']:7}{s['true']:7}{f1['value']:8.3f}{f1['unit']:13.3f}{f1['change']:15.3f}")
    for kind, lines in missed.items():
        for line in lines[: args.misses]:
            print(f"    {kind}: {line}")
    if args.json:
        args.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
