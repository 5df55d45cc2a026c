"""CrossNER's politics sentences: names in encyclopaedic text on parties and elections, in the three kinds of Universal NER."""

from documents import Document

KINDS = {"person": "PER", "politician": "PER", "organisation": "ORG", "politicalparty": "ORG", "country": "LOC", "location": "LOC"}


def load(folder):
    """One document a sentence: the training and the development part, which no score of ours is taken from."""
    out, rows = [], []
    for part in ("train", "dev"):
        for line in [*open(folder / "ner" / "crossner_politics" / f"{part}.txt", encoding="utf8"), "\n"]:
            columns = line.split()
            if len(columns) == 2:
                rows.append(columns)
            elif rows:
                out.append(Document([w for w, _ in rows], [0], entities=[tag(t) for _, t in rows]))
                rows = []
    return out


def tag(theirs):
    kind = KINDS.get(theirs[2:])
    return theirs[:2] + kind if kind else "O"
