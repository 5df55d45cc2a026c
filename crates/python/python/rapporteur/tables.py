"""Records as flat tables."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from typing import Any, Protocol, Union

from . import _native, arguments
from .records import Record

NAMES = ("stories", "events", "claims", "actors", "problems")
"""The flat tables."""


class ArrowStream(Protocol):
    """A table that speaks Arrow's PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class ArrowArray(Protocol):
    """A batch that speaks Arrow's PyCapsule interface."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


ArrowData = Union[ArrowStream, ArrowArray]


def columns(table: str) -> list[tuple[str, str, str]]:
    """Name, kind and description of each column of a flat table: `stories`, `events`, `claims`, `actors` or `problems`."""
    arguments.text(table=table)
    return _native.columns(table)


def json_of(records: Iterable[Record]) -> list[str]:
    """The JSON of records; raises `TypeError` where one is none."""
    if not isinstance(records, Iterable):
        raise arguments.wrong("records", "records", records)
    found = list(records)
    for record in found:
        if not isinstance(record, Record):
            raise arguments.wrong("records", "records", record)
    return [record.to_json() for record in found]


class Tables:
    """The records of some documents as flat tables, which are made when they are asked for.

    Each is a `rapporteur.Table`, which pyarrow, polars, pandas and duckdb take without a copy:
    `pyarrow.table(tables.events)`, `polars.DataFrame(tables.events)`, `tables.events.to_pandas()`.
    `rapporteur.columns("events")` describes the columns; docs/tables.md has them all.
    """

    def __init__(self, readings: ArrowData) -> None:
        """Takes a table of readings: one row a document, with its record as JSON or the reason why there is none."""
        self.readings = readings

    @classmethod
    def of_records(cls, records: Iterable[Record]) -> Tables:
        """The tables of records that are there."""
        return cls(_native.readings_of(json_of(records)))

    @classmethod
    def together(cls, parts: Iterable[Tables]) -> Tables:
        """All rows of several, in their order."""
        parts = list(parts)
        for part in parts:
            if not isinstance(part, Tables):
                raise arguments.wrong("parts", "several Tables", part)
        return cls(_native.together([part.readings for part in parts]))

    @functools.cached_property
    def stories(self) -> _native.Table:
        """One row a story that was read."""
        return _native.flatten("stories", self.readings)

    @functools.cached_property
    def events(self) -> _native.Table:
        """One row an event."""
        return _native.flatten("events", self.readings)

    @functools.cached_property
    def claims(self) -> _native.Table:
        """One row a claim."""
        return _native.flatten("claims", self.readings)

    @functools.cached_property
    def actors(self) -> _native.Table:
        """One row an actor of a story."""
        return _native.flatten("actors", self.readings)

    @functools.cached_property
    def problems(self) -> _native.Table:
        """One row a problem, those of documents that gave no story included."""
        return _native.flatten("problems", self.readings)

    @property
    def records(self) -> Iterator[Record]:
        """The records, in the order of the documents; those without one are passed over."""
        return (Record(json) for json in self.stories.column("record"))

    def write_csv(self, folder: str | os.PathLike[str]) -> None:
        """Writes the tables into a folder, which is made where it is missing: `stories.csv`, `events.csv` and so on.

        The stories' column `record` is left in, long as it is; Stata and spreadsheets need not import it.
        """
        folder = arguments.path("folder", folder)
        os.makedirs(folder, exist_ok=True)
        for name in NAMES:
            table: _native.Table = getattr(self, name)
            table.write_csv(os.path.join(folder, f"{name}.csv"))

    def write_parquet(self, folder: str | os.PathLike[str]) -> None:
        """Writes the tables into a folder: `stories.parquet`, `events.parquet` and so on. Needs pyarrow."""
        import pyarrow.parquet

        folder = arguments.path("folder", folder)
        os.makedirs(folder, exist_ok=True)
        for name in NAMES:
            table: _native.Table = getattr(self, name)
            pyarrow.parquet.write_table(table.to_pyarrow(), os.path.join(folder, f"{name}.parquet"))

    def __repr__(self) -> str:
        return f"<rapporteur.Tables: {len(self.stories)} stories, {len(self.events)} events, {len(self.claims)} claims>"
