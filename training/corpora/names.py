"""en-worldwide-newswire: names of nine kinds in newswire from outside Europe and North America.

The same names in the three kinds of Universal NER teach the head `entities`, whose own corpus is a tenth of this one.
"""

from documents import Document
from labels import NAME_KINDS

UNIVERSAL = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC"}


def load(folder, split):
    """One document a story; paragraphs are blocks of lines, cut into sentences after closing punctuation."""
    out, rows = [], []
    for line in open(folder / "ner" / f"worldwide_newswire-{split}.iob2", encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            out.append(Document([], [], names=[], entities=[]))
        elif not line.strip():
            add_paragraph(out, rows)
            rows = []
        elif not line.startswith("# "):
            # A few lines have lost their tag.
            rows.append((line.split("\t") + ["O"])[:2])
    add_paragraph(out, rows)
    return [d for d in out if d.words]


def add_paragraph(out, rows):
    if not rows or not out:
        return
    d = out[-1]
    d.starts.append(len(d.words))
    for i, (word, tag) in enumerate(rows):
        d.words.append(word)
        d.names.append(tag if tag[2:] in NAME_KINDS else "O")
        kind = UNIVERSAL.get(tag[2:])
        d.entities.append(tag[:2] + kind if kind else "O")
        ends = word in (".", "!", "?") and i + 1 < len(rows) and tag == "O"
        if ends and rows[i + 1][0] not in ('"', "”", "''", ")"):
            d.starts.append(len(d.words))
