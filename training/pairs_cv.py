#!/usr/bin/env python3
"""Five-fold cross-validation of given pairs on PLV_train, folds by sentence; prints the shared scorer's measures.

usage: pairs_cv.py CONFIG.toml --start CHECKPOINT.pt [--shared ../shared] [--threads N]

CHECKPOINT must not have seen PLV_train: what configs/full.toml, second.toml, fourth.toml and `just train-unseen` give has not. Each fold
goes on from it with the tasks of CONFIG, where the task `plv` stands for the other folds' rows, once for each of its seeds; the mean of their weights labels
the fold's own rows, as the shipped model is the mean of runs. Runs on a GPU where there is one. With --keep FOLDER what each seed gave
stays there, and a run that was stopped goes on from it: a folder of its own for each CONFIG, CHECKPOINT and state of the corpora.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import tomllib
import zlib

import torch

import schedule
from average import mean
from batches import gather
from documents import Pieces, Windows
from labels import FIXED
from losses import pair_scores
from train import HERE, Mean, batch_counts, corpora, descend, optimiser, restored

FOLDS = 5
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def fold_of(group):
    """The fold of a sentence, the same everywhere."""
    return zlib.crc32(str(group).encode()) % FOLDS


def fold_net(saved, documents, windows, pieces, config, fold, keep):
    """The mean of the networks that the seeds of CONFIG give on `documents`."""
    states = [seed_state(saved, documents, windows, pieces, {**config, "seed": seed}, fold, keep) for seed in config["seeds"]]
    net = restored(saved, DEVICE)
    net.load_state_dict({name: mean([state[name] for state in states]) for name in states[0]})
    return net


def seed_state(saved, documents, windows, pieces, config, fold, keep):
    """The weights that one seed gives; those that lie in `keep` are not trained again."""
    path = keep / f"{config['seed']}-{fold}.pt" if keep else None
    if path and path.exists():
        return torch.load(path, map_location="cpu")
    torch.manual_seed(config["seed"] + fold)
    net = restored(saved, DEVICE)
    fit(net, documents, windows, pieces, config)
    state = {name: x.cpu() for name, x in net.state_dict().items()}
    if path:
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)
    return state


def fit(net, documents, windows, pieces, config):
    """All steps of CONFIG on `documents`; ends with the mean of the weights of the last third."""
    counts = batch_counts(documents, pieces, config)
    names = schedule.order(list(config["epochs"]), counts, config["seed"])
    opt, rate = optimiser(net, config, len(names))
    feeder = schedule.Feeder(documents, windows, pieces, config)
    parameters = [p for p in net.parameters() if p.requires_grad]
    net.train()
    mean = Mean(net, 1 / 3, len(names), every=4)
    for step, task in enumerate(names):
        descend(net, feeder.next(task).to(DEVICE), config, opt, parameters)
        rate.step()
        mean.look(step)
    mean.result()


@torch.no_grad()
def label(net, documents, windows, pieces, types):
    """The most likely type of each pair; CONCEDE and RETREAT count together, as the set's YIELD."""
    net.eval()
    out = []
    for d in documents:
        batch = gather(windows.of(d)[:1], pieces).to(DEVICE)
        p = dict(zip(types, pair_scores(net, net.words(batch), batch)[0].softmax(-1).tolist()))
        both = p.pop("CONCEDE") + p.pop("RETREAT")
        best = max(p, key=p.get)
        out.append(best if p[best] >= both else "CONCEDE")
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("config", type=pathlib.Path)
    p.add_argument("--start", type=pathlib.Path, required=True)
    p.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--keep", type=pathlib.Path, help="folder for the weights of each fold and seed")
    p.add_argument("--folds", type=int, default=FOLDS, help="how many of the five folds to run")
    args = p.parse_args()
    config = tomllib.loads(args.config.read_text())
    torch.set_num_threads(args.threads)
    source, pieces, saved = corpora(args, config), Pieces(), torch.load(args.start, map_location="cpu")
    rows, origins = source.pairs("PLV_train")
    saved["labels"] = {**saved["labels"], **FIXED}
    windows = Windows(saved["labels"], pieces, 192)
    others = {t: source.load(t, "train") for t in config["epochs"] if t != "plv"}
    predicted = {}
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
    for fold in range(args.folds):
        rest = [d for d, (_, g) in zip(rows, origins) if fold_of(g) != fold]
        net = fold_net(saved, {**others, "plv": rest}, windows, pieces, config, fold, args.keep)
        own = [i for i, (_, g) in enumerate(origins) if fold_of(g) == fold]
        types = label(net, [rows[i] for i in own], windows, pieces, saved["labels"]["pair"])
        predicted.update((origins[i][0], t) for i, t in zip(own, types))
        print(f"fold {fold + 1}: {len(own)} rows", file=sys.stderr, flush=True)
    score(args.shared, predicted)


def score(shared, predicted):
    """Runs tools/score_pairs.py on the rows that have a prediction."""
    gold = (shared / "data/events/PLV_train.tsv").read_text(encoding="utf8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        kept, labels = pathlib.Path(folder) / "gold.tsv", pathlib.Path(folder) / "labels.txt"
        order = sorted(predicted)
        kept.write_text("\n".join([gold[0]] + [gold[i + 1] for i in order]) + "\n", encoding="utf8")
        labels.write_text("\n".join(predicted[i] for i in order) + "\n")
        subprocess.run([sys.executable, str(shared / "tools/score_pairs.py"), str(kept), str(labels)], check=True)


if __name__ == "__main__":
    main()
