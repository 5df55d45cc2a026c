"""Reading stories: one, many, tables and files."""

from __future__ import annotations

import datetime
import functools
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from . import _native, arguments
from .arguments import Path
from .records import Provenance, Record
from .tables import ArrowData, Tables

Date = str | datetime.date


@dataclass(frozen=True)
class Relation:
    """How the relation of a pair is classified."""

    type: str | None
    """The PLOVER type that fits best; `None` where the model has no head for pairs."""
    probability: float
    """0 to 1."""
    types: dict[str, float]
    """All types with their probabilities, which sum to 1, the best first."""


class Records(Iterator[Record]):
    """Records in the order of their stories, made while they are taken."""

    def __init__(self, flow: _native.Flow) -> None:
        self._flow = flow

    def __next__(self) -> Record:
        return Record(next(self._flow))

    @property
    def problems(self) -> list[tuple[int, str]]:
        """Number of the story, from 0, and what was wrong with it, for each that was left out so far."""
        return self._flow.problems


class Reader:
    """Reads stories. It opens the model once, serves all threads, and lets other Python threads run meanwhile.

    lexicon: files of a lexicon of your own (docs/lexicon.md), which go before the built-in one. Lines that cannot be
        used are told in a warning; the others hold.
    arithmetic: `"f32"` or `"int16"`; the fastest of this machine where none is given.
    jobs: stories read at the same time; one for each core where none is given.
    """

    def __init__(
        self,
        *,
        lexicon: Path | Iterable[Path] = (),
        arithmetic: Literal["f32", "int16"] | None = None,
        jobs: int | None = None,
    ) -> None:
        arguments.text_or_none(arithmetic=arithmetic)
        arguments.whole(jobs=jobs)
        if jobs is not None and jobs < 1:
            raise ValueError("argument 'jobs': must be positive")
        self._native = _native.Reader(arguments.paths("lexicon", lexicon), arithmetic, jobs)
        for problem in self._native.lexicon_problems:
            warnings.warn(problem, stacklevel=2)

    @property
    def provenance(self) -> Provenance:
        """What stands in the records that this reader makes."""
        program, model, lexicon, _ = self._native.provenance
        return Provenance(program, model, lexicon)

    @property
    def version(self) -> str:
        """Short name of the version of program, model and lexicon, as it stands in the flat tables and their ids."""
        return self._native.provenance[3]

    @property
    def jobs(self) -> int:
        """Stories read at the same time."""
        return self._native.jobs

    def read(
        self,
        text: str,
        *,
        published: Date | None = None,
        id: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        headline: str | None = None,
        byline: str | None = None,
    ) -> Record:
        """Reads one story. Never fails on any text: what could not be read as it should is in the record's `problems`.

        published: the day of publication, in place of what the text says.
        id: your own name for the story, the record's `story.ref`.

        Raises `TypeError` for arguments of another type, `ValueError` where `published` is no date.
        """
        arguments.text(text=text)
        arguments.text_or_none(id=id, url=url, publisher=publisher, headline=headline, byline=byline)
        json = self._native.read(
            text,
            id=id,
            url=url,
            publisher=publisher,
            headline=headline,
            byline=byline,
            published=published,
        )
        return Record(json)

    def read_many(
        self,
        stories: Iterable[str | dict[str, Any]],
        *,
        errors: Literal["raise", "skip"] = "raise",
    ) -> Records:
        """Reads stories on all cores; gives their records in the order of the stories, while they are taken.

        stories: texts, or dicts with `text` and, where known, `id`, `url`, `publisher`, `headline`, `byline` and
            `published`. No more of them is taken than is being read.
        errors: whether a story that is none (`None`, a number, blank text) ends it with a `TypeError` or `ValueError` that
            gives its number, or is left out and noted in `problems`.
        """
        if isinstance(stories, (str, bytes, dict)) or not isinstance(stories, Iterable):
            raise arguments.wrong("stories", "an iterable of stories", stories)
        if errors not in ("raise", "skip"):
            raise ValueError(f"argument 'errors': {errors!r} is neither 'raise' nor 'skip'")
        return Records(self._native.read_many(stories, errors == "skip"))

    def read_arrow(
        self,
        documents: ArrowData,
        *,
        text: str = "text",
        id: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        headline: str | None = None,
        byline: str | None = None,
        published: str | None = None,
        only_english: bool = False,
    ) -> Tables:
        """Reads the rows of a table on all cores.

        documents: a table or batch of pyarrow, polars, pandas, duckdb or any library with Arrow's PyCapsule interface; it
            is taken without a copy.
        text, id, …: names of the columns. Those of columns with these very names need not be given.
        only_english: leave out stories in other languages, with the problem `not_english`.

        A row that cannot be read, such as one whose text is null, becomes a row of `problems`.

        Raises `ValueError` that lists the columns where one is missing, `TypeError` where one holds something else.
        """
        names = dict(
            text=text,
            id=id,
            url=url,
            publisher=publisher,
            headline=headline,
            byline=byline,
            published=published,
        )
        for name, column in names.items():
            if not isinstance(column, str) and (column is not None or name == "text"):
                raise arguments.wrong(name, "the name of a column", column)
        arguments.flag(only_english=only_english)
        return Tables(self._native.readings(documents, names, only_english))

    def read_files(
        self,
        paths: Path | Iterable[Path],
        *,
        published: Date | None = None,
        only_english: bool = False,
    ) -> Tables:
        """Reads files and folders of stories, as `rapporteur read` takes them: text, JSON Lines, Parquet, web pages,
        feeds, WARC.

        What cannot be read becomes a row of `problems`. The readings of all stories are in memory at the end; `pages` is
        for more than that holds.
        """
        pages = list(self.pages(paths, published=published, only_english=only_english))
        return Tables.together(pages)

    def pages(
        self,
        paths: Path | Iterable[Path],
        *,
        offset: int = 0,
        length: int | None = None,
        published: Date | None = None,
        only_english: bool = False,
        rows: int = 256,
    ) -> Iterator[Tables]:
        """As `read_files`, some stories at a time, so that memory does not grow with their number.

        offset, length: of one file only these bytes, which must be those of a piece (`_native.pieces`).
        rows: most documents at a time.
        """
        arguments.whole(offset=offset, length=length, rows=rows)
        arguments.flag(only_english=only_english)
        if rows < 1:
            raise ValueError("argument 'rows': must be positive")
        if offset < 0 or (length is not None and length < 0):
            raise ValueError("arguments 'offset' and 'length': must not be negative")
        found = arguments.paths("paths", paths)
        if length is not None and len(found) != 1:
            raise ValueError("argument 'length': only one file has pieces")
        pages = self._native.pages(found, offset, length, published, only_english, rows)
        return map(Tables, pages)

    def relate(self, sentence: str, actor: str | None = None, recipient: str | None = None) -> Relation:
        """Classifies the relation of a pair by PLOVER type.

        sentence: with the words of `actor` and `recipient` in it, or, where neither is given, with marks:
            `<s>the actor</s>`, `<t>the recipient</t>`.

        Raises `ValueError` where the words are not in the sentence, or it has no marks.
        """
        arguments.text(sentence=sentence)
        arguments.text_or_none(actor=actor, recipient=recipient)
        types = self._native.relate(sentence, actor, recipient)
        best, probability = types[0] if types else (None, 0.0)
        return Relation(best, probability, dict(types))


def relate(sentence: str, actor: str | None = None, recipient: str | None = None) -> Relation:
    """As `Reader.relate`, with a reader that is opened at the first call and kept."""
    return _kept().relate(sentence, actor, recipient)


@functools.cache
def _kept() -> Reader:
    return Reader()
