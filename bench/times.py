#!/usr/bin/env python3
"""How well `rapporteur times` finds expressions of time and the days they mean.

Two sets beside the checkout in ../shared/data:

wikiwars     16 histories of wars, every expression marked. Strict: the same words. Relaxed: words that
             share a letter, each used once. Value: found (relaxed) and of the same days; where no
             calendar gives the marked value ("now", "two months"), no days is right.
recognizers  The cases of DateTimeModel whose results are all dates or ranges of dates. A case is right
             where each result is found, nothing else is, and each has its days. See `same_days` for
             what counts as the same; `to the day` is without those allowances.

Every figure is given for all, for `open` (to be read) and for `unread`: files and inputs whose
SHA-256 has a first byte divisible by three. `--misses` prints open ones alone.

Plain Python 3.8 or later, no packages. See README.md here.
"""

import argparse
import collections
import datetime
import hashlib
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ("all", "open", "unread")
DAY = datetime.timedelta(days=1)


def part_of(name):
    """`open` or `unread`, by the rule above."""
    return "unread" if hashlib.sha256(name.encode()).digest()[0] % 3 == 0 else "open"


def run(binary, command, path):
    """The JSON lines that a command prints for a file."""
    done = subprocess.run(
        [binary, command, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def letters_before(text):
    """For each place in a text, how many letters that are no white space stand before it."""
    counts, count = [], 0
    for letter in text:
        counts.append(count)
        count += not letter.isspace()
    return counts + [count]


def places_in(body, text):
    """For each place in a body its place in the text, white space aside; some lines may be left out."""
    squeezed = re.sub(r"\s", "", text)
    places, at = [], 0
    for line in body.splitlines(keepends=True):
        start = squeezed.find(re.sub(r"\s", "", line), at)
        at = start if start >= 0 else at
        counts = letters_before(line)
        places += [at + count for count in counts[:-1]]
        at += counts[-1]
    return places + [at]


def read(binary, cases, folder, url=None):
    """Per case (text, date): what is found, as (start, end, value, words); places without white space.

    `url` is the address that every case is said to come from.
    """
    path = pathlib.Path(folder) / "cases.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        for number, (text, date) in enumerate(cases):
            line = {"title": f"n{number}", "text": text}
            line.update({"url": f"{url}/{number}"} if url else {})
            file.write(json.dumps({**line, "date": date} if date else line) + "\n")
    numbers, places = {}, {}
    for report in run(binary, "clean", path):
        number = int(report["title"][1:])
        numbers[report["id"]] = number
        places[report["id"]] = places_in(report["body"], cases[number][0])
    found = [[] for _ in cases]
    for time in run(binary, "times", path):
        at = places[time["report"]]
        span = (at[time["start"]], at[time["end"]])
        found[numbers[time["report"]]].append((*span, time["value"], time["expression"]))
    return found


def f1(right, found, true):
    """Precision, recall and their harmonic mean."""
    p, r = right / found if found else 0.0, right / true if true else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


# Days


def last_of(year, month):
    """The last day of a month."""
    return (datetime.date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12)
            else datetime.date(9999, 12, 31) + DAY) - DAY


SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def days(value):
    """First and last day of a value in ISO 8601 or TIMEX; years before Christ as numbers below 1.

    Days are (year, month, day). None: no calendar gives it.
    """
    if not value:
        return None
    if "/" in value:
        both = [days(end) for end in value.split("/")]
        return (both[0][0], both[1][1]) if all(both) else None
    sign, value = (-1, value[2:]) if value.startswith("BC") else (1, value)
    if value.startswith("-"):
        sign, value = 0, re.sub(r"^-0*(?=\d{4}\b)", "", value)
    value = re.sub(r"T.*$", "", value)
    value = re.sub(r"(-XX)+$", "", value)

    def year(digits):
        number = int(digits)
        # Before Christ as BC0490, or as a year counted on below 1.
        return {1: number, -1: 1 - number, 0: -number}[sign]

    if match := re.fullmatch(r"(\d{2,4})", value):
        digits = match[1]
        unit = 10 ** (4 - len(digits))
        years = (int(digits) * unit, int(digits) * unit + unit - 1)
        if sign == -1:
            years = (1 - years[1], 1 - years[0])
        if sign == 0:
            years = (-years[1], -years[0])
        return (years[0], 1, 1), (years[1], 12, 31)
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first, last = SEASONS[match[2]]
        at = year(match[1])
        return (at, first, 1), (at + (last > 12), (last - 1) % 12 + 1, length(at + (last > 12), last))
    if match := re.fullmatch(r"(\d{4})-(H|Q)(\d)", value):
        size = 6 if match[2] == "H" else 3
        last, at = int(match[3]) * size, year(match[1])
        return (at, last - size + 1, 1), (at, last, length(at, last))
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        sunday = monday + 6 * DAY
        return (monday.year, monday.month, monday.day), (sunday.year, sunday.month, sunday.day)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        at, month = year(match[1]), int(match[2])
        return (at, month, 1), (at, month, length(at, month))
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = (year(match[1]), int(match[2]), int(match[3]))
        return day, day
    return None


def length(year, month):
    """Days of a month; months past 12 are of the year after."""
    month = (month - 1) % 12 + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]


def widened(found):
    """The months, years, decades and centuries that hold a stretch of days."""
    (a, b, c), (d, e, f) = found
    wider = set()
    if (a, b) == (d, e):
        wider.add(((a, b, 1), (a, b, length(a, b))))
    for first, last in SEASONS.values():
        for year in (a - 1, a):
            end = (year + (last > 12), (last - 1) % 12 + 1)
            if (year, first) <= (a, b) and (d, e) <= end:
                wider.add(((year, first, 1), (*end, length(*end))))
    for size in (1, 10, 100):
        if a // size == d // size:
            wider.add(((a // size * size, 1, 1), (a // size * size + size - 1, 12, 31)))
    return wider


# WikiWars


def wikiwars(folder):
    """Name, text, date and the marked expressions of each history, in places without white space."""
    for path in sorted((folder / "wikiwars-train" / "tml").glob("*.tml")):
        source = path.read_text(encoding="utf-8")
        date = re.search(r'<DCT>.*?value="([^"]*)"', source, re.S)[1]
        body = re.search(r"<TEXT>(.*)</TEXT>", source, re.S)[1]
        text, marked, at = "", [], 0
        for tag in re.finditer(r'<TIMEX3[^>]*?value="([^"]*)"[^>]*>(.*?)</TIMEX3>', body, re.S):
            text += html.unescape(body[at : tag.start()])
            start = len(text)
            text += html.unescape(re.sub(r"<[^>]*>", "", tag[2]))
            marked.append((start, len(text), tag[1]))
            at = tag.end()
        text += html.unescape(body[at:])
        places = letters_before(text)
        gold = [(places[a], places[b], value, text[a:b]) for a, b, value in marked]
        yield path.stem, text, date, gold


def pairs_of(found, gold):
    """Pairs that share a letter, each used once; the same words first."""
    same = {(g[0], g[1]): g for g in gold}
    pairs = [(f, same[f[:2]]) for f in found if f[:2] in same]
    used = {id(g) for _, g in pairs}
    left = collections.deque(g for g in gold if id(g) not in used)
    for f in found:
        if f[:2] in same:
            continue
        while left and left[0][1] <= f[0]:
            left.popleft()
        if left and left[0][0] < f[1]:
            pairs.append((f, left.popleft()))
    return pairs


def same_value(ours, marked):
    """The same days, as far as the marks tell: they lack "early", "late", "about"."""
    true, mine = days(marked), days(ours)
    if true is None or mine is None:
        return true is None and mine is None
    return mine == true or true in widened(mine)


def score_wikiwars(binary, folder, scratch, misses):
    """Prints the figures and returns them."""
    documents = list(wikiwars(folder))
    found = read(binary, [(text, date) for _, text, date, _ in documents], scratch)
    sums = {part: collections.Counter() for part in PARTS}
    missed = collections.defaultdict(list)
    for (name, text, _, gold), mine in zip(documents, found):
        pairs = pairs_of(mine, gold)
        here = collections.Counter(
            found=len(mine),
            true=len(gold),
            relaxed=len(pairs),
            strict=sum(f[:2] == g[:2] for f, g in pairs),
            value=sum(same_value(f[2], g[2]) for f, g in pairs),
            dated=sum(days(g[2]) is not None for f, g in pairs),
            dated_right=sum(days(g[2]) is not None and same_value(f[2], g[2]) for f, g in pairs),
        )
        for part in ("all", part_of(name)):
            sums[part] += here
        if part_of(name) == "open":
            flat = re.sub(r"\s", "", text)
            matched = {id(f) for f, _ in pairs}, {id(g) for _, g in pairs}
            around = lambda at: flat[max(0, at - 25) : at + 40]
            for f in mine:
                if id(f) not in matched[0]:
                    missed["extra"].append(f"{f[3]} [{f[2]}]   …{around(f[0])}")
            for g in gold:
                if id(g) not in matched[1]:
                    missed["missing"].append(f"{g[3]} [{g[2]}]   …{around(g[0])}")
            for f, g in pairs:
                if f[:2] != g[:2]:
                    missed["words"].append(f"{g[3]}  <>  {f[3]}   …{around(g[0])}")
                if not same_value(f[2], g[2]):
                    missed["value"].append(f"{g[3]} [{g[2]}]  <>  {f[3]} [{f[2]}]   {name}")
    print(f"{'wikiwars':14}{'found':>7}{'true':>7}" + "".join(f"{k:>20}" for k in ("strict", "relaxed", "value")))
    figures = {}
    for part in PARTS:
        s = sums[part]
        rows = {k: f1(s[k], s["found"], s["true"]) for k in ("strict", "relaxed", "value")}
        figures[part] = {k: row[2] for k, row in rows.items()}
        print(f"  {part:12}{s['found']:7}{s['true']:7}" + "".join(
            f"{p:8.3f}{r:6.3f}{f:6.3f}" for p, r, f in rows.values())
            + f"   days right, of found that have them: {s['dated_right'] / max(1, s['dated']):.3f}")
    show(missed, misses)
    return figures


def show(missed, misses):
    """The first misses of each kind."""
    for kind, lines in missed.items():
        for line in lines[:misses]:
            print(f"    {kind}: {line}")


# Recognizers

# The set's English is American, and "5/12" is 12 May: its cases are read as an American publisher's.
AMERICAN = "https://cases.example.us"


def recognizers(folder):
    """Input, date and results of each case whose results are all dates or ranges of them."""
    path = folder / "recognizers" / "DateTime" / "DateTimeModel.json"
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        results = case["Results"]
        kinds = {r.get("TypeName", r.get("Typename")) for r in results}
        if results and kinds <= {"datetimeV2.date", "datetimeV2.daterange"}:
            date = (case.get("Context") or {}).get("ReferenceDateTime", "")[:10]
            yield case["Input"], date, results


def plain(text):
    """A day as (year, month, day)."""
    day = datetime.date.fromisoformat(text)
    return day.year, day.month, day.day


def moved(day, count):
    """A day so many days on."""
    try:
        moved = datetime.date(*day) + count * DAY
    except (ValueError, OverflowError):
        return None
    return moved.year, moved.month, moved.day


def calendar_units(day):
    """The week, month and year of a day."""
    monday = moved(day, -datetime.date(*day).weekday())
    yield monday, moved(monday, 6)
    yield (*day[:2], 1), (*day[:2], length(*day[:2]))
    yield (day[0], 1, 1), (day[0], 12, 31)


def is_day(day):
    """Is there such a day?"""
    return 1 <= day[2] <= length(day[0], day[1])


def same_days(ours, value, today, words):
    """(to the day, with allowances): does our stretch of days say what the result says?

    The set's ends are exclusive. Allowed: a joined range's last unit counted in ("2014 to 2018" has
    all of 2018); the day of speaking counted in, or its own part of a stretch up to or from it; of a
    bound ("before 2018", "since August") the days that bound; of "in two weeks" the calendar week.
    Times without days ("now", "two months") are not asked for and do not count.
    """
    timex = value.get("timex", "")
    if "value" in value and value["value"] != "not resolved":
        day = plain(value["value"])
        exact = ours == (day, day)
        unit = re.search(r"week|month|year|fortnight", words, re.I) and ours and ours[0] <= day <= ours[1]
        return exact, exact or bool(unit and ours in calendar_units(day))
    start, end = (plain(value[key]) if key in value else None for key in ("start", "end"))
    if start is None and end is None:
        # "February 30", "fiscal year 2008": no days is right where the set has none.
        true = days(timex)
        if ours is None:
            none = value.get("value") == "not resolved" and not (true and is_day(true[0]))
            return none, none
        return true == ours, true == ours
    if ours is None:
        return False, False
    first, last = ours
    if start and end:
        exact = first == start and moved(last, 1) == end
        whole = {end}
        if timex.startswith("("):
            year, month, _ = end
            whole |= {(year, month, length(year, month)), (year, 12, 31)} if end[2] == 1 else set()
        begins = first == start or today in (first, moved(start, -1), start) and moved(first, 1) == start
        ends = moved(last, 1) == end or last in whole and (timex.startswith("(") or last == today)
        unit = days(timex)
        # "earlier this month": the month, of which the set gives what is past.
        return exact, exact or begins and ends or unit == ours
    definite = days(timex)
    bound = start or end
    near = bound in (first, last, moved(last, 1), moved(first, 1))
    return False, near and (definite is None or definite == ours)


def score_recognizers(binary, folder, scratch, misses, url):
    """Prints the figures and returns them."""
    cases = list(recognizers(folder))
    found = read(binary, [(text, date) for text, date, _ in cases], scratch, url)
    sums = {part: collections.Counter() for part in PARTS}
    missed = collections.defaultdict(list)
    for (text, date, results), mine in zip(cases, found):
        places = letters_before(text)
        today = plain(date) if date else None
        gold = [(places[r["Start"]], places[r["End"]] + 1, r["Resolution"]["values"], r["Text"]) for r in results]
        # Lengths and vague times are no dates, and not marked in these cases.
        over = lambda f: any(f[0] < g[1] and g[0] < f[1] for g in gold)
        mine = [f for f in mine if f[2] or over(f)]
        pairs = pairs_of(mine, gold)
        all_found = len(pairs) == len(gold) == len(mine)
        how = [[same_days(days(f[2]), value, today, g[3]) for value in g[2]] for f, g in pairs]
        exact = all_found and all(any(h[0] for h in hs) for hs in how)
        right = all_found and all(any(h[1] for h in hs) for hs in how)
        words = right and all(f[:2] == g[:2] for f, g in pairs)
        here = collections.Counter(cases=1, exact=exact, right=right, words=words, found=all_found)
        for part in ("all", part_of(text)):
            sums[part] += here
        if part_of(text) == "open" and not right:
            values = "; ".join(
                r["Text"] + " " + " | ".join(
                    v.get("value") or v.get("start", "") + ".." + v.get("end", "") for v in r["Resolution"]["values"])
                for r in results)
            ours = "; ".join(f"{f[3]} [{f[2]}]" for f in mine)
            kind = "value" if all_found else "found"
            missed[kind].append(f"{date} {text[:90]!r}: {values}  <>  {ours}")
    print(f"{'recognizers':14}{'cases':>7}{'right':>8}{'to the day':>12}{'and words':>11}{'found':>8}")
    figures = {}
    for part in PARTS:
        s = sums[part]
        figures[part] = {k: s[k] / s["cases"] for k in ("right", "exact", "words", "found")}
        row = figures[part]
        print(f"  {part:12}{s['cases']:7}{row['right']:8.3f}{row['exact']:12.3f}{row['words']:11.3f}{row['found']:8.3f}")
    show(missed, misses)
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=str(ROOT / "target" / "release" / "rapporteur"))
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--set", choices=("wikiwars", "recognizers"))
    parser.add_argument("--no-country", action="store_true", help="recognizers: as of a publisher of no country")
    parser.add_argument("--misses", type=int, default=0, help="print so many of each kind, open part")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures here")
    args = parser.parse_args()
    sets = {"wikiwars": score_wikiwars, "recognizers": score_recognizers}
    if not (args.data / "wikiwars-train").is_dir():
        print(f"{args.data}: the measuring data is not there", file=sys.stderr)
        return 1
    figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, score in sets.items():
            if args.set in (None, name):
                more = {"url": None if args.no_country else AMERICAN} if name == "recognizers" else {}
                figures[name] = score(args.binary, args.data, scratch, args.misses, **more)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
