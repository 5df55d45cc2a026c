"""Reads world news and keeps an attributed record of it: who did what to whom, and who says so.

    >>> import rapporteur
    >>> reader = rapporteur.Reader()
    >>> record = reader.read("The ministers met in Oslo on Monday.", published="2015-05-12")
    >>> [(event.type, event.status) for event in record.events]

`Reader` reads stories into records, one or many. `Tables` are the same as flat tables for pyarrow, polars, pandas, duckdb,
R and Stata. `Ledger` brings the records of many stories together and answers questions. `relate` classifies a given
pair. `python -m rapporteur.spark` reads archives on a cluster.
"""

from ._native import FaultError, Table, version
from .ledger import Ledger
from .reader import Reader, Records, Relation, relate
from .records import (
    Actor,
    Claim,
    ClaimSource,
    Event,
    EventDate,
    Issue,
    Mention,
    Part,
    Place,
    Position,
    Problem,
    Provenance,
    Quantity,
    Record,
    Story,
    Stretch,
    Timex,
)
from .tables import Tables, columns

__version__ = version()

__all__ = [
    "Actor",
    "Claim",
    "ClaimSource",
    "Event",
    "EventDate",
    "FaultError",
    "Issue",
    "Ledger",
    "Mention",
    "Part",
    "Place",
    "Position",
    "Problem",
    "Provenance",
    "Quantity",
    "Reader",
    "Record",
    "Records",
    "Relation",
    "Story",
    "Stretch",
    "Table",
    "Tables",
    "Timex",
    "columns",
    "relate",
]
