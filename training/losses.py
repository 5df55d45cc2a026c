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


def entropy(scores, gold, weight=None):
    """Mean cross entropy over the labels that are there; zero where there is none."""
    weight = None if weight is None else weight.to(scores.device)
    total = F.cross_entropy(scores.float().reshape(-1, scores.shape[-1]), gold.reshape(-1), weight=weight, ignore_index=IGNORE, reduction="sum")
    counts = (gold != IGNORE).sum() if weight is None else weight[gold[gold != IGNORE]].sum()
    return total / counts.clamp(min=1)


def tag_losses(net, words, batch):
    """Per-word heads."""
    for head, gold in batch.tags.items():
        yield head, entropy(net.linear[head](words), gold)


def point_losses(net, words, batch):
    """Heads that speak only at some words."""
    for head, (row, at, label) in batch.points.items():
        yield head, entropy(net.linear[head](words[row, at]), label, WEIGHTS.get(head))


def arc_scores(net, words, batch):
    """Scores [batch, words, words] of heads, within sentences."""
    scores = net.biaffine["arc"].square(words)
    return scores.masked_fill(batch.sentence[:, :, None] != batch.sentence[:, None, :], -1e4)


def tree_losses(net, words, batch):
    """Head of each word among the words of its sentence, and the relation of the gold arc."""
    if batch.tree is None:
        return
    heads, relations = batch.tree
    yield "arc", entropy(arc_scores(net, words, batch), heads)
    row, at = (heads != IGNORE).nonzero(as_tuple=True)
    yield "relation", entropy(net.biaffine["relation"].pairs(words, row, at, heads[row, at]), relations[row, at])


def span_scores(net, head, words, row, at, groups):
    """Scores [predicates, groups, words, labels] of the spans of predicates: a softmax for each group of labels that exclude each other."""
    scores = net.biaffine[head].rows(words, row, at)
    return scores.view(len(row), words.shape[1], groups, scores.shape[-1] // groups).transpose(1, 2)


def predicate_losses(net, words, batch):
    """Spans of each predicate."""
    for head, (row, at, gold) in batch.predicates.items():
        yield head, entropy(span_scores(net, head, words, row, at, gold.shape[1]), gold)


def pair_losses(net, words, batch):
    """Negative log likelihood of the types that the label allows."""
    if batch.pair is not None:
        logp = F.log_softmax(pair_scores(net, words, batch).float(), -1)
        yield "pair", -logp.masked_fill(~batch.pair[2], -1e4).logsumexp(-1).mean()


def pair_scores(net, words, batch):
    """Scores [windows, 16] of the pooled head."""
    actor, recipient, _ = batch.pair
    return net.pooled["pair"](words, actor, recipient, batch.present)


def losses(net, batch, words=None):
    """{head: loss} of a batch; `words` are the network's word vectors where they are known already."""
    words = net.words(batch) if words is None else words
    return dict([*tag_losses(net, words, batch), *point_losses(net, words, batch), *tree_losses(net, words, batch),
                 *predicate_losses(net, words, batch), *pair_losses(net, words, batch)])
