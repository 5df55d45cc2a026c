#!/usr/bin/env python3
"""Checks the stories of our own under training/stories, and counts what they teach.

usage: check_stories.py [FOLDER…] [--shared ../shared]

A story is two files. DATE-NAME.txt has the story line by line: line 0 is the headline, DATE the day of publication.
DATE-NAME.tsv has its events, one mention a row, in the ten columns of the codebook (shared/design/codebook.md):
line, trigger, type, mode, status, actor, recipient, according_to, date, place.
"""

import argparse
import collections
import pathlib
import re
import sys

from corpora import events, own
from labels import EVENT_TYPES, MODES, STATUSES

HERE = pathlib.Path(__file__).resolve().parent
DATE = r"\d{4}(-\d\d(-\d\d)?)?"


def complaints(columns, lines):
    """What is wrong with the codes of a row."""
    line, _, kind, mode, status, *_, date, _ = columns
    if not line.isdigit() or int(line) >= len(lines):
        yield f"there is no line {line}"
    if kind not in EVENT_TYPES:
        yield f"{kind} is no type"
    elif mode != "-" and mode not in MODES.get(kind, []):
        yield f"{mode} is no mode of {kind}"
    if status not in STATUSES:
        yield f"{status} is no status"
    if date != "-" and not re.fullmatch(f"{DATE}(/{DATE})?", date):
        yield f"{date} is no date"


def check(path, counts):
    """Complaints about one story, each with file and row."""
    lines = path.read_text(encoding="utf8").rstrip("\n").split("\n")
    table = path.with_suffix(".tsv")
    if not re.match(r"\d{4}-\d\d-\d\d-", path.name):
        yield f"{path}: the name does not begin with the day of publication"
    if any(not line.strip() for line in lines):
        yield f"{path}: there is a blank line"
    if not table.exists():
        yield f"{table}: missing"
        return
    sound = True
    for number, row in enumerate(table.read_text(encoding="utf8").split("\n"), 1):
        if not row.strip():
            continue
        columns = row.split("\t")
        found = [f"{len(columns)} columns in place of 10"] if len(columns) != 10 else list(complaints(columns, lines))
        if not found:
            found = own.misplaced(columns, lines)
            counts[columns[2]] += 1
            counts[columns[4]] += 1
        sound = sound and not found
        yield from (f"{table}:{number}: {what}" for what in found)
    if sound:
        counts["stories"] += 1


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folders", nargs="*", type=pathlib.Path, default=[HERE / "stories"])
    p.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    args = p.parse_args()
    events.gold_tool(args.shared / "data")
    counts, failed = collections.Counter(), False
    for folder in args.folders:
        for path in sorted(folder.rglob("*.txt")):
            for complaint in check(path, counts):
                print(complaint, file=sys.stderr)
                failed = True
    for name in ["stories", *EVENT_TYPES, *STATUSES]:
        print(f"{name:10} {counts[name]}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
