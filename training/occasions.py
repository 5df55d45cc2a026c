#!/usr/bin/env python3
"""When the events of a story happened, as the encoder's vectors tell it: which of them share their days, and which of the story's
time expressions gives an event's.

usage: occasions.py CHECKPOINT.pt MODEL.safetensors CONFIG.toml [--shared ../shared]

CHECKPOINT is what MODEL was exported from; the encoder stays as it is. Learns from the dated events of the stories of
training/stories. A vector is the mean over the first pieces of some words; projections take it to 32 numbers.
- Two events: a log-linear model of the product and the distance of their projections, number by number, and of plain facts of the two.
- An event and a time expression: the product of two projections, and a small network of plain facts of the way between the two.
Writes crates/analysis/data/occasions.tsv (projections), crates/coder/data/occasions.tsv and moments.tsv (the rest). Prints, as CSV for
scores/, how well they tell the annotated stories' dev part beside the facts alone: for two events the area under the curve, of all
and of those of one type; for an event and its expression how often the likeliest is the right one, of all and of events whose
sentence has none.
"""

import argparse
import json
import math
import pathlib
import tomllib

import torch
from safetensors import safe_open
from torch import nn

from batches import gather
from corpora import events, own
from documents import Document, Pieces, Windows
from labels import EVENT_TYPES
from train import HERE, corpora, restored

SIZE = 32
# Pairs of one story that are learned from, so that long stories do not outweigh the others.
PAIRS = 150
STATUSES = "actual", "planned", "possible", "claimed", "negated"
EPOCHS, RATE, BATCH = 10, 4e-3, 4096
# Hidden numbers of the network for the way to an expression, and the nearest expressions that are looked at.
HIDDEN, NEAREST = 24, 25
CRATES = HERE.parent / "crates"


def facts(later, earlier, between):
    """Facts of two events by name, as crates/coder/src/dates/occasions.rs has them; `between` counts the events from one to the other."""
    apart = later["sentence"] - earlier["sentence"]
    found = {
        "same type": later["type"] == earlier["type"],
        "same status": later["status"] == earlier["status"],
        "same sentence": apart == 0,
        "next sentence": apart == 1,
        "next but one": apart == 2,
        "sentences": min(apart, 20) / 20,
        "log of sentences": math.log1p(apart) / 3,
        "next event": between == 1,
        "events": min(between, 20) / 20,
        "from first sentence": earlier["sentence"] == 0,
        "from early": earlier["sentence"] < 4,
        "both early": later["sentence"] < 4,
    }
    for side, event in ("later", later), ("earlier", earlier):
        found |= {f"{side} {t}": event["type"] == t for t in EVENT_TYPES}
        found |= {f"{side} {s}": event["status"] == s for s in STATUSES}
    return found


class Occasions(nn.Module):
    """The projection, and the weights of a pair."""

    def __init__(self, hidden, names):
        super().__init__()
        self.names = names
        self.projection = nn.Linear(hidden, SIZE)
        self.dropout = nn.Dropout(0.2)
        self.facts = nn.Linear(len(names), 1)
        self.product = nn.Linear(SIZE, 1, bias=False)
        self.distance = nn.Linear(SIZE, 1, bias=False)

    def forward(self, told, one, other):
        """Facts [pairs, facts] and vectors [pairs, hidden] of both; returns a logit for each pair."""
        a, b = (self.projection(self.dropout(x)) for x in (one, other))
        return (self.facts(told) + self.product(a * b) + self.distance((a - b).abs()))[:, 0]


@torch.no_grad()
def word_vectors(net, windows, pieces, document):
    """Vectors of the words' first pieces; fewer than the words where a sentence is too long for a window."""
    plain = Document(document.words, document.starts)
    return torch.cat([net.words(gather([w], pieces).to("cpu"))[0] for w in windows.of(plain)])


def story_events(text, gold, vectors):
    """The events of a story in its order, each with its trigger's vector."""
    found = []
    for event in sorted(gold, key=lambda e: e["trigger"]):
        words = text.words(*event["trigger"])
        if words and words[1] <= len(vectors):
            sentence = sum(start <= words[0] for start in text.document.starts) - 1
            status = "negated" if event["status"] == "denied" else event["status"]
            found.append({"type": event["type"], "status": status, "date": event["date"], "sentence": sentence,
                          "start": words[0], "vector": vectors[words[0]:words[1]].mean(0)})
    return found


def pairs(stories, names, most=None):
    """(facts, vectors of the later and of the earlier event, whether they share their days) of the pairs of dated events."""
    told, one, other, same = [], [], [], []
    for story in stories:
        dated = [i for i, event in enumerate(story) if event["date"]]
        own = [(i, j) for i in dated for j in dated if j < i]
        if most and len(own) > most:
            own = [own[k] for k in torch.randperm(len(own))[:most]]
        for i, j in own:
            held = facts(story[i], story[j], i - j)
            told.append([float(held[name]) for name in names])
            one.append(story[i]["vector"]), other.append(story[j]["vector"])
            same.append(float(story[i]["date"] == story[j]["date"]))
    return torch.tensor(told), torch.stack(one), torch.stack(other), torch.tensor(same)


def way_facts(event, mention, mentions, published):
    """Facts of an event and an expression by name, as crates/coder/src/dates/moments.rs has them."""
    own, at = event["sentence"], mention["sentence"]
    here, back, on, words = at == own, max(own - at, 0), max(at - own, 0), abs(mention["start"] - event["start"])
    beside = sum(m["sentence"] == own for m in mentions)
    between = range(at + 1, own + 1) if back else range(own, at)
    found = {
        "any": True,
        "here": here,
        "here next words": here and words < 5,
        "here near words": here and words < 12,
        "here behind": here and mention["start"] > event["start"],
        "here alone": here and beside == 1,
        "last sentence": back == 1,
        "next sentence": on == 1,
        "some sentences back": 2 <= back < 4,
        "some sentences on": 2 <= on < 4,
        "back": back > 0,
        "on": on > 0,
        "sentences": min(back + on, 20) / 20,
        "log of sentences": math.log1p(back + on) / 3,
        "in first sentence": at == 0,
        "early": at < 4,
        "day": len(mention["value"]) == 10,
        "month": len(mention["value"]) == 7,
        "year": len(mention["value"]) == 4,
        "week": "W" in mention["value"],
        "of publication": mention["value"] == published,
        "undated sentence": beside == 0,
        "sentence of two dates": beside > 1,
        "share": 1 / len(mentions),
        "named again": sum(m["value"] == mention["value"] for m in mentions) > 1,
        "another between": not here and any(m["sentence"] in between for m in mentions),
    }
    found |= {t: event["type"] == t for t in EVENT_TYPES}
    found |= {s: event["status"] == s for s in STATUSES} | {f"here {s}": here and event["status"] == s for s in STATUSES}
    return found


class Moments(nn.Module):
    """The projections of an event and of an expression, and the network of facts."""

    def __init__(self, hidden, names):
        super().__init__()
        self.names = names
        self.sought, self.moment = nn.Linear(hidden, SIZE), nn.Linear(hidden, SIZE)
        self.dropout = nn.Dropout(0.2)
        self.facts = nn.Sequential(nn.Linear(len(names), HIDDEN, bias=False), nn.ReLU(), nn.Linear(HIDDEN, 1))

    def forward(self, told, one, other):
        """Facts [pairs, facts], vectors [pairs, hidden] of event and expression; returns a logit for each pair."""
        alike = (self.sought(self.dropout(one)) * self.moment(self.dropout(other))).sum(1) / math.sqrt(SIZE)
        return self.facts(told)[:, 0] + alike


def story_mentions(text, vectors):
    """Expressions that name a day or a longer stretch, each with its vector."""
    found = []
    for start, end, value in text.times:
        words = text.words(start, end)
        if words and words[1] <= len(vectors) and value and value[0] in "12":
            sentence = sum(s <= words[0] for s in text.document.starts) - 1
            found.append({"value": value.partition("T")[0], "start": words[0], "sentence": sentence,
                          "vector": vectors[words[0]:words[1]].mean(0)})
    return found


def ways(stories, names):
    """(facts, vectors of event and of expression, whether it gives the event's days) for the events whose days are named; and of each
    the number of its event, and whether the event's sentence names none."""
    told, one, other, same, owner, undated = [], [], [], [], [], []
    for events_, mentions, published in stories:
        for event in events_:
            if not any(m["value"] == event["date"] for m in mentions):
                continue
            far = not any(m["sentence"] == event["sentence"] for m in mentions)
            number = owner[-1] + 1 if owner else 0
            for mention in sorted(mentions, key=lambda m: abs(m["start"] - event["start"]))[:NEAREST]:
                held = way_facts(event, mention, mentions, published)
                told.append([float(held[name]) for name in names])
                one.append(event["vector"]), other.append(mention["vector"])
                same.append(float(mention["value"] == event["date"])), owner.append(number), undated.append(far)
    return (torch.tensor(told), torch.stack(one), torch.stack(other), torch.tensor(same)), torch.tensor(owner), torch.tensor(undated)


def learn(net, data, blind=False):
    """A network fitted to pairs; with `blind` by the facts alone."""
    told, one, other, same = data
    opt = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-2)
    steps = EPOCHS * (len(same) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(opt, lambda step: 1 - step / steps)
    seen = 0.0 if blind else 1.0
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(same)).split(BATCH)[:len(same) // BATCH]:
            logits = net(told[rows], one[rows] * seen, other[rows] * seen)
            loss = nn.functional.binary_cross_entropy_with_logits(logits, same[rows])
            opt.zero_grad(), loss.backward(), opt.step(), rate.step()
    return net.eval()


def area(scores, same):
    """The area under the curve: how often a pair of the same days has a higher score than one of others."""
    order = scores.argsort().argsort().double() + 1
    yes = same.sum()
    return ((order[same > 0].sum() - yes * (yes + 1) / 2) / (yes * (len(same) - yes))).item()


@torch.no_grad()
def scored(net, data, blind):
    told, one, other, _ = data
    seen = 0.0 if blind else 1.0
    return net(told, one * seen, other * seen)


def report_pairs(by, net, data, blind=False):
    scores, alike, same = scored(net, data, blind), data[0][:, net.names.index("same type")] > 0, data[3]
    print(f"events/voa dev,two events,{by},{len(same)},{area(scores, same):.4f},{area(scores[alike], same[alike]):.4f},just derive-occasions")


def report_ways(by, net, data, owner, undated, blind=False):
    scores, same = scored(net, data, blind), data[3]
    right, far = [], []
    for number in range(int(owner.max()) + 1):
        own = (owner == number).nonzero()[:, 0]
        right.append(same[own[scores[own].argmax()]].item()), far.append(undated[own[0]].item())
    distant = [r for r, f in zip(right, far) if f]
    shares = sum(right) / len(right), sum(distant) / len(distant)
    print(f"events/voa dev,event and expression,{by},{len(right)},{shares[0]:.4f},{shares[1]:.4f},just derive-occasions")


def numbers(values):
    return " ".join(f"{x:.4f}" for x in values)


def write(path, form, rows, more=""):
    """A table of the project: its format and origin, then rows by name."""
    with open(path, "w", encoding="utf8") as out:
        out.write(f"# Format: {form}\n# Origin: learned from the stories of training/stories by training/occasions.py\n# Date: 2026-11\n{more}")
        out.writelines(f"{name}\t{numbers(values)}\n" for name, values in rows)


def by_name(rows):
    return sorted(rows, key=lambda row: row[0].encode())


def write_all(occasions, moments, digest):
    """The three tables."""
    rows = []
    for name, layer, scale in ("occasion", occasions.projection, 1), ("sought", moments.sought, math.sqrt(SIZE)), ("moment", moments.moment, 1):
        both = torch.cat([layer.bias[:, None], layer.weight], 1).detach() / scale
        rows += [(name, row) for row in both.tolist()]
    form = "what it is a number of (src/occasions.rs); what is added, then the weight of each number of a vector"
    write(CRATES / "analysis/data/occasions.tsv", form, rows, f"# Model: {digest}\n")
    rows = [(name, [w]) for name, w in zip(occasions.names, occasions.facts.weight[0].tolist())] + [("any", [occasions.facts.bias.item()])]
    for name, layer in ("product", occasions.product), ("distance", occasions.distance):
        rows += [(f"{name} {i:02}", [w]) for i, w in enumerate(layer.weight[0].tolist())]
    form = "fact of two events (src/dates/occasions.rs), or number of their occasions; weight"
    write(CRATES / "coder/data/occasions.tsv", form, by_name(rows))
    first, last = moments.facts[0], moments.facts[2]
    rows = list(zip(moments.names, first.weight.T.tolist())) + [("out", [*last.weight[0].tolist(), last.bias.item()])]
    form = "fact of an event and an expression (src/dates/moments.rs); weight for each hidden number; of `out` that of each of them, and what is added"
    write(CRATES / "coder/data/moments.tsv", form, by_name(rows))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint", type=pathlib.Path)
    p.add_argument("model", type=pathlib.Path)
    p.add_argument("config", type=pathlib.Path)
    p.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    p.add_argument("--threads", type=int, default=1)
    args = p.parse_args()
    torch.set_num_threads(args.threads), torch.manual_seed(1)
    source, pieces = corpora(args, tomllib.loads(args.config.read_text())), Pieces()
    saved = torch.load(args.checkpoint, map_location="cpu")
    with safe_open(args.model, "pt") as file:
        meta = json.loads(file.metadata()["rapporteur"])
    net = restored(saved, "cpu").eval()
    windows = Windows(saved["labels"], pieces, meta["window"])

    def read(rows, gold):
        rows, found = list(rows), []
        texts = source.tokenised((i, row["text"], row["published"]) for i, row in rows)
        for i, row in rows:
            vectors = word_vectors(net, windows, pieces, texts[i].document)
            found.append((story_events(texts[i], gold(i, row), vectors), story_mentions(texts[i], vectors), row["published"]))
        return found
    tool = events.gold_tool(source.folder)
    told = events.gold(source.folder, "dev")
    taught = read(own.stories(), lambda i, row: tool.story_gold(row, str(row["table"]))["events"])
    dev = read(events.stories(source.folder, "dev"), lambda i, row: told[i])
    print("set,what,by,count,all,of one type or undated sentence,command")
    event = {"type": "", "status": "", "sentence": 0, "start": 0, "value": ""}
    names = sorted(facts(event, event, 1), key=str.encode)
    lessons, tests = pairs([s[0] for s in taught], names, PAIRS), pairs([s[0] for s in dev], names)
    size = lessons[1].shape[1]
    report_pairs("facts", learn(Occasions(size, names), lessons, blind=True), tests, blind=True)
    occasions = learn(Occasions(size, names), lessons)
    report_pairs("facts and vectors", occasions, tests)
    names = sorted(way_facts(event, event, [event], ""), key=str.encode)
    (lessons, *_), tests = ways(taught, names), ways(dev, names)
    report_ways("facts", learn(Moments(size, names), lessons, blind=True), *tests, blind=True)
    moments = learn(Moments(size, names), lessons)
    report_ways("facts and vectors", moments, *tests)
    write_all(occasions, moments, meta["digest"])


if __name__ == "__main__":
    main()
