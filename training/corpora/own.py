"""Stories of our own writing, annotated by the codebook (training/stories; check_stories.py says how), and sentences of
our own with a marked actor and recipient (training/pairs)."""

import csv
import pathlib

from corpora import events

HERE = pathlib.Path(__file__).resolve().parent.parent
STORIES = HERE / "stories"


def misplaced(columns, lines):
    """What a row names that does not stand in its line."""
    import events_gold

    line, trigger = int(columns[0]), columns[1]
    found = []
    try:
        word, _, nth = trigger.partition("#")
        events_gold.find(lines[line], word, int(nth or 1))
    except ValueError:
        found.append(f"“{trigger}” is not in line {line}")
    offsets = events_gold.starts(lines)
    for name, cell in zip(("actor", "recipient", "according_to", "place"), [*columns[5:8], columns[9]]):
        try:
            events_gold.party(cell, line, lines, offsets)
        except (ValueError, IndexError):
            found.append(f"{name} “{cell}” is not in its line")
    return found


def stories():
    """(id, row) as the annotated stories of the shared folder have them; a file's name begins with the day of publication."""
    for path in sorted(STORIES.rglob("*.txt")):
        lines = path.read_text(encoding="utf8").rstrip("\n").split("\n")
        yield path.stem, {"id": path.stem, "published": path.stem[:10], "lines": lines, "text": "\n\n".join(lines), "table": path.with_suffix(".tsv")}


def load(folder, tokenised):
    """Documents with events; `folder` is the shared data folder, `tokenised` has the stories' texts."""
    tool = events.gold_tool(folder)
    out = []
    for name, row in stories():
        text = tokenised[name]
        found = tool.story_gold(row, str(row["table"]))["events"]
        text.document.events = sorted(filter(None, (events.event(text, e) for e in found)), key=lambda e: e[0])
        out.append(text.document)
    return out


def marked_rows():
    """(key, text, actor span, recipient span, allowed types, sentence) of training/pairs, as events.marked_rows has them."""
    for path in sorted((HERE / "pairs").glob("*.tsv")):
        for n, row in enumerate(csv.DictReader(open(path, encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE)):
            text, spans = events.strip_marks(row["marked_sentence"])
            yield f"{path.stem}/{n}", text, spans["s"], spans["t"], [row["type"]], text
