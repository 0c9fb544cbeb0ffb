"""Trains spaCy's own small architecture on the sets that the language model learnt from, and measures both.

    python3 bench/peer_spacy.py --work FOLDER [--epochs 8] [--binary FILE]

spaCy comes into a virtual environment in FOLDER (a network the first time), is trained there on EWT's train part (tags,
trees) and UNER-EWT's (names), one core, with the configuration that `spacy init config --optimize efficiency` gives, and
chooses its best state by the dev part. Both then read EWT test's and UNER-EWT test's words as annotated (bench/parse.py's
measures), and in turn the texts of news-cluster on one core: words a second, without the time to start.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "shared", "data")
EWT = os.path.join(DATA, "ud-ewt", "en_ewt-ud-%s.conllu")
NAMES = os.path.join(DATA, "uner-ewt", "en_ewt-ud-%s.iob2")
TRAIN_NAMES = os.path.join(DATA, "uner-ewt", "en_ewt-ud-train.OLDER_VERSION.iob2")

# Runs inside the virtual environment.
INSIDE = r'''
import json, sys, time
import spacy
from spacy.tokens import Doc, DocBin, Span

def rows(path):
    block = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if block: yield block
            block = []
        elif not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit(): block.append(cells)
    if block: yield block

def trees(nlp, path):
    for block in rows(path):
        words = [c[1] for c in block]
        heads = [int(c[6]) - 1 if c[6] != "0" else i for i, c in enumerate(block)]
        yield Doc(nlp.vocab, words=words, tags=[c[3] for c in block], heads=heads, deps=[c[7].split(":")[0] for c in block],
                  sent_starts=[i == 0 for i in range(len(words))])

def named(nlp, path):
    for block in rows(path):
        doc = Doc(nlp.vocab, words=[c[1] for c in block])
        ents, at = [], 0
        tags = [c[2] for c in block]
        while at < len(tags):
            end = at + 1
            if tags[at].startswith("B-"):
                while end < len(tags) and tags[end].startswith("I-"): end += 1
                if tags[at][2:] in ("PER", "ORG", "LOC"): ents.append(Span(doc, at, end, tags[at][2:]))
            at = end
        doc.set_ents(ents)
        yield doc

task = sys.argv[1]
if task == "convert":
    nlp = spacy.blank("en")
    for kind, read, path, out in json.loads(sys.argv[2]):
        DocBin(docs=list({"trees": trees, "named": named}[read](nlp, path)), store_user_data=False).to_disk(out)
elif task == "score":
    tree, ner = spacy.load(sys.argv[2]), spacy.load(sys.argv[3])
    total = upos = uas = las = 0
    for gold in trees(tree, sys.argv[4]):
        doc = Doc(tree.vocab, words=[t.text for t in gold], sent_starts=[t.i == 0 for t in gold])
        for _, pipe in tree.pipeline: doc = pipe(doc)
        for g, s in zip(gold, doc):
            total += 1
            upos += g.tag_ == s.tag_
            uas += g.head.i == s.head.i
            las += g.head.i == s.head.i and g.dep_.lower() == s.dep_.lower()
    right = found = wanted = 0
    for gold in named(ner, sys.argv[5]):
        doc = Doc(ner.vocab, words=[t.text for t in gold])
        for _, pipe in ner.pipeline: doc = pipe(doc)
        a = {(e.start, e.end, e.label_) for e in gold.ents}
        b = {(e.start, e.end, e.label_) for e in doc.ents}
        right += len(a & b); found += len(b); wanted += len(a)
    print(json.dumps({"UPOS": upos / total, "UAS": uas / total, "LAS": las / total, "names": 2 * right / (found + wanted)}))
elif task == "speed":
    tree, ner = spacy.load(sys.argv[2]), spacy.load(sys.argv[3])
    texts = json.load(sys.stdin)
    for _ in tree.pipe(texts[:5]): pass
    start = time.perf_counter()
    for doc in tree.pipe(texts): pass
    middle = time.perf_counter()
    for doc in ner.pipe(texts): pass
    print(json.dumps({"trees": middle - start, "names": time.perf_counter() - middle}))
'''


def run(*words, **options):
    return subprocess.run(words, check=True, **options)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--work", required=True)
    args.add_argument("--epochs", type=int, default=8)
    args.add_argument("--binary", default=os.path.join(HERE, "..", "target", "release", "rapporteur"))
    args = args.parse_args()
    if not os.path.isdir(DATA):
        sys.exit(f"{DATA} is not there: the sets lie beside the checkout, not in it")
    os.makedirs(args.work, exist_ok=True)
    os.environ["OMP_NUM_THREADS"] = "1"
    at = lambda name: os.path.join(args.work, name)
    python = at("venv/bin/python")
    if not os.path.exists(python):
        run(sys.executable, "-m", "venv", at("venv"))
        run(python, "-m", "pip", "install", "-q", "spacy")
    with open(at("inside.py"), "w", encoding="utf-8") as out:
        out.write(INSIDE)
    paths = {"trees": (EWT % "train", EWT % "dev"), "named": (TRAIN_NAMES, NAMES % "dev")}
    jobs = [[part, read, path, at(f"{read}-{part}.spacy")] for read, both in paths.items() for part, path in zip(("train", "dev"), both)]
    run(python, at("inside.py"), "convert", json.dumps(jobs))
    for read, pipes in (("trees", "tagger,parser"), ("named", "ner")):
        if os.path.exists(at(f"{read}-model/model-best")):
            continue
        run(python, "-m", "spacy", "init", "config", at(f"{read}.cfg"), "--pipeline", pipes, "--optimize", "efficiency", "--force")
        run("taskset", "-c", "0", python, "-m", "spacy", "train", at(f"{read}.cfg"), "--output", at(f"{read}-model"),
            "--paths.train", at(f"{read}-train.spacy"), "--paths.dev", at(f"{read}-dev.spacy"),
            "--training.max_epochs", str(args.epochs), "--training.max_steps", "0", "--training.patience", "0")
    best = [at("trees-model/model-best"), at("named-model/model-best")]
    score = run(python, at("inside.py"), "score", *best, EWT % "test", NAMES % "test", capture_output=True, text=True)
    score = json.loads(score.stdout)
    print("spaCy on the test parts, words as annotated: " + ", ".join(f"{k} {v:.4f}" for k, v in score.items()))

    texts = []
    for path in sorted(glob.glob(os.path.join(DATA, "news-cluster", "*.json"))):
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        texts.append(report.get("text") or report.get("maintext") or "")
    words = sum(len(text.split()) for text in texts)
    for path in glob.glob(at("texts/*.txt")):
        os.remove(path)
    os.makedirs(at("texts"), exist_ok=True)
    for index, text in enumerate(texts):
        with open(at(f"texts/{index:04}.txt"), "w", encoding="utf-8") as out:
            out.write(text)
    for turn in range(3):
        speed = run("taskset", "-c", "0", python, at("inside.py"), "speed", *best, input=json.dumps(texts), capture_output=True, text=True)
        speed = json.loads(speed.stdout)
        begin = time.perf_counter()
        subprocess.run(["taskset", "-c", "0", args.binary, "parse", at("texts")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        own = time.perf_counter() - begin
        both = speed["trees"] + speed["names"]
        print(f"round {turn + 1}: {words} words; spaCy {words / speed['trees']:,.0f} words a second for tags and trees, "
              f"{words / both:,.0f} with names; rapporteur {words / own:,.0f} with reading, names, times, figures, chains: "
              f"{both / own:.1f} times")


if __name__ == "__main__":
    main()
