"""How fast Spark reads beside the program, and how much memory a worker takes, as rows of scores/python.csv.

    python crates/python/bench/spark_speed.py stories.jsonl --times 2 6 --master 'local-cluster[2,1,2048]'

The stories are repeated, each time with another last line. Two runs, a short and a long one, are made with Spark and with
the program: what the long one takes more is what the further stories take once all is warm, without the start of JVMs and
readers. The CPU time of each process is looked up in /proc while it lives (Linux); a busy machine changes it little, and
changes wall time much. The wall time of tasks comes from Spark's event log.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rapporteur.spark import Spread, spreads

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds that a run took."""

    wall: float
    """Of a run on Spark: of the tasks that read, from the start of the first to the end of the last."""
    readers: float
    """CPU of the processes that read."""
    others: float = 0
    """CPU of the JVMs."""

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.wall - other.wall, self.readers - other.readers, self.others - other.others)


def repeated(path: Path, limit: int, times: int, out: Path) -> int:
    """The first stories, so many times, no two the same; gives their number."""
    stories = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:limit]]
    with out.open("w", encoding="utf-8") as file:
        for number in range(times):
            for story in stories:
                text = f"{story['text']}\n\nEdition {number}."
                file.write(json.dumps({**story, "id": f"{story.get('id')}-{number}", "text": text}) + "\n")
    return len(stories) * times


def watched(run: subprocess.Popen[bytes]) -> dict[int, tuple[str, float, float]]:
    """For each process below the run: its kind, CPU seconds, and the most MB of memory, as last seen."""
    seen: dict[int, tuple[str, float, float]] = {}
    while run.poll() is None:
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if os.getsid(int(entry.name)) != run.pid:
                    continue
                words = (entry / "cmdline").read_bytes()
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                status = (entry / "status").read_text()
            except (OSError, ValueError):
                continue
            kind = "worker" if b"pyspark.daemon" in words else "java" if b"java" in words.split(b"\0")[0] else "driver"
            peak = [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
            cpu = (int(fields[11]) + int(fields[12])) / TICKS
            seen[int(entry.name)] = (kind, cpu, peak[0] if peak else 0)
        time.sleep(0.2)
    return seen


def on_spark(path: Path, folder: Path, master: str, piece: str) -> tuple[Cost, Spread, float]:
    """What a run takes, the tasks that read, and the most MB of a worker."""
    arguments = ["--in", str(path), "--out", str(folder / "out"), "--master", master, "--piece", piece]
    run = subprocess.Popen(
        [sys.executable, "-m", "rapporteur.spark", *arguments, "--event-log", str(folder / "log")],
        start_new_session=True,
    )
    seen = watched(run)
    if run.returncode:
        sys.exit(run.returncode)
    reading = max(spreads(str(folder / "log")), key=lambda found: found.median * found.tasks)

    def used(wanted: str) -> float:
        return sum(cpu for kind, cpu, _ in seen.values() if kind == wanted)

    peak = max(peak for kind, _, peak in seen.values() if kind == "worker")
    return Cost(reading.whole, used("worker"), used("java")), reading, peak


def alone(rapporteur: str, path: Path, jobs: int) -> Cost:
    """What the program takes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [rapporteur, "read", str(path), "--jobs", str(jobs), "--format", "jsonl", "-o", os.devnull], check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    """Measures, and writes the rows."""
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("stories", type=Path, help="JSON Lines")
    flags.add_argument("--limit", type=int, default=200, help="most stories of the file")
    flags.add_argument("--times", type=int, nargs=2, default=[2, 6], help="how often the stories are repeated in the two runs")
    flags.add_argument("--master", default="local-cluster[2,1,2048]", help="Spark's master")
    flags.add_argument("--jobs", type=int, default=2, help="threads of the program")
    flags.add_argument("--piece", default="64k", help="bytes of a task's piece")
    flags.add_argument("--rapporteur", default="target/release/rapporteur", help="the program")
    asked = flags.parse_args()
    times = " ".join(map(str, asked.times))
    settings = f"--limit {asked.limit} --times {times} --master '{asked.master}' --jobs {asked.jobs}"
    command = f"crates/python/bench/spark_speed.py {asked.stories} {settings}"

    def row(measure: str, value: float, digits: int = 2) -> None:
        print(f'{asked.stories.stem},{measure},{value:.{digits}f},"{command}"', flush=True)

    numbers, programs, sparks = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in asked.times:
            place = Path(folder) / str(number)
            place.mkdir()
            path = place / "stories.jsonl"
            numbers.append(repeated(asked.stories, asked.limit, number, path))
            programs.append(alone(asked.rapporteur, path, asked.jobs))
            sparks.append(on_spark(path, place, asked.master, asked.piece))
    further, program = numbers[1] - numbers[0], programs[1] - programs[0]
    (cost, tasks, peak), spark = sparks[1], sparks[1][0] - sparks[0][0]
    row("program, warm (stories/CPU s)", further / program.readers)
    row("Spark's Python workers, warm (stories/CPU s)", further / spark.readers)
    row("Spark's Python workers and JVMs, warm (stories/CPU s)", further / (spark.readers + spark.others))
    row("Spark's workers and JVMs of the program, warm, by CPU (%)", 100 * program.readers / (spark.readers + spark.others), 1)
    row("program, warm (stories/s)", further / program.wall)
    row("Spark, warm (stories/s)", further / spark.wall)
    row("Spark of the program, warm, by wall time (%)", 100 * program.wall / spark.wall, 1)
    row("CPU of the JVMs in the long run (s)", cost.others, 0)
    row("peak memory of a worker (MB)", peak, 0)
    row("tasks", tasks.tasks, 0)
    row("task, shortest (s)", tasks.shortest, 1)
    row("task, median (s)", tasks.median, 1)
    row("task, 95 % (s)", tasks.slow, 1)
    row("task, longest (s)", tasks.longest, 1)


if __name__ == "__main__":
    main()
