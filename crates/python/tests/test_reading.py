"""Records as objects."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import threading
import time
from pathlib import Path

import pytest

import rapporteur
from rapporteur import _native

EXAMPLES = Path(__file__).parents[3] / "examples"
ALL = sorted(EXAMPLES.glob("*.txt"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_record_is_that_of_the_program(reader: rapporteur.Reader, path: Path) -> None:
    golden = json.loads(path.with_suffix("").with_suffix(".record.json").read_text(encoding="utf-8"))
    record = reader.read(path.read_text(encoding="utf-8"), id=path.name).to_dict()
    assert record == golden
    assert list(record) == list(golden)


def test_objects_say_what_the_json_says(reader: rapporteur.Reader, talks: str) -> None:
    record = reader.read(talks, published="2015-05-12", id="talks")
    plain = record.to_dict()
    assert (record.schema, record.story.ref, record.story.published) == (1, "talks", "2015-05-12")
    assert record.story.text == talks
    assert [event.id for event in record.events] == [event["id"] for event in plain["events"]]
    assert record.events and record.claims and record.actors
    for event, fields in zip(record.events, plain["events"]):
        assert event.type == fields["type"]
        assert list(event.actor) == fields["actor"]
        assert event.date.first == fields["date"]["first"]
        assert record.words(event.trigger) == " ".join(talks[a:b] for a, b in fields["trigger"])
        sentence = record.sentences[event.sentence]
        assert record.words(event.trigger[:1]) in talks[sentence.start : sentence.end]
        assert all(record.actor(id).id == id for id in event.actor + event.recipient)
        assert event.according_to is None or record.claim(event.according_to).cue
    with pytest.raises(KeyError):
        record.actor("a999")


def test_every_field_of_the_contract_is_an_attribute(reader: rapporteur.Reader, talks: str, march: str) -> None:
    def compare(given: object, fields: object) -> None:
        if isinstance(fields, dict):
            for name, value in fields.items():
                compare(getattr(given, name), value)
        elif isinstance(fields, list):
            assert isinstance(given, tuple) and len(given) == len(fields)
            for one, other in zip(given, fields):
                compare(one, other)
        else:
            assert given == fields

    for text in (talks, march):
        record = reader.read(text)
        compare(record, record.to_dict())


def test_a_record_can_be_changed_copied_and_sent(reader: rapporteur.Reader, talks: str) -> None:
    record = reader.read(talks)
    record.to_dict()["events"].clear()
    assert record.events
    assert pickle.loads(pickle.dumps(record)) == record == copy.deepcopy(record)
    assert json.loads(record.to_json()) == record.to_dict()


def test_dates_come_as_text_and_as_dates(reader: rapporteur.Reader) -> None:
    days = ["2015-05-12", "12 May 2015", datetime.date(2015, 5, 12), datetime.datetime(2015, 5, 12, 23, 59)]
    found = {reader.read("The king slept.", published=day).story.published for day in days}
    assert found == {"2015-05-12"}
    with pytest.raises(ValueError, match="argument 'published': `soon` is no date"):
        reader.read("The king slept.", published="soon")
    with pytest.raises(TypeError, match="argument 'published'"):
        reader.read("The king slept.", published=5)  # type: ignore[arg-type]


def test_wrong_types_name_the_argument(reader: rapporteur.Reader) -> None:
    for wrong in (None, 5, b"bytes", ["a"]):
        with pytest.raises(TypeError, match="argument 'text'"):
            reader.read(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'headline'"):
        reader.read("text", headline=5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'json'"):
        rapporteur.Record(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'stories'"):
        reader.read_many(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'paths': must be a path or several, not int"):
        reader.read_files(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'rows'"):
        reader.pages("x.txt", rows="all")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'actor'"):
        reader.relate("Police arrested him.", 5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'jobs'"):
        rapporteur.Reader(jobs="two")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="argument 'lexicon'"):
        rapporteur.Reader(lexicon=5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="argument 'jobs'"):
        rapporteur.Reader(jobs=0)
    with pytest.raises(ValueError, match="argument 'arithmetic'"):
        rapporteur.Reader(arithmetic="f64")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", " \n", "\0\x01", "é" * 5000, "?!." * 200, "a" * 100_000, "\ud7ff\U0010ffff"])
def test_any_text_gives_a_record(reader: rapporteur.Reader, text: str) -> None:
    assert reader.read(text).story.text == text


def test_half_a_character_is_no_text(reader: rapporteur.Reader) -> None:
    with pytest.raises((UnicodeEncodeError, TypeError)):
        reader.read("\ud800")


def test_a_fault_is_an_exception() -> None:
    with pytest.raises(rapporteur.FaultError, match="asked for by a test"):
        _native._fault_for_tests()
    assert issubclass(rapporteur.FaultError, RuntimeError)


def test_many_come_in_order_and_are_taken_as_they_are_read(reader: rapporteur.Reader, talks: str, march: str) -> None:
    taken = []

    def stories():  # type: ignore[no-untyped-def]
        for number in range(100):
            taken.append(number)
            text = talks if number == 0 else f"King Number {number} slept."
            yield {"text": text, "id": number, "published": "2015-05-12"}

    records = reader.read_many(stories())
    first = next(records)
    assert first == reader.read(talks, id="0", published="2015-05-12")
    assert len(taken) < 100
    assert [record.story.ref for record in records] == [str(number) for number in range(1, 100)]
    assert list(reader.read_many([])) == []


def test_bad_stories_end_many_or_are_left_out(reader: rapporteur.Reader) -> None:
    stories = ["The king slept.", None, {"text": 5}, {"id": "x"}, " ", {"text": "The queen left.", "url": 3}]
    records = reader.read_many(stories)  # type: ignore[arg-type]
    assert next(records).story.text == "The king slept."
    with pytest.raises(TypeError, match="item 1: a story is a str or a dict with 'text', not NoneType"):
        next(records)
    assert list(records) == []
    records = reader.read_many(stories, errors="skip")  # type: ignore[arg-type]
    assert len(list(records)) == 1
    assert [number for number, _ in records.problems] == [1, 2, 3, 4, 5]
    assert records.problems[2][1] == "the dict has no 'text'"
    with pytest.raises(TypeError, match="argument 'stories'"):
        reader.read_many("one story")
    with pytest.raises(ValueError, match="argument 'errors'"):
        reader.read_many([], errors="ignore")  # type: ignore[arg-type]


def test_what_the_iterable_raises_comes_after_what_it_gave(reader: rapporteur.Reader) -> None:
    def stories():  # type: ignore[no-untyped-def]
        yield "The king slept."
        raise LookupError("the archive is closed")

    records = reader.read_many(stories())
    assert next(records).story.text == "The king slept."
    with pytest.raises(LookupError, match="closed"):
        next(records)


def test_other_threads_run_meanwhile(reader: rapporteur.Reader, talks: str) -> None:
    ticks = []
    done = threading.Event()

    def tick() -> None:
        while not done.wait(0.001):
            ticks.append(time.perf_counter())

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    reader.read(talks * 20)
    end = time.perf_counter()
    done.set()
    thread.join()
    # A call that keeps the interpreter would leave one gap as long as itself.
    during = [start, *(at for at in ticks if start < at < end), end]
    assert max(later - earlier for earlier, later in zip(during, during[1:])) < (end - start) / 2


def test_pairs(reader: rapporteur.Reader) -> None:
    sentence = "Police arrested the leader of the opposition."
    found = reader.relate(sentence, "Police", "the leader of the opposition")
    assert found.type == next(iter(found.types))
    assert found.probability == max(found.types.values())
    assert abs(sum(found.types.values()) - 1) < 1e-3
    assert rapporteur.relate("<s>Police</s> arrested <t>the leader of the opposition</t>.") == found
    with pytest.raises(ValueError, match="the actor “the army” is not in the sentence"):
        reader.relate(sentence, "the army", "Police")
    with pytest.raises(ValueError, match="neither"):
        reader.relate("No marks.")


def test_a_lexicon_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("actor\tFree Harbour Front\tUKRREB\torganisation\nactor\tno code\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="own.tsv, line 2"):
        reader = rapporteur.Reader(lexicon=own)
    record = reader.read("The Free Harbour Front attacked the port of Odesa on Monday.")
    assert "UKRREB" in [actor.code for actor in record.actors]
    with pytest.raises(OSError, match="missing.tsv"):
        rapporteur.Reader(lexicon=[tmp_path / "missing.tsv"])
