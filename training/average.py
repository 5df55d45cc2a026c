#!/usr/bin/env python3
"""Averages the weights of checkpoints of one run of passes (Wortsman et al. 2022, model soups); all count alike.

usage: average.py OUT.pt CHECKPOINT.pt CHECKPOINT.pt …
"""

import sys

import torch


def main(out, *paths):
    if len(paths) < 2:
        raise SystemExit(__doc__)
    saved = [torch.load(path, map_location="cpu") for path in paths]
    first = saved[0]
    if any(other["labels"] != first["labels"] for other in saved):
        raise SystemExit("average.py: the checkpoints have other labels, so they are not of one run")
    net = {name: torch.stack([s["net"][name].float() for s in saved]).mean(0).to(tensor.dtype)
           for name, tensor in first["net"].items()}
    torch.save({**first, "net": net}, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
