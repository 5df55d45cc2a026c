"""Windows gathered into batches: padded tensors of what the encoder reads and of what the heads should say."""

from dataclasses import dataclass, fields

import numpy as np
import torch

from documents import IGNORE, shape_of


@dataclass
class Batch:
    """What the encoder reads: [batch, pieces] and, for words, [batch, words]; and the gold labels that are there."""

    pieces: object
    shapes: object
    marks: object                    # 1 in the actor, 2 in the recipient of a given pair
    first: object                    # the first piece of each word
    present: object                  # 1.0 for a word, 0.0 beyond the end
    sentence: object                 # index of each word's sentence, IGNORE beyond the end
    tags: dict                       # head: labels [batch, words]
    points: dict                     # head: (row, word, label) of the words that it speaks at
    tree: object                     # (head words, relation labels), both [batch, words], or None
    predicates: dict                 # head: (row, word, labels [predicates, groups, words])
    pair: object                     # (actor weights, recipient weights [batch, words], allowed types [batch, 16]), or None

    def to(self, device):
        """The same as tensors on a device."""
        return Batch(**{f.name: moved(getattr(self, f.name), device) for f in fields(self)})


def moved(x, device):
    if isinstance(x, np.ndarray):
        return torch.from_numpy(x).to(device, non_blocking=True)
    if isinstance(x, dict):
        return {name: moved(y, device) for name, y in x.items()}
    return tuple(moved(y, device) for y in x) if isinstance(x, tuple) else x


def gather(windows, pieces, types=16) -> Batch:
    """Pads `windows` into a batch of arrays; `types` is the number of labels of a given pair."""
    count = max(len(w.words) for w in windows)
    length = max(2 + sum(map(len, w.pieces)) for w in windows)
    ids, shapes, marks = (np.zeros((len(windows), length), dtype=np.int64) for _ in range(3))
    first = np.zeros((len(windows), count), dtype=np.int64)
    present = np.zeros((len(windows), count), dtype=np.float32)
    for row, w in enumerate(windows):
        at, ids[row, 0] = 1, pieces.cls
        for i, (word, own) in enumerate(zip(w.words, w.pieces)):
            end = at + len(own)
            first[row, i] = at
            ids[row, at:end] = own
            shapes[row, at:end] = shape_of(word)
            if w.pair:
                (a, b), (c, d) = w.pair[:2]
                marks[row, at:end] = 1 if a <= i < b else 2 if c <= i < d else 0
            at = end
        ids[row, at] = pieces.sep
        present[row, :len(w.words)] = 1
    return Batch(ids, shapes, marks, first, present, padded([w.sentence for w in windows], count), tags(windows, count),
                 points(windows), tree(windows, count), predicates(windows, count), pair(windows, count, types))


def padded(rows, width):
    """Lists of labels as one array, IGNORE beyond their ends."""
    out = np.full((len(rows), width), IGNORE, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, :len(row)] = row
    return out


def tags(windows, width):
    heads = sorted({head for w in windows for head in w.tags})
    return {head: padded([w.tags.get(head, []) for w in windows], width) for head in heads}


def points(windows):
    out = {}
    for head in sorted({head for w in windows for head in w.points}):
        found = [(row, at, label) for row, w in enumerate(windows) for at, label in w.points.get(head, [])]
        if found:
            out[head] = tuple(np.array(found, dtype=np.int64).T.copy())
    return out


def tree(windows, width):
    if not any(w.tree for w in windows):
        return None
    return tuple(padded([w.tree[side] if w.tree else [] for w in windows], width) for side in (0, 1))


def predicates(windows, width):
    out = {}
    for head in sorted({head for w in windows for head in w.predicates}):
        rows = [(r, at, labels) for r, w in enumerate(windows) for at, labels in w.predicates.get(head, [])]
        if rows:
            at = np.array([r[:2] for r in rows], dtype=np.int64).T.copy()
            out[head] = (*at, np.stack([padded(labels, width) for _, _, labels in rows]))
    return out


def pair(windows, width, types):
    if not any(w.pair for w in windows):
        return None
    actor, recipient = (np.zeros((len(windows), width), dtype=np.float32) for _ in range(2))
    allowed = np.zeros((len(windows), types), dtype=bool)
    for i, w in enumerate(windows):
        actor[i, w.pair[0][0]:w.pair[0][1]] = 1
        recipient[i, w.pair[1][0]:w.pair[1][1]] = 1
        allowed[i, w.pair[2]] = True
    return actor, recipient, allowed
