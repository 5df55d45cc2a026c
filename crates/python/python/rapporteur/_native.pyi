"""The native part: it reads, and it exchanges tables. `rapporteur` is what to import."""

import datetime
from collections.abc import Iterable
from typing import Any, final

from .tables import ArrowData

__all__ = [
    "FaultError",
    "Flow",
    "Ledger",
    "Pages",
    "Reader",
    "Table",
    "_fault_for_tests",
    "columns",
    "flatten",
    "pieces",
    "readings_of",
    "together",
    "version",
]

class FaultError(RuntimeError):
    """A fault in rapporteur itself; please report it with the story."""

@final
class Table:
    """A table with named columns that any library which speaks Arrow takes without a copy."""

    @property
    def num_rows(self) -> int:
        """Number of rows."""

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in their order."""

    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object:
        """The schema, for libraries that speak Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The batches, for libraries that speak Arrow. No other schema than the table's own is given."""

    def to_pyarrow(self) -> Any:
        """As a table of pyarrow, which must be installed."""

    def to_pandas(self) -> Any:
        """As a data frame of pandas; pandas and pyarrow must be installed."""

    def to_polars(self) -> Any:
        """As a data frame of polars, which must be installed."""

    def column(self, name: str) -> list[Any]:
        """The cells of a column as a list: str, int, float, or for days str in the form YYYY-MM-DD."""

    def write_csv(self, path: Any) -> None:
        """Writes the table as CSV in UTF-8, with the names of the columns first and nothing for null."""

@final
class Flow:
    """The records, as JSON, of the stories of an iterable. Made by `Reader.read_many`."""

    def __iter__(self) -> Flow: ...
    def __next__(self) -> str: ...
    @property
    def problems(self) -> list[tuple[int, str]]:
        """Number of the item and what was wrong with it, for each that was left out so far."""

@final
class Pages:
    """Tables of readings, one after the other. Made by `Reader.pages`."""

    def __iter__(self) -> Pages: ...
    def __next__(self) -> Table: ...

@final
class Reader:
    """Opens the model once and serves all threads."""

    def __new__(cls, lexicon: list[str], arithmetic: str | None, jobs: int | None) -> Reader: ...
    def read(
        self,
        text: str,
        *,
        id: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        headline: str | None = None,
        byline: str | None = None,
        published: str | datetime.date | None = None,
    ) -> str:
        """The record of a story, as JSON."""

    def read_many(self, stories: Iterable[str | dict[str, Any]], skip: bool) -> Flow:
        """The records, as JSON, of the stories of an iterable, in its order."""

    def readings(self, documents: ArrowData, names: dict[str, str | None], only_english: bool) -> Table:
        """The readings of a table of documents."""

    def pages(
        self,
        paths: list[str],
        offset: int,
        length: int | None,
        published: str | datetime.date | None,
        only_english: bool,
        rows: int,
    ) -> Pages:
        """The readings of files, folders, or a piece of a file, in tables of at most `rows` rows."""

    def relate(self, sentence: str, actor: str | None = None, recipient: str | None = None) -> list[tuple[str, float]]:
        """PLOVER types of a pair with their probabilities, the best first."""

    @property
    def provenance(self) -> tuple[str, str, str, str]:
        """Program, model and lexicon, and the short name of this version."""

    @property
    def lexicon_problems(self) -> list[str]:
        """What was wrong with lines of the user's lexicon, which were left out."""

    @property
    def jobs(self) -> int:
        """Documents read at the same time."""

@final
class Ledger:
    """A ledger that is open to be asked."""

    def __new__(cls, path: Any, create: bool) -> Ledger: ...
    def ask(self, question: str, wanted: dict[str, Any], more: list[str]) -> Table:
        """The answer to a question."""

    def relations(self, one: str, other: str, by: str, wanted: dict[str, Any]) -> Table:
        """Cooperation and conflict between two countries, by month, quarter or year."""

    def record(self, story: str) -> str:
        """The record of a story, as JSON."""

    def add(self, records: list[str]) -> int:
        """Adds records, given as JSON, in one transaction; gives the number of those that were not there."""

def version() -> str:
    """The version of the package, which is that of the program."""

def columns(table: str) -> list[tuple[str, str, str]]:
    """Name, kind and description of each column of a flat table."""

def flatten(table: str, readings: ArrowData) -> Table:
    """The rows that a table of readings has in a flat table."""

def together(readings: list[Any]) -> Table:
    """The rows of several tables of readings, in their order."""

def readings_of(records: list[str]) -> Table:
    """The table of readings of records, given as JSON."""

def pieces(path: Any, size: int) -> list[tuple[int, int]]:
    """Offset and length of the pieces of a file, each about `size` bytes."""

def _fault_for_tests() -> None:
    """Panics, so that the tests can see what becomes of it."""
