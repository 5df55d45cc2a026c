"""A ledger, asked from Python."""

from __future__ import annotations

from pathlib import Path

import pyarrow
import pytest

import rapporteur


@pytest.fixture(scope="module")
def ledger(reader: rapporteur.Reader, talks: str, march: str, tmp_path_factory: pytest.TempPathFactory) -> rapporteur.Ledger:
    ledger = rapporteur.Ledger(tmp_path_factory.mktemp("ledger") / "world.db", create=True)
    records = [reader.read(text, id=id, published="2018-11-12") for id, text in (("talks", talks), ("march", march))]
    assert ledger.add(records) == 2
    assert ledger.add(records[0]) == 0
    return ledger


def test_answers_are_tables(ledger: rapporteur.Ledger, reader: rapporteur.Reader, talks: str) -> None:
    stories = pyarrow.table(ledger.stories()).to_pylist()
    assert {row["ref"] for row in stories} == {"talks", "march"}
    record = reader.read(talks, id="talks", published="2018-11-12")
    assert ledger.record(record.story.id) == record
    story = next(row for row in stories if row["ref"] == "talks")
    assert story["events"] == len(record.events)
    events = pyarrow.table(ledger.events())
    assert events.num_rows > 0
    assert events.schema.field("tellings").type == pyarrow.int64()
    assert events.schema.field("goldstein").type == pyarrow.float64()
    assert len(ledger.reports()) >= len(ledger.events())
    assert len(ledger.claims()) > 0
    assert len(ledger.actors()) > 0


def test_filters(ledger: rapporteur.Ledger) -> None:
    kinds = set(ledger.events(type=["CONSULT", "PROTEST"]).column("type"))
    assert kinds <= {"CONSULT", "PROTEST"} and kinds
    assert len(ledger.events(limit=1)) == 1
    assert len(ledger.events(since="2030")) == 0
    assert set(ledger.claims(stance="deny").column("stance")) <= {"deny"}
    with pytest.raises(ValueError, match="NOTHING"):
        ledger.events(type="NOTHING")
    with pytest.raises(TypeError, match="there is no filter 'actors'"):
        ledger.events(actors="RUS")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="argument 'actor'"):
        ledger.events(actor=[5])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="argument 'by'"):
        ledger.relations("USA", "RUS", by="day")  # type: ignore[arg-type]
    for wrong in ({"actor": 5}, {"limit": "all"}, {"since": 2015}):
        with pytest.raises(TypeError, match=f"argument '{next(iter(wrong))}'"):
            ledger.events(**wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'path'"):
        rapporteur.Ledger(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'other'"):
        ledger.relations("USA", 5)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        ledger.record("S999")


def test_a_missing_ledger_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="missing.db: there is no such ledger; `create=True` makes one"):
        rapporteur.Ledger(tmp_path / "missing.db")
    assert not (tmp_path / "missing.db").exists()
    with pytest.raises(TypeError, match="argument 'records'"):
        rapporteur.Ledger(tmp_path / "new.db", create=True).add([{"schema": 1}])  # type: ignore[list-item]
