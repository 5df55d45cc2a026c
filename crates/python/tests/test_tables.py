"""Arrow in and out, and the flat tables."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest

import rapporteur
from rapporteur.tables import NAMES

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def tables(reader: rapporteur.Reader, talks: str, march: str) -> rapporteur.Tables:
    documents = pyarrow.table(
        {"text": [talks, None, march, " "], "id": ["t", "none", "m", "blank"], "published": ["2015-05-12", "2015-05-13", None, "soon"]}
    )
    return reader.read_arrow(documents)


def test_the_tables_are_those_of_the_records(reader: rapporteur.Reader, tables: rapporteur.Tables, talks: str, march: str) -> None:
    records = [reader.read(talks, id="t", published="2015-05-12"), reader.read(march, id="m")]
    assert list(tables.records) == records
    assert tables.stories.column("record") == [record.to_json() for record in records]
    assert tables.stories.column("events") == [len(record.events) for record in records]
    events = [event for record in records for event in record.events]
    assert tables.events.column("type") == [event.type for event in events]
    assert tables.events.column("confidence") == [event.confidence for event in events]
    triggers = [record.words(event.trigger) for record in records for event in record.events]
    assert tables.events.column("trigger") == triggers
    assert len(tables.claims) == sum(len(record.claims) for record in records)
    assert len(tables.actors) == sum(len(record.actors) for record in records)
    again = rapporteur.Tables.of_records(records)
    for name in ("stories", "events", "claims", "actors"):
        assert pyarrow.table(getattr(again, name)) == pyarrow.table(getattr(tables, name))


def test_ids_are_unique_and_made_of_story_and_version(reader: rapporteur.Reader, tables: rapporteur.Tables) -> None:
    for name in ("events", "claims", "actors"):
        table = getattr(tables, name)
        ids = table.column("id")
        assert len(set(ids)) == len(ids)
        for id, story, local in zip(ids, table.column("story"), table.column(name[:-1])):
            assert id == f"{story}-{reader.version}-{local}"
    actors = set(tables.actors.column("id"))
    claims = set(tables.claims.column("id"))
    for ids in tables.events.column("actor_ids") + tables.events.column("recipient_ids"):
        assert ids is None or set(ids.split(";")) <= actors
    assert {claim for claim in tables.events.column("claim") if claim} <= claims


def test_rows_that_cannot_be_read_are_problems(tables: rapporteur.Tables) -> None:
    problems = pyarrow.table(tables.problems).to_pylist()
    without = [row for row in problems if row["story"] is None]
    assert [(row["ref"], row["kind"]) for row in without] == [("none", "no_text"), ("blank", "no_text")]
    assert without[0]["published"] == datetime.date(2015, 5, 13)
    assert without[1]["published"] is None
    assert without[0]["message"] == "The text is null."


def test_every_library_gives_and_takes(reader: rapporteur.Reader, march: str) -> None:
    plain: dict[str, Any] = {"text": [march, None], "id": [7, 8]}
    day = datetime.date(2015, 5, 12)
    expected = rapporteur.Tables.of_records([reader.read(march, id="7", published=day)])
    given = [
        pyarrow.table({**plain, "published": [day, None]}),
        pyarrow.record_batch({**plain, "published": [datetime.datetime(2015, 5, 12, 1), None]}),
        pyarrow.table({**plain, "published": [day, None]}).cast(
            pyarrow.schema([("text", pyarrow.large_string()), ("id", pyarrow.int32()), ("published", pyarrow.date64())])
        ),
        pyarrow.table({"text": [march.encode(), None], "id": ["7", "8"], "published": [day, None]}),
        polars.DataFrame({**plain, "published": [day, None]}),
        pandas.DataFrame({**plain, "published": pandas.to_datetime(["2015-05-12", None])}),
        duckdb.sql("SELECT * FROM (VALUES ($t, 7, DATE '2015-05-12'), (NULL, 8, NULL)) AS d(text, id, published)", params={"t": march}),
    ]
    for documents in given:
        tables = reader.read_arrow(documents)
        assert pyarrow.table(tables.stories) == pyarrow.table(expected.stories), type(documents)
        assert tables.problems.column("ref")[-1] == "8"
    events = expected.events
    assert polars.DataFrame(events).shape == (len(events), len(events.column_names))
    assert list(events.to_pandas().columns) == events.column_names
    assert events.to_polars().columns == events.column_names
    frame = events.to_pyarrow()
    assert duckdb.sql("SELECT count(*) FROM frame").fetchall() == [(len(events),)]


def test_tables_are_given_without_a_copy(tables: rapporteur.Tables) -> None:
    def addresses(table: pyarrow.Table) -> list[int]:
        buffers = [buffer for column in table.columns for chunk in column.chunks for buffer in chunk.buffers()]
        return [buffer.address for buffer in buffers if buffer]

    once, again = pyarrow.table(tables.events), pyarrow.table(tables.events)
    assert addresses(once) and addresses(once) == addresses(again)


def test_pieces_of_a_table_are_read_where_they_stand(reader: rapporteur.Reader) -> None:
    texts = [f"King Number {number} slept." for number in range(40)]
    table = pyarrow.table({"text": texts})
    chunked = pyarrow.concat_tables([table.slice(3, 10), table.slice(30)])
    stories = reader.read_arrow(chunked)
    assert [record.story.text for record in stories.records] == texts[3:13] + texts[30:]
    empty = reader.read_arrow(table.slice(0, 0))
    assert (len(empty.stories), empty.events.column_names[0]) == (0, "id")


def test_wrong_tables_are_told(reader: rapporteur.Reader) -> None:
    with pytest.raises(ValueError, match="there is no column `text`; the columns are body, when"):
        reader.read_arrow(pyarrow.table({"body": ["a"], "when": [1]}))
    with pytest.raises(ValueError, match="there is no column `headlines`; the columns are text"):
        reader.read_arrow(pyarrow.table({"text": ["a"]}), headline="headlines")
    with pytest.raises(TypeError, match="column `text` holds Int64, not text"):
        reader.read_arrow(pyarrow.table({"text": [1]}))
    with pytest.raises(TypeError, match="column `when` holds Int64, not text, dates or times"):
        reader.read_arrow(pyarrow.table({"text": ["a"], "when": [1]}), published="when")
    with pytest.raises(TypeError, match="argument 'documents': 'list' is no Arrow table"):
        reader.read_arrow(["a"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'text': must be the name of a column, not NoneType"):
        reader.read_arrow(pyarrow.table({"text": ["a"]}), text=None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="is no batch"):
        reader.read_arrow(pyarrow.array(["a"]))
    with pytest.raises(ValueError, match="there is no column `story`; the columns are text"):
        rapporteur.Tables(pyarrow.table({"text": ["a"]})).events


def test_wrong_arguments_of_tables_are_named(reader: rapporteur.Reader, tables: rapporteur.Tables) -> None:
    calls: list[tuple[str, Callable[[], object]]] = [
        ("table", lambda: rapporteur.columns(5)),  # type: ignore[arg-type]
        ("name", lambda: tables.events.column(5)),  # type: ignore[arg-type]
        ("path", lambda: tables.events.write_csv(5)),
        ("folder", lambda: tables.write_csv(5)),  # type: ignore[arg-type]
        ("folder", lambda: tables.write_parquet(None)),  # type: ignore[arg-type]
        ("records", lambda: rapporteur.Tables.of_records(5)),  # type: ignore[arg-type]
        ("records", lambda: rapporteur.Tables.of_records(["{}"])),  # type: ignore[list-item]
        ("parts", lambda: rapporteur.Tables.together([tables.events])),  # type: ignore[list-item]
        ("only_english", lambda: reader.read_arrow(tables.stories, only_english="yes")),  # type: ignore[arg-type]
    ]
    for argument, call in calls:
        with pytest.raises(TypeError, match=f"argument '{argument}': must be .*, not "):
            call()


def test_other_languages_can_be_left_out(reader: rapporteur.Reader) -> None:
    text = (
        "Der König hat gestern mit den Gesandten der Nachbarn über die Fischerei und über die Grenze am großen See "
        "gesprochen, und beide Seiten wollen sich im Herbst wieder treffen."
    )
    documents = pyarrow.table({"text": [text]})
    assert len(reader.read_arrow(documents).stories) == 1
    left = reader.read_arrow(documents, only_english=True)
    assert (len(left.stories), left.problems.column("kind")) == (0, ["not_english"])


def test_folders_are_read(reader: rapporteur.Reader, tmp_path: Path, talks: str) -> None:
    (tmp_path / "a.txt").write_text(talks, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"id": "x", "text": "The king slept."}\nno story\n', encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\0\1\2")
    tables = reader.read_files(tmp_path)
    assert tables.stories.column("ref") == ["a.txt", "x"]
    assert [kind for kind, story in zip(tables.problems.column("kind"), tables.problems.column("story")) if not story] == [
        "bad_line",
        "not_text",
    ]
    pages = list(reader.pages([tmp_path / "b.jsonl"], rows=1))
    assert [len(page.stories) for page in pages] == [1, 0]
    missing = reader.read_files(tmp_path / "missing.txt")
    assert missing.problems.column("kind") == ["unreadable"]


def test_columns_are_documented() -> None:
    document = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    for table in NAMES:
        section = document.split(f"\n## {table}\n")[1].split("\n## ")[0]
        told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", section, flags=re.MULTILINE)
        assert told == rapporteur.columns(table)
    with pytest.raises(ValueError, match="there is no table `event`"):
        rapporteur.columns("event")


def test_csv_and_parquet(tables: rapporteur.Tables, tmp_path: Path) -> None:
    import pyarrow.parquet

    tables.write_csv(tmp_path / "csv")
    tables.write_parquet(tmp_path / "parquet")
    for name in NAMES:
        table = getattr(tables, name)
        with open(tmp_path / "csv" / f"{name}.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert rows[0] == table.column_names
        assert len(rows) == len(table) + 1
        assert pyarrow.parquet.read_table(tmp_path / "parquet" / f"{name}.parquet") == pyarrow.table(table)
    with pytest.raises(OSError, match="nowhere"):
        tables.events.write_csv(tmp_path / "nowhere" / "events.csv")
    with pytest.raises(KeyError, match="there is no column `kind`"):
        tables.events.column("kind")
