"""A run on Spark, from the files to the tables."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from pyspark.sql import SparkSession

from .. import _native
from ..tables import NAMES
from . import inputs, spread, work

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

READINGS = "story string, ref string, url string, published date, record string, problem string, message string"
"""Columns of a table of readings."""

_SIZES = ("spark.sql.files.maxPartitionBytes", "spark.sql.files.openCostInBytes")
"""How Spark cuts files: our pieces in the first job, its own in the second."""

_TYPES = {"text": "string", "whole": "bigint", "real": "double", "day": "date"}

SETTINGS = {
    # Output is in its place once the whole job is done, not before: version 2 of the algorithm would show halves.
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "1",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "true",
    # Rows of documents come in batches that a worker holds whole.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    # A table is written to days, of which some are large and most are small: both are evened out.
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}


@dataclass(frozen=True)
class Run:
    """What is to be read, and how. The same run gives the same rows."""

    inputs: tuple[str, ...]
    out: str
    piece: int = 16 << 20
    """Bytes of a task's piece."""
    rows: int = 64
    """Documents of a batch."""
    published: str | None = None
    only_english: bool = True
    columns: dict[str, str] = field(default_factory=dict)
    """Names of Parquet's columns, as `Reader.read_arrow` takes them."""

    def described(self) -> dict[str, Any]:
        """The run and the version that reads, for whoever finds the folder."""
        return {**asdict(self), "inputs": list(self.inputs), "version": work.reader().version}


def read_archive(
    run: Run,
    master: str | None = None,
    settings: dict[str, str] | None = None,
    *,
    resume: bool = False,
    event_log: str | None = None,
) -> str:
    """Runs it; gives one sentence on what was done.

    Raises `InputError` where there is nothing to read, or the folder is not empty.
    """
    inputs.check_out(run.out, resume)
    # A date that is none would fail each task; here it is told once.
    work.reader().read("", published=run.published)
    found = inputs.find(run.inputs)
    settings = dict(settings or {})
    if event_log:
        os.makedirs(event_log, exist_ok=True)
        settings |= {
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": "file://" + os.path.abspath(event_log),
            # `spread` reads it as it is.
            "spark.eventLog.compress": "false",
        }
    spark = session(master, settings)
    try:
        _remember(run, resume)
        stage = os.path.join(run.out, "_readings")
        if not resume:
            readings(spark, run, found).write.parquet(stage)
        counted = _flatten(spark, run.out, stage)
    finally:
        spark.stop()
    shutil.rmtree(stage)
    # The last file: whoever sees it may take the rest.
    with open(os.path.join(run.out, "_SUCCESS"), "w", encoding="utf-8"):
        pass
    if event_log:
        for line in spread.spreads(event_log):
            print(f"rapporteur-spark: {line}", file=sys.stderr)
    return ", ".join(f"{counted[name]} {name}" for name in NAMES)


def session(master: str | None, settings: dict[str, str]) -> SparkSession:
    """The session of a run. Workers run the Python that this one runs, unless the caller's settings say otherwise."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("rapporteur")
    if master:
        builder = builder.master(master)
    for key, value in {**SETTINGS, **settings}.items():
        builder = builder.config(key, value)
    spark: SparkSession = builder.getOrCreate()
    return spark


def readings(spark: SparkSession, run: Run, found: inputs.Inputs) -> DataFrame:
    """The readings of all documents, in as many tasks as there are pieces."""
    parts: list[DataFrame] = []
    if found.documents:
        pieces = _pieces(spark, found.documents, run.piece)
        read = work.ReadPieces(pieces, run.rows, run.published, run.only_english)
        numbers = spark.range(0, len(pieces), 1, max(1, len(pieces)))
        parts.append(numbers.mapInArrow(read, READINGS))
    if found.tables:
        # Parquet is cut between row groups, by Spark.
        for size, value in zip(_SIZES, (run.piece, 0)):
            spark.conf.set(size, str(value))
        documents = _documents(spark, run, found.tables)
        parts.append(documents.mapInArrow(work.ReadRows(run.columns, run.rows, run.only_english), READINGS))
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.unionAll(part)
    return whole


def _pieces(spark: SparkSession, files: list[str], size: int) -> tuple[work.Piece, ...]:
    """The first pass, a task a file."""
    tasks = min(len(files), 10_000)
    rows = spark.createDataFrame([(name,) for name in files], "path string").repartition(tasks)
    found = rows.mapInArrow(work.Cut(size), "path string, offset bigint, length bigint").collect()
    return tuple(sorted((row.path, row.offset, row.length) for row in found))


def _documents(spark: SparkSession, run: Run, tables: list[str]) -> DataFrame:
    """The columns that are read, of Parquet files that all have them.

    Raises `InputError` that lists the columns, where one is missing.
    """
    documents: DataFrame = spark.read.parquet(*tables)
    usual = ("text", "id", "url", "publisher", "headline", "byline", "published")
    for wanted in {"text": "text", **run.columns}.values():
        if wanted not in documents.columns:
            raise inputs.InputError(
                f"there is no column `{wanted}`; the columns are {', '.join(documents.columns)}"
            )
    kind = documents.schema[run.columns.get("text", "text")].dataType.simpleString()
    if kind not in ("string", "binary"):
        raise inputs.InputError(f"column `{run.columns.get('text', 'text')}` holds {kind}, not text")
    names = [run.columns.get(name, name) for name in usual]
    return documents.select(*dict.fromkeys(name for name in names if name in documents.columns))


def _flatten(spark: SparkSession, out: str, stage: str) -> dict[str, int]:
    """The second job: the flat tables of the readings, by day; gives the number of rows of each."""
    counted = {}
    for size in _SIZES:
        spark.conf.unset(size)
    whole = spark.read.parquet(stage)
    for name in NAMES:
        target = os.path.join(out, name)
        if not os.path.exists(os.path.join(target, "_SUCCESS")):
            schema = ", ".join(f"`{column}` {_TYPES[kind]}" for column, kind, _ in _native.columns(name))
            # A problem's day is that of its document; documents without a day are one partition.
            whole.mapInArrow(work.Flatten(name), schema).createOrReplaceTempView("flat")
            even = spark.sql("SELECT /*+ REBALANCE(published) */ * FROM flat")
            ordered = even.sortWithinPartitions("published", "story", "ref")
            ordered.write.mode("overwrite").partitionBy("published").parquet(target)
        counted[name] = spark.read.parquet(target).count() if _has_files(target) else 0
    return counted


def _has_files(folder: str) -> bool:
    """Spark writes no file, and so no columns, for a table without rows."""
    return any(name.endswith(".parquet") for _, _, names in os.walk(folder) for name in names)


def _remember(run: Run, resume: bool) -> None:
    """Writes down what the run is; one that is gone on with has to be the same.

    Raises `InputError` where it is not.
    """
    described = run.described()
    path = os.path.join(run.out, "_run.json")
    if resume:
        with open(path, encoding="utf-8") as file:
            before = json.load(file)
        if before != described:
            raise inputs.InputError(f"{run.out}: begun with other inputs, settings or another version; see _run.json")
        return
    os.makedirs(run.out, exist_ok=True)
    # Whoever finds it finds all of it.
    begun = path + ".begun"
    with open(begun, "w", encoding="utf-8") as new:
        json.dump(described, new, indent=1)
    os.replace(begun, path)
