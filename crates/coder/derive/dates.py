#!/usr/bin/env python3
"""Learn data/dates.tsv: weights of the facts by which the coder chooses the date of an event (src/dates/facts.rs).

    measure dates stories.jsonl > choices.jsonl          (the annotated stories; the model finds the events)
    events_gold.py stories.jsonl train > gold.jsonl      (of the shared tools)
    dates.py choices.jsonl gold.jsonl > ../data/dates.tsv

A log-linear model chooses one of the stretches of the calendar that a story names, or none. The first look weighs facts of a
stretch, and pairs of them with a fact of the event. The second weighs what the first one made of other events, by the
relation in which they stand; for the stories that are learned from, that is what the first look gives when it has not seen
the story. Events are learned from where trigger and type are as annotated. Regularised by the squares of the weights, pairs
more than facts; weights that hardly matter are left out.

With `--folds 5` it prints what other stories will give instead, as CSV for scores/: of the events that the annotators date, those
dated as they do (the shared scorer's `date`), otherwise, and not; of the others, those left without; all by the readiness with
which a date is given (READINESS in src/dates/choosing.rs). With `--table FILE` it prints the same for a table made before. Both are of the facts alone: the
program adds what the encoder tells (POINTED, MOMENTS and COMPANIONS there), and has more right.
"""
import argparse
import json
import sys

import numpy
from scipy import sparse
from scipy.optimize import minimize

# Best in cross-validation among 1, 3, 10 and 5, 10, 30.
PENALTY, PAIR_PENALTY = 3.0, 30.0
AGAIN_PENALTY, AGAIN_PAIR_PENALTY = 3.0, 10.0
# Smaller weights change hardly a choice.
SMALLEST = 0.02
LEAST = 1e-4
# Facts of an event that change what its relatives tell of it.
KEYS = {"speaks", "noun determined", "noun", "past tense", "in claim", "quoted", "dated sentence", "first sentence"}
# Facts that together tie an expression to something else by the tree (TIED_ELSEWHERE in src/dates/choosing.rs).
TIED_ELSEWHERE = {"told"}, {"of a thing", "year"}


def bounds(first, last):
    pad = {4: ("-01-01", "-12-31"), 7: ("-01", "-31"), 10: ("", "")}
    last = last + pad[len(last)][1]
    # The shared scorer takes the last days of a month for the same.
    return first + pad[len(first)][0], last[:7] if last.endswith("-31") else last


def same(date, candidate):
    first, _, last = date.partition("/")
    a, b = bounds(first, last or first), bounds(candidate["first"], candidate["last"])
    return a == b or a[0] == b[0] and len(a[1]) == 7 and a[1] == b[1][:7]


def pair(events, gold):
    """The annotated event of each event: of the same type, and most letters of the trigger shared."""
    shared = []
    for i, event in enumerate(events):
        for j, other in enumerate(gold):
            both = min(event["trigger"][1], other["trigger"][1]) - max(event["trigger"][0], other["trigger"][0])
            if both > 0 and event["type"] == other["type"]:
                shared.append((-both, j, i))
    found, taken = {}, set()
    for _, j, i in sorted(shared):
        if i not in found and j not in taken:
            found[i] = gold[j]
            taken.add(j)
    return found


class Data:
    """Events of stories, each with its candidates in a row of rows."""

    def __init__(self, stories, gold):
        self.events, self.place, self.story = [], {}, []
        for number, story in enumerate(stories):
            pairs = pair(story["events"], gold[story["id"]])
            for index, event in enumerate(story["events"]):
                self.place[number, index] = len(self.events)
                self.story.append(number)
                known = pairs.get(index)
                event["known"] = known is not None
                event["date"] = known["date"] if known else None
                dated = event["date"] is not None
                event["right"] = [i for i, c in enumerate(event["candidates"]) if dated and same(event["date"], c)]
                event["relatives"] = [(name, [(number, o) for o in others]) for name, others in event["relatives"]]
                self.events.append(event)
        sizes = [len(event["candidates"]) for event in self.events]
        self.start = numpy.concatenate([[0], numpy.cumsum(sizes)]).astype(int)
        self.owner = numpy.repeat(numpy.arange(len(sizes)), sizes)
        self.story = numpy.array(self.story)
        self.target = numpy.zeros(self.start[-1])
        for start, event in zip(self.start, self.events):
            self.target[[start + i for i in event["right"]]] = 1
        # Dated events whose date no expression gives teach nothing.
        self.use = numpy.array([float(e["known"] and (e["date"] is None or bool(e["right"]))) for e in self.events])
        self.none = numpy.array([float(e["date"] is None) for e in self.events])

    def matrix(self, features, columns, grow):
        """Features of all candidates; `features(event, i)` gives name and value of those of its candidate."""
        values, indices, ends = [], [], [0]
        for event in self.events:
            for i in range(len(event["candidates"])):
                for name, value in features(event, i):
                    column = columns.setdefault(name, len(columns)) if grow else columns.get(name)
                    if column is not None:
                        values.append(value)
                        indices.append(column)
                ends.append(len(indices))
        return sparse.csr_matrix((values, indices, ends), shape=(len(ends) - 1, len(columns)))


def first_look(event, i):
    for fact in event["candidates"][i]["facts"]:
        yield fact, 1.0
        for other in event["facts"]:
            yield f"{fact} & {other}", 1.0


def second_look(data, odds):
    """Features from the odds (of none, then of each candidate) that the first look gave each event."""
    by_period = []
    for event, own in zip(data.events, odds):
        periods = [(c["first"], c["last"]) for c in event["candidates"]]
        by_period.append(dict(zip(periods, own[1:])))
    number = {id(event): i for i, event in enumerate(data.events)}

    def features(event, i):
        period = (event["candidates"][i]["first"], event["candidates"][i]["last"])
        own = odds[number[id(event)]]
        yield "again: lead", float(numpy.log(max(own[i + 1], LEAST) / max(own[0], LEAST)))
        yield "again: any", 1.0
        for fact in event["facts"]:
            yield f"again: any & {fact}", 1.0
        keys = [fact for fact in event["facts"] if fact in KEYS]
        for name, others in event["relatives"]:
            places = [data.place[o] for o in others]
            found = [by_period[p].get(period, 0.0) for p in places]
            yield f"again: {name} none", float(numpy.mean([odds[p][0] for p in places]))
            for what, value in ("same", float(numpy.mean(found))), ("most", max(found)):
                yield f"again: {name} {what}", value
                for key in keys:
                    yield f"again: {name} {what} & {key}", value

    return features


def odds(data, matrix, weights):
    scores = matrix @ weights
    found = []
    for start, end in zip(data.start, data.start[1:]):
        own = numpy.concatenate([[0.0], scores[start:end]])
        own = numpy.exp(own - own.max())
        found.append(own / own.sum())
    return found


def train(data, matrix, use, penalties):
    """Weights that make the annotated dates most likely, over the events with a positive `use`."""
    count = len(data.events)
    turned = matrix.T.tocsr()

    def loss(weights):
        scores = matrix @ weights
        highest = numpy.zeros(count)
        numpy.maximum.at(highest, data.owner, scores)
        raised = numpy.exp(scores - highest[data.owner])
        sums = numpy.exp(-highest) + numpy.bincount(data.owner, raised, count)
        likely = raised / sums[data.owner]
        right = numpy.bincount(data.owner, likely * data.target, count) + numpy.exp(-highest) / sums * data.none
        right = numpy.maximum(right, 1e-12)
        total = -(use * numpy.log(right)).sum() + (penalties * weights * weights).sum() / 2
        slope = use[data.owner] * (likely - likely * data.target / right[data.owner])
        return total, turned @ slope + penalties * weights

    start = numpy.zeros(matrix.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x


def penalties(columns, alone, pairs):
    found = numpy.empty(len(columns))
    for name, column in columns.items():
        found[column] = pairs if " & " in name else alone
    return found


def crossed(data, matrix, columns, alone, pairs, folds):
    """The odds of each event by weights that were learned from the stories of the other folds."""
    found = [None] * len(data.events)
    for fold in range(folds):
        mine = data.story % folds == fold
        weights = train(data, matrix, data.use * ~mine, penalties(columns, alone, pairs))
        own = odds(data, matrix, weights)
        for i in numpy.nonzero(mine)[0]:
            found[i] = own[i]
    return found


def choose(event, odds, readiness):
    """The candidate that dates the event; None where none is likely enough."""
    free = [i for i, c in enumerate(event["candidates"]) if not any(tied <= set(c["facts"]) for tied in TIED_ELSEWHERE)]
    best = max(free, key=lambda i: odds[i + 1], default=None)
    return best if best is not None and odds[best + 1] * numpy.exp(readiness) > odds[0] else None


def report(data, found, name):
    print("set,readiness,right,otherwise,not dated,of undated left so,command")
    for readiness in (0, 1, 1.5, 2, 2.5, 3):
        dated = right = wrong = undated = left = 0
        for event, own in zip(data.events, found):
            if not event["known"]:
                continue
            best = choose(event, own, readiness)
            if event["date"] is None:
                undated, left = undated + 1, left + (best is None)
            else:
                dated, right = dated + 1, right + (best in event["right"])
                wrong += best is not None and best not in event["right"]
        shares = right / dated, wrong / dated, 1 - (right + wrong) / dated, left / undated
        print(f"{name},{readiness},{','.join(f'{share:.3f}' for share in shares)},just derive-dates")


def read_table(path):
    rows = (line.rstrip("\n").split("\t") for line in open(path, encoding="utf8") if not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


def by_table(data, table):
    columns = {name: i for i, name in enumerate(table)}
    weights = numpy.array(list(table.values()))
    first = odds(data, data.matrix(first_look, columns, False), weights)
    return odds(data, data.matrix(second_look(data, first), columns, False), weights)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("choices")
    parser.add_argument("gold")
    parser.add_argument("--folds", type=int)
    parser.add_argument("--table")
    parser.add_argument("--set", default="events/voa")
    args = parser.parse_args()
    gold = {g["id"]: g["events"] for g in map(json.loads, open(args.gold, encoding="utf8"))}
    stories = [s for s in map(json.loads, open(args.choices, encoding="utf8")) if s["id"] in gold]
    data = Data(stories, gold)
    if args.table:
        return report(data, by_table(data, read_table(args.table)), args.set)
    columns, again = {}, {}
    matrix = data.matrix(first_look, columns, True)
    unseen = crossed(data, matrix, columns, PENALTY, PAIR_PENALTY, args.folds or 5)
    second = data.matrix(second_look(data, unseen), again, True)
    if args.folds:
        return report(data, crossed(data, second, again, AGAIN_PENALTY, AGAIN_PAIR_PENALTY, args.folds), args.set)
    weights = dict(zip(columns, train(data, matrix, data.use, penalties(columns, PENALTY, PAIR_PENALTY))))
    weights |= zip(again, train(data, second, data.use, penalties(again, AGAIN_PENALTY, AGAIN_PAIR_PENALTY)))
    print("# Format: fact of a stretch, or of the second look (src/dates/facts.rs) [& fact of the event]; weight")
    print("# Origin: learned from the train part of the annotated stories by derive/dates.py")
    print("# Date: 2026-11")
    lines = [f"{name}\t{weight:.3f}" for name, weight in weights.items() if abs(weight) >= SMALLEST]
    for line in sorted(lines, key=str.encode):
        print(line)
    print(f"{len(lines)} weights, {int(data.use.sum())} events", file=sys.stderr)


if __name__ == "__main__":
    main()
