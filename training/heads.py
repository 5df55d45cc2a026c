"""The heads on the encoder's word vectors, as docs/model-file.md defines them, and the network that holds them."""

import torch
import torch.nn.functional as F
from torch import nn

DISTANCES = 65
LEAK = 0.1


class Biaffine(nn.Module):
    """Scores of labels for pairs of words. `projections` may be shared with another head (same sizes)."""

    def __init__(self, hidden: int, size: int, labels: int, projections=None):
        super().__init__()
        self.left, self.right = projections or (nn.Linear(hidden, size), nn.Linear(hidden, size))
        self.labels, self.size = labels, size
        self.bilinear = nn.Parameter(torch.zeros(labels, size + 1, size + 1))
        nn.init.normal_(self.bilinear, std=size ** -0.5 * 0.3)
        self.distance = nn.Parameter(torch.zeros(labels, DISTANCES))
        self.dropout = nn.Dropout(0.2)

    def sides(self, words):
        """[..., hidden] to two [..., size + 1]: each projection with a one appended."""
        def side(linear):
            x = self.dropout(F.leaky_relu(linear(words), LEAK))
            return torch.cat([x, torch.ones_like(x[..., :1])], -1)
        return side(self.left), side(self.right)

    def near(self, i, j):
        """Distance term for word indices i and j (broadcast): [..., labels]."""
        return self.distance.t()[(j - i).clamp(-32, 32) + 32]

    def square(self, words):
        """One-label heads: words [batch, n, hidden] to scores [batch, n, n]."""
        left, right = self.sides(words)
        at = torch.arange(words.shape[1], device=words.device)
        return left @ self.bilinear[0] @ right.transpose(1, 2) + self.near(at[:, None], at[None, :])[..., 0]

    def pairs(self, words, row, i, j):
        """Scores [pairs, labels] for pairs (i, j) of words in windows `row`."""
        left, right = self.sides(words)
        l, r = left[row, i], right[row, j]
        mixed = torch.einsum("pd,lde->ple", l, self.bilinear)
        return torch.einsum("ple,pe->pl", mixed, r) + self.near(i, j)

    def rows(self, words, row, i):
        """Scores [predicates, n, labels] of every word of the window for predicates i in windows `row`."""
        left, right = self.sides(words)
        mixed = torch.einsum("pd,lde->ple", left[row, i], self.bilinear)
        scores = torch.einsum("pne,ple->pnl", right[row], mixed)
        at = torch.arange(words.shape[1], device=words.device)
        return scores + self.near(i[:, None], at[None, :])


class Pooled(nn.Module):
    """PLOVER type of a marked actor and recipient, from three pooled vectors."""

    def __init__(self, hidden: int, inner: int, labels: int):
        super().__init__()
        self.hidden = nn.Linear(3 * hidden, inner)
        self.out = nn.Linear(inner, labels)
        self.dropout = nn.Dropout(0.1)

    def forward(self, words, actor, recipient, present):
        """words [batch, n, hidden]; the other three are 0/1 weights [batch, n]."""
        def mean(weights):
            return (words * weights[..., None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1)
        x = torch.cat([mean(actor), mean(recipient), mean(present)], -1)
        return self.out(self.dropout(F.gelu(self.hidden(self.dropout(x)))))


class Network(nn.Module):
    """Encoder and all heads. `labels` maps head name to its list of labels (see labels.py)."""

    LINEAR = ("upos", "feats", "lemma", "names", "entities", "cue", "trigger", "mode", "status", "factuality")

    def __init__(self, encoder, labels, sizes):
        super().__init__()
        hidden = encoder.config.hidden
        self.encoder, self.labels = encoder, labels
        self.linear = nn.ModuleDict({name: nn.Linear(hidden, len(labels[name])) for name in self.LINEAR})
        argument = Biaffine(hidden, sizes["argument"], len(labels["argument"]))
        self.biaffine = nn.ModuleDict({
            "arc": Biaffine(hidden, sizes["arc"], 1),
            "relation": Biaffine(hidden, sizes["relation"], len(labels["relation"])),
            "attribution": Biaffine(hidden, sizes["attribution"], len(labels["attribution"])),
            "argument": argument,
            # Semantic roles only lend the argument head their supervision: they share its projections and are not shipped.
            "srl": Biaffine(hidden, sizes["argument"], len(labels["srl"]), (argument.left, argument.right)),
        })
        self.pooled = nn.ModuleDict({"pair": Pooled(hidden, sizes["pair"], len(labels["pair"]))})
        self.dropout = nn.Dropout(0.1)

    def words(self, batch):
        """Vectors of the words' first pieces: [batch, n, hidden], zero where a window has fewer words."""
        x = self.encoder(batch.pieces, batch.shapes, batch.marks).float()
        first = batch.first[..., None].expand(-1, -1, x.shape[-1])
        return self.dropout(x.gather(1, first)) * batch.present[..., None]
