"""Which files there are, and how they are cut into pieces."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

ENDINGS = (".warc", ".warc.gz", ".jsonl", ".ndjson", ".txt", ".html", ".htm", ".xhtml", ".rss", ".atom", ".xml")
"""What the reader takes from folders; only the first four are cut into pieces."""

TABLES = (".parquet", ".pq")
"""What Spark reads itself."""


class InputError(Exception):
    """What keeps a run from being started, with what to do."""


@dataclass
class Inputs:
    """The files of a run, in the order of their paths."""

    documents: list[str] = field(default_factory=list)
    """Files that the reader opens."""
    tables: list[str] = field(default_factory=list)
    """Files of Parquet."""


def find(paths: Iterable[str]) -> Inputs:
    """The files that are named, and those of folders with a known ending.

    Raises `InputError` where a path is missing, or a folder has none.
    """
    found = Inputs()
    for path in paths:
        if not os.path.exists(path):
            raise InputError(f"{path}: there is no such file or folder")
        before = len(found.documents) + len(found.tables)
        for name in _files(path):
            if name.lower().endswith(TABLES):
                found.tables.append(name)
            elif os.path.isfile(path) or name.lower().endswith(ENDINGS):
                found.documents.append(name)
        if len(found.documents) + len(found.tables) == before:
            raise InputError(f"{path}: no file with one of the endings {' '.join(ENDINGS + TABLES)}")
    return found


def _files(path: str) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return
    for folder, folders, names in os.walk(path):
        # Spark's own files begin so, and so do half-written ones.
        folders[:] = sorted(name for name in folders if not name.startswith(("_", ".")))
        for name in sorted(names):
            if not name.startswith(("_", ".")):
                yield os.path.join(folder, name)


def check_out(out: str, resume: bool) -> None:
    """Refuses a folder with anything in it, unless a run is gone on with.

    Raises `InputError`.
    """
    there = os.listdir(out) if os.path.isdir(out) else []
    if os.path.exists(os.path.join(out, "_SUCCESS")):
        raise InputError(f"{out}: a finished run is there; give another folder")
    if resume and not os.path.exists(os.path.join(out, "_readings", "_SUCCESS")):
        raise InputError(f"{out}: no readings to go on with; run it without --resume in an empty folder")
    if there and not resume:
        raise InputError(f"{out}: the folder is not empty; give another, or go on with --resume")
    if os.path.exists(out) and not os.path.isdir(out):
        raise InputError(f"{out}: this is a file; give a folder")
