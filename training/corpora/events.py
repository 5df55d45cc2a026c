"""The annotated event stories (events/voa) and the sets of given pairs (PLV, AW)."""

import csv
import json
import re
import sys

from documents import Document
from labels import CONFLICT, EVENT_TYPES, FOLD


def stories(folder, split):
    """(id, row) of the annotated stories of a split."""
    base = folder / "events" / "voa"
    for line in open(base / "stories.jsonl", encoding="utf8"):
        row = json.loads(line)
        if (base / split / f"{row['id']}.tsv").exists():
            yield row["id"], row


def gold_tool(folder):
    """The shared tool that finds the words of an annotation; here it finds whole words first, so that "he" is not in "the"."""
    sys.path.insert(0, str(folder.parent / "tools"))
    import events_gold
    plain = getattr(events_gold, "plain_find", events_gold.find)

    def find(text, piece, nth=1):
        whole = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(piece)}(?!\w)", text)]
        return whole[nth - 1] if nth <= len(whole) else plain(text, piece, nth)

    events_gold.plain_find, events_gold.find = plain, find
    return events_gold


def gold(folder, split):
    """{story id: events} with code point offsets, made by the shared tool from the annotations."""
    tool, base = gold_tool(folder), folder / "events" / "voa" / split
    return {i: tool.story_gold(row, str(base / f"{i}.tsv"))["events"] for i, row in stories(folder, split)}


def load(folder, split, tokenised):
    """Stories with events."""
    out, events = [], gold(folder, split)
    for name, text in tokenised.items():
        d = text.document
        d.events = sorted(filter(None, (event(text, e) for e in events[name])), key=lambda e: e[0])
        out.append(d)
    return out


def event(text, e):
    trigger = text.words(*e["trigger"])
    if trigger is None:
        return None
    roles = {"actor": "actor", "recipient": "recipient", "reporter": "according_to", "place": "place"}
    spans = {ours: [text.words(p["start"], p["end"]) for p in e[theirs] if p["start"] is not None]
             for ours, theirs in roles.items()}
    spans["time"] = [text.words(start, end) for start, end, value in text.times if e["date"] and same_days(value, e["date"])]
    return trigger, e["type"], e["mode"], e["status"], {k: sorted(filter(None, v)) for k, v in spans.items()}


def same_days(value, date):
    """Whether a TIMEX3 value stands for the days of an event; the hour of a value does not count."""
    return value.partition("T")[0] == date


def story_pairs(documents):
    """Pairs from stories: sentences where an event's actor and recipient are both named; one type for each pair."""
    out = []
    for d in documents:
        edges = d.starts + [len(d.words)]
        for a, b in zip(edges, edges[1:]):
            found = {}
            for trigger, kind, _, _, roles in d.events:
                if a <= trigger[0] < b:
                    for x in roles["actor"]:
                        for y in roles["recipient"]:
                            if a <= x[0] and x[1] <= b and a <= y[0] and y[1] <= b and (x[1] <= y[0] or y[1] <= x[0]):
                                found.setdefault((x, y), set()).add(kind)
            for (x, y), kinds in sorted(found.items()):
                if len(kinds) == 1:
                    out.append(Document(d.words[a:b], [0], pair=((x[0] - a, x[1] - a), (y[0] - a, y[1] - a), sorted(kinds))))
    return out


def marked_rows(folder, name):
    """(key, text, actor span, recipient span, allowed types, group) of PLV_train or AW_train; a span may be None."""
    rows = csv.DictReader(open(folder / "events" / f"{name}.tsv", encoding="utf8"), delimiter="\t")
    for n, row in enumerate(rows):
        if "gold_root" in row:
            allowed = FOLD.get(row["gold_root"], [row["gold_root"]])
        else:
            allowed = [t for t in EVENT_TYPES if (t in CONFLICT) == (row["gold_binary"] == "1")]
        text, spans = strip_marks(row["marked_sentence"])
        yield f"{name}/{n}", text, spans.get("s"), spans.get("t"), allowed, row.get("sentence_id") or row.get("uid")


def strip_marks(marked):
    """Text without its <s> and <t> tags, and the spans that they held."""
    text, spans, opened = "", {}, {}
    for piece in re.split(r"(</?[st]>)", marked):
        m = re.fullmatch(r"<(/?)([st])>", piece)
        if not m:
            text += piece
        elif m[1] and m[2] in opened:
            spans[m[2]] = (opened[m[2]], len(text))
        elif not m[1]:
            opened[m[2]] = len(text)
    return text, spans


def load_pairs(rows, tokenised):
    """(documents, (row number, group) of each): one sentence, a marked pair, the types that the label allows."""
    out, origins = [], []
    for key, _, actor, recipient, allowed, group in rows:
        text = tokenised[key]
        # A side that the sentence does not name has no words: its pooled vector is zero.
        a, r = (text.words(*span) if span else None for span in (actor, recipient))
        out.append(Document(text.document.words, [0], pair=(a or (0, 0), r or (0, 0), allowed)))
        origins.append((int(key.partition("/")[2]), group))
    return out, origins
