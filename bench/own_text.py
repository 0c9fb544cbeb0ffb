#!/usr/bin/env python3
"""How well `rapporteur clean` finds a page's own text and masthead.

Two sets of pages that people marked, beside the checkout in ../shared/data:

zyte           181 pages. A page's precision and recall are those of its runs of four words (with
               their repetitions); the figures are the means over pages, and F1 is of these means,
               as the set's own scorer has it. Before anything else the outputs that other tools
               published are scored: they must give the figures published for them.
wcxb-articles  793 pages. F1 of the bag of lower-case words, mean over pages; snippets that must
               stand in the text (with) and must not (without); title, author, day.

Every figure is given for three parts: all pages; `open`, the two thirds that may be looked at; and
`unread`, the third that nobody looks at, so that a figure tells of pages no rule was written for.
The rule of parts: SHA-256 of the file's stem (its name without .html.gz); a page is unread where
the first byte leaves no rest by three. `--misses` prints open pages alone.

Plain Python 3.8 or later, no packages. See README.md here.
"""

import argparse
import collections
import gzip
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ("all", "open", "unread")
WORD = re.compile(r"\w+")
# Published F1 by output file: a scorer that gives others is not the published measure.
PUBLISHED = {
    "rs_trafilatura": 0.970,
    "go_trafilatura": 0.960,
    "trafilatura": 0.958,
    "readability_js": 0.947,
    "dom_smoothie": 0.865,
}


def part_of(stem):
    """`open` or `unread`, by the rule above."""
    return "unread" if hashlib.sha256(stem.encode()).digest()[0] % 3 == 0 else "open"


def stem_of(path):
    """A page's name: the file's, without .gz and .html."""
    name = pathlib.PurePath(path).name
    for ending in (".gz", ".html"):
        name = name[: -len(ending)] if name.endswith(ending) else name
    return name


def words(text):
    """Words as they stand."""
    return WORD.findall(text or "")


def folded(text):
    """Lower-case words, compatibility forms made one, apostrophes inside a word left out."""
    text = unicodedata.normalize("NFKC", text or "").lower()
    return words(re.sub(r"(?<=\w)['\u2019](?=\w)", "", text))


def precision_recall(found, true):
    """Shares of two counters: of what was found, of what should be; none where there is nothing."""
    same = sum((found & true).values())
    of_found, of_true = sum(found.values()), sum(true.values())
    return (same / of_found if of_found else None, same / of_true if of_true else None)


def f1_of(precision, recall):
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def mean(values):
    """The mean of those that are there; none of none."""
    values = [value for value in values if value is not None]
    return sum(values) / len(values) if values else None


# zyte


def shingles(text, length=4):
    """Runs of so many words, with repetitions; a shorter text is one run."""
    found = words(text)
    runs = (tuple(found[at : at + length]) for at in range(max(1, len(found) - length + 1)))
    return collections.Counter(run for run in runs if run)


def score_zyte(truth, bodies, stems):
    """Means over the given pages of precision and recall, and F1 of the means."""
    pairs = [
        precision_recall(shingles(bodies.get(stem)), shingles(truth[stem]["articleBody"]))
        for stem in stems
    ]
    precision = mean(pair[0] for pair in pairs)
    recall = mean(pair[1] for pair in pairs)
    found = precision is not None and recall is not None
    f1 = f1_of(precision, recall) if found else 0.0
    return {"pages": len(pairs), "precision": precision, "recall": recall, "f1": f1}


def check_scorer(folder, truth):
    """Scores what other tools published, and tells where a figure is not the published one."""
    figures, wrong = {}, []
    for path in sorted(folder.glob("*.json")):
        outputs = json.loads(path.read_text(encoding="utf-8"))
        outputs = outputs.get("output", outputs)
        bodies = {stem: page.get("articleBody") for stem, page in outputs.items()}
        f1 = score_zyte(truth, bodies, sorted(truth))["f1"]
        figures[path.stem] = f1
        if path.stem in PUBLISHED and abs(f1 - PUBLISHED[path.stem]) > 0.00051:
            wrong.append(f"{path.stem}: {f1:.4f}, published {PUBLISHED[path.stem]:.3f}")
    return figures, wrong


# wcxb-articles


def bag_scores(found, true):
    """Precision, recall and F1 of two texts' bags of lower-case words."""
    found, true = (collections.Counter(words((text or "").lower())) for text in (found, true))
    if not true:
        return (0.0, 0.0, 0.0) if found else (1.0, 1.0, 1.0)
    precision, recall = precision_recall(found, true)
    return precision or 0.0, recall, f1_of(precision, recall)


def holds(text, snippet):
    """Whether a snippet's folded words stand in a text in a row."""
    return f" {' '.join(folded(snippet))} " in f" {' '.join(folded(text))} "


def holds_letters(text, snippet):
    """Whether a snippet stands in a text, but for capitals: the set's own rule."""
    return snippet.lower() in (text or "").lower()


def names_of(author):
    """An author's words without order, "by" and "and"."""
    return collections.Counter(word for word in folded(author) if word not in ("by", "and"))


def verdict_author(found, true):
    """right: the same words in any order. near: one has all words of the other. wrong. missing."""
    found, true = names_of(found), names_of(true)
    if not found:
        return "missing"
    if found == true:
        return "right"
    return "near" if not (found - true) or not (true - found) else "wrong"


def verdict_date(published, true):
    """right: the truth's day, or within its month where it names no day. wrong. missing."""
    earliest, latest = (published or {}).get("earliest"), (published or {}).get("latest")
    if not earliest and not latest:
        return "missing"
    days = [(day or "")[: len(true)] for day in (earliest, latest)]
    return "right" if days == [true, true] else "wrong"


def score_wcxb_page(truth, line):
    """All that is counted of one page."""
    body = line.get("body") or ""
    precision, recall, f1 = bag_scores(body, truth.get("main_content"))
    with_, without = truth.get("with") or [], truth.get("without") or []
    title, true_title = line.get("title"), truth.get("title")
    author, true_author = line.get("byline"), truth.get("author")
    published, true_date = line.get("published"), truth.get("publish_date")
    page = {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "with": [holds(body, snippet) for snippet in with_],
        "without": [not holds(body, snippet) for snippet in without],
        "with_letters": mean(holds_letters(body, snippet) for snippet in with_),
        "without_letters": mean(holds_letters(body, snippet) for snippet in without),
    }
    if true_title:
        page["title"] = folded(title) == folded(true_title)
        page["title_letters"] = " ".join((title or "").split()) == " ".join(true_title.split())
    if true_author:
        page["author"] = verdict_author(author, true_author)
    else:
        page["author_unasked"] = bool(names_of(author))
    if true_date:
        page["date"] = verdict_date(published, true_date)
    else:
        page["date_unasked"] = verdict_date(published, "") != "missing"
    return page


def share(values):
    """How many of how many."""
    values = list(values)
    return {"right": sum(values), "of": len(values), "share": mean(values)}


def score_wcxb(pages):
    """The figures of some pages."""

    def each(key):
        return [page[key] for page in pages if page.get(key) is not None]

    def verdicts(key):
        count = collections.Counter(each(key))
        kinds = ("right", "near", "wrong", "missing") if key == "author" else ("right", "wrong", "missing")
        return {**{kind: count[kind] for kind in kinds}, "of": sum(count.values())}

    return {
        "pages": len(pages),
        "precision": mean(each("precision")),
        "recall": mean(each("recall")),
        "f1": mean(each("f1")),
        "with": share(right for page in each("with") for right in page),
        "without": share(right for page in each("without") for right in page),
        "with_letters": mean(each("with_letters")),
        "without_letters": mean(each("without_letters")),
        "title": share(each("title")),
        "title_letters": share(each("title_letters")),
        "author": verdicts("author"),
        "author_where_none": share(each("author_unasked")),
        "date": verdicts("date"),
        "date_where_none": share(each("date_unasked")),
    }


# Running the program


def unpacked(html, folder):
    """The pages as files in a folder. Unpacked here, so that only own text is measured."""
    for path in sorted(html.glob("*.html.gz")):
        (folder / f"{stem_of(path)}.html").write_bytes(gzip.decompress(path.read_bytes()))
    return folder


def cleaned(binary, html):
    """What `clean` prints, by page: several reports of one page are one text, the first's masthead."""
    with tempfile.TemporaryDirectory(prefix="own-text-") as folder:
        folder = unpacked(html, pathlib.Path(folder))
        # Its messages go on to standard error: which pages could not be read, and why.
        run = subprocess.run([str(binary), "clean", str(folder)], stdout=subprocess.PIPE)
    if run.returncode not in (0, 1):
        sys.exit(f"{binary} clean ended with status {run.returncode}")
    return by_page(run.stdout.decode().split("\n"))


def by_page(lines):
    """Report lines by the stem of their path."""
    pages = {}
    for line in map(json.loads, filter(None, lines)):
        stem = stem_of(line.get("path") or "")
        if stem in pages:
            pages[stem]["body"] += "\n" + (line.get("body") or "")
        else:
            pages[stem] = line
    return pages


# Printing


def figure(value):
    """A share to three places."""
    return "  –  " if value is None else f"{value:.3f}"


def table(title, rows, parts):
    """Rows of figures, a column a part."""
    print(f"\n{title}")
    print(f"  {'':42}" + "".join(f"{part:>20}" for part in parts))
    for name, cells in rows:
        print(f"  {name:42}" + "".join(f"{cell:>20}" for cell in cells))


def of(counted):
    """A share with its counts."""
    return f"{figure(counted['share'])} ({counted['right']}/{counted['of']})"


def print_zyte(figures):
    parts = [figures[part] for part in PARTS]
    rows = [(name, [figure(part[name]) for part in parts]) for name in ("precision", "recall", "f1")]
    table("zyte: runs of four words", [("pages", [part["pages"] for part in parts])] + rows, PARTS)


def print_wcxb(figures):
    parts = [figures[part] for part in PARTS]

    def verdicts(key):
        return [" ".join(str(number) for kind, number in part[key].items()) for part in parts]

    rows = [("pages", [part["pages"] for part in parts])]
    rows += [(name, [figure(part[name]) for part in parts]) for name in ("precision", "recall", "f1")]
    rows += [
        ("with: found, by words", [of(part["with"]) for part in parts]),
        ("without: left out, by words", [of(part["without"]) for part in parts]),
        ("with: found, by letters, page mean", [figure(part["with_letters"]) for part in parts]),
        ("without: found, by letters, page mean", [figure(part["without_letters"]) for part in parts]),
        ("title: same words but for capitals", [of(part["title"]) for part in parts]),
        ("title: letter for letter", [of(part["title_letters"]) for part in parts]),
        ("author: right near wrong missing of", verdicts("author")),
        ("author found where none is marked", [of(part["author_where_none"]) for part in parts]),
        ("date: right wrong missing of", verdicts("date")),
        ("date found where none is marked", [of(part["date_where_none"]) for part in parts]),
    ]
    table("wcxb-articles: bags of words, mean over pages", rows, PARTS)


def runs_without(text, other, longest=240):
    """The stretches of a text whose runs of four words the other has not, longest first."""
    known, found, stretches, at = set(shingles(other)), words(text), [], 0
    while at < len(found):
        end = at
        while end < len(found) and tuple(found[end : end + 4]) not in known:
            end += 1
        if end > at:
            stretches.append(found[at:end])
        at = end + 1
    stretches.sort(key=len, reverse=True)
    return [f"[{len(run)} words] {' '.join(run)[:longest]}" for run in stretches[:3]]


def print_misses(count, zyte, wcxb):
    """The worst pages of the open part, and its wrong mastheads."""
    texts = []
    if zyte:
        truth, lines = zyte
        for stem, true in truth.items():
            body = lines.get(stem, {}).get("body")
            scores = precision_recall(shingles(body), shingles(true["articleBody"]))
            texts.append(("zyte", stem, scores, f1_of(*scores), body, true["articleBody"]))
    if wcxb:
        truth, lines, pages = wcxb
        for stem, page in pages.items():
            body, true = lines.get(stem, {}).get("body"), truth[stem].get("main_content")
            texts.append(("wcxb", stem, (page["precision"], page["recall"]), page["f1"], body, true))
    texts = sorted((text for text in texts if part_of(text[1]) == "open"), key=lambda text: (text[3], text[1]))
    for name in ("zyte", "wcxb"):
        print(f"\n{name}: the {count} worst texts of the open part")
        for _, stem, (precision, recall), f1, body, true in [text for text in texts if text[0] == name][:count]:
            print(f"  {stem}  f1 {f1:.3f}  precision {figure(precision)}  recall {figure(recall)}")
            for label, runs in (("too much", runs_without(body, true)), ("missing", runs_without(true, body))):
                for run in runs:
                    print(f"    {label}: {run}")
    if not wcxb:
        return
    truth, lines, pages = wcxb
    wanted = (
        ("title", "title", lambda page: page.get("title") is False),
        ("author", "byline", lambda page: page.get("author") in ("wrong", "near", "missing")),
        ("publish_date", "published", lambda page: page.get("date") in ("wrong", "missing")),
    )
    for key, printed, is_miss in wanted:
        missed = [stem for stem in sorted(pages) if part_of(stem) == "open" and is_miss(pages[stem])]
        print(f"\nwcxb: {key} not right, open part: {min(count, len(missed))} of {len(missed)}")
        for stem in missed[:count]:
            print(f"  {stem}  marked {truth[stem].get(key)!r}  found {lines.get(stem, {}).get(printed)!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/rapporteur")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data", help="the folder of the sets")
    parser.add_argument("--lines", type=pathlib.Path, help="score these report lines (path, body …) instead of running")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print the worst N open pages")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="keep the figures")
    args = parser.parse_args()

    zyte, wcxb = args.data / "zyte", args.data / "wcxb-articles"
    absent = [folder for folder in (zyte, wcxb) if not (folder / "html").is_dir()]
    for folder in absent:
        print(f"not measured: {folder} is not there (the measuring data lies beside the checkout, never in it)")
    if len(absent) == 2:
        return 1
    if not args.lines and not args.binary.is_file():
        print(f"{args.binary} is not there: cargo build --release, or say --binary", file=sys.stderr)
        return 2
    given = by_page(args.lines.read_text(encoding="utf-8").split("\n")) if args.lines else None
    figures, shown, failed = {}, {}, False

    if zyte not in absent:
        truth = json.loads((zyte / "ground-truth.json").read_text(encoding="utf-8"))
        checked, wrong = check_scorer(zyte / "published-outputs", truth)
        print("scorer check, published outputs: " + ", ".join(f"{name} {f1:.4f}" for name, f1 in checked.items()))
        for line in wrong:
            print(f"THE SCORER IS WRONG: {line}", file=sys.stderr)
            failed = True
        lines = given if given is not None else cleaned(args.binary, zyte / "html")
        bodies = {stem: line.get("body") for stem, line in lines.items()}
        of_part = {part: [stem for stem in sorted(truth) if part in ("all", part_of(stem))] for part in PARTS}
        figures["zyte"] = {part: score_zyte(truth, bodies, of_part[part]) for part in PARTS}
        figures["zyte_published"] = checked
        shown["zyte"] = (truth, lines)
        print_zyte(figures["zyte"])
        print(f"  pages without a report: {sum(stem not in lines for stem in truth)}")

    if wcxb not in absent:
        truth = {}
        for path in sorted((wcxb / "ground-truth").glob("*.json")):
            truth[path.stem] = json.loads(path.read_text(encoding="utf-8"))["ground_truth"]
        lines = given if given is not None else cleaned(args.binary, wcxb / "html")
        pages = {stem: score_wcxb_page(true, lines.get(stem, {})) for stem, true in truth.items()}
        of_part = {part: [pages[stem] for stem in pages if part in ("all", part_of(stem))] for part in PARTS}
        figures["wcxb"] = {part: score_wcxb(of_part[part]) for part in PARTS}
        shown["wcxb"] = (truth, lines, pages)
        print_wcxb(figures["wcxb"])
        print(f"  pages without a report: {sum(stem not in lines for stem in truth)}")

    if args.misses:
        print_misses(args.misses, shown.get("zyte"), shown.get("wcxb"))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
