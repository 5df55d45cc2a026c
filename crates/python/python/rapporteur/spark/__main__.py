"""The command line of `rapporteur.spark`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence

from .inputs import InputError

EXAMPLES = """\
examples:
  python -m rapporteur.spark --in CC-NEWS-2019-05/ --out may/
  python -m rapporteur.spark --in stories.parquet --text body --id key --out run/ --master local[2]
  rapporteur import world.db may/                       all of it into a ledger

All machines must see the files of --in and the folder of --out under the same paths.

exit codes:
  0    all is written; the table of problems names what could not be read
  2    could not run: bad arguments, nothing to read, a folder that is not empty
"""


def size(text: str) -> int:
    """A number of bytes: `16m`, `512k`, `1000000`."""
    found = re.fullmatch(r"(\d+)([kmg]?)", text.lower())
    if not found or int(found[1]) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no size; give bytes, or as in 16m")
    return int(found[1]) << {"": 0, "k": 10, "m": 20, "g": 30}[found[2]]


def parser() -> argparse.ArgumentParser:
    """The flags."""
    flags = argparse.ArgumentParser(
        prog="rapporteur-spark",
        description="Reads archives of news on Spark: WARC, JSON Lines or Parquet in, Parquet by day of publication out.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = flags.add_argument
    add("--in", dest="inputs", nargs="+", required=True, metavar="PATH", help="files, or folders of files")
    add("--out", required=True, metavar="FOLDER", help="where the tables go; must be empty or missing")
    add("--resume", action="store_true", help="go on with a run whose readings are all in FOLDER")
    add("--master", help="Spark's master [default: what spark-submit says, or local[*]]")
    add("--conf", action="append", default=[], metavar="KEY=VALUE", help="setting of Spark; may be given again")
    add("--piece", type=size, default=size("16m"), metavar="BYTES", help="bytes of a task's piece [default: 16m]")
    add("--rows", type=int, default=64, metavar="N", help="documents of a batch [default: 64]")
    add("--published", metavar="DATE", help="day of publication of all stories of WARC and JSON Lines")
    add("--all-languages", action="store_true", help="read stories in other languages too, badly")
    for name in ("text", "id", "url", "publisher", "headline", "byline", "published-column"):
        add(f"--{name}", metavar="COLUMN", help=f"column of Parquet with the {name.removesuffix('-column')}")
    add("--event-log", metavar="FOLDER", help="keep Spark's event log here, and show how long tasks took")
    return flags


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; gives the exit code."""
    asked = parser().parse_args(arguments)
    try:
        from .job import Run, read_archive
    except ImportError as error:
        print(f"rapporteur-spark: {error}; pip install 'rapporteur[spark]'", file=sys.stderr)
        return 2
    columns = {
        "text": asked.text,
        "id": asked.id,
        "url": asked.url,
        "publisher": asked.publisher,
        "headline": asked.headline,
        "byline": asked.byline,
        "published": asked.published_column,
    }
    settings = dict(setting.partition("=")[::2] for setting in asked.conf)
    run = Run(
        inputs=tuple(os.path.abspath(path) for path in asked.inputs),
        out=os.path.abspath(asked.out),
        piece=asked.piece,
        rows=max(1, asked.rows),
        published=asked.published,
        only_english=not asked.all_languages,
        columns={name: column for name, column in columns.items() if column},
    )
    try:
        told = read_archive(run, asked.master, settings, resume=asked.resume, event_log=asked.event_log)
    except (InputError, ValueError) as error:
        print(f"rapporteur-spark: {error}", file=sys.stderr)
        return 2
    print(f"rapporteur-spark: {told}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
