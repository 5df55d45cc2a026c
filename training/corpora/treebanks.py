"""English Universal Dependencies (EWT, GUM) with the layers that others annotated on EWT's sentences."""

import json

from corpora import gum_names
from documents import Document
from labels import SRL_ROLES


def sentences(path):
    """(document id, sentence id, rows of columns 2, 3, 4, 6, 7, 8, 10) for each sentence; multiword lines are passed over."""
    document, sentence, rows = "", "", []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            document = line.split("= ", 1)[1]
        elif line.startswith("# sent_id"):
            sentence = line.split("= ", 1)[1]
        elif not line:
            if rows:
                yield document, sentence, rows
            rows = []
        elif not line.startswith("#"):
            c = line.split("\t")
            if c[0].isdigit():
                rows.append((c[1], c[2], c[3], c[5], int(c[6]), c[7], c[9]))


def load(folder, name, split, with_layers=True):
    """Documents of a treebank; for EWT with semantic roles, entities and factuality of the same sentences, for GUM with entities."""
    layers = ewt_layers(folder, split) if name == "en_ewt" and with_layers else {}
    out, last = [], None
    for document, sentence, rows in sentences(folder / "ud" / f"{name}-{split}.conllu"):
        if document != last:
            out.append(Document([], [], upos=[], feats=[], lemmas=[], heads=[], relations=[]))
            if name == "en_gum":
                out[-1].entities = []
            if layers:
                out[-1].entities, out[-1].srl, out[-1].factuality = [], [], []
            last = document
        add_sentence(out[-1], sentence, rows, layers)
    return out


def add_sentence(d, sentence, rows, layers):
    at = len(d.words)
    d.starts.append(at)
    for i, (form, lemma, upos, feats, head, relation, _) in enumerate(rows):
        d.words.append(form)
        d.lemmas.append(lemma)
        d.upos.append(upos)
        d.feats.append(feats)
        d.heads.append(at + (head - 1 if head else i))
        d.relations.append(relation)
    words = [row[0] for row in rows]
    if not layers:
        if d.entities is not None:
            heads = [row[4] - 1 if row[4] else i for i, row in enumerate(rows)]
            d.entities += gum_names.tags(words, [row[2] for row in rows], [row[3] for row in rows], heads, [row[6] for row in rows])
        return
    tags = layers["entities"].get(sentence)
    d.entities += tags if tags and len(tags) == len(rows) else [None] * len(rows)
    for predicate, args in layers["srl"].get(sentence, []):
        d.srl.append((at + predicate, [(at + s, at + e, role) for s, e, role in args]))
    d.factuality += [(at + i, x) for i, x in layers["factuality"].get(" ".join(words), [])]


def ewt_layers(folder, split):
    """Layers by sentence id (roles, entities) or by the words joined with spaces (factuality)."""
    roles = {}
    for line in open(folder / "srl" / f"propbank_ewt-{split}.jsonl", encoding="utf8"):
        row = json.loads(line)
        roles[row["sent_id"]] = [
            (p["token"], [(s, e, r) for s, e, r in p["args"] if r in SRL_ROLES]) for p in row["predicates"]]
    entities = {}
    for sentence, rows in iob2(folder / "ner" / f"uner_ewt-{split}.iob2"):
        entities[sentence] = [x if x[2:] in ("PER", "ORG", "LOC") else "O" for _, x in rows]
    facts = {text: points for text, _, points in factuality(folder / "factuality" / f"uds_ih2-{split}.jsonl")}
    return {"srl": roles, "entities": entities, "factuality": facts}


def iob2(path):
    """(sentence id, [(word, tag)]) of a Universal NER file."""
    sentence, rows = "", []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# sent_id"):
            sentence = line.split("= ", 1)[1]
        elif not line:
            if rows:
                yield sentence, rows
            rows = []
        elif not line.startswith("#"):
            rows.append(tuple(line.split("\t")[1:3]))
    if rows:
        yield sentence, rows


def factuality(path):
    """(text, words, [(word index, class)]): scores from -3 to 3, within half a point of 0 uncertain."""
    for line in open(path, encoding="utf8"):
        row = json.loads(line)
        points = [(t["span1"][0], "uncertain" if abs(t["label"]) <= 0.5 else "positive" if t["label"] > 0 else "negative")
                  for t in row["targets"]]
        yield row["text"], row["text"].split(" "), points


def load_factuality(folder, name, split):
    """Sentences of a factuality corpus as documents of one sentence (its files give no neighbours we may rely on)."""
    out = []
    for _, words, points in factuality(folder / "factuality" / f"{name}-{split}.jsonl"):
        out.append(Document(words, [0], factuality=[p for p in points if p[0] < len(words)]))
    return out
