#!/usr/bin/env python3
"""Trains encoder and heads jointly.

usage: train.py CONFIG.toml [--shared ../shared] [--out training/work/NAME] [--start CHECKPOINT] [--threads N] [--no-resume]

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

import schedule
from documents import Pieces, Windows, gather
from encoder import Encoder, EncoderConfig, load_minilm
from heads import Network
from labels import inventory
from losses import losses
from tasks import Corpora

HERE = pathlib.Path(__file__).resolve().parent


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("config", type=pathlib.Path)
    p.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    p.add_argument("--out", type=pathlib.Path)
    p.add_argument("--start", type=pathlib.Path, help="weights to start from instead of MiniLM")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--no-resume", action="store_true")
    return p.parse_args()


def corpora(args, config):
    work = HERE / "work"
    return Corpora(args.shared / "data", config["tokeniser"], work / "cache")


def build(config, labels):
    """A fresh network: MiniLM's weights, or random ones of a small size for tests."""
    small = config.get("encoder")
    encoder = Encoder(EncoderConfig(**small)) if small else load_minilm()
    return Network(encoder, labels, config["sizes"])


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


def descend(net, batch, config, opt, parameters, device):
    """One step of the optimiser on a batch; returns the loss of each head, none where the batch teaches nothing."""
    with torch.autocast(device, dtype=torch.bfloat16):
        found = losses(net, batch)
    opt.zero_grad(set_to_none=True)
    if found:
        sum(config["weights"].get(head, 1.0) * loss for head, loss in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        opt.step()
    return found


def main():
    args = arguments()
    config = tomllib.loads(args.config.read_text())
    out = args.out or HERE / "work" / args.config.stem
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config["seed"])
    torch.set_num_threads(args.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    # Labels and batches are made on the CPU; on a GPU the default device saves moving each by hand.
    if device == "cuda":
        torch.set_default_device(device)

    source, pieces = corpora(args, config), Pieces()
    documents = {task: source.load(task, "train")[:config.get("documents")] for task in config["epochs"]}
    started = torch.load(args.start, map_location=device) if args.start else None
    trees = [d for task in ("ewt", "gum") for d in documents.get(task, [])]
    labels = started["labels"] if started else inventory(trees)
    net = build(config, labels)
    if started:
        net.load_state_dict(started["net"])
    windows = Windows(labels, pieces, max(config["limits"]))
    counts = batch_counts(documents, pieces, config)
    names = schedule.order(list(config["epochs"]), counts, config["seed"])
    opt, rate = optimiser(net, config, len(names))
    at, checkpoint = 0, out / "checkpoint.pt"
    if checkpoint.exists() and not args.no_resume:
        saved = torch.load(checkpoint, map_location=device)
        net.load_state_dict(saved["net"]), opt.load_state_dict(saved["opt"]), rate.load_state_dict(saved["rate"])
        at = saved["step"]
        print(f"going on at step {at}", flush=True)
    print(json.dumps({"steps": len(names), **counts}), flush=True)
    train(net, opt, rate, names, at, documents, windows, pieces, config, checkpoint, device)
    save(out / "final.pt", net, config, {})


def train(net, opt, rate, names, at, documents, windows, pieces, config, checkpoint, device):
    """All steps from `at` on."""
    streams = {t: schedule.stream(t, d, windows, config, config["seed"]) for t, d in documents.items()}
    for task in names[:at]:
        next(streams[task])
    torch.manual_seed(config["seed"] + at)
    net.train()
    seen, since, shown, sums = 0, time.time(), time.time(), {}
    parameters = [p for p in net.parameters() if p.requires_grad]
    for step, task in itertools.islice(enumerate(names), at, None):
        with torch.device("cpu"):
            batch = gather(next(streams[task]), pieces)
        found = descend(net, batch, config, opt, parameters, device)
        rate.step()
        seen += batch.pieces.numel()
        for head, loss in found.items():
            n, x = sums.get(head, (0, 0.0))
            sums[head] = (n + 1, x + loss.item())
        if (step + 1) % config["report_every"] == 0 or step + 1 == len(names):
            shares = " ".join(f"{h} {x / n:.3f}" for h, (n, x) in sorted(sums.items()))
            print(f"step {step + 1}/{len(names)} {seen / (time.time() - since):.0f} pieces/s  {shares}", flush=True)
            sums = {}
        if time.time() - shown > 60 * config["checkpoint_minutes"]:
            save(checkpoint, net, config, {"opt": opt.state_dict(), "rate": rate.state_dict(), "step": step + 1})
            shown = time.time()
    save(checkpoint, net, config, {"opt": opt.state_dict(), "rate": rate.state_dict(), "step": len(names)})


if __name__ == "__main__":
    main()
