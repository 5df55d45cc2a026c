#!/usr/bin/env python3
"""Quantises a trained network into the shipped model file (docs/model-file.md).

usage: export.py CHECKPOINT.pt MODEL.safetensors [--name rapporteur-0.1] [--window PIECES]
"""

import argparse
import hashlib
import json
import pathlib

import torch
from safetensors.torch import save_file

from labels import GROUPS

SHIPPED_LINEAR = ("upos", "feats", "lemma", "names", "entities", "cue", "trigger", "mode", "status", "factuality")
SHIPPED_BIAFFINE = ("arc", "relation", "attribution", "argument")
LIMIT, WORD_LIMIT = 1023, 127


def quantise(matrix, limit, kind):
    """Integers within ±limit and the scale of each row."""
    scale = matrix.abs().amax(1).clamp(min=1e-12) / limit
    return (matrix / scale[:, None]).round().clamp(-limit, limit).to(kind).contiguous(), scale.float()


def packed(integers):
    """Rows of 16-bit integers of at most twelve bits, two in three bytes, the first in the lower bits: U8 [rows, columns / 2 * 3]."""
    first, second = (integers[:, i::2].int() & 0xFFF for i in (0, 1))
    triples = torch.stack([first & 0xFF, first >> 8 | (second & 0xF) << 4, second >> 4], -1)
    return triples.to(torch.uint8).reshape(len(integers), -1).contiguous()


class File:
    """Tensors under their names in the model file."""

    def __init__(self):
        self.tensors = {}

    def matrix(self, name, weight, bias=None):
        integers, self.tensors[f"{name}.scale"] = quantise(weight.float(), LIMIT, torch.int16)
        self.tensors[f"{name}.weight"] = integers if integers.shape[1] % 2 else packed(integers)
        if bias is not None:
            self.tensors[f"{name}.bias"] = bias.float().contiguous()

    def norm(self, name, net, at):
        self.tensors[f"{name}.weight"] = net[f"{at}.weight"].float().contiguous()
        self.tensors[f"{name}.bias"] = net[f"{at}.bias"].float().contiguous()

    def linear(self, name, net, at):
        self.matrix(name, net[f"{at}.weight"], net[f"{at}.bias"])

    def digest(self):
        """SHA-256 over names and bytes in order of name."""
        sha = hashlib.sha256()
        for name, tensor in sorted(self.tensors.items()):
            sha.update(name.encode())
            sha.update(tensor.numpy().tobytes())
        return sha.hexdigest()


def add_encoder(out, net, layers):
    out.tensors["embeddings.word.weight"], out.tensors["embeddings.word.scale"] = quantise(
        net["encoder.word.weight"].float(), WORD_LIMIT, torch.int8)
    for name in ("position", "shape", "mark"):
        out.tensors[f"embeddings.{name}"] = net[f"encoder.{name}.weight"].float().contiguous()
    out.norm("embeddings.norm", net, "encoder.norm")
    for i in range(layers):
        for part in ("qkv", "out", "up", "down"):
            out.linear(f"layer.{i}.{part}", net, f"encoder.layers.{i}.{part}")
        for part in ("norm1", "norm2"):
            out.norm(f"layer.{i}.{part}", net, f"encoder.layers.{i}.{part}")


def add_heads(out, net, labels):
    """All shipped heads; returns their descriptions for the metadata."""
    heads = []
    for name in SHIPPED_LINEAR:
        out.linear(f"head.{name}", net, f"linear.{name}")
        heads.append({"name": name, "kind": "linear", "labels": labels[name]})
    for name in SHIPPED_BIAFFINE:
        own = ["arc"] if name == "arc" else labels[name]
        for side in ("left", "right"):
            out.linear(f"head.{name}.{side}", net, f"biaffine.{name}.{side}")
        bilinear = net[f"biaffine.{name}.bilinear"]
        out.matrix(f"head.{name}.bilinear", bilinear.reshape(-1, bilinear.shape[-1]))
        out.tensors[f"head.{name}.distance"] = net[f"biaffine.{name}.distance"].float().contiguous()
        heads.append({"name": name, "kind": "biaffine", "labels": own, "groups": GROUPS.get(name, [len(own)])})
    for part in ("hidden", "out"):
        out.linear(f"head.pair.{part}", net, f"pooled.pair.{part}")
    heads.append({"name": "pair", "kind": "pooled", "labels": labels["pair"]})
    return heads


def vocabulary():
    from encoder import minilm_folder
    return torch.frombuffer(bytearray((minilm_folder() / "vocab.txt").read_bytes()), dtype=torch.uint8).clone()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint", type=pathlib.Path)
    p.add_argument("model", type=pathlib.Path)
    p.add_argument("--name", default="rapporteur-0.1")
    p.add_argument("--window", type=int, help="most word pieces that are read at a time; as in training otherwise")
    args = p.parse_args()
    saved = torch.load(args.checkpoint, map_location="cpu")
    net, labels, config = saved["net"], saved["labels"], saved["config"]
    out = File()
    out.tensors["vocab"] = vocabulary()
    size = {"layers": 6, "hidden": 384, "heads": 12, "intermediate": 1536, "positions": 512, "epsilon": 1e-12}
    size.update({k: v for k, v in config.get("encoder", {}).items() if k in size})
    add_encoder(out, net, size["layers"])
    heads = add_heads(out, net, labels)
    meta = {"format": 2, "name": args.name, "digest": out.digest(), "encoder": size, "window": args.window or max(config["limits"]), "heads": heads}
    save_file(out.tensors, args.model, metadata={"rapporteur": json.dumps(meta, ensure_ascii=False, sort_keys=True)})
    print(f"{args.model}: {args.model.stat().st_size / 1e6:.1f} MB, digest {meta['digest']}")


if __name__ == "__main__":
    main()
