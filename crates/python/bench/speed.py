"""The package's numbers, as rows of scores/python.csv on standard output: size, time of import, and how fast it reads,
beside the program on the same stories.

    python crates/python/bench/speed.py stories.jsonl --wheel FILE.whl --rapporteur target/release/rapporteur

Speeds are stories by second of CPU time on one thread, which a busy machine changes little. The runs of program and package
take turns, so that what changes it changes both; the best of each counts, and so does the best of many imports.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

IMPORTS = 15

IMPORT = """
import time; wall, cpu = time.perf_counter(), time.process_time()
import rapporteur
print(time.perf_counter() - wall, time.process_time() - cpu)
"""

READ = """
import json, resource, sys, time
import pyarrow, rapporteur
with open(sys.argv[1], encoding="utf-8") as file:
    stories = [json.loads(line) for line in file]
names = [name for name in ("text", "id", "published", "headline", "publisher", "url", "byline") if name in stories[0]]
table = pyarrow.table({name: [story.get(name) for story in stories] for name in names})
cpu = time.process_time()
tables = rapporteur.Reader(jobs=1).read_arrow(table)
print(len(tables.stories), time.process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def row(measure: str, value: float | int, digits: int, path: Path) -> None:
    """One row of the scores."""
    print(f'{path.stem},"{measure}",{round(value, digits):.{digits}f},crates/python/bench/speed.py {path}', flush=True)


def program(rapporteur: str, path: Path) -> float:
    """CPU seconds of the program on the stories."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [rapporteur, "read", str(path), "--jobs", "1", "--format", "jsonl", "-o", os.devnull], check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def package(path: Path) -> tuple[int, float, int]:
    """Stories, CPU seconds, and KiB of memory of the package on the stories."""
    done = subprocess.run([sys.executable, "-c", READ, str(path)], check=True, capture_output=True, text=True)
    stories, seconds, memory = done.stdout.split()
    return int(stories), float(seconds), int(memory)


def imported() -> tuple[float, float]:
    """Wall and CPU seconds of the import, in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", IMPORT], check=True, capture_output=True, text=True)
    wall, cpu = done.stdout.split()
    return float(wall), float(cpu)


def main() -> None:
    """Measures, and writes the rows."""
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("stories", type=Path, help="JSON Lines")
    flags.add_argument("--wheel", type=Path, help="the wheel whose size is told")
    flags.add_argument("--rapporteur", default="target/release/rapporteur", help="the program")
    flags.add_argument("--runs", type=int, default=3, help="runs of each")
    asked = flags.parse_args()
    if asked.wheel:
        row("wheel (MB)", asked.wheel.stat().st_size / 1e6, 1, asked.stories)
    times = [imported() for _ in range(IMPORTS)]
    row(f"import wall, best of {IMPORTS} (ms)", 1000 * min(wall for wall, _ in times), 0, asked.stories)
    row(f"import CPU, best of {IMPORTS} (ms)", 1000 * min(cpu for _, cpu in times), 0, asked.stories)
    ours, theirs = [], []
    for _ in range(asked.runs):
        theirs.append(program(asked.rapporteur, asked.stories))
        ours.append(package(asked.stories))
    stories, seconds, memory = min(ours, key=lambda run: run[1])
    row("program (stories/CPU s)", stories / min(theirs), 2, asked.stories)
    row("read_arrow (stories/CPU s)", stories / seconds, 2, asked.stories)
    row("read_arrow of the program (%)", 100 * min(theirs) / seconds, 1, asked.stories)
    row("peak memory of read_arrow (MB)", memory / 1024, 0, asked.stories)


if __name__ == "__main__":
    main()
