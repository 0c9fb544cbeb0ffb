"""Scores the sentences of `rapporteur parse` on plain text: GUM's news documents, which never train.

    python3 bench/sentences.py [--binary FILE] [--misses]

Each document is read as plain text, an empty line between paragraphs, given as JSON so that nothing is dropped; a sentence is right when its first and last letters
are those of a sentence as annotated (white space does not count). Headings and lists are paragraphs as annotated.
"""

import argparse
import json
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def gold_of(path):
    paragraphs = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text = re.search(r"^# text = (.*)$", block, re.M)
        if text:
            if not paragraphs or re.search(r"^# newpar", block, re.M):
                paragraphs.append([])
            paragraphs[-1].append(text.group(1))
    return paragraphs


def spans(sentences):
    out, at = set(), 0
    for sentence in sentences:
        length = len(re.sub(r"\s", "", sentence))
        out.add((at, at + length))
        at += length
    return out


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    args.add_argument("--misses", action="store_true")
    args = args.parse_args()
    files = sorted((ROOT.parent / "shared/data/gum").glob("GUM_news_*.conllu"))
    if not files:
        print("not measured: ../shared/data/gum is not there")
        return
    right = said = wanted = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            gold = gold_of(path)
            text = pathlib.Path(folder) / (path.stem + ".jsonl")
            body = "\n\n".join(" ".join(p) for p in gold)
            text.write_text(json.dumps({"text": body}) + "\n", encoding="utf-8")
            run = subprocess.run([args.binary, "parse", str(text)], capture_output=True, text=True, check=True)
            found = re.findall(r"^# text = (.*)$", run.stdout, re.M)
            letters = re.sub(r"\s", "", body)
            g, f, at = spans([s for p in gold for s in p]), set(), 0
            for sentence in found:
                sentence = re.sub(r"\s", "", sentence)
                start = letters.find(sentence, at)
                if start >= 0:
                    at = start + len(sentence)
                    f.add((start, at))
            right += len(g & f)
            said += len(f)
            wanted += len(g)
            if args.misses:
                for kind, some in (("MISSED", g - f), ("WRONG ", f - g)):
                    for start, end in sorted(some):
                        print(kind, path.stem, letters[start:end][:50], "…", letters[start:end][-40:])
    p, r = right / said, right / wanted
    print(f"{wanted} sentences  P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r):.3f}")


if __name__ == "__main__":
    main()
