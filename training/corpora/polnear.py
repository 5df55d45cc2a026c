"""PolNeAR 2018: attributions (source, cue, content) in political news."""

import re


def texts(folder, split):
    """(name, text) of the articles that have annotations."""
    for path in sorted((folder / "attribution" / "polnear" / split / "text").iterdir()):
        yield path.name.removesuffix(".txt"), path.read_bytes().decode("utf8")


def load(folder, split, tokenised):
    """Documents with attributions; where several people annotated a text the first in name order counts."""
    out = []
    for name, text in tokenised.items():
        paths = sorted((folder / "attribution" / "polnear" / split / "attributions").glob(f"{glob_escape(name)}_*.ann"))
        if not paths:
            continue
        d = text.document
        d.attributions = []
        for source, cue, content in relations(paths[0].read_bytes().decode("utf8")):
            ranges = [sorted(r for r in (text.words(*s) for s in spans) if r) for spans in (cue, source, content)]
            if ranges[0] and ranges[2]:
                d.attributions.append(tuple(ranges))
        out.append(d)
    return out


def glob_escape(name):
    return re.sub(r"([*?[])", r"[\1]", name)


def relations(text):
    """(source, cue, content) lists of code point spans, from brat's stand-off rows."""
    spans, out = {}, []
    for row in re.split(r"\n(?=[A-Z#]\d+\t)", text):
        columns = row.split("\t")
        if row.startswith("T"):
            spans[columns[0]] = [tuple(map(int, x.split())) for x in columns[1].partition(" ")[2].split(";")]
        elif row.startswith("E") and columns[1].startswith("Attribution"):
            parts = {"Source": [], "Cue": [], "Content": []}
            for item in columns[1].split():
                role, _, ref = item.partition(":")
                role = role.rstrip("0123456789")
                if role in parts and ref in spans:
                    parts[role] += spans[ref]
            out.append((parts["Source"], parts["Cue"], parts["Content"]))
    return out
