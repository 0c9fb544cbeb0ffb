"""Learns how much each sign counts when a pronoun or description chooses whom it means.

    cargo build --release -p rapporteur-text --example antecedents
    python antecedents.py ../../target/release/examples/antecedents ../../crates/text/data/en/antecedents.tsv

The example prints what each chose among by the weights that are there; run it twice, since chains depend on the
weights. One softmax over the earlier mentions and "nobody" for each sort of word that asks; right are all earlier
mentions of what GUM marks. GUM's genres with free licences teach; of its news only the documents that may be read
(bench/coreference.py).
"""

import ast
import math
import os
import pathlib
import random
import subprocess
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
import coreference

DATA = pathlib.Path(os.environ.get("RAPPORTEUR_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
# How much a document of the genre counts: news is what is read, and speech of "you" and "I" is not.
GENRES = {"news": 3.0, "bio": 1.0, "speech": 1.0, "textbook": 1.0, "interview": 0.7, "voyage": 0.7, "court": 0.5, "vlog": 0.3}
# A link that is missed costs more than one too many, of persons and bodies most.
LINKED, OTHER = 1.6, 0.6
EPOCHS, RATE, PRIOR = 6, 0.3, 3e-3


def entities(text):
    """For each word, the entity that the smallest marked mention over it is of, and whether that is a person or body."""
    found = {}
    for number, (kind, mentions) in enumerate(coreference.entities(text)[1]):
        for mention in mentions:
            for word in mention:
                if word not in found or len(mention) <= found[word][0]:
                    found[word] = (len(mention), number, kind in coreference.KINDS)
    return found


def examples(example):
    for genre, weight in GENRES.items():
        for file in sorted((DATA / "gum").glob(f"GUM_{genre}_*.conllu")):
            if genre == "news" and coreference.unread(file.stem):
                continue
            marked = entities(file.read_text(encoding="utf-8"))
            printed = subprocess.run([example, str(file)], capture_output=True, text=True, check=True).stdout
            for line in printed.splitlines()[1:]:
                cells = [cell.split(" ", 3 if at == 0 else 2) for at, cell in enumerate(line.split("\t"))]
                if len(cells) == 1:
                    continue
                of = lambda cell: min((marked[w] for w in range(int(cell[0]), int(cell[1])) if w in marked), default=None)
                own = of(cells[0])
                right = [own is not None and (of(cell) or own)[1] == own[1] and of(cell) is not None for cell in cells[1:]]
                counts = weight * (OTHER if own is None or not own[2] else LINKED if any(right) else 1.0)
                rows = [ast.literal_eval(cell[-1]) for cell in cells]
                yield int(cells[0][2]), rows, np.array([not any(right)] + right), counts


def learnt(found, rows, columns):
    weights, squares = np.zeros((rows, columns)), np.full((rows, columns), 1e-2)
    rng = random.Random(1)
    for _ in range(EPOCHS):
        rng.shuffle(found)
        loss = total = 0
        for asks, signs, right, counts in found:
            scores = np.array([weights[row, asks].sum() for row in signs])
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            good = (shares * right).sum()
            loss, total = loss - math.log(max(good, 1e-12)) * counts, total + counts
            step = -PRIOR * weights[:, asks]
            for row, change in zip(signs, (shares * right / max(good, 1e-12) - shares) * counts):
                step[row] += change
            squares[:, asks] += step * step
            weights[:, asks] += RATE * step / np.sqrt(squares[:, asks])
        print(f"loss {loss / total:.4f}", flush=True)
    return weights


def main(example, table):
    lines = pathlib.Path(table).read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    names = [line.split("\t")[0] for line in lines if line and not line.startswith("# ")]
    found = list(examples(example))
    print(f"{len(found)} choices")
    weights = learnt(found, len(names), 1 + max(asks for asks, *_ in found))
    rows = [name + "".join(f"\t{w:.2f}" for w in row) for name, row in zip(names, weights)]
    pathlib.Path(table).write_text("\n".join(head + rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
