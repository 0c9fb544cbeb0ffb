"""Trains the small network that ships: word features, two bidirectional gated layers, heads for tags, names, tree.

    python student.py OUT.pt TOKENS [SILVER.pkl …]

TOKENS is the unannotated text, a sentence a line; its frequent words get vectors of their own. Without SILVER the
network learns from the annotated sentences alone.
"""

import collections
import math
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
import features
import lists
from corpora import BIO
from teacher import Pieces, batches, grid

SEED = int(os.environ.get("SEED", "11"))
THREADS = int(os.environ.get("THREADS", "1"))
EPOCHS = int(os.environ.get("EPOCHS", "16"))
SILVER_SHARE = float(os.environ.get("SILVER_SHARE", "0.6"))
LR = float(os.environ.get("LR", "3e-3"))
WORD, H1, H2, ARC, LABEL = (int(n) for n in os.environ.get("SIZES", "128,96,96,64,64").split(","))
GATES1, GATES2 = (int(n) for n in os.environ.get("GATES", "3,2").split(","))
# Most words are no names, so that what is lost there is small beside the tree's.
NAMES = 2.0
DROP = float(os.environ.get("DROP", "0.1"))


def bucket(distance):
    """Signed distance from the word to its head, near ones apart, far ones together; 0 is the root's."""
    far = abs(distance)
    b = far if far <= 5 else 6 if far <= 7 else 7 if far <= 10 else 8 if far <= 15 else 9 if far <= 23 else 10
    return b if distance > 0 else 10 + b


BUCKETS = 21
REACH = 128
BUCKET_OF = torch.tensor([bucket(d) if d else 0 for d in range(-REACH, REACH + 1)])


def softgate(x):
    """A sigmoid without exponentials: 0.5 + 0.5 x / (1 + |x|), on a doubled argument."""
    return 0.5 + 0.5 * F.softsign(2 * x)


class Scan(torch.autograd.Function):
    """h[t] = u[t] + f[t] h[t-1] along the first axis."""

    @staticmethod
    def forward(ctx, u, f):
        h = torch.empty_like(u)
        h[0] = u[0]
        for t in range(1, u.shape[0]):
            torch.addcmul(u[t], f[t], h[t - 1], out=h[t])
        ctx.save_for_backward(f, h)
        return h

    @staticmethod
    def backward(ctx, grad):
        f, h = ctx.saved_tensors
        du = torch.empty_like(grad)
        du[-1] = grad[-1]
        for t in range(grad.shape[0] - 2, -1, -1):
            torch.addcmul(grad[t], f[t + 1], du[t + 1], out=du[t])
        df = torch.zeros_like(f)
        df[1:] = du[1:] * h[:-1]
        return du, df


class Gated(nn.Module):
    """A bidirectional layer: h = f h' + (1 - f) z; with three gates the output is o h, with two it is h."""

    def __init__(self, inputs, hidden, gates, ahead):
        super().__init__()
        self.hidden, self.gates = hidden, gates
        self.linear = nn.Linear(inputs, 2 * gates * hidden)
        # What the word that comes next, in the direction of reading, gives to the gates.
        self.ahead = nn.Linear(inputs, 2 * gates * hidden, bias=False) if ahead else None
        nn.init.xavier_normal_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x, back):
        """x: (time, batch, inputs); back: index that turns each sentence around."""
        t, b, _ = x.shape
        p = self.linear(x).reshape(t, b, 2, self.gates, self.hidden)
        if self.ahead is not None:
            q = self.ahead(x).reshape(t, b, 2, self.gates, self.hidden)
            none = torch.zeros_like(q[:1, :, 0])
            p = p + torch.stack([torch.cat([q[1:, :, 0], none]), torch.cat([none, q[:-1, :, 1]])], 2)
        turned = torch.gather(p[:, :, 1], 0, back[:, :, None, None].expand(-1, -1, self.gates, self.hidden))
        p = torch.stack([p[:, :, 0], turned], 2)
        z, f = F.softsign(p[..., 0, :]), softgate(p[..., 1, :])
        h = Scan.apply((1 - f) * z, f)
        if self.gates == 3:
            h = h * softgate(p[..., 2, :])
        turned = torch.gather(h[:, :, 1], 0, back[:, :, None].expand(-1, -1, self.hidden))
        return torch.cat([h[:, :, 0], turned], 2)


class Words:
    """Which rows of which tables a word has."""

    def __init__(self, vocabulary):
        self.teacher = Pieces()
        self.pieces = self.teacher.tokenizer.get_vocab()
        self.vocabulary = {w: i + 1 for i, w in enumerate(vocabulary)}
        # By row of the vocabulary: which lists the word is in.
        listed = list(lists.lists().values())
        self.lists = len(listed)
        self.listed = torch.zeros(len(vocabulary) + 1, len(listed))
        for at, found in enumerate(listed):
            for word in found:
                self.listed[self.vocabulary[word], at] = 1
        self.cache = {}

    def of(self, word):
        found = self.cache.get(word)
        if found is None:
            folded = features.fold(word)
            found = (self.vocabulary.get(folded, 0), features.split(folded, self.pieces) or [100],
                     features.groups(word, folded))
            self.cache[word] = found
        return found


def layout(sentences):
    """The different words; by time and sentence their indices; lengths; the index that turns each sentence around; what
    lies inside."""
    width = max(map(len, sentences))
    kinds = sorted({w for s in sentences for w in s})
    index = {w: i for i, w in enumerate(kinds)}
    ids = torch.tensor([[index[w] for w in s] + [0] * (width - len(s)) for s in sentences]).T
    lengths = torch.tensor([len(s) for s in sentences])
    at = torch.arange(width)[:, None]
    return kinds, ids, lengths, torch.where(at < lengths, lengths - 1 - at, at), (at < lengths)[:, :, None]


class Student(nn.Module):
    def __init__(self, words, static, vocabularies):
        super().__init__()
        self.words, self.vocabularies = words, vocabularies
        self.register_buffer("static", static)
        self.register_buffer("listed", words.listed)
        self.lists = nn.Linear(words.lists, WORD, bias=False)
        table = lambda n, none=None: nn.Embedding(n, WORD, padding_idx=none, sparse=True)
        self.own, self.piece, self.group = table(len(words.vocabulary) + 1, 0), table(static.shape[0]), table(features.ROWS)
        nn.init.zeros_(self.own.weight)
        nn.init.zeros_(self.piece.weight)
        nn.init.normal_(self.group.weight, std=0.05)
        self.project = nn.Linear(static.shape[1], WORD, bias=False)
        self.norm = nn.LayerNorm(WORD)
        self.first, self.second = Gated(WORD, H1, GATES1, True), Gated(2 * H1, H2, GATES2, False)
        d = 2 * H2
        v = vocabularies
        self.tags = nn.Linear(d, len(v["upos"]) + len(v["xpos"]) + len(BIO))
        self.arc_dep, self.arc_head = nn.Linear(d, ARC), nn.Linear(d, ARC)
        self.arc_root = nn.Parameter(torch.randn(ARC) * 0.1)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.near = nn.Parameter(torch.randn(BUCKETS, ARC) * 0.1)
        self.lab_dep, self.lab_head = nn.Linear(d, LABEL), nn.Linear(d, LABEL)
        self.lab_root = nn.Parameter(torch.randn(LABEL) * 0.1)
        self.lab_out = nn.Linear(LABEL, len(v["deprels"]))
        self.drop = nn.Dropout(DROP)

    def embed(self, kinds):
        """The vectors of different words."""
        of = [self.words.of(w) for w in kinds]
        own = torch.tensor([o for o, _, _ in of])
        if self.training:
            own = own * (torch.rand(len(of)) > 0.15)
        flat = torch.tensor([p for _, ps, _ in of for p in ps])
        at = torch.tensor([i for i, (_, ps, _) in enumerate(of) for _ in ps])
        vectors = self.project(self.static[flat]) + self.piece(flat)
        counts = torch.tensor([float(len(ps)) for _, ps, _ in of])
        x = torch.zeros(len(of), WORD).index_add(0, at, vectors) / counts.unsqueeze(1)
        if self.training:
            x = x * (torch.rand(len(of), 1) > 0.05)
        x = x + self.own(own) + self.lists(self.listed[own]) + self.group(torch.tensor([g for _, _, g in of])).sum(1)
        return self.norm(x)

    def forward(self, sentences):
        kinds, ids, lengths, back, inside = layout(sentences)
        width = len(ids)
        x = self.drop(self.embed(kinds))[ids] * inside
        x = self.drop(self.first(x, back))
        x = self.drop(self.second(x, back)).transpose(0, 1)
        b = len(sentences)
        v = self.vocabularies
        upos, xpos, bio = self.tags(x).split([len(v["upos"]), len(v["xpos"]), len(BIO)], 2)
        dep, head = self.arc_dep(x), self.arc_head(x)
        head = torch.cat([self.arc_root.expand(b, 1, ARC), head], 1)
        # The word's vector also meets the distance to the head.
        i = torch.arange(1, width + 1)[:, None]
        j = torch.arange(0, width + 1)[None, :]
        near = BUCKET_OF[(j - i).clamp(-REACH, REACH) + REACH]
        near = torch.where(j == 0, torch.zeros_like(near), near)
        by_distance = dep @ self.near.T
        arcs = (dep + self.arc_bias) @ head.transpose(1, 2) + torch.gather(by_distance, 2, near.expand(b, -1, -1))
        outside = torch.arange(width + 1)[None, :] > lengths[:, None]
        arcs = arcs.masked_fill(outside[:, None, :], -1e9)
        lab_head = torch.cat([self.lab_root.expand(b, 1, LABEL), self.lab_head(x)], 1)
        return upos, xpos, bio, arcs, self.lab_dep(x), lab_head

    def labels(self, dep, head, heads):
        chosen = torch.gather(head, 1, heads.unsqueeze(2).expand(-1, -1, LABEL))
        return self.lab_out(F.relu(dep + chosen))


def measure(model, sentences):
    model.eval()
    v = model.vocabularies
    n = upos_ok = xpos_ok = uas = las = hit = said = gold = 0
    with torch.no_grad():
        for batch in batches(sentences, 4000):
            upos, xpos, bio, arcs, dep, head = model([s["words"] for s in batch])
            heads = arcs.argmax(2)
            labels = model.labels(dep, head, heads).argmax(2).tolist()
            heads, upos, xpos, bio = heads.tolist(), upos.argmax(2).tolist(), xpos.argmax(2).tolist(), bio.argmax(2).tolist()
            for b, s in enumerate(batch):
                if "heads" in s:
                    for i in range(len(s["words"])):
                        n += 1
                        upos_ok += v["upos"][upos[b][i]] == s["upos"][i]
                        xpos_ok += v["xpos"][xpos[b][i]] == s["xpos"][i]
                        ok = heads[b][i] == s["heads"][i]
                        uas += ok
                        las += ok and v["deprels"][labels[b][i]].split(":")[0] == s["deprels"][i].split(":")[0]
                if s["bio"] is not None:
                    g = corpora.spans(s["bio"])
                    p = corpora.spans([BIO[t] for t in bio[b][:len(s["words"])]])
                    hit, said, gold = hit + len(g & p), said + len(p), gold + len(g)
    model.train()
    out = ""
    if n:
        out = f"upos {100 * upos_ok / n:.2f} xpos {100 * xpos_ok / n:.2f} uas {100 * uas / n:.2f} las {100 * las / n:.2f}"
    if gold:
        out += f" names P {hit / max(said, 1):.3f} R {hit / gold:.3f} F1 {2 * hit / max(said + gold, 1):.3f}"
    return out


def soft(scores, target):
    """Cross-entropy with what the teacher gives each class."""
    return -(target * F.log_softmax(scores, -1)).sum(-1)


def silver_losses(model, batch):
    width = max(len(s["words"]) for s in batch)
    b = len(batch)
    upos, xpos, bio, arcs, dep, head = model([s["words"] for s in batch])
    inside = torch.zeros(b, width)
    target = {k: np.zeros((b, width, n), np.float32) for k, n in
              (("upos", upos.shape[2]), ("xpos", xpos.shape[2]), ("bio", bio.shape[2]), ("arcs", width + 1),
               ("labels", len(model.vocabularies["deprels"])))}
    heads = np.zeros((b, width), np.int64)
    for i, s in enumerate(batch):
        n = len(s["words"])
        inside[i, :n] = 1
        for k in target:
            target[k][i, :n, :s[k].shape[1]] = s[k]
        heads[i, :n] = s["heads"]
    t = {k: torch.from_numpy(v) for k, v in target.items()}
    each = lambda scores, k: (soft(scores, t[k]) * inside).sum() / inside.sum()
    return {"arc": each(arcs, "arcs"), "label": each(model.labels(dep, head, torch.from_numpy(heads)), "labels"),
            "upos": each(upos, "upos"), "xpos": each(xpos, "xpos") * 0.5, "bio": each(bio, "bio") * NAMES}


def gold_losses(model, batch, index):
    width = max(len(s["words"]) for s in batch)
    upos, xpos, bio, arcs, dep, head = model([s["words"] for s in batch])
    ce = lambda scores, gold: F.cross_entropy(scores.flatten(0, -2), gold.flatten(), ignore_index=-100)
    heads = grid(batch, "heads", int, width)
    losses = {"arc": ce(arcs, heads),
              "label": ce(model.labels(dep, head, heads.clamp(min=0)), grid(batch, "deprels", index["deprels"].get, width)),
              "upos": ce(upos, grid(batch, "upos", index["upos"].get, width)),
              "xpos": ce(xpos, grid(batch, "xpos", index["xpos"].get, width)) * 0.5}
    if any(s["bio"] is not None for s in batch):
        tag = lambda tag: -100 if tag == "?" else BIO.index(tag)
        losses["bio"] = ce(bio, grid(batch, "bio", tag, width)) * NAMES
    return losses


def vocabulary_of(sentences, tokens, most=40000):
    counts = collections.Counter(features.fold(w) for s in sentences for w in s["words"])
    with open(tokens, encoding="utf-8") as lines:
        for line in lines:
            counts.update(features.fold(w) for w in line.split())
    frequent = sorted(((-n, w) for w, n in counts.items() if n >= 3))[:most]
    return sorted({w for _, w in frequent} | {w for found in lists.lists().values() for w in found})


def learn(todo, losses, rate, step, dense, sparse, rest):
    """A step for each (kind, batch), by what `losses` has for the kind; the number of steps so far and the mean losses."""
    total = collections.Counter()
    for kind, batch in todo:
        for group in dense.param_groups + sparse.param_groups:
            group["lr"] = rate(step) * group.get("times", 1)
        found = losses[kind](batch)
        dense.zero_grad(set_to_none=True)
        sparse.zero_grad(set_to_none=True)
        sum(found.values()).backward()
        nn.utils.clip_grad_norm_(rest, 2.0)
        dense.step()
        sparse.step()
        step += 1
        total[kind] += 1
        for name, loss in found.items():
            total[f"{kind} {name}"] += loss.item()
    return step, {name: round(sum_ / total[name.split()[0]], 3) for name, sum_ in total.items() if " " in name}


def main(out, tokens, *silver):
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    data = corpora.ewt("train") + corpora.gum(news=False)
    dev, news, wiki = corpora.ewt("dev"), corpora.gum(news=True), corpora.wikigold()
    said = []
    for path in silver:
        with open(path, "rb") as file:
            part = pickle.load(file)
        vocabularies, said = part["vocabularies"], said + part["sentences"]
    if not silver:
        vocabularies = {k: sorted({v for s in data for v in s[k]}) for k in ("upos", "xpos", "deprels")}
    index = {k: {t: i for i, t in enumerate(v)} for k, v in vocabularies.items()}
    words = Words(vocabulary_of(data, tokens))
    from safetensors import safe_open
    with safe_open(os.path.join(words.teacher.folder, "model.safetensors"), "pt") as file:
        name = next(k for k in file.keys() if k.endswith("word_embeddings.weight"))
        static = file.get_tensor(name).float()
    static = static - static.mean(0)
    static = static / static.std()
    model = Student(words, static, vocabularies)
    nn.init.normal_(model.project.weight, std=0.5 / math.sqrt(static.shape[1]))
    tables = [model.own.weight, model.piece.weight, model.group.weight]
    rest = [p for p in model.parameters() if not any(p is t for t in tables)]
    dense = torch.optim.AdamW(rest, lr=LR, betas=(0.9, 0.98), weight_decay=0.01)
    sparse = torch.optim.SparseAdam(tables, lr=LR, betas=(0.9, 0.98))
    print(f"{len(data)} sentences, {len(said)} labelled by the teacher, {len(words.vocabulary)} words, "
          f"{sum(p.numel() for p in rest)} weights beside the tables", flush=True)
    size = 1500
    silver_batches = int(len(batches(said, 2500)) * SILVER_SHARE) if said else 0
    steps = EPOCHS * (len(batches(data, size)) + silver_batches)
    step, start = 0, time.time()
    for epoch in range(EPOCHS):
        todo = [("gold", b) for b in batches([corpora.noisy(s, rng) for s in data], size, rng)]
        if said:
            todo += [("silver", b) for b in batches(said, 2500, rng)[:silver_batches]]
            rng.shuffle(todo)
        rate = lambda step: LR * min((step + 1) / 200, max(0.01, (steps - step) / steps))
        losses = {"gold": lambda batch: gold_losses(model, batch, index), "silver": lambda batch: silver_losses(model, batch)}
        step, means = learn(todo, losses, rate, step, dense, sparse, rest)
        print(f"epoch {epoch + 1} {time.time() - start:.0f}s {time.process_time():.0f}s", means, flush=True)
        if epoch % 2 or epoch == EPOCHS - 1:
            print("  dev", measure(model, dev), "| gum news", measure(model, news), "| wikigold", measure(model, wiki), flush=True)
            state = {k: v for k, v in model.state_dict().items()}
            torch.save({"vocabularies": vocabularies, "words": list(words.vocabulary), "state": state,
                        "sizes": [WORD, H1, H2, ARC, LABEL, GATES1, GATES2]}, out)


if __name__ == "__main__":
    torch.set_num_threads(THREADS)
    os.environ["HF_HUB_OFFLINE"] = "1"
    main(*sys.argv[1:])
