"""Reference values for crates/encoder, computed by PyTorch from a model file (docs/model-file.md).

    reference.py --tiny FOLDER            a small model with random weights, FOLDER/tiny.safetensors, and its values, tiny.json
    reference.py MODEL.safetensors OUT    values of any model file, on the sentences below
    reference.py --pieces SHARED OUT      digest of the pieces of all words under SHARED/data, by the `tokenizers` package

The file is read and computed here apart from the training code: what agrees with this agrees with the file's definition.
"""

import hashlib
import json
import pathlib
import re
import sys

import numpy as np
import torch
import torch.nn.functional as F

from documents import shape_of

# Our own sentences, with the cases that differ between tokenisers. A tab separates words.
SENTENCES = [
    "The\tforeign\tminister\tof\tRuritania\tarrived\tin\tStrelsau\ton\tMonday\tfor\ttalks\t.",
    "“\tWe\tdid\tn't\tsign\tanything\t,\t”\tshe\ttold\treporters\t.",
    "Rebels\tsaid\tthat\t1,250\tsoldiers\thad\tleft\tthe\tnorth-eastern\tprovince\t.",
    "Café\tÉlan\t東京\tпривет\tnaïve\t½\tNo.\t5\tT-72\tiPhone\tMcAllister\tU.S.\tI",
    "Police\tarrested\ttwelve\tprotesters\tafter\ta\tmarch\tagainst\tthe\tnew\ttax\t.",
    "Yes\t.",
    "According\tto\tthe\tgovernor\t,\taid\twould\treach\tthe\tcamps\tby\tJune\t,\tbut\tdoctors\tdoubted\tit\t.",
    "Antidisestablishmentarianism\t🙂\t" + "x" * 101 + "\t\u200b\tend",
    "The\tunion\trejected\tthe\tcompany\t's\toffer\tand\tthreatened\tto\tstrike\t.",
    "Vorland\tand\tits\tneighbour\tagreed\tto\treopen\tthe\tborder\t\t.",
    # Longer than the reach of distances, and than the tiny model's window.
    "\t".join(["the", "minister", "said", "the", ","] * 9),
]
# Every one of these words has a mark in the second reading of a sentence.
ACTOR, RECIPIENT = range(1, 3), range(4, 5)


class ModelFile:
    """A model file as PyTorch tensors, with the matrices multiplied out."""

    def __init__(self, path):
        from safetensors import safe_open

        with safe_open(path, "pt") as f:
            self.meta = json.loads(f.metadata()["rapporteur"])
            self.t = {name: f.get_tensor(name) for name in f.keys()}
        self.vocab = bytes(self.t["vocab"].tolist()).decode().removesuffix("\n").split("\n")

    def integers(self, name):
        """A matrix's integers; those of type U8 are packed, twelve bits each."""
        own = self.t[f"{name}.weight"]
        if own.dtype != torch.uint8:
            return own
        low, middle, high = own.int().view(len(own), -1, 3).unbind(-1)
        pairs = torch.stack([low | (middle & 0xF) << 8, middle >> 4 | high << 4], -1).view(len(own), -1)
        return torch.where(pairs < 2048, pairs, pairs - 4096)

    def matrix(self, name):
        return self.integers(name).float() * self.t[f"{name}.scale"][:, None]

    def linear(self, name, x):
        return F.linear(x, self.matrix(name), self.t[f"{name}.bias"])

    def norm(self, name, x):
        c = self.meta["encoder"]
        return F.layer_norm(x, (c["hidden"],), self.t[f"{name}.weight"], self.t[f"{name}.bias"], c["epsilon"])


class Splitter:
    """Word pieces by the `tokenizers` package over the model file's vocabulary."""

    def __init__(self, vocab):
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

        self.ids = {piece: i for i, piece in enumerate(vocab)}
        self.tokenizer = Tokenizer(models.WordPiece(self.ids, unk_token="[UNK]", max_input_chars_per_word=100))
        self.tokenizer.normalizer = normalizers.BertNormalizer()
        self.tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def of(self, word):
        return self.tokenizer.encode(word, add_special_tokens=False).ids or [self.ids["[UNK]"]]


def layer(m, i, x):
    """One transformer layer over x [pieces, hidden]."""
    c, at = m.meta["encoder"], f"layer.{i}"
    n, size = len(x), c["hidden"] // c["heads"]
    q, k, v = m.linear(f"{at}.qkv", x).view(n, 3, c["heads"], size).permute(1, 2, 0, 3)
    weights = torch.softmax(q @ k.transpose(1, 2) / size ** 0.5, -1)
    x = m.norm(f"{at}.norm1", x + m.linear(f"{at}.out", (weights @ v).transpose(0, 1).reshape(n, -1)))
    return m.norm(f"{at}.norm2", x + m.linear(f"{at}.down", F.gelu(m.linear(f"{at}.up", x))))


def encode(m, splitter, words, marks):
    """Pieces of the words (ids) and the words' vectors [n, hidden]; words that do not fit the window are left out."""
    pieces, shapes, marked, first = [splitter.ids["[CLS]"]], [0], [0], []
    for word, mark in zip(words, marks):
        own = splitter.of(word)
        if len(pieces) + len(own) + 1 > m.meta["window"]:
            break
        first.append(len(pieces))
        pieces += own
        shapes += [shape_of(word)] * len(own)
        marked += [mark] * len(own)
    pieces, shapes, marked = pieces + [splitter.ids["[SEP]"]], shapes + [0], marked + [0]
    t = m.t
    x = t["embeddings.word.weight"][pieces].float() * t["embeddings.word.scale"][pieces][:, None]
    x = x + t["embeddings.position"][:len(pieces)] + t["embeddings.shape"][shapes] + t["embeddings.mark"][marked]
    x = m.norm("embeddings.norm", x)
    for i in range(m.meta["encoder"]["layers"]):
        x = layer(m, i, x)
    return pieces[1:-1], x[first]


def biaffine(m, name, labels, w):
    """Scores [n, n, labels] of all pairs."""
    def side(which):
        x = F.leaky_relu(m.linear(f"{name}.{which}", w), 0.1)
        return torch.cat([x, torch.ones(len(x), 1)], -1)
    left, right = side("left"), side("right")
    # Rows of the matrix are (label, left); its columns meet the right vector.
    bilinear = m.matrix(f"{name}.bilinear").view(labels, left.shape[1], right.shape[1])
    at = torch.arange(len(w))
    near = m.t[f"{name}.distance"].t()[(at[None, :] - at[:, None]).clamp(-32, 32) + 32]
    return torch.einsum("id,lde,je->ijl", left, bilinear, right) + near


def pooled(m, name, w):
    x = torch.cat([w[list(r)].mean(0) for r in (ACTOR, RECIPIENT, range(len(w)))])
    return m.linear(f"{name}.out", F.gelu(m.linear(f"{name}.hidden", x)))


def scores(m, head, w):
    """All scores of one head for the words' vectors, or None where the sentence is too short for a pair."""
    name, labels = f"head.{head['name']}", len(head["labels"])
    if head["kind"] == "linear":
        return m.linear(name, w)
    if head["kind"] == "biaffine":
        return biaffine(m, name, labels, w)
    return pooled(m, name, w) if len(w) >= RECIPIENT.stop else None


def sample(values):
    """Some 25 numbers spread over a tensor, as [index, value] with 5 decimals."""
    flat = values.flatten()
    step = max(1, len(flat) // 24)
    return [[i, round(float(flat[i]), 5)] for i in range(0, len(flat), step)]


def values_of(m):
    """The reference values of a model file on the sentences, unmarked and marked."""
    splitter, out = Splitter(m.vocab), []
    for sentence in SENTENCES:
        words = sentence.split("\t")
        marked = [1 if i in ACTOR else 2 if i in RECIPIENT else 0 for i in range(len(words))]
        for marks in ([0] * len(words), marked):
            pieces, w = encode(m, splitter, words, marks)
            heads = {head["name"]: scores(m, head, w) for head in m.meta["heads"]}
            out.append({"words": words, "marks": marks, "pieces": pieces, "vectors": sample(w),
                        "heads": {name: sample(s) for name, s in heads.items() if s is not None}})
    return {"model": m.meta["name"], "digest": m.meta["digest"],
            "actor": [ACTOR.start, ACTOR.stop], "recipient": [RECIPIENT.start, RECIPIENT.stop], "sentences": out}


def digest_of_pieces(shared):
    """SHA-256 over the pieces of all words of the shared data, each as four bytes with ff ff ff ff after each word.

    Words are what stands between ASCII white space in files that are UTF-8, in the order of the files' paths, first
    occurrences only.
    """
    from encoder import minilm_folder
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    words = {}
    for name in sorted(p.relative_to(shared).as_posix() for p in (shared / "data").rglob("*") if p.is_file()):
        try:
            text = (shared / name).read_bytes().decode()
        except UnicodeDecodeError:
            continue
        words.update(dict.fromkeys(re.split("[ \t\n\r]+", text)))
    words.pop("", None)
    words, digest = list(words), hashlib.sha256()
    for start in range(0, len(words), 10000):
        for encoding in tokenizer.encode_batch(words[start:start + 10000], add_special_tokens=False):
            ids = encoding.ids or [tokenizer.token_to_id("[UNK]")]
            digest.update(np.array(ids + [0xffffffff], "<u4").tobytes())
    return {"words": len(words), "sha256": digest.hexdigest()}


TINY = {"layers": 2, "hidden": 48, "heads": 4, "intermediate": 96, "positions": 64, "epsilon": 1e-12}
TINY_HEADS = [
    {"name": "upos", "kind": "linear", "labels": [f"tag{i}" for i in range(17)]},
    {"name": "cue", "kind": "linear", "labels": ["O", "B", "I"]},
    {"name": "arc", "kind": "biaffine", "labels": ["arc"], "groups": [1]},
    {"name": "argument", "kind": "biaffine", "labels": [f"{t}-{r}" for r in "ap" for t in "OBI"], "groups": [3, 3]},
    {"name": "pair", "kind": "pooled", "labels": ["AGREE", "ACCUSE", "AID"]},
]


def tiny_vocab():
    """Special pieces, all ASCII letters and digits begun and continued, and some longer pieces."""
    signs = [chr(c) for c in range(33, 127) if not "A" <= chr(c) <= "Z"]
    longer = ["the", "minister", "police", "##ed", "##s", "##ing", "##ister", "said", "cafe", "東", "京", "при", "##вет", "“", "”"]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + signs + [f"##{s}" for s in signs if s.isalnum()] + longer
    return list(dict.fromkeys(pieces))


def tiny(folder):
    """Writes the tiny model: random weights, seeded."""
    rng, c, t, vocab = np.random.default_rng(7), TINY, {}, tiny_vocab()

    def floats(name, *shape, mean=0.0, spread=0.1):
        t[name] = (mean + spread * rng.standard_normal(shape)).astype(np.float32)

    def matrix(name, rows, columns, bias=True):
        t[f"{name}.weight"] = rng.integers(-1023, 1024, (rows, columns)).astype(np.int16)
        t[f"{name}.scale"] = (rng.uniform(0.5, 1.5, rows) * 2 / 1023 / columns ** 0.5).astype(np.float32)
        if bias:
            floats(f"{name}.bias", rows)

    def norm(name):
        floats(f"{name}.weight", c["hidden"], mean=1.0)
        floats(f"{name}.bias", c["hidden"])

    h = c["hidden"]
    t["vocab"] = np.frombuffer("\n".join(vocab).encode(), np.uint8)
    t["embeddings.word.weight"] = rng.integers(-127, 128, (len(vocab), h)).astype(np.int8)
    t["embeddings.word.scale"] = rng.uniform(0.005, 0.01, len(vocab)).astype(np.float32)
    for name, rows in (("position", c["positions"]), ("shape", 9), ("mark", 3)):
        floats(f"embeddings.{name}", rows, h, spread=0.3)
    norm("embeddings.norm")
    for i in range(c["layers"]):
        at = f"layer.{i}"
        for name, rows, columns in (("qkv", 3 * h, h), ("out", h, h), ("up", c["intermediate"], h),
                                    ("down", h, c["intermediate"])):
            matrix(f"{at}.{name}", rows, columns)
        norm(f"{at}.norm1")
        norm(f"{at}.norm2")
    for head in TINY_HEADS:
        at, labels, size = f"head.{head['name']}", len(head["labels"]), 10
        if head["kind"] == "linear":
            matrix(at, labels, h)
        elif head["kind"] == "biaffine":
            matrix(f"{at}.left", size, h)
            matrix(f"{at}.right", size, h)
            matrix(f"{at}.bilinear", labels * (size + 1), size + 1, bias=False)
            floats(f"{at}.distance", labels, 65)
        else:
            matrix(f"{at}.hidden", size, 3 * h)
            matrix(f"{at}.out", labels, size)
    # The rest stays as it is: both layouts are to be read.
    for name in ("layer.1.up", "layer.1.down", "head.cue", "head.argument.left"):
        t[f"{name}.weight"] = packed(t[f"{name}.weight"])
    write(folder / "tiny.safetensors", t, {"name": "tiny", "encoder": c, "window": 40, "heads": TINY_HEADS})


def packed(integers):
    """Two integers of a row in three bytes, by their twelve bits from the lowest to the highest."""
    bits = np.unpackbits(integers.astype("<i2").view(np.uint8).reshape(*integers.shape, 2), axis=-1, bitorder="little")
    return np.packbits(bits[..., :12].reshape(len(integers), -1), axis=-1, bitorder="little")


def write(path, tensors, meta):
    from safetensors.numpy import save_file

    digest = hashlib.sha256()
    for name in sorted(tensors):
        digest.update(name.encode())
        digest.update(tensors[name].tobytes())
    meta = {"format": 2, "digest": digest.hexdigest(), **meta}
    save_file(tensors, path, {"rapporteur": json.dumps(meta, ensure_ascii=False)})


def main(arguments):
    torch.set_num_threads(1)
    match arguments:
        case ["--pieces", shared, out]:
            values = digest_of_pieces(pathlib.Path(shared))
        case ["--tiny", folder]:
            tiny(pathlib.Path(folder))
            values, out = values_of(ModelFile(f"{folder}/tiny.safetensors")), f"{folder}/tiny.json"
        case [model, out]:
            values = values_of(ModelFile(model))
        case _:
            raise SystemExit(__doc__)
    pathlib.Path(out).write_text(json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    with torch.no_grad():
        main(sys.argv[1:])
