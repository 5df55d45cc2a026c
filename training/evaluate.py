#!/usr/bin/env python3
"""How well checkpoints tell the labels of the development parts, word by word: quick to see, but not the scores of `just score`.

usage: evaluate.py CONFIG.toml CHECKPOINT.pt … [--shared ../shared]

Prints for each head the F1 of labels other than the first (O), at the annotated predicates where it has any; the accuracy for heads
where every word has a label.
"""

import argparse
import pathlib
import tomllib
from collections import Counter

import torch

from documents import IGNORE, Pieces, Windows
from losses import arc_scores, pair_scores, span_scores
from schedule import Feeder, batches_of
from train import HERE, corpora, restored

TASKS = ["ewt", "gum", "attribution", "events", "names", "facts"]
COUNTED_WHOLE = {"upos", "feats", "lemma", "arc", "relation", "mode", "status", "factuality"}


def answers(net, batch):
    """(head, labels found, gold) of a batch, of like shapes."""
    words = net.words(batch)
    for head, gold in batch.tags.items():
        yield head, net.linear[head](words).argmax(-1), gold
    for head, (row, at, label) in batch.points.items():
        yield head, net.linear[head](words[row, at]).argmax(-1), label
    if batch.tree is not None:
        yield "arc", arc_scores(net, words, batch).argmax(-1), batch.tree[0]
    for head, (row, at, gold) in batch.predicates.items():
        found = span_scores(net, head, words, row, at, gold.shape[1]).argmax(-1)
        for group in range(gold.shape[1]):
            yield f"{head}.{group}" if gold.shape[1] > 1 else head, found[:, group], gold[:, group]
    if batch.pair is not None:
        best = pair_scores(net, words, batch).argmax(-1)
        yield "pair", batch.pair[2].gather(1, best[:, None])[:, 0].long(), torch.ones_like(best)


@torch.no_grad()
def measure(net, tasks, device):
    """{head: (F1 or accuracy)} over all batches of the tasks."""
    net.eval()
    counts = Counter()
    for task in tasks:
        for batch in batches_of(task, 0):
            for head, found, gold in answers(net, batch.to(device)):
                known = gold != IGNORE
                right = (found == gold) & known
                counts[head, "all"] += int(known.sum())
                counts[head, "same"] += int(right.sum())
                counts[head, "right"] += int((right & (gold > 0)).sum())
                counts[head, "said"] += int((known & (found > 0)).sum())
                counts[head, "gold"] += int((known & (gold > 0)).sum())
    out = {}
    for head in sorted({h for h, _ in counts}):
        c = {k: counts[head, k] for k in ("all", "same", "right", "said", "gold")}
        out[head] = c["same"] / c["all"] if head in COUNTED_WHOLE or head == "pair" else 2 * c["right"] / max(1, c["said"] + c["gold"])
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("config", type=pathlib.Path)
    p.add_argument("checkpoints", type=pathlib.Path, nargs="+")
    p.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    args = p.parse_args()
    config = {**tomllib.loads(args.config.read_text()), "limits": [192]}
    source, pieces = corpora(args, config), Pieces()
    documents = {task: source.load(task, "dev") for task in TASKS}
    device = "cuda" if torch.cuda.is_available() else "cpu"
    for path in args.checkpoints:
        saved = torch.load(path, map_location="cpu")
        net = restored(saved, device)
        Feeder(documents, Windows(saved["labels"], pieces, 192), pieces, config)
        found = measure(net, TASKS, device)
        print(path, " ".join(f"{head} {100 * x:.2f}" for head, x in found.items()), flush=True)


if __name__ == "__main__":
    main()
