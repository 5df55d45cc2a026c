"""What Spark's Python workers do. All of it is called by name on other machines: nothing here knows of a session."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import _native
from ..reader import Reader
from ..tables import Tables

if TYPE_CHECKING:
    import pyarrow

Piece = tuple[str, int, int]
"""File, offset, length."""


@functools.cache
def reader() -> Reader:
    """The worker's own reader: Spark keeps workers, so that the model is opened once for each, and gives each one core."""
    return Reader(jobs=1)


def batches(table: _native.Table) -> list[pyarrow.RecordBatch]:
    """A table of ours as what Spark takes."""
    import pyarrow

    made = pyarrow.table(table)
    found: list[pyarrow.RecordBatch] = made.to_batches()
    return found


@dataclass(frozen=True)
class Cut:
    """The first pass: files to pieces."""

    size: int

    def __call__(self, rows: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        for batch in rows:
            for path in batch.column(0).to_pylist():
                pieces = _native.pieces(path, self.size)
                columns = [[path] * len(pieces), *([list(c) for c in zip(*pieces)] or [[], []])]
                types = [pyarrow.string(), pyarrow.int64(), pyarrow.int64()]
                arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, types)]
                yield pyarrow.RecordBatch.from_arrays(arrays, names=["path", "offset", "length"])


@dataclass(frozen=True)
class ReadPieces:
    """Numbers of pieces to readings."""

    pieces: tuple[Piece, ...]
    rows: int
    published: str | None
    only_english: bool

    def __call__(self, rows: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in rows:
            for number in batch.column(0).to_pylist():
                path, offset, length = self.pieces[number]
                pages = reader().pages(
                    path,
                    offset=offset,
                    length=length,
                    published=self.published,
                    only_english=self.only_english,
                    rows=self.rows,
                )
                for page in pages:
                    yield from batches(page.readings)  # type: ignore[arg-type]


@dataclass(frozen=True)
class ReadRows:
    """Rows of documents to readings."""

    columns: dict[str, str]
    rows: int
    only_english: bool

    def __call__(self, rows: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in rows:
            for start in range(0, batch.num_rows, self.rows):
                few = batch.slice(start, self.rows)
                readings = reader().read_arrow(few, only_english=self.only_english, **self.columns).readings
                yield from batches(readings)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Flatten:
    """Readings to a flat table."""

    name: str

    def __call__(self, rows: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in rows:
            table: _native.Table = getattr(Tables(batch), self.name)
            yield from batches(table)
