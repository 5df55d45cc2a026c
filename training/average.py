#!/usr/bin/env python3
"""Averages the weights of checkpoints of one run of passes (Wortsman et al. 2022, model soups); all count alike.

usage: average.py OUT.pt CHECKPOINT.pt CHECKPOINT.pt …

Where later passes know labels that earlier ones do not, behind the others, the mean of these is that of the later ones.
"""

import sys

import torch


def mean(tensors):
    """Mean of tensors, of each number over those that have it."""
    largest = max(tensors, key=torch.Tensor.numel)
    total, count = torch.zeros(largest.shape), torch.zeros(largest.shape)
    for tensor in tensors:
        part = tuple(slice(0, n) for n in tensor.shape)
        total[part] += tensor.float()
        count[part] += 1
    return (total / count).to(largest.dtype)


def extends(labels, others):
    """Whether each head has the labels of the other, in their order, and perhaps more behind them."""
    return labels.keys() == others.keys() and all(own[:len(others[head])] == others[head] for head, own in labels.items())


def main(out, *paths):
    if len(paths) < 2:
        raise SystemExit(__doc__)
    saved = [torch.load(path, map_location="cpu") for path in paths]
    whole = max(saved, key=lambda s: sum(map(len, s["labels"].values())))
    if not all(extends(whole["labels"], other["labels"]) for other in saved):
        raise SystemExit("average.py: the checkpoints have other labels, so they are not of one run")
    net = {name: mean([s["net"][name] for s in saved]) for name in whole["net"]}
    torch.save({**whole, "net": net}, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
