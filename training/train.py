#!/usr/bin/env python3
"""Trains encoder and heads jointly.

usage: train.py CONFIG.toml [--shared ../shared] [--out training/work/NAME] [--start CHECKPOINT] [--teacher CHECKPOINT …]
                [--labels CHECKPOINT] [--seed N] [--without TASK …] [--share X] [--threads N] [--workers N] [--no-resume]

Writes OUT/checkpoint.pt every few minutes and OUT/final.pt at the end; started again with the same OUT it goes on
where it stopped. `training/export.py OUT/final.pt` makes the shipped model file. Runs on a GPU where there is one.
"""

import argparse
import itertools
import json
import pathlib
import time
import tomllib

import torch

import distil
import schedule
from documents import Pieces, Windows
from encoder import Encoder, EncoderConfig, load_minilm
from heads import Network
from labels import FIXED, inventory
from losses import losses
from tasks import Corpora
from teacher import MPNET, load_mpnet

PUBLISHED = {"minilm": load_minilm, "mpnet": load_mpnet}
HERE = pathlib.Path(__file__).resolve().parent


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("config", type=pathlib.Path)
    p.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    p.add_argument("--out", type=pathlib.Path)
    p.add_argument("--start", type=pathlib.Path, help="weights to start from instead of MiniLM")
    p.add_argument("--teacher", type=pathlib.Path, nargs="*", default=[], help="checkpoints to learn from beside the labels")
    p.add_argument("--labels", type=pathlib.Path, help="checkpoint whose labels the heads have; those of --start, or counted, otherwise")
    p.add_argument("--seed", type=int, help="in place of the configuration's")
    p.add_argument("--without", nargs="*", default=[], help="tasks of the configuration to leave out")
    p.add_argument("--share", type=float, default=1.0, help="how much of the configuration's epochs is run")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--workers", type=int, default=0, help="processes that make batches ahead")
    p.add_argument("--no-resume", action="store_true")
    return p.parse_args()


def configuration(args):
    """The configuration, as the arguments change it."""
    config = tomllib.loads(args.config.read_text())
    config["seed"] = config["seed"] if args.seed is None else args.seed
    config["epochs"] = {task: epochs * args.share for task, epochs in config["epochs"].items() if task not in args.without}
    return config


def corpora(args, config):
    work = HERE / "work"
    return Corpora(args.shared / "data", config["tokeniser"], work / "cache")


def build(config, labels):
    """A fresh network: published weights, or random ones of a small size for tests."""
    encoder = Encoder(EncoderConfig(**config["encoder"])) if "encoder" in config else PUBLISHED[config.get("published", "minilm")]()
    return Network(encoder, labels, config["sizes"])


def restored(saved, device):
    """The network of a checkpoint; labels that it has not yet (a new role of arguments) start from nothing."""
    saved["labels"] = {**saved["labels"], **FIXED}
    size = MPNET if saved["config"].get("published") == "mpnet" else EncoderConfig(**saved["config"].get("encoder", {}))
    net = Network(Encoder(size), saved["labels"], saved["config"]["sizes"])
    state = net.state_dict()
    for name, own in saved["net"].items():
        state[name][tuple(slice(0, n) for n in own.shape)] = own.float()
    net.load_state_dict(state)
    return net.to(device)


def optimiser(net, config, steps):
    """AdamW with a higher rate for heads; linear warm-up and decay."""
    encoder = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    opt = torch.optim.AdamW([{"params": encoder, "lr": config["rate_encoder"]}, {"params": heads, "lr": config["rate_heads"]}],
                            weight_decay=0.01, fused=True)
    warm = max(1, int(steps * config["warm_up"]))
    rate = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm))))
    return opt, rate


def save(path, net, config, extra):
    """Writes a checkpoint whole or not at all."""
    part = path.with_suffix(".part")
    torch.save({"net": net.state_dict(), "labels": net.labels, "config": config, **extra}, part)
    part.replace(path)


def piece_count(documents, pieces):
    return sum(len(pieces.of(w)) for d in documents for w in d.words) + 2 * sum(len(d.starts) for d in documents) // 4


def batch_counts(documents, pieces, config):
    """How many batches of each task the epochs of `config` are."""
    return {task: max(1, round(epochs * piece_count(documents[task], pieces) / config["batch_pieces"]))
            for task, epochs in config["epochs"].items()}


def descend(net, batch, config, opt, parameters, teachers=None):
    """One step of the optimiser on a batch; returns the loss of each head, none where the batch teaches nothing."""
    with torch.autocast(batch.pieces.device.type, dtype=torch.bfloat16):
        words = net.words(batch)
        told = losses(net, batch, words)
        taught = distil.agreement(net, batch, words, teachers) if teachers else {}
    weight = config["weights"]
    total = [weight.get(head, 1.0) * loss for head, loss in told.items()]
    total += [config["teaching"] * weight.get(head, 1.0) * loss for head, loss in taught.items()]
    opt.zero_grad(set_to_none=True)
    if total:
        sum(total).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        opt.step()
    return {**told, **{f"{head}~": loss for head, loss in taught.items()}}


class Mean:
    """Mean of the weights over the last part of a run, taken every few steps (Izmailov et al. 2018)."""

    def __init__(self, net, share, steps, every=8):
        self.net, self.first, self.every, self.state = net, steps - share * steps, every, (None, 0)

    def look(self, step):
        """Takes the weights after `step` in, where it is time."""
        if step >= self.first and step % self.every == 0:
            own = {name: x.detach().float() for name, x in self.net.state_dict().items()}
            sums, taken = self.state
            self.state = ({name: x.clone() if sums is None else sums[name].add_(x) for name, x in own.items()}, taken + 1)

    def result(self):
        """The network with the mean's weights, or as it is where none were taken."""
        sums, taken = self.state
        if taken:
            self.net.load_state_dict({name: x / taken for name, x in sums.items()})
        return self.net


def main():
    args = arguments()
    config = configuration(args)
    out = args.out or HERE / "work" / args.config.stem
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config["seed"])
    torch.set_num_threads(args.threads)
    source, pieces = corpora(args, config), Pieces()
    documents = {task: source.load(task, "train")[:config.get("documents")] for task in config["epochs"]}
    started = torch.load(args.start, map_location="cpu") if args.start else None
    known = started or (torch.load(args.labels, map_location="cpu") if args.labels else None)
    trees = [d for task in ("ewt", "gum") for d in documents.get(task, [])]
    labels = {**known["labels"], **FIXED} if known else inventory(trees)
    windows = Windows(labels, pieces, max(config["limits"]))
    # Before anything touches the GPU: the processes that make batches are forked.
    feeder = schedule.Feeder(documents, windows, pieces, config, args.workers)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = restored(started, device) if started else build(config, labels).to(device)
    taught = [restored(torch.load(path, map_location="cpu"), device) for path in args.teacher]
    counts = batch_counts(documents, pieces, config)
    names = schedule.order(list(config["epochs"]), counts, config["seed"])
    opt, rate = optimiser(net, config, len(names))
    mean = Mean(net, config.get("mean", 0.0), len(names))
    at, checkpoint = 0, out / "checkpoint.pt"
    if checkpoint.exists() and not args.no_resume:
        saved = torch.load(checkpoint, map_location=device)
        net.load_state_dict(saved["net"]), opt.load_state_dict(saved["opt"]), rate.load_state_dict(saved["rate"])
        at, mean.state = saved["step"], saved["mean"]
        print(f"going on at step {at}", flush=True)
    print(json.dumps({"steps": len(names), **counts}), flush=True)
    train(net, opt, rate, names, at, feeder, mean, distil.Teachers(taught) if taught else None, config, checkpoint)
    save(out / "final.pt", mean.result(), config, {})


def train(net, opt, rate, names, at, feeder, mean, teachers, config, checkpoint):
    """All steps from `at` on."""
    for task in names[:at]:
        feeder.next(task)
    torch.manual_seed(config["seed"] + at)
    net.train()
    device = next(net.parameters()).device
    seen, since, shown, sums = 0, time.time(), time.time(), {}
    parameters = [p for p in net.parameters() if p.requires_grad]
    for step, task in itertools.islice(enumerate(names), at, None):
        batch = feeder.next(task).to(device)
        found = descend(net, batch, config, opt, parameters, teachers)
        rate.step()
        mean.look(step)
        seen += batch.pieces.numel()
        for head, loss in found.items():
            n, x = sums.get(head, (0, 0.0))
            sums[head] = (n + 1, x + loss.detach())
        if (step + 1) % config["report_every"] == 0 or step + 1 == len(names):
            shares = " ".join(f"{h} {float(x) / n:.3f}" for h, (n, x) in sorted(sums.items()))
            print(f"step {step + 1}/{len(names)} {seen / (time.time() - since):.0f} pieces/s  {shares}", flush=True)
            sums = {}
        if time.time() - shown > 60 * config["checkpoint_minutes"]:
            save(checkpoint, net, config, {"opt": opt.state_dict(), "rate": rate.state_dict(), "step": step + 1, "mean": mean.state})
            shown = time.time()


if __name__ == "__main__":
    main()
