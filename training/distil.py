"""What a student learns from its teachers: the mean of their likelihoods at every head, on text with and without labels.

Soft targets as in Hinton et al. 2015 (temperature 1), from several teachers at once. Heads that speak at all words learn
at all words; those that speak at some (status and mode at triggers, spans of cues and triggers) learn where the teachers
see such a word, each by how sure they are.
"""

import torch
import torch.nn.functional as F

from losses import arc_scores, pair_scores, span_scores

EVERYWHERE = ("upos", "feats", "lemma", "names", "entities", "cue", "trigger")
# A predicate is looked at from this likelihood on.
SEEN = 0.15
# At most so many predicates a batch and head, for memory.
MOST = 512


class Teachers:
    """One or more networks with the student's labels, whose opinions count alike."""

    def __init__(self, nets):
        self.nets = nets
        for net in nets:
            net.eval().requires_grad_(False)

    def words(self, batch):
        return [net.words(batch) for net in self.nets]

    def mean(self, words, scores):
        """Mean likelihoods of `scores(net, words of net)`."""
        return sum(scores(net, w).float().softmax(-1) for net, w in zip(self.nets, words)) / len(self.nets)


def soft_entropy(scores, target, weight):
    """Mean cross entropy against likelihoods; `weight` has the shape of both without the last dimension."""
    told = -(target * F.log_softmax(scores.float(), -1)).sum(-1)
    return (told * weight).sum() / weight.sum().clamp(min=1e-6)


def agreement(net, batch, words, teachers):
    """{head: loss} of the student's word vectors `words` against the teachers' opinion of the batch."""
    with torch.no_grad():
        theirs = teachers.words(batch)
    if batch.pair is not None:
        with torch.no_grad():
            target = teachers.mean(theirs, lambda t, w: pair_scores(t, w, batch))
        return {"pair": soft_entropy(pair_scores(net, words, batch), target, torch.ones_like(target[:, 0]))}
    out, present = {}, batch.present
    with torch.no_grad():
        target = {head: teachers.mean(theirs, lambda t, w: t.linear[head](w)) for head in (*EVERYWHERE, "mode", "status", "factuality")}
    for head in EVERYWHERE:
        out[head] = soft_entropy(net.linear[head](words), target[head], present)
    triggers = (1 - target["trigger"][..., 0] - target["trigger"][..., -1]) * present
    verbs = target["upos"][..., net.labels["upos"].index("VERB")] * present
    for head, weight in (("mode", triggers), ("status", triggers), ("factuality", verbs)):
        out[head] = soft_entropy(net.linear[head](words), target[head], weight)
    out.update(tree_agreement(net, batch, words, teachers, theirs))
    for head, chance in (("attribution", target["cue"][..., 1] * present), ("argument", triggers)):
        out[head] = span_agreement(net, head, batch, words, teachers, theirs, chance)
    return out


def tree_agreement(net, batch, words, teachers, theirs):
    """Heads of all words, and the relation of the arc that the teachers hold likeliest."""
    with torch.no_grad():
        arcs = teachers.mean(theirs, lambda t, w: arc_scores(t, w, batch))
        row, at = batch.present.nonzero(as_tuple=True)
        heads = arcs.argmax(-1)[row, at]
        relations = teachers.mean(theirs, lambda t, w: t.biaffine["relation"].pairs(w, row, at, heads))
    scores = net.biaffine["relation"].pairs(words, row, at, heads)
    return {"arc": soft_entropy(arc_scores(net, words, batch), arcs, batch.present),
            "relation": soft_entropy(scores, relations, torch.ones_like(scores[:, 0]))}


def span_agreement(net, head, batch, words, teachers, theirs, chance):
    """Spans of the words that may be predicates, by how likely they are."""
    groups = 1 if head == "attribution" else len(net.labels[head]) // 3
    likely = chance.flatten().topk(min(MOST, chance.numel())).indices
    likely = likely[chance.flatten()[likely] > SEEN]
    row, at = likely // chance.shape[1], likely % chance.shape[1]
    with torch.no_grad():
        target = teachers.mean(theirs, lambda t, w: span_scores(t, head, w, row, at, groups))
    weight = (chance[row, at][:, None] * batch.present[row])[:, None].expand(-1, groups, -1)
    return soft_entropy(span_scores(net, head, words, row, at, groups), target, weight)
