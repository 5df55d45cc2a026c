"""The loss of each head on a batch; heads without labels in the batch give none."""

import torch
import torch.nn.functional as F

from documents import IGNORE
from labels import STATUSES

# Rare statuses weigh more: class weights to the power .5, from the counts in the annotated stories.
STATUS_WEIGHTS = torch.tensor([1.0, 4.1, 2.8, 7.3, 2.6, 10.9])
assert len(STATUSES) == len(STATUS_WEIGHTS)
# The same for negative, uncertain and positive predicates, from the counts in UDS and UW.
WEIGHTS = {"status": STATUS_WEIGHTS, "factuality": torch.tensor([1.7, 3.4, 1.0])}


def padded(rows, width):
    """Lists of labels as one tensor, IGNORE beyond their ends."""
    out = torch.full((len(rows), width), IGNORE)
    for i, row in enumerate(rows):
        out[i, :len(row)] = torch.tensor(row)
    return out


def entropy(scores, gold, weight=None):
    """Mean cross entropy over the labels that are there; None where there is none."""
    if not (gold != IGNORE).any():
        return None
    return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), weight=weight, ignore_index=IGNORE)


def tag_losses(net, words, windows):
    """Per-word heads."""
    for head in ("upos", "feats", "lemma", "names", "entities", "cue", "trigger"):
        if any(head in w.tags for w in windows):
            gold = padded([w.tags.get(head, []) for w in windows], words.shape[1])
            yield head, entropy(net.linear[head](words), gold)


def point_losses(net, words, windows):
    """Heads that speak only at some words."""
    for head in ("mode", "status", "factuality"):
        points = [(row, at, label) for row, w in enumerate(windows) for at, label in w.points.get(head, [])]
        if points:
            row, at, label = torch.tensor(points).t()
            yield head, entropy(net.linear[head](words[row, at]), label, WEIGHTS.get(head))


def tree_losses(net, words, windows):
    """Head of each word among the words of its sentence, and the relation of the gold arc."""
    if not any(w.tree for w in windows):
        return
    width = words.shape[1]
    sentence = padded([w.sentence for w in windows], width)
    heads = padded([w.tree[0] if w.tree else [] for w in windows], width)
    scores = net.biaffine["arc"].square(words)
    scores = scores.masked_fill(sentence[:, :, None] != sentence[:, None, :], -1e4)
    yield "arc", entropy(scores, heads)
    row, at = (heads != IGNORE).nonzero(as_tuple=True)
    gold = padded([w.tree[1] if w.tree else [] for w in windows], width)[row, at]
    yield "relation", entropy(net.biaffine["relation"].pairs(words, row, at, heads[row, at]), gold)


def predicate_losses(net, words, windows):
    """Spans of each predicate: a softmax for each group of labels that exclude each other."""
    for head in ("attribution", "argument", "srl"):
        rows = [(r, at, tags) for r, w in enumerate(windows) for at, tags in w.predicates.get(head, [])]
        if not rows:
            continue
        width, groups = words.shape[1], len(rows[0][2])
        gold = torch.stack([padded(tags, width) for _, _, tags in rows])
        row, at = torch.tensor([r[:2] for r in rows]).t()
        scores = net.biaffine[head].rows(words, row, at)
        scores = scores.view(len(rows), width, groups, -1).transpose(1, 2)
        yield head, entropy(scores, gold)


def pair_losses(net, words, batch):
    """Negative log likelihood of the types that the label allows."""
    if not any(w.pair for w in batch.windows):
        return
    logp = F.log_softmax(pair_scores(net, words, batch), -1)
    allowed = torch.zeros_like(logp, dtype=torch.bool)
    for i, w in enumerate(batch.windows):
        allowed[i, w.pair[2]] = True
    yield "pair", -logp.masked_fill(~allowed, -1e4).logsumexp(-1).mean()


def pair_scores(net, words, batch):
    """Scores [windows, 16] of the pooled head."""
    actor, recipient = torch.zeros_like(batch.present), torch.zeros_like(batch.present)
    for i, w in enumerate(batch.windows):
        actor[i, w.pair[0][0]:w.pair[0][1]] = 1
        recipient[i, w.pair[1][0]:w.pair[1][1]] = 1
    return net.pooled["pair"](words, actor, recipient, batch.present)


def losses(net, batch):
    """{head: loss} of a batch."""
    words, windows = net.words(batch), batch.windows
    found = [*tag_losses(net, words, windows), *point_losses(net, words, windows), *tree_losses(net, words, windows),
             *predicate_losses(net, words, windows), *pair_losses(net, words, batch)]
    return {head: loss for head, loss in found if loss is not None}
