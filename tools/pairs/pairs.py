"""Derives pairs of reports of which it is known how one came from the other, by recorded editing.

    python3 tools/pairs/pairs.py --to FOLDER

From the reports of ../shared/data/news-cluster (measured on, never shipped: nothing that is written here may be
committed) and from the project's own examples. Writes, for the events that may be looked at and for those that may not
(`open`, `unread`: by the SHA-256 of the event's name), a collection of reports (PART.jsonl) and the labels of pairs
(PART.pairs): `a` and `b` (lines of the collection, from 1), `kind` (copy, edited, rewrite, quotation, none), `first`
(a, b, or null: nothing tells), `told` (credit, time, null; unsure: both carry an agency's line, so that a later time
does not tell which was first), `edits`, `event`. Seeded: the same bytes every time.

What makes two outlets' reports of one event independent here: they share no run of eight words outside quotation marks,
none names an agency of which the other carries a line at its head or foot, and they are of different outlets. Pairs that fail that are no pairs of the
set: nobody recorded how they came about. A pair that passes and shares ten words of one quotation is `quotation`.
"""

import argparse
import collections
import datetime
import hashlib
import html.parser
import itertools
import json
import pathlib
import random
import re

import edits

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEWS = ROOT.parent / "shared/data/news-cluster"
AGENCIES = re.compile(r"\b(AP|AFP|Reuters|PA|dpa|Xinhua|ANI|PTI|IANS|Associated Press|Press Association|Agence France|Bloomberg|Kyodo|Yonhap|TASS|UPI|CNN|DPA|NPR)\b")
LEAST = 8


def unread(event):
    return hashlib.sha256(event.encode()).digest()[0] % 3 == 0


class Paragraphs(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside, self.all = 0, []

    def handle_starttag(self, tag, _):
        if tag == "p":
            self.inside = 1
            self.all.append("")

    def handle_endtag(self, tag):
        if tag == "p":
            self.inside = 0

    def handle_data(self, data):
        if self.inside:
            self.all[-1] += data


class Base:
    """A report as somebody wrote it: the parents, and the hosts of passages."""

    def __init__(self, event, outlet, day, title, paragraphs):
        self.event, self.outlet, self.day, self.title = event, outlet, day, title
        # Lists of sentences.
        self.paragraphs = [sentences(p) for p in paragraphs if re.search(r"\w", p)]
        self.paragraphs = self.paragraphs[:60]
        self.text = text(self.paragraphs)
        self.words = edits.words(self.text)
        self.quoted = quoted(self.text)
        # It carries an agency's line itself: a copy of it, and another copy of the agency's report, look alike.
        self.is_wire = bool(AGENCIES.search(self.text[:300] + self.text[-300:]))

    def flat(self):
        return [(at, s) for at, p in enumerate(self.paragraphs) for s in p]


def sentences(paragraph):
    return [s.strip() for s in re.split(r"(?<=[.!?][”\"])\s+(?=[“\"A-Z])|(?<=[a-z\d)][.!?])\s+(?=[“\"A-Z])", paragraph.strip()) if s.strip()]


def text(paragraphs):
    return "\n".join(" ".join(p) for p in paragraphs if p)


def quoted(body):
    return [q.strip() for q in re.findall(r"[“\"]([^“”\"\n]{40,400})[”\"]", body)]


def read():
    bases = []
    for file in sorted(NEWS.glob("*.json")):
        d = json.loads(file.read_text(encoding="utf-8"))
        day = (d.get("date_publish") or "")[:10] or None
        running = [line for line in (d["text"] or "").split("\n") if "Hide Caption" not in line]
        bases.append(Base(d["newsCluster"]["Event"], d["source_domain"], day, d.get("title") or "", running))
    for file in sorted((ROOT / "examples").glob("*/*")):
        raw = file.read_text(encoding="utf-8")
        event = "examples " + file.parent.name
        if file.suffix == ".txt":
            bases.append(Base(event, file.stem, None, "", raw.split("\n")))
        elif file.suffix == ".html":
            parser = Paragraphs()
            parser.feed(raw)
            bases.append(Base(event, file.stem, None, file.stem, [re.sub(r"\s+", " ", p) for p in parser.all]))
    return [b for b in bases if len(b.flat()) >= LEAST and len(b.words) >= 120]


class Part:
    """One collection and its labels."""

    def __init__(self, rng, publishers):
        self.rng, self.publishers = rng, publishers
        self.reports, self.pairs, self.of_base = [], [], {}

    def report(self, body, publisher, day, title, **more):
        report = {"publisher": publisher, "published": day, "title": title, "text": body, **more}
        self.reports.append({k: v for k, v in report.items() if v})
        return len(self.reports)

    def base(self, base):
        """The number of a base's own report."""
        if base not in self.of_base:
            self.of_base[base] = self.report(base.text, base.publisher, base.day, base.title)
        return self.of_base[base]

    def pair(self, a, b, kind, edit, event, first=None, told=None):
        self.pairs.append({"a": a, "b": b, "kind": kind, "first": first, "told": told, "edits": edit, "event": event})

    def derived(self, parents, paragraphs, kind, edit):
        """A report that came from its parents, under a masthead of its own, and a pair with each parent."""
        rng = self.rng
        one = parents[0]
        others = [p for p in self.publishers if all(p != parent.publisher for parent in parents)]
        publisher = rng.choice(others)
        title = edits.synonyms(one.title, rng, 0.7) if rng.random() < 0.7 else one.title
        days = [datetime.date.fromisoformat(p.day) for p in parents if p.day]
        latest = max(days) if len(days) == len(parents) else None
        told = rng.choice(["credit", "credit", "time", "time", None])
        if told == "time" and not latest:
            told = "credit"
        if told == "time":
            day = latest + datetime.timedelta(days=rng.choice([1, 1, 1, 2, 3]))
        elif told == "credit":
            day = rng.choice([latest, latest, None, latest and latest - datetime.timedelta(days=1)])
        else:
            # For each parent the same day, or none.
            day = rng.choice([latest, None]) if len(set(days)) == 1 else None
        if told == "credit":
            paragraphs = credit(paragraphs, [p.publisher for p in parents], rng)
        number = self.report(text(paragraphs), publisher, day and day.isoformat(), title)
        for parent in parents:
            if told == "time" and parent.is_wire:
                self.pair(self.base(parent), number, kind, edit, parent.event, None, "unsure")
            else:
                self.pair(self.base(parent), number, kind, edit, parent.event, "a" if told else None, told)
        return number


    def hardness(self):
        """What is left of the parents' words in their rewrites, and in how long runs."""
        told = [p for p in self.pairs if p["edits"].startswith("retold")]
        texts = [[self.reports[p[end] - 1]["text"] for end in ("a", "b")] for p in told]
        mean = lambda all: sum(all) / max(1, len(all))
        return mean([edits.kept(*t) for t in texts]), mean([edits.longest_same(*t) for t in texts])


def credit(paragraphs, names, rng):
    """Names where the report is from, as papers do."""
    paragraphs = [list(p) for p in paragraphs if p]
    joined = "/".join(names)
    listed = " and ".join(names)
    form = rng.randrange(7)
    if form == 0:
        paragraphs[0][0] = f"({joined}) – {paragraphs[0][0]}"
    elif form == 1:
        paragraphs.append([f"Source: {joined}"])
    elif form == 2:
        paragraphs.append([f"With inputs from {listed}."])
    elif form == 3:
        paragraphs[-1][-1] += f" – {joined}"
    elif form == 4:
        paragraphs.append([f"This article was first published by {listed}."])
    elif form == 5:
        at = min(1, len(paragraphs[0]) - 1)
        paragraphs[0][at] = paragraphs[0][at].rstrip(".") + f", {listed} reported."
    else:
        at = min(len(paragraphs) - 1, 1)
        paragraphs[at][0] = f"According to {listed}, {edits.lower(paragraphs[at][0])}"
    return paragraphs


def grouped(flat):
    """Sentences with their paragraphs' numbers, back into paragraphs."""
    return [[s for _, s in group] for _, group in itertools.groupby(flat, key=lambda x: x[0])]


# Edits of whole reports: a base and chance in, paragraphs out, or None where the report does not lend itself to it.


def headline(base, rng, own):
    return [list(p) for p in base.paragraphs]


def cut(base, rng, own):
    flat = base.flat()
    keep = max(5, int(len(flat) * rng.uniform(0.3, 0.8)))
    return grouped(flat[:keep])


def middle(base, rng, own):
    flat = base.flat()
    keep = [x for x in flat if rng.random() < 0.6]
    return grouped(keep) if len(keep) >= 5 else None


def reorder(base, rng, own):
    paragraphs = [list(p) for p in base.paragraphs]
    rng.shuffle(paragraphs)
    return paragraphs


def lead(base, rng, own):
    flat = base.flat()
    dropped = rng.choice([1, 2, 3])
    return [rng.sample(own, rng.choice([1, 2, 3]))] + grouped(flat[dropped:]) + [rng.sample(own, 1)]


def touched(base, rng, own):
    flat = [(at, edits.touched(s, rng) if rng.random() < 0.65 else s) for at, s in base.flat()]
    return grouped(flat)


def touched_cut(base, rng, own):
    flat = [(at, edits.touched(s, rng, 0.35) if rng.random() < 0.8 else s) for at, s in base.flat() if rng.random() < 0.75]
    return [rng.sample(own, 1)] + grouped(flat) if len(flat) >= 6 else None


def retold(base, rng, own, keep=1.0):
    seen, out = set(), []
    flat = base.flat()
    for at, s in flat:
        if rng.random() < keep:
            new = edits.retold(s, rng, seen)
            if new:
                out.append((at, new))
    # What the rules leave as it was is left out; a report that loses half of itself is no rewrite of it.
    return grouped(out) if len(out) >= max(6, 0.5 * keep * len(flat)) else None


def retold_short(base, rng, own):
    return retold(base, rng, own, rng.uniform(0.55, 0.8))


def retold_lead(base, rng, own):
    told = retold(base, rng, own, 0.9)
    return told and [rng.sample(own, rng.choice([1, 2]))] + told + [rng.sample(own, rng.choice([1, 2]))]


COPIES = [("copy", headline), ("copy", cut), ("copy", middle), ("edited", reorder), ("edited", lead), ("edited", touched), ("edited", touched_cut)]
REWRITES = [retold, retold, retold_short, retold_lead]


def merge(one, two, rng):
    """Half of each of two parents, in turns."""
    halves = []
    for base in (one, two):
        flat = base.flat()
        start = rng.randrange(max(1, len(flat) // 3))
        halves.append(grouped(flat[start : start + max(5, min(len(flat) // 2, 18))]))
    out = []
    for x, y in itertools.zip_longest(*halves):
        out += [p for p in (x, y) if p]
    return out


def passages(base, host, rng):
    """Some sentences of the base in the host's own report."""
    flat = []
    for paragraph in base.paragraphs:
        is_open = False
        for s in paragraph:
            marks = len(re.findall("[“\"”]", s))
            if not marks and not is_open:
                flat.append(s)
            is_open ^= marks % 2 == 1
    size = rng.choice([2, 3, 4])
    starts = [at for at in range(len(flat) - size) if len(edits.words(" ".join(flat[at : at + size]))) >= 45]
    if not starts:
        return None
    at = rng.choice(starts)
    paragraphs = [list(p) for p in host.paragraphs]
    paragraphs.insert(rng.randrange(1, len(paragraphs) + 1), flat[at : at + size])
    return paragraphs


SPEAKERS = ["a spokesman", "one of those involved", "he", "she", "a person close to the matter", "the statement"]


def quotes(base, host, name, rng):
    """One or two quotations of the base in the host's own report; `name`: whom they were said to."""
    said = [q for q in base.quoted if len(edits.words(q)) >= 10 and q not in host.text]
    if not said:
        return None
    paragraphs = [list(p) for p in host.paragraphs]
    for quote in rng.sample(said, min(len(said), rng.choice([1, 1, 2]))):
        quote, who = quote.rstrip(".,"), rng.choice(SPEAKERS)
        words = quote.split(" ")
        form = rng.randrange(4)
        told = f"told {name}" if name else rng.choice(["said", "added"])
        if form == 0:
            sentence = f"“{quote},” {who} {told}."
        elif form == 1:
            sentence = f"{edits.capital(who)} {told}: “{quote}.”"
        elif form == 2 and len(words) >= 16:
            half = len(words) // 2
            sentence = f"“{' '.join(words[:half])},” {who} {told}, “{' '.join(words[half:])}.”"
        else:
            keep = words[: max(10, int(len(words) * 0.8))]
            sentence = f"{edits.capital(who)} {told} “{' '.join(keep)}”, a remark that drew comment."
        paragraphs.insert(rng.randrange(1, len(paragraphs) + 1), [sentence])
    return paragraphs


def runs(body, length):
    """All runs of so many words, outside quotation marks and inside."""
    inside, outside = set(), set()
    for at, part in enumerate(re.split(r"[“”\"]", re.sub(r"\n", " ", body))):
        w = edits.words(part)
        for i in range(len(w) - length + 1):
            (inside if at % 2 else outside).add(tuple(w[i : i + length]))
    # Marks that do not close would put words on the wrong side: all runs of the whole text as well.
    w = edits.words(body)
    everything = {tuple(w[i : i + length]) for i in range(len(w) - length + 1)}
    return inside, outside, everything


def kinship(one, two):
    """none, quotation, or None: who knows."""
    if one.outlet.split(".")[-2:] == two.outlet.split(".")[-2:]:
        return None
    if one.is_wire and AGENCIES.search(two.text) or two.is_wire and AGENCIES.search(one.text):
        return None
    shared = one.runs8[2] & two.runs8[2]
    if not shared:
        return "none"
    if all(run in one.runs8[0] and run in two.runs8[0] for run in shared) and one.runs10[0] & two.runs10[0]:
        return "quotation"
    return None


def write(part_name, bases, folder, seed):
    rng = random.Random(f"{seed} {part_name}")
    names = list(edits.lines("publishers.txt"))
    own = list(edits.lines("own_words.txt"))
    standing = list(edits.lines("standing.txt"))
    part = Part(rng, names)
    by_event = collections.defaultdict(list)
    for base in bases:
        by_event[base.event].append(base)
    held = 0
    independent = collections.defaultdict(list)
    for event, group in sorted(by_event.items()):
        chosen = rng.sample(names, len(group)) if len(group) <= len(names) else [rng.choice(names) for _ in group]
        for base, name in zip(group, chosen):
            base.publisher = name
            base.runs8, base.runs10 = runs(base.text, 8), runs(base.text, 10)
        for one, two in itertools.combinations(group, 2):
            kin = kinship(one, two)
            if kin is None:
                held += 1
                continue
            if kin == "none":
                independent[one].append(two)
                independent[two].append(one)
            first = told = None
            if kin == "quotation" and one.day and two.day and one.day != two.day:
                first, told = ("a" if one.day < two.day else "b"), "time"
            part.pair(part.base(one), part.base(two), kin, "as they were written", event, first, told)
    for base in bases:
        for kind, edit in rng.sample(COPIES, 3):
            made = edit(base, rng, own)
            if made:
                part.derived([base], made, kind, edit.__name__)
        for edit in rng.sample(REWRITES, 2):
            made = edit(base, rng, own)
            if made:
                part.derived([base], made, "rewrite", edit.__name__)
        hosts = independent[base]
        if hosts:
            host = rng.choice(hosts)
            if rng.random() < 0.35:
                part.derived([base, host], merge(base, host, rng), "edited", "merge")
            if rng.random() < 0.35:
                made = passages(base, host, rng)
                if made:
                    part.derived([base], made, "edited", "passages")
            for host in rng.sample(hosts, min(2, len(hosts))):
                quoting(part, base, host, rng)
        if rng.random() < 0.5:
            siblings(part, base, own, rng)
        if rng.random() < 0.5:
            furniture(part, base, rng.choice([b for b in bases if b.event != base.event]), standing, rng)
    for name, rows in ((f"{part_name}.jsonl", part.reports), (f"{part_name}.pairs", part.pairs)):
        (folder / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    kinds = collections.Counter(p["kind"] for p in part.pairs)
    print(part_name, len(part.reports), "reports,", len(part.pairs), "pairs:", dict(kinds), "held out:", held)
    kept, longest = part.hardness()
    print(f"  rewrites: of words of four letters and more {kept:.0%} as in the parent, longest same run {longest:.1f} words (means)")


def quoting(part, base, host, rng):
    """The host's own report with quotations of the base."""
    days = base.day and (datetime.date.fromisoformat(base.day))
    told = rng.choice(["credit", "time", None]) if days else rng.choice(["credit", None])
    made = quotes(base, host, base.publisher if told == "credit" else None, rng)
    if not made:
        return
    day = days and (days + datetime.timedelta(days=1 + rng.randrange(3))) if told == "time" else days if told == "credit" else rng.choice([days, None])
    publisher = rng.choice([p for p in part.publishers if p not in (base.publisher, host.publisher)])
    number = part.report(text(made), publisher, day and day.isoformat(), host.title)
    part.pair(part.base(base), number, "quotation", "quotes", base.event, "a" if told else None, told)


def siblings(part, base, own, rng):
    """Two reports from a third that is not in the collection: neither is from the other."""
    agency = rng.choice(part.publishers)
    publishers = rng.sample([p for p in part.publishers if p not in (agency, base.publisher)], 2)
    kind, left, right = rng.choice([("edited", touched, cut), ("edited", middle, lead), ("rewrite", retold, headline), ("rewrite", retold_lead, cut)])
    made = [left(base, rng, own), right(base, rng, own)]
    if not all(made):
        return
    is_credited = rng.random() < 0.6
    day = base.day and datetime.date.fromisoformat(base.day)
    numbers = []
    for paragraphs, publisher in zip(made, publishers):
        if is_credited:
            paragraphs = credit(paragraphs, [agency], rng)
        later = day and day + datetime.timedelta(days=rng.randrange(3) if is_credited else 1)
        numbers.append(part.report(text(paragraphs), publisher, later and later.isoformat(), edits.synonyms(base.title, rng, 0.6)))
    part.pair(*numbers, kind, "siblings, both credit a third" if is_credited else "siblings", base.event)


def furniture(part, one, two, standing, rng):
    """Two events' reports with the same standing paragraphs of one publisher."""
    name = rng.choice(part.publishers)
    how = rng.choice(["known", "known", "unknown", "two names"])
    mastheads = {"known": (name, name), "unknown": (None, None), "two names": (name, name + " Online")}[how]
    lines = [line.replace("NAME", name) for line in rng.sample(standing, rng.choice([1, 1, 2]))]
    place = rng.choice(["head", "foot", "middle"])
    numbers = []
    for base, publisher in zip((one, two), mastheads):
        paragraphs = [list(p) for p in base.paragraphs]
        at = {"head": 0, "foot": len(paragraphs), "middle": max(1, len(paragraphs) // 2)}[place]
        for line in lines:
            paragraphs.insert(at, [line])
        numbers.append(part.report(text(paragraphs), publisher, base.day, base.title))
    part.pair(*numbers, "none", f"standing text, publisher {how}, {place}", one.event)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--to", required=True, type=pathlib.Path)
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    if not NEWS.is_dir():
        print("not made: ../shared/data/news-cluster is not there")
        return 1
    args.to.mkdir(parents=True, exist_ok=True)
    bases = read()
    write("open", [b for b in bases if not unread(b.event)], args.to, args.seed)
    write("unread", [b for b in bases if unread(b.event)], args.to, args.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
