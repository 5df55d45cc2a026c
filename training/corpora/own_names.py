"""Texts of our own with marked names (training/names): web writing, in the three kinds of Universal NER."""

import pathlib
import re

from documents import Document

NAMES = pathlib.Path(__file__).resolve().parent.parent / "names"


def load():
    """One document a text; blank lines part texts, lines are sentences of words with `[KIND words]` marked."""
    out, fresh = [], True
    for path in sorted(NAMES.glob("*.txt")):
        for line in [*open(path, encoding="utf8"), "\n"]:
            words, tags = marked(line)
            if words and fresh:
                out.append(Document([], [], entities=[]))
            fresh = not words
            if words:
                out[-1].starts.append(len(out[-1].words))
                out[-1].words += words
                out[-1].entities += tags
    return out


def marked(line):
    """Words and BIO tags of a line."""
    words, tags = [], []
    for kind, name, plain in re.findall(r"\[(PER|LOC|ORG) ([^\]]+)\]|([^\[\]]+)", line):
        found = (name or plain).split()
        words += found
        tags += [f"{'I' if i else 'B'}-{kind}" for i in range(len(found))] if kind else ["O"] * len(found)
    return words, tags
