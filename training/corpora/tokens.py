"""Tokens of raw text, made by the program itself so that training sees what reading sees."""

import bisect
import json
import subprocess

from documents import Document


class Text:
    """One tokenised text: words with their code point offsets, its times, and a bare Document to fill with layers."""

    def __init__(self, text, sentences, times=()):
        self.text, self.times = text, times
        self.spans = [tuple(span) for sentence in sentences for span in sentence]
        starts, at = [], 0
        for sentence in sentences:
            starts.append(at)
            at += len(sentence)
        self.begins = [s for s, _ in self.spans]
        self.document = Document([text[s:e] for s, e in self.spans], starts)

    def words(self, start, end):
        """The range of words that share a character with [start, end); None if there is none."""
        a = max(0, bisect.bisect_right(self.begins, start) - 1)
        if a < len(self.spans) and self.spans[a][1] <= start:
            a += 1
        b = bisect.bisect_left(self.begins, end)
        return (a, b) if a < b else None


def tokenise(rows, program, cache):
    """{id: Text} for (id, text) or (id, text, day of publication) rows, by `measure split`; `cache` keeps its answer between runs."""
    rows = list(rows)
    asked = "".join(json.dumps(dict(zip(("id", "text", "published"), row))) + "\n" for row in rows)
    if cache.exists() and cache.with_suffix(".asked").read_text(encoding="utf8") == asked:
        answer = cache.read_text(encoding="utf8")
    else:
        done = subprocess.run([*program, "split"], input=asked, capture_output=True, text=True, check=True)
        answer = done.stdout
        cache.write_text(answer, encoding="utf8")
        cache.with_suffix(".asked").write_text(asked, encoding="utf8")
    found = {row["id"]: row for row in map(json.loads, answer.splitlines())}
    return {i: Text(t, found[i]["sentences"], found[i].get("times", ())) for i, t, *_ in rows}
