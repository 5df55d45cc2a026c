"""The run on Spark: the same rows as without it, whatever is killed on the way."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pyspark = pytest.importorskip("pyspark")
import pyarrow  # noqa: E402
import pyarrow.dataset  # noqa: E402
import pyarrow.parquet  # noqa: E402

import rapporteur  # noqa: E402
from rapporteur import _native  # noqa: E402
from rapporteur.spark import spreads  # noqa: E402
from rapporteur.tables import NAMES  # noqa: E402

pytestmark = pytest.mark.spark

CLUSTER = "local-cluster[2,1,2048]"
"""Two executors with a core and 2 GiB each."""

SENTENCES = (
    "Ministers of Norway and Sweden met in Oslo on Monday to talk about fishing.",
    "Police arrested twelve members of the opposition in the capital, the party said.",
    "The president accused the army of shelling the village on Tuesday.",
    "Thousands marched through the streets to protest against the new law.",
    "The government denied that its soldiers had crossed the border.",
)


def story(number: int, sentences: int = 12) -> str:
    """A made-up story, no two of which are the same."""
    words = [f"Report Number {number}"]
    words += [f"{SENTENCES[(number + at) % len(SENTENCES)]} It was day {number * at}." for at in range(sentences)]
    return "\n\n".join(words)


def page(number: int) -> bytes:
    """The story as a crawler keeps it."""
    paragraphs = "".join(f"<p>{part}</p>" for part in story(number).split("\n\n")[1:])
    html = (
        f"<html><head><title>Report Number {number}</title>"
        f'<meta property="article:published_time" content="2015-05-{number % 28 + 1:02}T08:00:00Z"></head>'
        f"<body><article><h1>Report Number {number}</h1>{paragraphs}</article></body></html>"
    )
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\nContent-Length: {len(http)}"
    return head.encode() + b"\r\n\r\n" + http + b"\r\n\r\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """WARC packed and not, with damage and a page that quotes a record; JSON Lines with bad lines."""
    folder = tmp_path_factory.mktemp("archive")
    packed = [gzip.compress(page(number), mtime=0) for number in range(40)]
    packed[7] = packed[7][:200] + bytes(50) + packed[7][250:]
    (folder / "a.warc.gz").write_bytes(b"".join(packed))
    quoting = page(900).replace(b"</article>", b"<p>A record begins with\nWARC/1.0\r\nand its type.</p></article>")
    quoting = quoting.replace(
        b"Content-Length: " + str(len(page(900).split(b"\r\n\r\n", 1)[1]) - 4).encode(),
        b"Content-Length: " + str(len(quoting.split(b"\r\n\r\n", 1)[1]) - 4).encode(),
    )
    (folder / "b.warc").write_bytes(b"".join(page(number) for number in range(100, 120)) + quoting + page(121))
    lines = [json.dumps({"id": number, "text": story(number), "published": "2016-01-02"}) for number in range(200, 230)]
    lines[3] = "no story"
    lines[4] = json.dumps({"id": "empty", "text": None})
    lines[9] = json.dumps({"id": "long", "text": story(209, 300), "published": "2016-01-03"})
    (folder / "c.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "rapporteur.spark", *arguments]


def finished(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=1200)


def rows(table: pyarrow.Table) -> Counter[tuple[tuple[str, Any], ...]]:
    """The rows, however they are ordered."""
    return Counter(tuple(sorted(row.items())) for row in table.to_pylist())


def written(out: Path, name: str) -> Counter[tuple[tuple[str, Any], ...]]:
    """The rows of a table that Spark has written; a name of a day is a day."""
    assert (out / name / "_SUCCESS").exists()
    partitions = pyarrow.dataset.partitioning(pyarrow.schema([("published", pyarrow.date32())]), flavor="hive")
    found = pyarrow.dataset.dataset(out / name, format="parquet", partitioning=partitions)
    columns = [column for column, _, _ in rapporteur.columns(name)]
    return rows(found.to_table(columns=columns))


def without_lines(found: Counter[tuple[tuple[str, Any], ...]]) -> Counter[tuple[tuple[str, Any], ...]]:
    """Lines without an id are counted from the piece's beginning: their name and message say so."""
    return Counter(
        tuple((name, value) for name, value in row if dict(row)["kind"] != "bad_line" or name not in ("ref", "message"))
        for row in found.elements()
    )


def same(out: Path, expected: rapporteur.Tables) -> None:
    """Nothing is lost, nothing doubled, nothing else."""
    assert (out / "_SUCCESS").exists()
    assert not (out / "_readings").exists()
    for name in NAMES:
        there, wanted = written(out, name), rows(pyarrow.table(getattr(expected, name)))
        if name == "problems":
            there, wanted = without_lines(there), without_lines(wanted)
        assert there == wanted, name


@pytest.fixture(scope="module")
def expected(reader: rapporteur.Reader, archive: Path) -> rapporteur.Tables:
    """What comes out without Spark."""
    tables = reader.read_files(archive, only_english=True)
    assert len(tables.stories) == 39 + 22 + 28
    assert Counter(tables.problems.column("kind"))["bad_line"] == 2
    return tables


@pytest.mark.parametrize("size", [1, 700, 1500, 5000, 1 << 30])
def test_pieces_hold_each_story_once(reader: rapporteur.Reader, archive: Path, size: int) -> None:
    for path in sorted(archive.iterdir()):
        pieces = _native.pieces(path, size)
        assert sum(length for _, length in pieces) == path.stat().st_size
        assert [offset for offset, _ in pieces[1:]] == [offset + length for offset, length in pieces[:-1]]
        if size > 1000:
            continue
        whole = reader.read_files(path).stories.column("ref")
        found = [
            ref
            for offset, length in pieces
            for page in reader.pages(path, offset=offset, length=length)
            for ref in page.stories.column("ref")
        ]
        assert found == whole


def test_a_run_is_what_the_reader_says(archive: Path, expected: rapporteur.Tables, tmp_path: Path) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    done = finished("--in", str(archive), "--out", str(out), "--master", "local[2]", "--piece", "4k", "--event-log", str(log))
    assert done.returncode == 0, done.stderr
    assert f"{len(expected.events)} events" in done.stderr
    same(out, expected)
    assert max(spread.tasks for spread in spreads(str(log))) > 10
    again = finished("--in", str(archive), "--out", str(out), "--master", "local[1]")
    assert again.returncode == 2
    assert "a finished run is there" in again.stderr


def test_parquet_comes_in(reader: rapporteur.Reader, tmp_path: Path) -> None:
    texts = [story(number) for number in range(20)]
    texts[3:6] = [None, " ", "\0binary"]  # type: ignore[list-item]
    documents = pyarrow.table({"body": texts, "key": list(range(20)), "published": ["2015-05-12"] * 19 + [None]})
    for number, start in enumerate(range(0, 20, 5)):
        (tmp_path / "in").mkdir(exist_ok=True)
        pyarrow.parquet.write_table(documents.slice(start, 5), tmp_path / "in" / f"{number}.parquet")
    arguments = ["--in", str(tmp_path / "in"), "--master", "local[1]", "--piece", "1k", "--out"]
    done = finished(*arguments, str(tmp_path / "out"), "--text", "body", "--id", "key")
    assert done.returncode == 0, done.stderr
    same(tmp_path / "out", reader.read_arrow(documents, text="body", id="key", only_english=True))
    wrong = finished(*arguments, str(tmp_path / "other"), "--text", "words")
    assert wrong.returncode == 2
    assert "there is no column `words`; the columns are body, key, published" in wrong.stderr


def test_bad_arguments_are_told(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    (tmp_path / "none").mkdir()
    for arguments, told in (
        (["--in", str(archive), "--out", str(tmp_path / "full")], "the folder is not empty"),
        (["--in", str(archive), "--out", str(tmp_path / "new"), "--resume"], "no readings to go on with"),
        (["--in", str(tmp_path / "nothing"), "--out", str(tmp_path / "new")], "there is no such file or folder"),
        (["--in", str(tmp_path / "none"), "--out", str(tmp_path / "new")], "no file with one of the endings"),
        (["--in", str(archive), "--out", str(tmp_path / "new"), "--piece", "much"], "'much' is no size"),
        (["--in", str(archive), "--out", str(tmp_path / "new"), "--published", "soon"], "`soon` is no date"),
    ):
        done = finished(*arguments)
        assert done.returncode == 2, arguments
        assert told in done.stderr
    assert not (tmp_path / "new").exists()


def descendants(process: int) -> Iterator[tuple[int, int, str]]:
    """Number, parent and command of all processes below one."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                parents[int(entry.name)] = parent, (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, ValueError):
                continue
    for number, (parent, words) in parents.items():
        above: int | None = number
        while above in parents and above != process:
            above = parents[above][0]
        if above == process and number != process:
            yield number, parent, words


def executors(process: int) -> list[int]:
    """The JVMs that do the work."""
    return [number for number, _, words in descendants(process) if "CoarseGrainedExecutorBackend" in words]


def workers(process: int) -> list[int]:
    """The Python workers: children of Spark's Python daemons."""
    found = list(descendants(process))
    daemons = {number for number, _, words in found if "pyspark.daemon" in words}
    return [number for number, parent, words in found if "pyspark.daemon" in words and parent in daemons]


def busy(process: int, seconds: float = 0.5) -> int | None:
    """The Python worker that works: Spark keeps others that wait for tasks, and nobody would miss them."""

    def ticks() -> dict[int, int]:
        found = {}
        for number in workers(process):
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
                found[number] = int(fields[11]) + int(fields[12])
        return found

    before = ticks()
    time.sleep(seconds)
    worked = {number: now - before[number] for number, now in ticks().items() if number in before}
    most = max(worked, key=worked.__getitem__, default=None)
    return most if most is not None and worked[most] > 0 else None


def waited(get: Callable[[], Any], process: subprocess.Popen[str], seconds: float = 600) -> Any:
    """What `get` gives, as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        found = get()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("the run was over before it was killed")


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
def test_killed_workers_and_executors_lose_and_double_nothing(
    archive: Path, expected: rapporteur.Tables, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ["--in", str(archive), "--out", str(out), "--master", CLUSTER, "--piece", "8k"]
    run = subprocess.Popen(command(*arguments), stderr=subprocess.PIPE, text=True, start_new_session=True)
    said: list[str] = []
    assert run.stderr is not None
    listening = threading.Thread(target=lambda: said.extend(run.stderr or ()))
    listening.start()
    try:
        # The readings are being written: tasks have left files of their own, and the job is not done.
        attempts = out / "_readings" / "_temporary"
        waited(lambda: list(attempts.rglob("*.parquet")), run)
        os.kill(waited(lambda: busy(run.pid), run), signal.SIGKILL)
        before = len(list((attempts / "0").glob("task_*")))
        waited(lambda: len(list((attempts / "0").glob("task_*"))) > before, run)
        executor = waited(lambda: executors(run.pid), run)[0]
        assert not (out / "_readings" / "_SUCCESS").exists(), "the run must be killed before its readings are all there"
        os.kill(executor, signal.SIGKILL)
        assert run.wait(1200) == 0, "".join(said)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        listening.join()
    told = "".join(said)
    assert "Python worker exited unexpectedly (crashed)" in told, "Spark must have noticed the worker"
    assert "Lost executor" in told, "Spark must have noticed the executor"
    same(out, expected)


def test_a_run_can_be_gone_on_with(archive: Path, expected: rapporteur.Tables, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--in", str(archive), "--out", str(out), "--master", "local[2]", "--piece", "16k"]
    # A session of its own, so that the JVM and all workers go with it.
    run = subprocess.Popen(command(*arguments), stderr=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 1200
    while not (out / "_readings" / "_SUCCESS").exists() and run.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert not (out / "_SUCCESS").exists()
    other = finished(*arguments, "--resume", "--published", "2020-01-01")
    assert other.returncode == 2
    assert "begun with other inputs, settings or another version" in other.stderr
    done = finished(*arguments, "--resume")
    assert done.returncode == 0, done.stderr
    same(out, expected)
