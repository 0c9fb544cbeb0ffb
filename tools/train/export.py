"""Writes the trained student as the file that the program reads (crates/text/src/model/file.rs says how).

    python export.py STUDENT.pt TOKENS MODEL.bin

TOKENS is the unannotated text, a sentence a line: what its most frequent words give is computed once, when the file is
read.
"""

import collections
import struct
import sys
import unicodedata

import numpy as np
import torch

import corpora
import features
import lemmas
from corpora import BIO
from teacher import Pieces


def by_row(weights):
    """Eight-bit numbers and a scale a row."""
    w = weights.astype(np.float32)
    scale = np.abs(w).max(1) / 127
    scale[scale == 0] = 1e-12
    return np.rint(w / scale[:, None]).astype(np.int8), scale.astype("<f4")


def keyed(name, texts, rows):
    """Rows in the order of the hashes of what they stand for."""
    hashes = [features.fnv(t.encode()) for t in texts]
    assert len(set(hashes)) == len(hashes), "two texts with one hash: change the hash"
    order = np.argsort(np.array(hashes, dtype=np.uint64), kind="stable")
    weights, scales = by_row(rows[order])
    return {f"{name}.k": np.array(hashes, dtype="<u8")[order].tobytes(), f"{name}.w": weights.tobytes(),
            f"{name}.s": scales.tobytes()}


def short(folded):
    """Thirty bits of a word's hash, for tables in which a wrong word now and then does no harm."""
    h = features.fnv(folded.encode())
    return (h ^ (h >> 32)) & 0x3FFFFFFF


def packed(keys):
    """Short hashes, sorted: the lower halves, and where those of each upper half begin."""
    keys = np.array(keys)
    return {"known.k": (keys & 0xFFFF).astype("<u2").tobytes(),
            "known.b": np.searchsorted(keys >> 16, np.arange((1 << 14) + 1)).astype("<u4").tobytes()}


def linear(name, weight, bias):
    weights, scales = by_row(weight.numpy())
    return {f"{name}.w": weights.tobytes(), f"{name}.s": scales.tobytes(), f"{name}.b": bias.numpy().astype("<f4").tobytes()}


def latin(piece):
    """Pieces of other scripts, and those that stand for nothing, are left out: their words are read by their shape."""
    text = piece.removeprefix("##")
    return piece == "[UNK]" or not piece.startswith("[") and all(
        ord(c) < 0x250 or unicodedata.category(c)[0] in "PS" for c in text)


def frequent(tokens, most=1500):
    with open(tokens, encoding="utf-8") as lines:
        counts = collections.Counter(w for line in lines for w in line.rstrip("\n").split(" "))
    return [w for w, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:most] if w]


def sections(saved, tokens):
    s, v = saved["state"], saved["vocabularies"]
    sizes = saved["sizes"]
    floats = lambda t: t.numpy().astype("<f4").tobytes()
    pieces = Pieces().tokenizer.get_vocab()
    kept = sorted((p for p in pieces if latin(p)), key=pieces.get)
    rows = s["static"] @ s["project.weight"].T + s["piece.weight"]
    out = keyed("piece", kept, rows[[pieces[p] for p in kept]].numpy())
    # Row 0, for words without a row of their own, is zero.
    own = s["own.weight"] + s["listed"] @ s["lists.weight"].T
    out |= keyed("own", saved["words"], own[1:].numpy())
    weights, scales = by_row(s["group.weight"].numpy())
    out |= {"group.w": weights.tobytes(), "group.s": scales.tobytes()}
    out |= {"norm.g": floats(s["norm.weight"]), "norm.b": floats(s["norm.bias"])}
    ahead = s["first.ahead.weight"]
    out |= linear("first", torch.cat([s["first.linear.weight"], ahead]),
                  torch.cat([s["first.linear.bias"], torch.zeros(ahead.shape[0])]))
    out |= linear("second", s["second.linear.weight"], s["second.linear.bias"])
    for name in ("tags", "arc_dep", "arc_head", "lab_dep", "lab_head", "lab_out"):
        out |= linear(name, s[f"{name}.weight"], s[f"{name}.bias"])
    out |= linear("near", s["near"], torch.zeros(s["near"].shape[0]))
    out |= {k: floats(s[k]) for k in ("arc_root", "arc_bias", "lab_root")}
    out["hidden"] = np.array(sizes[1:3], dtype="<f4").tobytes()
    for k, name in (("upos", "upos"), ("xpos", "xpos"), ("deprels", "deprels")):
        out[name] = "\n".join(v[k]).encode()
    out["bio"] = "\n".join(BIO).encode()
    accents = [chr(c) + features.plain(chr(c)) for c in range(0xc0, 0x250) if features.plain(chr(c)) != chr(c)]
    out["accents"] = "\n".join(accents).encode()
    out["lemmas"] = lemmas.table(corpora.ewt("train") + corpora.gum(news=False)).encode()
    out["frequent"] = "\n".join(frequent(tokens)).encode()
    return out


def write(parts, path):
    parts = sorted(parts.items())
    at = 16 + 32 * len(parts)
    head = b"RAPMODEL" + struct.pack("<II", 1, len(parts))
    for name, data in parts:
        head += struct.pack("<16sQQ", name.encode(), at, len(data))
        at += len(data)
    with open(path, "wb") as file:
        file.write(head)
        for _, data in parts:
            file.write(data)


if __name__ == "__main__":
    write(sections(torch.load(sys.argv[1], weights_only=True), sys.argv[2]), sys.argv[3])
