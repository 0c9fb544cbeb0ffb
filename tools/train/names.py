"""Trains the layer that tells names and puts it into a model's file, which otherwise stays as it is.

    python names.py MODEL.bin NAMES.pkl WORDS.pkl OUT.bin

It reads the words' vectors and what the second layer makes of them, and for each known word a further code, made from
GloVe's vectors, from lists and from what the teacher for names makes of the word (WORDS.pkl). It learns from the
annotated sentences and from what that teacher says of other text (NAMES.pkl), with scores for each pair of tags, by the
share of each tag among all sequences.
"""

import os
import pickle
import random
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import corpora
import export
import features
import known
import student
from corpora import BIO
from teacher import batches, grid

SEED = 11
THREADS = int(os.environ.get("THREADS", "1"))
EPOCHS = int(os.environ.get("EPOCHS", "6"))
HIDDEN = int(os.environ.get("HIDDEN", "96"))
# Numbers of a word's code, and of what is made of it.
CODE = int(os.environ.get("CODE", "10"))
MIDDLE = 64
# Words that keep their codes, the most frequent: the file has at most 15 MB.
KEPT = int(os.environ.get("KEPT", "268000"))
LR = 3.5e-3
DROP = 0.05
# Shares of the words whose rows, or whose codes, are hidden.
HIDE, HIDE_CODE = 0.15, 0.1
# The network has learned the annotated sentences by heart, so that less is learned from them.
ANNOTATED = 0.5
GATES = 3
NEVER = -1e4
# Of what pairs of tags say in the annotated sentences, it begins with this share.
PRIOR = 0.2
KINDS = 4


class Base(known.Known):
    """The network of a file, as it is."""

    def __init__(self, sections):
        file = known.File(sections)
        super().__init__(file, known.Words(file))
        starts = np.frombuffer(sections["known.b"], "<u4")
        lower = np.frombuffer(sections["known.k"], "<u2")
        upper = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        self.keys = (upper << 16) | lower
        self.places = {int(k): i + 1 for i, k in enumerate(self.keys)}
        packed = np.frombuffer(sections["known.c"], np.uint8).reshape(len(self.keys), -1)
        codes = np.zeros((len(self.keys) + 1, packed.shape[1] * 2), np.uint8)
        codes[1:, ::2], codes[1:, 1::2] = packed & 15, packed >> 4
        self.known_codes = torch.from_numpy(codes)
        self.wide_rows, self.wide_bias, self.out_rows = (
            file.rows("known.wide"), file.floats("known.wide.b"), file.rows("known.out"))
        self.seen = {}
        for p in self.parameters():
            p.requires_grad = False
        self.eval()

    def place(self, word):
        if word not in self.seen:
            self.seen[word] = self.places.get(export.short(features.fold(word)), 0)
        return self.seen[word]

    def run(self, sentences, hide=0.0):
        """By time and sentence: words' vectors, what the second layer makes of them, places of codes; then the index that
        turns sentences around, and which words are inside."""
        with torch.no_grad():
            kinds, ids, _, back, inside = student.layout(sentences)
            own, pieces, groups, _ = zip(*[self.words.of(w) for w in kinds])
            own, places = torch.tensor(own), torch.tensor([self.place(w) for w in kinds])
            hidden = torch.rand(len(kinds)) < hide
            own, places = own * ~hidden, places * ~(hidden & (torch.rand(len(kinds)) < 0.5))
            flat = torch.tensor([p for ps in pieces for p in ps])
            of = torch.tensor([i for i, ps in enumerate(pieces) for _ in ps])
            count = torch.tensor([float(len(ps)) for ps in pieces])
            x = torch.zeros(len(kinds), student.WORD).index_add(0, of, self.piece(flat)) / count.unsqueeze(1)
            x = x + self.own(own) + self.group(torch.tensor(groups)).sum(1)
            steps = (self.known_codes[places].float() - 7.5) / 7.5
            x = x + F.relu(steps @ self.wide_rows + self.wide_bias) @ self.out_rows * (places > 0).unsqueeze(1)
            x = self.norm(x)[ids] * inside
            return x, self.second(self.first(x, back), back), places[ids] * inside[:, :, 0], back, inside.float()


def numbers_of(base, of_teacher):
    """By place of a code: GloVe's numbers and lists, then the teacher's."""
    words, vectors = known.glove()
    with open(of_teacher, "rb") as file:
        more = pickle.load(file)
    of_words = torch.zeros(len(base.keys) + 1, vectors.shape[1])
    of_kinds = torch.zeros(len(base.keys) + 1, len(next(iter(more.values()))))
    seen = set()
    for i, word in enumerate(words):
        place = base.place(word)
        if place and place not in seen:
            seen.add(place)
            of_words[place] = vectors[i + 1]
            if word in more:
                of_kinds[place] = torch.from_numpy(more[word])
    return torch.cat([of_words, of_kinds], 1)


def prior():
    counts = np.full((len(BIO), len(BIO)), 0.5)
    for s in corpora.ewt("train"):
        if s["bio"] is not None:
            tags = [BIO.index(tag) for tag in s["bio"]]
            for before, tag in zip([0] + tags, tags):
                counts[before, tag] += 1
    return PRIOR * np.log(counts / counts.sum(1, keepdims=True) / (counts.sum(0) / counts.sum()))


FOLLOWS = torch.tensor([[0.0 if b[0] != "I" or a[2:] == b[2:] else NEVER for b in BIO] for a in BIO])
BEGINS = torch.tensor([NEVER if tag[0] == "I" else 0.0 for tag in BIO])


class Names(nn.Module):
    def __init__(self, numbers, width, context):
        super().__init__()
        self.numbers = numbers
        self.narrow, self.wide = nn.Linear(numbers.shape[1], CODE), nn.Linear(CODE, MIDDLE)
        with torch.no_grad():
            some = numbers[1:60000]
            _, spread, directions = torch.linalg.svd(some - some.mean(0), full_matrices=False)
            self.narrow.weight.copy_(directions[:CODE] * 0.35 / (spread[:CODE, None] / len(some) ** 0.5))
            # The last numbers begin as the teacher's shares of the kinds.
            self.narrow.weight[-KINDS:] = 0
            for i in range(1, KINDS + 1):
                self.narrow.weight[-i, -i] = 0.33
            self.narrow.bias.zero_()
        sums = 2 * GATES * HIDDEN
        self.word, self.ahead = nn.Linear(width + MIDDLE, sums), nn.Linear(width + MIDDLE, sums, bias=False)
        self.context = nn.Linear(context, sums, bias=False)
        for layer in (self.word, self.ahead, self.context):
            nn.init.xavier_normal_(layer.weight, gain=0.7)
        nn.init.zeros_(self.word.bias)
        self.drop = nn.Dropout(DROP)
        self.out = nn.Linear(2 * HIDDEN, len(BIO))
        self.steps = nn.Parameter(torch.tensor(prior(), dtype=torch.float32))

    def codes(self, places):
        """Sixteen steps from -1 to 1; rounding passes gradients on as if it were none."""
        exact = self.narrow(self.numbers[places]).clamp(-1, 1)
        return exact + ((torch.round(exact * 7.5 - 0.5) + 0.5) / 7.5 - exact).detach()

    def forward(self, x, second, places, back, inside):
        seen = (places > 0).float()
        if self.training:
            seen = seen * (torch.rand(places.shape) > HIDE_CODE)
        w = self.drop(torch.cat([x, F.relu(self.wide(self.codes(places))) * seen.unsqueeze(2)], 2)) * inside
        t, b, _ = w.shape
        of = lambda sums: sums.reshape(t, b, 2, GATES, HIDDEN)
        p, q = of(self.word(w) + self.context(self.drop(second))), of(self.ahead(w))
        none = torch.zeros_like(q[:1, :, 0])
        p = p + torch.stack([torch.cat([q[1:, :, 0], none]), torch.cat([none, q[:-1, :, 1]])], 2)
        turned = torch.gather(p[:, :, 1], 0, back[:, :, None, None].expand(-1, -1, GATES, HIDDEN))
        p = torch.stack([p[:, :, 0], turned], 2)
        z, f = F.softsign(p[..., 0, :]), student.softgate(p[..., 1, :])
        h = student.Scan.apply((1 - f) * z, f) * student.softgate(p[..., 2, :])
        turned = torch.gather(h[:, :, 1], 0, back[:, :, None].expand(-1, -1, HIDDEN))
        return self.out(self.drop(torch.cat([h[:, :, 0], turned], 2))).transpose(0, 1)

    def shares(self, scores, inside):
        """The logarithm of each tag's share among all sequences, by word."""
        steps = self.steps + FOLLOWS
        forward = [scores[:, 0] + BEGINS]
        for t in range(1, scores.shape[1]):
            on = torch.logsumexp(forward[-1][:, :, None] + steps, 1) + scores[:, t]
            forward.append(torch.where(inside[:, t, None], on, forward[-1]))
        backward = [torch.zeros(len(scores), len(BIO))]
        for t in range(scores.shape[1] - 1, 0, -1):
            on = torch.logsumexp(steps[None] + (scores[:, t] + backward[-1])[:, None, :], 2)
            backward.append(torch.where(inside[:, t, None], on, backward[-1]))
        whole = torch.logsumexp(forward[-1], 1)
        return torch.stack(forward, 1) + torch.stack(backward[::-1], 1) - whole[:, None, None]

    def best(self, scores):
        """The best sequence of tags, given a sentence's scores."""
        steps, total, ways = (self.steps + FOLLOWS).detach(), scores[0] + BEGINS, []
        for row in scores[1:]:
            total, way = (total[:, None] + steps).max(0)
            total, _ = total + row, ways.append(way)
        tags = [int(total.argmax())]
        for way in reversed(ways):
            tags.append(int(way[tags[-1]]))
        return tags[::-1]


def measure(base, model, sentences):
    model.eval()
    hit = said = gold = 0
    with torch.no_grad():
        for batch in batches([s for s in sentences if s["bio"] is not None], 3000):
            scores = model(*base.run([s["words"] for s in batch]))
            for s, rows in zip(batch, scores):
                g = corpora.spans(s["bio"])
                p = corpora.spans([BIO[tag] for tag in model.best(rows[:len(s["words"])])])
                hit, said, gold = hit + len(g & p), said + len(p), gold + len(g)
    model.train()
    return f"P {hit / max(said, 1):.3f} R {hit / gold:.3f} F1 {2 * hit / max(said + gold, 1):.3f}"


def sections(base, model, before):
    """The file's sections, with the layer, and with the codes of the most frequent words alone."""
    state = {k: v.detach() for k, v in model.state_dict().items()}
    floats = lambda t: t.contiguous().numpy().astype("<f4").tobytes()
    out, places, seen = dict(before), [], set()
    for word in known.glove()[0]:
        place = base.place(word)
        if place and place not in seen and len(places) < KEPT:
            seen.add(place)
            places.append(place)
    places = np.array(sorted(places))
    codes = np.frombuffer(before["known.c"], np.uint8).reshape(len(base.keys), -1)
    with torch.no_grad():
        named = torch.round(model.codes(torch.tensor(places)) * 7.5 + 7.5).numpy().astype(np.uint8)
    out |= export.packed(base.keys[places - 1]) | {"known.c": codes[places - 1].tobytes()}
    weights, scales = export.by_row(state["wide.weight"].T.contiguous().numpy())
    out |= {"named.c": (named[:, ::2] | named[:, 1::2] << 4).tobytes(), "named.w": weights.tobytes(),
            "named.s": scales.tobytes(), "named.b": floats(state["wide.bias"])}
    sums = len(state["word.bias"])
    out |= export.linear("names", torch.cat([state["word.weight"], state["ahead.weight"]]),
                         torch.cat([state["word.bias"], torch.zeros(sums)]))
    out |= export.linear("names_context", state["context.weight"], torch.zeros(sums))
    out |= export.linear("names_out", state["out.weight"], state["out.bias"])
    out["names_steps"] = floats(state["steps"])
    out["hidden"] = before["hidden"][:8] + np.array([HIDDEN], "<f4").tobytes()
    # The network's own scores of names are no longer read.
    tags = sum(len(before[name].decode().split("\n")) for name in ("upos", "xpos"))
    width = len(before["tags.w"]) // (len(before["tags.s"]) // 4)
    out |= {"tags.w": before["tags.w"][:tags * width], "tags.s": before["tags.s"][:4 * tags],
            "tags.b": before["tags.b"][:4 * tags]}
    return out


def main(path, labelled, of_teacher, out):
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    before = known.read(path)
    base = Base(before)
    data = [s for s in corpora.ewt("train") + corpora.gum(news=False) if s["bio"] is not None]
    with open(labelled, "rb") as file:
        said = [{"words": words, "shares": shares} for words, shares in pickle.load(file)]
    numbers = numbers_of(base, of_teacher)
    model = Names(numbers, student.WORD, 2 * student.H2)
    renamed = known.Renamed(rng)
    weights = list(model.parameters())
    optimizer = torch.optim.AdamW(weights, lr=LR, betas=(0.9, 0.98), weight_decay=0.01)
    steps = EPOCHS * (len(batches(data, 1500)) + len(batches(said, 2500)))
    step, start = 0, time.time()
    for epoch in range(EPOCHS):
        todo = [("gold", b) for b in batches([corpora.noisy(renamed.gold(s), rng) for s in data], 1500, rng)]
        todo += [("said", b) for b in batches(said, 2500, rng)]
        rng.shuffle(todo)
        for kind, batch in todo:
            for group in optimizer.param_groups:
                group["lr"] = LR * min((step + 1) / 200, max(0.02, (steps - step) / steps))
            ran = base.run([s["words"] for s in batch], HIDE)
            scores = model(*ran)
            shares = model.shares(scores, ran[-1][:, :, 0].T > 0)
            if kind == "gold":
                gold = grid(batch, "bio", lambda tag: -100 if tag == "?" else BIO.index(tag), scores.shape[1])
                loss = ANNOTATED * F.nll_loss(shares.flatten(0, 1), gold.flatten(), ignore_index=-100)
            else:
                target = np.zeros(scores.shape, np.float32)
                for row, s in zip(target, batch):
                    row[:len(s["words"])] = s["shares"]
                loss = -(torch.from_numpy(target) * shares.clamp(min=-30)).sum() / ran[-1].sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(weights, 2.0)
            optimizer.step()
            step += 1
        print(f"epoch {epoch + 1} {time.time() - start:.0f}s dev", measure(base, model, corpora.ewt("dev")),
              "| wikigold", measure(base, model, corpora.wikigold()), flush=True)
        export.write(sections(base, model, before), out)


if __name__ == "__main__":
    torch.set_num_threads(THREADS)
    os.environ["HF_HUB_OFFLINE"] = "1"
    main(*sys.argv[1:])
