"""Annotated documents as all corpora give them, cut into windows, and windows gathered into batches."""

from dataclasses import dataclass, field

import numpy as np

IGNORE = -100


@dataclass
class Document:
    """Words of one document with any of the annotations; indices and ranges [start, end) count its words.

    Layers that a corpus does not have stay None: their heads learn nothing from it.
    """

    words: list
    starts: list                     # first word of each sentence
    upos: list = None
    feats: list = None
    lemmas: list = None
    heads: list = None               # index of the head; of itself for a root
    relations: list = None
    names: list = None               # BIO tags
    entities: list = None            # BIO tags, None where unknown
    attributions: list = None        # (cue ranges, source ranges, content ranges)
    events: list = None              # (trigger range, type, mode, status, {role: ranges})
    srl: list = None                 # (predicate, [(start, end, role)])
    factuality: list = None          # (word, "negative" | "uncertain" | "positive")
    pair: tuple = None               # (actor range, recipient range, allowed PLOVER types)
    weight: float = 1.0


@dataclass
class Window:
    """A stretch of whole sentences of one document with its labels as numbers."""

    words: list
    pieces: list                     # a list of ids for each word
    sentence: list                   # index of the sentence of each word
    tags: dict = field(default_factory=dict)         # head: label per word
    predicates: dict = field(default_factory=dict)   # head: [(word, labels [groups][n])]
    points: dict = field(default_factory=dict)       # head: [(word, label)]
    tree: tuple = None               # (head indices, relation labels)
    pair: tuple = None               # (actor range, recipient range, [label ids])


def shape_of(word: str) -> int:
    """The written shape of a word; the table is in docs/model-file.md."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters and not digits:
        return 8
    if not letters:
        return 6 if all(c.isdigit() or c in ".," for c in word) else 7
    if digits:
        return 7
    upper = [c.isupper() for c in letters]
    if all(upper):
        return 5 if len(letters) == 1 else 3
    if upper[0] and not any(upper[1:]):
        return 2
    return 4 if any(upper) else 1


class Pieces:
    """Word pieces of single words, as BERT's uncased tokeniser cuts them."""

    def __init__(self):
        from encoder import minilm_folder
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.unknown = self.tokenizer.token_to_id("[UNK]")
        self.cls, self.sep = self.tokenizer.token_to_id("[CLS]"), self.tokenizer.token_to_id("[SEP]")
        self.known = {}

    def of(self, word: str) -> list:
        """Ids of a word's pieces; never empty."""
        if word not in self.known:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            self.known[word] = ids or [self.unknown]
        return self.known[word]


def plan(document, pieces, limit: int):
    """Ranges of words [start, end) of consecutive windows: sentences filled up greedily to `limit` pieces."""
    edges = list(document.starts) + [len(document.words)]
    out, start, used = [], 0, 2
    for a, b in zip(edges, edges[1:]):
        size = sum(len(pieces.of(w)) for w in document.words[a:b])
        if used + size > limit and a > start:
            out.append((start, a))
            start, used = a, 2
        used += size
    if start < len(document.words):
        out.append((start, edges[-1]))
    return [cut(document, pieces, a, b, limit) for a, b in out]


def cut(document, pieces, a: int, b: int, limit: int):
    """(a, b) with b moved back until the pieces fit, for single sentences over the limit."""
    size = 2
    for i in range(a, b):
        size += len(pieces.of(document.words[i]))
        if size > limit:
            return a, i
    return a, b


def paint(tags, span, a, b, begin, inside):
    """Writes a span's B and I labels into `tags`, which stands for words [a, b). False if nothing of it is there."""
    s, e = max(span[0], a), min(span[1], b)
    if s >= e:
        return False
    tags[s - a] = begin
    for i in range(s + 1, e):
        tags[i - a] = inside
    return True


class Windows:
    """Cuts documents into windows and turns their annotations into label numbers."""

    def __init__(self, labels, pieces, limit):
        self.labels, self.pieces, self.limit = labels, pieces, limit
        self.ids = {head: {x: i for i, x in enumerate(xs)} for head, xs in labels.items()}

    def of(self, document, limit=None):
        """All windows of a document; `limit` may be lower than the model's, which varies them between epochs."""
        return [self.window(document, a, b) for a, b in plan(document, self.pieces, limit or self.limit) if b > a]

    def window(self, d, a, b):
        sentence = np.searchsorted(d.starts, np.arange(a, b), side="right") - 1
        w = Window(d.words[a:b], [self.pieces.of(x) for x in d.words[a:b]], list(sentence))
        self.tag_layers(w, d, a, b)
        if d.heads is not None:
            self.tree_layer(w, d, a, b)
        if d.attributions is not None:
            self.attribution_layer(w, d, a, b)
        if d.events is not None:
            self.event_layer(w, d, a, b)
        if d.srl is not None:
            self.srl_layer(w, d, a, b)
        if d.factuality is not None:
            ids = self.ids["factuality"]
            w.points["factuality"] = [(i - a, ids[x]) for i, x in d.factuality if a <= i < b]
        if d.pair is not None:
            actor, recipient, allowed = d.pair
            w.pair = (actor, recipient, [self.ids["pair"][x] for x in allowed])
        return w

    def tag_layers(self, w, d, a, b):
        for head, values in (("upos", d.upos), ("feats", d.feats), ("names", d.names), ("entities", d.entities)):
            if values is not None:
                w.tags[head] = [self.ids[head].get(x, IGNORE) for x in values[a:b]]
        if d.lemmas is not None:
            from labels import lemma_rule
            w.tags["lemma"] = [self.ids["lemma"].get(lemma_rule(x, y), IGNORE)
                               for x, y in zip(d.words[a:b], d.lemmas[a:b])]

    def tree_layer(self, w, d, a, b):
        heads = [h - a if a <= h < b else IGNORE for h in d.heads[a:b]]
        w.tree = (heads, [self.ids["relation"].get(r, IGNORE) for r in d.relations[a:b]])

    def attribution_layer(self, w, d, a, b):
        cue, rows, ids = [0] * (b - a), [], self.ids["attribution"]
        for cues, sources, contents in d.attributions:
            painted = [paint(cue, span, a, b, 1, 2) for span in cues]
            if not painted or not painted[0] or not a <= cues[0][0]:
                continue
            tags = [0] * (b - a)
            for role, spans in (("content", contents), ("source", sources)):
                for span in spans:
                    paint(tags, span, a, b, ids[f"B-{role}"], ids[f"I-{role}"])
            rows.append((cues[0][0] - a, [tags]))
        w.tags["cue"] = cue
        w.predicates["attribution"] = rows

    def event_layer(self, w, d, a, b):
        from labels import ROLES
        trigger, rows, ids = [0] * (b - a), [], self.ids
        w.points["mode"], w.points["status"] = [], []
        for span, kind, mode, status, roles in d.events:
            if not (a <= span[0] and span[1] <= b):
                continue
            paint(trigger, span, a, b, ids["trigger"][f"B-{kind}"], ids["trigger"]["I"])
            at = span[0] - a
            w.points["mode"].append((at, ids["mode"].get(f"{kind}:{mode or '-'}", IGNORE)))
            w.points["status"].append((at, ids["status"][status]))
            groups = []
            for role in ROLES:
                tags = [0] * (b - a)
                for arg in roles.get(role, []):
                    paint(tags, arg, a, b, 1, 2)
                groups.append(tags)
            rows.append((at, groups))
        w.tags["trigger"] = trigger
        w.predicates["argument"] = rows

    def srl_layer(self, w, d, a, b):
        rows, ids = [], self.ids["srl"]
        for predicate, args in d.srl:
            if not a <= predicate < b:
                continue
            tags = [0] * (b - a)
            for s, e, role in args:
                paint(tags, (s, e), a, b, ids[f"B-{role}"], ids[f"I-{role}"])
            rows.append((predicate - a, [tags]))
        w.predicates["srl"] = rows
