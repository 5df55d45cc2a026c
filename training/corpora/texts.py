"""Plain text without labels, for a student to hear its teachers on: news of the corpora for times and places, and sentences of the UN."""

import csv
import html
import re


def load(folder):
    """(key, text) of each story, and of the UN's sentences in stories of ten."""
    for path in sorted((folder / "time" / "tbaq").glob("*/*.tml")):
        body = re.search(r"<TEXT>(.*)</TEXT>", path.read_text(encoding="utf8"), re.S)
        if body:
            yield f"tbaq/{path.stem}", html.unescape(re.sub(r"<[^>]+>", "", body[1])).strip()
    for name in ("lgl", "GeoVirus"):
        raw = (folder / "place" / f"{name}.xml").read_text(encoding="utf8")
        for n, body in enumerate(re.findall(r"<text>(.*?)</text>", raw, re.S)):
            inner = re.fullmatch(r"<!\[CDATA\[(.*)\]\]>", body.strip(), re.S)
            yield f"{name}/{n}", inner[1] if inner else html.unescape(body)
    rows = csv.DictReader(open(folder / "events" / "un_quad.tsv", encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    sentences = sorted({row["en"].strip('"') for row in rows})
    for n in range(0, len(sentences), 10):
        yield f"un/{n}", "\n\n".join(sentences[n:n + 10])
