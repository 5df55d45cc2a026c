"""The training tasks: which corpus feeds which heads, as documents."""

import functools
import hashlib
import shlex

import phrases
from corpora import events, names, own, own_names, politics, polnear, texts, tokens, treebanks


class Corpora:
    """Loads corpora of the shared data folder when they are asked for, and keeps them."""

    def __init__(self, folder, program, cache):
        self.folder, self.program, self.cache = folder, shlex.split(program), cache
        cache.mkdir(parents=True, exist_ok=True)

    def tokenised(self, rows):
        rows = list(rows)
        key = hashlib.sha256(repr(rows).encode()).hexdigest()[:16]
        return tokens.tokenise(rows, self.program, self.cache / f"split-{key}.jsonl")

    @functools.cache
    def load(self, task, split):
        """Documents of a task; `split` is train or dev."""
        return getattr(self, f"task_{task}")(split)

    def task_ewt(self, split):
        return treebanks.load(self.folder, "en_ewt", split)

    def task_gum(self, split):
        return treebanks.load(self.folder, "en_gum", split)

    def task_facts(self, split):
        return treebanks.load_factuality(self.folder, "uw", split)

    def task_names(self, split):
        return names.load(self.folder, split)

    def task_politics(self, split):
        return politics.load(self.folder) if split == "train" else []

    def task_web_names(self, split):
        return own_names.load() if split == "train" else []

    def task_attribution(self, split):
        return polnear.load(self.folder, split, self.tokenised(polnear.texts(self.folder, split)))

    def task_events(self, split):
        rows = ((i, row["text"], row["published"]) for i, row in events.stories(self.folder, split))
        return events.load(self.folder, split, self.tokenised(rows))

    def task_own(self, split):
        rows = ((i, row["text"], row["published"]) for i, row in own.stories())
        return own.load(self.folder, self.tokenised(rows)) if split == "train" else []

    def task_texts(self, split):
        found = self.tokenised(texts.load(self.folder)) if split == "train" else {}
        return [text.document for text in found.values() if text.document.words]

    def task_story_pairs(self, split):
        return events.story_pairs(self.load("events", split))

    def task_own_pairs(self, split):
        return events.story_pairs(self.load("own", split))

    def task_plv(self, split):
        return self.pairs("PLV_train")[0] if split == "train" else []

    def task_marked(self, split):
        return self.marked(own.marked_rows())[0] if split == "train" else []

    def task_aw(self, split):
        return self.pairs("AW_train")[0] if split == "train" else []

    def task_phrases(self, split):
        return phrases.documents() if split == "train" else []

    def task_phrase_pairs(self, split):
        return phrases.pairs() if split == "train" else []

    def pairs(self, name):
        """(documents, (row number, sentence group) of each) of a set of given pairs."""
        return self.marked(events.marked_rows(self.folder, name))

    def marked(self, rows):
        """The same of sentences with marks."""
        rows = list(rows)
        # A pair set's row is one paragraph whatever its blanks, so that it stays one piece for the splitter.
        return events.load_pairs(rows, self.tokenised((key, text) for key, text, *_ in rows))
