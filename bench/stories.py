"""Scores `rapporteur stories` on news-cluster, whose people sorted 383 reports into events, read in order of their days.

    python3 bench/stories.py [--binary FILE]

BCubed precision, recall and F1, over all reports, and over those of the open and of the unread events (by the event's
name), all read together. Beside it: TF-IDF with one threshold, the best of many on the same data.
"""

import argparse
import collections
import hashlib
import json
import math
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def unread(event):
    return hashlib.sha256(event.encode()).digest()[0] % 3 == 0


def b_cubed(gold, ours, names):
    members = lambda of: {key: {n for n in of if of[n] == key} for key in set(of.values())}
    g, o = members(gold), members(ours)
    p = sum(len(g[gold[n]] & o[ours[n]]) / len(o[ours[n]]) for n in names) / len(names)
    r = sum(len(g[gold[n]] & o[ours[n]]) / len(g[gold[n]]) for n in names) / len(names)
    return p, r, 2 * p * r / (p + r)


def tf_idf(texts, order, threshold):
    words = {n: collections.Counter(re.findall(r"\w+", texts[n].lower())) for n in texts}
    seen = collections.Counter(w for n in words for w in words[n])
    vectors = {}
    for n, counts in words.items():
        v = {w: (1 + math.log(c)) * math.log(len(texts) / seen[w]) for w, c in counts.items()}
        length = math.sqrt(sum(x * x for x in v.values())) or 1
        vectors[n] = {w: x / length for w, x in v.items()}
    stories, of = [], {}
    for n in order:
        best = max(((sum(x * s.get(w, 0) for w, x in vectors[n].items()), i) for i, s in enumerate(stories)), default=(0, -1))
        if best[0] >= threshold:
            of[n] = best[1]
        else:
            stories.append({})
            of[n] = len(stories) - 1
        story = stories[of[n]]
        for w, x in vectors[n].items():
            story[w] = story.get(w, 0) + x
        length = math.sqrt(sum(x * x for x in story.values())) or 1
        stories[of[n]] = {w: x / length for w, x in story.items()}
    return of


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--peer", action="store_true", help="TF-IDF too: half a minute")
    args.add_argument("--misses", action="store_true")
    args = args.parse_args()
    folder = ROOT.parent / "shared/data/news-cluster"
    if not folder.is_dir():
        print("not measured: ../shared/data/news-cluster is not there")
        return 1
    gold, texts, days = {}, {}, {}
    for file in sorted(folder.glob("*.json")):
        report = json.loads(file.read_text(encoding="utf-8"))
        gold[file.name] = report["newsCluster"]["Event"]
        texts[file.name] = f"{report.get('title')} {report.get('text')}"
        days[file.name] = report.get("date_publish") or "9"
    run = subprocess.run([args.binary, "stories", str(folder)], capture_output=True, text=True)
    ours = {pathlib.Path(line["path"]).name: line["story"] for line in map(json.loads, run.stdout.splitlines())}
    for name in gold:
        ours.setdefault(name, f"unread {name}")
    ours = {name: ours[name] for name in gold}
    for part, names in (("all", list(gold)), ("open", [n for n in gold if not unread(gold[n])]), ("unread", [n for n in gold if unread(gold[n])])):
        p, r, f = b_cubed(gold, ours, names)
        print(f"{part:7} {len(names)} reports: BCubed P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
    if args.misses:
        for event in sorted(set(gold.values())):
            if not unread(event):
                parts = collections.Counter(ours[n] for n in gold if gold[n] == event)
                mixed = {s: sorted({gold[n] for n in gold if ours[n] == s and not unread(gold[n])} - {event}) for s in parts}
                if len(parts) > 1 or any(mixed.values()):
                    print(event, sum(parts.values()), [(c, mixed[s]) for s, c in parts.most_common(6)])
    if args.peer:
        order = sorted(texts, key=lambda n: (days[n], n))
        best = max((b_cubed(gold, tf_idf(texts, order, t / 100), list(gold))[2], t / 100) for t in range(15, 45, 3))
        print(f"TF-IDF, threshold {best[1]:.2f}: F1 {best[0]:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
