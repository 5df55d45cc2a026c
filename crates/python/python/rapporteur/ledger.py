"""Asking a ledger: many stories brought together into one account (docs/ledger.md)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from . import _native, arguments
from .records import Record
from .tables import json_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

Words = str | Iterable[str]


class Filter(TypedDict, total=False):
    """What to show. All that is given must hold; of several values for one thing, one must."""

    actor: Words
    """Who did it: a country (`RUS`), a CAMEO code (`RUSGOV`), a number (`A12`), a state's name, or words of a name."""
    recipient: Words
    """To whom, in the same forms."""
    type: Words
    """PLOVER types."""
    status: Words
    """`actual`, `planned`, `possible`, `negated`, `claimed`, `denied`; of occurrences also `disputed`."""
    since: str
    """From the first day of YYYY, YYYY-MM or YYYY-MM-DD."""
    until: str
    """To the last day."""
    place: str
    """A country, or words of a place's name."""
    issue: str
    """Words of an issue's name."""
    according_to: Words
    """Who says so, in the forms of `actor`."""
    text: str
    """Words of the evidence."""
    limit: int
    """Most rows; all where none is given."""


_LISTS = ("actor", "recipient", "type", "status", "according_to")
_SINGLE = ("since", "until", "place", "issue", "text", "limit")


def _wanted(given: dict[str, Any]) -> dict[str, Any]:
    unknown = [name for name in given if name not in _LISTS + _SINGLE]
    if unknown:
        names = ", ".join(_LISTS + _SINGLE)
        raise TypeError(f"there is no filter '{unknown[0]}'; the filters are {names}")
    wanted: dict[str, Any] = {name: given.get(name) for name in _SINGLE}
    for name, value in wanted.items():
        kind = int if name == "limit" else str
        if value is not None and not isinstance(value, kind):
            raise arguments.wrong(name, f"{'an' if kind is int else 'a'} {kind.__name__}", value)
    if wanted["limit"] is not None and wanted["limit"] < 0:
        raise ValueError("argument 'limit': must not be negative")
    for name in _LISTS:
        wanted["types" if name == "type" else name] = _words(name, given.get(name, ()))
    return wanted


def _words(argument: str, words: Words) -> list[str]:
    if not isinstance(words, Iterable):
        raise arguments.wrong(argument, "a str or several", words)
    found = [words] if isinstance(words, str) else list(words)
    for word in found:
        if not isinstance(word, str):
            raise arguments.wrong(argument, "a str or several", word)
    return found


class Ledger:
    """A ledger, open to be asked. Answers are tables (`rapporteur.Table`), the rows those of the command line.

    Several values of a cell have `;` between them; `figures` and `evidence` of events are JSON.

    path: the file; `FileNotFoundError` where there is none.
    create: make an empty one where there is none.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False) -> None:
        arguments.flag(create=create)
        self._native = _native.Ledger(arguments.path("path", path), create)

    def events(self, **filter: Unpack[Filter]) -> _native.Table:
        """What happened: one row an occurrence, however often it is told, the latest first."""
        return self._native.ask("events", _wanted(dict(filter)), [])

    def reports(self, **filter: Unpack[Filter]) -> _native.Table:
        """One row a report: an event in one story."""
        return self._native.ask("reports", _wanted(dict(filter)), [])

    def claims(self, *, stance: Words = (), **filter: Unpack[Filter]) -> _native.Table:
        """What is said, and by whom. `stance`: `deny`, `promise` and so on."""
        return self._native.ask("claims", _wanted(dict(filter)), _words("stance", stance))

    def stories(self, **filter: Unpack[Filter]) -> _native.Table:
        """The stories."""
        return self._native.ask("stories", _wanted(dict(filter)), [])

    def actors(self, **filter: Unpack[Filter]) -> _native.Table:
        """Who is in the ledger."""
        return self._native.ask("actors", _wanted(dict(filter)), [])

    def relations(
        self,
        one: str,
        other: str,
        *,
        by: Literal["month", "quarter", "year"] = "month",
        **filter: Unpack[Filter],
    ) -> _native.Table:
        """Cooperation and conflict between two countries over time, the earliest period first."""
        arguments.text(one=one, other=other, by=by)
        return self._native.relations(one, other, by, _wanted(dict(filter)))

    def record(self, story: str) -> Record:
        """The record of a story, by its number (`S12`) or its hash; `KeyError` where there is none."""
        arguments.text(story=story)
        return Record(self._native.record(story))

    def add(self, records: Record | Iterable[Record]) -> int:
        """Adds records in one transaction; gives the number of those that were not there."""
        return self._native.add(json_of([records] if isinstance(records, Record) else records))
