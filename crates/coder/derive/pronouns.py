#!/usr/bin/env python3
"""Learn data/pronouns.tsv: weights of the features by which the coder chooses whom "he" and "she" mean (src/ranking.rs).

    measure pronouns gap-development.tsv gap-validation.tsv en_gum-train.conllu > choices.jsonl
    pronouns.py choices.jsonl > ../data/pronouns.tsv

A log-linear model ranks the candidates of one pronoun; the right one is a candidate with the name that GAP says is meant,
or, where neither name is, any without them; of GUM, where one name stands for whom the pronoun means, pronouns that mean
nobody among their candidates are left out. Regularised by the squares of the weights; weights that hardly matter are left
out. As earlier pronouns are resolved with the weights of before, a second round with new choices settles it. With
`--folds 5` it prints F1 in cross-validation instead, as CSV for scores/: what other texts will give.
"""
import argparse
import json
import sys

import numpy
from scipy.optimize import minimize

PENALTY = 4.0
# Smaller weights change no choice.
SMALLEST = 0.03


def targets(example):
    names = [set(c["names"]) for c in example["candidates"]]
    meant = {i for i, yes in enumerate(example["meant"]) if yes}
    if meant or example["id"].startswith("GUM"):
        return [i for i, n in enumerate(names) if n & meant]
    return [i for i, n in enumerate(names) if not n]


def train(examples):
    names = sorted({name for e in examples for c in e["candidates"] for name, _ in c["features"]})
    column = {name: i for i, name in enumerate(names)}
    rows = []
    for example in examples:
        right = targets(example)
        if not right or len(right) == len(example["candidates"]):
            continue
        matrix = numpy.zeros((len(example["candidates"]), len(names)))
        for row, candidate in zip(matrix, example["candidates"]):
            for name, value in candidate["features"]:
                row[column[name]] += value
        rows.append((matrix, right))

    def loss(weights):
        total, gradient = PENALTY / 2 * weights @ weights, PENALTY * weights
        for matrix, right in rows:
            scores = matrix @ weights
            odds = numpy.exp(scores - scores.max())
            wanted = numpy.zeros(len(odds))
            wanted[right] = odds[right] / odds[right].sum()
            total -= numpy.log(odds[right].sum() / odds.sum())
            gradient = gradient + matrix.T @ (odds / odds.sum() - wanted)
        return total, gradient

    found = minimize(loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: weight for name, weight in zip(names, found) if abs(weight) >= SMALLEST}


def answers(example, weights):
    if not example["candidates"]:
        return [False, False]
    score = lambda c: sum(weights.get(name, 0) * value for name, value in c["features"])
    best = max(example["candidates"], key=score)
    return [i in best["names"] for i in range(2)]


def f1(pairs):
    right = sum(f and m for found, meant in pairs for f, m in zip(found, meant))
    return 2 * right / max(1, sum(sum(found) + sum(meant) for found, meant in pairs))


def crossed(examples, folds):
    pairs = []
    for fold in range(folds):
        weights = train([e for i, e in enumerate(examples) if i % folds != fold])
        pairs += [(answers(e, weights), e["meant"], e["id"]) for i, e in enumerate(examples) if i % folds == fold]
    print("set,f1,command")
    for name, part in ("gap-development", "development"), ("gap-validation", "validation"), ("en_gum-train", "GUM"):
        own = f1([(found, meant) for found, meant, key in pairs if key.startswith(part)])
        print(f"{name} by {folds} folds,{100 * own:.2f},just derive-pronouns")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("choices")
    parser.add_argument("--folds", type=int)
    args = parser.parse_args()
    examples = [json.loads(line) for line in open(args.choices, encoding="utf8")]
    if args.folds:
        return crossed(examples, args.folds)
    weights = train(examples)
    print("# Format: feature of a candidate (src/ranking.rs); weight")
    print("# Origin: learned from GAP development and validation (Apache-2.0) and GUM's train part (CC BY) by derive/pronouns.py")
    print("# Date: 2026-11")
    for name in sorted(weights, key=str.encode):
        print(f"{name}\t{weights[name]:.3f}")
    fit = f1([(answers(e, weights), e["meant"]) for e in examples])
    print(f"F1 on what was learned from: {fit:.4f}, {len(weights)} weights", file=sys.stderr)


if __name__ == "__main__":
    main()
