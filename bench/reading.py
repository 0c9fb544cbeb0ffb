"""Prints the claims of ground, talks and counts of a record's export, to be read by hand beside the reports' texts.

    rapporteur read ../shared/data/news-cluster --record FILE
    rapporteur export --record FILE --format jsonl > EXPORT
    python3 bench/reading.py EXPORT                     all reports
    python3 bench/reading.py EXPORT --first 30          those that come first by the SHA-256 of their file names, among
                                                        the reports with a claim of ground or talks
    python3 bench/reading.py EXPORT --first 50 --past 30    the twenty after these

What a name is taken to mean stands behind it in brackets. Counts are figures with what became of those counted.
"""

import argparse
import hashlib
import json
import os


def names(mentions):
    def name(mention):
        if not isinstance(mention, dict):
            return str(mention)
        known = mention.get("canonical")
        return mention["name"] + (f" (= {known})" if known and known != mention["name"] else "")

    return ", ".join(name(mention) for mention in mentions or [])


def field(value):
    if isinstance(value, list):
        return names(value)
    return names([value]) if isinstance(value, dict) and "name" in value else value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export")
    parser.add_argument("--first", type=int)
    parser.add_argument("--past", type=int, default=0)
    arguments = parser.parse_args()
    reports, claims = {}, {}
    with open(arguments.export, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["type"] == "report":
                reports[row["id"]] = row
            elif row["type"] == "claim":
                counted = any(figure.get("fate") for figure in row["figures"])
                if row["action"] or row["aspect"] or counted:
                    claims.setdefault(row["report"], []).append(row)
    file = lambda report: os.path.basename(reports[report]["path"])
    order = sorted(claims, key=lambda report: hashlib.sha256(file(report).encode()).hexdigest())
    if arguments.first is not None:
        told = lambda report: any(claim["action"] or claim["aspect"] for claim in claims[report])
        order = [report for report in order if told(report)][arguments.past:arguments.first]
    number = 0
    for report in order:
        row = reports[report]
        print(f"\n##### {file(report)} | {row['publisher']} | {row['title']} | {json.dumps(row['published'])}")
        for claim in sorted(claims[report], key=lambda claim: claim["start"]):
            number += 1
            kind = "ground" if claim["action"] else "talks" if claim["aspect"] else "count"
            what = claim["action"] or claim["aspect"] or ""
            print(f"\n[{number}] {kind} {what} | {claim['realis']} {claim['polarity']} {claim['certainty']}")
            print(f"  words: {claim['exact']!r}\n  sentence: {claim['sentence']!r}")
            said = {key: value for key, value in claim["said"].items() if value}
            print(f"  source: {names(claim['sources'])} | cue: {claim['cue']} | said: {json.dumps(said, ensure_ascii=False)}")
            if claim["talks"]:
                talks = {key: field(value) for key, value in claim["talks"].items()}
                print("  talks:", json.dumps(talks, ensure_ascii=False))
            parties = [("actor", "actor"), ("recipient", "recipient"), ("third party", "third_party"), ("place", "place")]
            print("  " + " | ".join(f"{label}: {names(claim[key])}" for label, key in parties), "| when:",
                  json.dumps(claim["when"]))
            if claim["figures"]:
                keys = ("exact", "low", "high", "comparator", "unit", "of", "fate")
                figures = [{key: f[key] for key in keys if f.get(key) is not None} for f in claim["figures"]]
                print("  figures:", json.dumps(figures, ensure_ascii=False))
    print(f"\n{len(order)} reports, {number} claims")


if __name__ == "__main__":
    main()
