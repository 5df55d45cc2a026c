"""How fast Spark reads beside the program, on one core and on two, how much memory a worker takes, and how long tasks are, as
rows of scores/python.csv.

    python crates/python/bench/spark_speed.py stories.jsonl --times 1 4 --rounds 2

The stories are repeated, each time with another last line. Spark makes two runs, a short and a long one: what the long one
takes more is what the further stories take once all is warm, without the start of JVMs and readers. Its wall time is that of
the tasks that read, if nothing else is said; its CPU time is that of all processes from start to end. The program starts in
milliseconds and makes the long run alone.

Program and Spark take turns, so that a busy machine slows both. What others do only ever adds to a time: of each kind of run
the best of all rounds counts. Beside wall time stands CPU time (of each process, from /proc while it lives: Linux), and how
many cores others had meanwhile. What each run took goes to standard error. Wall times of tasks come from Spark's event log.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rapporteur.spark import Spread, spreads

TICKS = os.sysconf("SC_CLK_TCK")

PLACES = {1: "one core", 2: "two cores"}


@dataclass(frozen=True)
class Cost:
    """What a run took, in seconds."""

    wall: float
    """Of a run on Spark: of the tasks that read, from the start of the first to the end of the last."""
    readers: float
    """CPU of the processes that read."""
    others: float = 0
    """CPU of the JVMs and the driver."""
    whole: float = 0
    """Of a run on Spark: all of it, with the start and the writing of the tables, by the clock."""
    strangers: float = 0
    """Cores that other programs of the machine had meanwhile, not seconds."""

    def __str__(self) -> str:
        return (
            f"{self.wall:.1f} s of {self.whole:.1f} s, CPU {self.readers:.1f} s of readers and {self.others:.1f} s of others; "
            f"other programs had {self.strangers:.2f} cores"
        )


@dataclass(frozen=True)
class Seen:
    """A process, as last seen."""

    kind: str
    cpu: float
    peak: float
    """The most MB of memory."""


@dataclass(frozen=True)
class OnSpark:
    """A run on Spark."""

    cost: Cost
    tasks: Spread
    """The tasks that read."""
    peak: float
    """The most MB of a worker."""


def repeated(path: Path, limit: int, times: int, out: Path) -> int:
    """The first stories, so many times, no two the same; gives their number."""
    stories = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:limit]]
    with out.open("w", encoding="utf-8") as file:
        for number in range(times):
            for story in stories:
                text = f"{story['text']}\n\nEdition {number}."
                file.write(json.dumps({**story, "id": f"{story.get('id')}-{number}", "text": text}) + "\n")
    return len(stories) * times


def busy() -> float:
    """CPU seconds of all programs since the machine's start, those of its host included that it had to wait for."""
    user, nice, system, _, _, irq, softirq, steal = Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
    return sum(map(int, (user, nice, system, irq, softirq, steal))) / TICKS


def look(process: Path, session: int) -> Seen | None:
    """A process of a session; `None` for those of others, and for one that has ended meanwhile."""
    try:
        if os.getsid(int(process.name)) != session:
            return None
        words = (process / "cmdline").read_bytes()
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        status = (process / "status").read_text()
    except (OSError, ValueError):
        return None
    kind = "worker" if b"pyspark.daemon" in words else "other" if words else "ended"
    peaks = [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return Seen(kind, (int(fields[11]) + int(fields[12])) / TICKS, max(peaks, default=0))


def watched(command: list[str]) -> tuple[list[Seen], float, float]:
    """Runs it; gives its processes, and the seconds and the cores of others that it had to live with.

    Ends with its exit code where it fails.
    """
    start, before = time.perf_counter(), busy()
    run = subprocess.Popen(command, start_new_session=True)
    seen: dict[int, Seen] = {}
    while run.poll() is None:
        for entry in Path("/proc").iterdir():
            found = look(entry, run.pid) if entry.name.isdigit() else None
            # One that has ended, but whose parent has not asked how, has no words any more, and no memory.
            if found and found.kind != "ended":
                seen[int(entry.name)] = found
        time.sleep(0.1)
    if run.returncode:
        sys.exit(run.returncode)
    wall = time.perf_counter() - start
    ours = sum(process.cpu for process in seen.values())
    return list(seen.values()), wall, max(0, busy() - before - ours) / wall


def alone(rapporteur: str, path: Path, jobs: int) -> Cost:
    """The program."""
    command = [rapporteur, "read", str(path), "--jobs", str(jobs), "--format", "jsonl", "-o", os.devnull]
    seen, wall, strangers = watched(command)
    return Cost(wall, sum(process.cpu for process in seen), 0, wall, strangers)


def on_spark(path: Path, piece: str, cores: int) -> OnSpark:
    """Spark, with an executor for each core."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["--in", str(path), "--out", f"{folder}/out", "--piece", piece, "--event-log", f"{folder}/log"]
        master = ["--master", f"local-cluster[{cores},1,2048]"]
        seen, whole, strangers = watched([sys.executable, "-m", "rapporteur.spark", *arguments, *master])
        reading = max(spreads(f"{folder}/log"), key=lambda found: found.median * found.tasks)
    cpu = {kind: sum(process.cpu for process in seen if process.kind == kind) for kind in ("worker", "other")}
    peak = max(process.peak for process in seen if process.kind == "worker")
    return OnSpark(Cost(reading.whole, cpu["worker"], cpu["other"], whole, strangers), reading, peak)


@dataclass
class Rounds:
    """The runs of all rounds on so many cores."""

    cores: int
    program: list[Cost]
    short: list[OnSpark]
    long: list[OnSpark]

    def run(self, rapporteur: str, paths: list[Path], piece: str) -> None:
        """One more round."""
        self.program.append(alone(rapporteur, paths[1], self.cores))
        print(f"{self.cores} cores, program: {self.program[-1]}", file=sys.stderr)
        for name, path, runs in (("short", paths[0], self.short), ("long", paths[1], self.long)):
            runs.append(on_spark(path, piece, self.cores))
            print(f"{self.cores} cores, Spark, {name}: {runs[-1].cost}", file=sys.stderr)

    def best_program(self, of: Callable[[Cost], float]) -> float:
        """The least seconds of the program."""
        return min(map(of, self.program))

    def best_warm(self, of: Callable[[Cost], float]) -> float:
        """The least seconds that Spark took for the further stories of the long run."""
        return min(of(run.cost) for run in self.long) - min(of(run.cost) for run in self.short)


def wall(cost: Cost) -> float:
    """Seconds on the clock."""
    return cost.wall


def cpu(cost: Cost) -> float:
    """CPU seconds of all processes."""
    return cost.readers + cost.others


def speeds(numbers: list[int], rounds: Rounds) -> list[tuple[str, float, int]]:
    """Measure, value, and digits behind the point: of one number of cores."""
    all_of, further = numbers[1], numbers[1] - numbers[0]
    place = PLACES[rounds.cores]
    found: list[tuple[str, float, int]] = []
    for name, unit, of in (("wall time", "s", wall), ("CPU time", "CPU s", cpu)):
        program, spark = all_of / rounds.best_program(of), further / rounds.best_warm(of)
        found += [
            (f"program, {place} (stories/{unit})", program, 2),
            (f"Spark, {place}, warm (stories/{unit})", spark, 2),
            (f"Spark of the program, {place}, warm, by {name} (%)", 100 * spark / program, 1),
        ]
    whole, readers = (further / rounds.best_warm(of) for of in (lambda cost: cost.whole, lambda cost: cost.readers))
    ratio = 100 * readers * rounds.best_program(cpu) / all_of
    return found + [
        (f"Spark, {place}, warm, with the writing of the tables (stories/s)", whole, 2),
        (f"Spark's Python workers alone, {place}, warm (stories/CPU s)", readers, 2),
        (f"Spark's Python workers alone of the program, {place}, warm, by CPU time (%)", ratio, 1),
    ]


def tasks(rounds: Rounds) -> list[tuple[str, float, int]]:
    """Of the best long run: how long its tasks were, and what its processes took."""
    place = PLACES[rounds.cores]
    best = min(rounds.long, key=lambda run: run.cost.wall)
    costs = rounds.program + [run.cost for run in rounds.short + rounds.long]
    return [
        (f"CPU of JVMs and driver, {place}, long run (s)", best.cost.others, 0),
        (f"peak memory of a worker, {place} (MB)", max(run.peak for run in rounds.short + rounds.long), 0),
        (f"tasks, {place}, long run", best.tasks.tasks, 0),
        (f"task, {place}, shortest (s)", best.tasks.shortest, 1),
        (f"task, {place}, median (s)", best.tasks.median, 1),
        (f"task, {place}, 95 % (s)", best.tasks.slow, 1),
        (f"task, {place}, longest (s)", best.tasks.longest, 1),
        (f"cores that other programs had meanwhile, {place}, median", statistics.median(cost.strangers for cost in costs), 2),
        (f"cores that other programs had meanwhile, {place}, most", max(cost.strangers for cost in costs), 2),
    ]


def efficiency(one: Rounds, two: Rounds) -> list[tuple[str, float, int]]:
    """What of twice the speed two cores give."""
    return [
        ("program, efficiency from one core to two (%)", 50 * one.best_program(wall) / two.best_program(wall), 1),
        ("Spark, efficiency from one core to two, warm (%)", 50 * one.best_warm(wall) / two.best_warm(wall), 1),
    ]


def main() -> None:
    """Measures, and writes the rows."""
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("stories", type=Path, help="JSON Lines")
    flags.add_argument("--limit", type=int, default=200, help="most stories of the file")
    flags.add_argument("--times", type=int, nargs=2, default=[1, 4], help="how often the stories are repeated in the two runs")
    flags.add_argument("--rounds", type=int, default=2, help="rounds")
    flags.add_argument("--cores", type=int, nargs="+", choices=PLACES, default=[2, 1], help="cores, one after the other")
    flags.add_argument("--piece", default="64k", help="bytes of a task's piece")
    flags.add_argument("--rapporteur", default="target/release/rapporteur", help="the program")
    asked = flags.parse_args()
    times, cores = (" ".join(map(str, numbers)) for numbers in (asked.times, asked.cores))
    settings = f"--limit {asked.limit} --times {times} --rounds {asked.rounds} --cores {cores}"
    measured = {cores: Rounds(cores, [], [], []) for cores in asked.cores}
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{times}.jsonl" for times in asked.times]
        numbers = [repeated(asked.stories, asked.limit, times, path) for times, path in zip(asked.times, paths)]
        for _ in range(asked.rounds):
            for rounds in measured.values():
                rounds.run(asked.rapporteur, paths, asked.piece)
    rows = [row for rounds in measured.values() for row in speeds(numbers, rounds) + tasks(rounds)]
    if len(measured) == 2:
        rows += efficiency(measured[1], measured[2])
    for measure, value, digits in rows:
        print(f'{asked.stories.stem},"{measure}",{value:.{digits}f},crates/python/bench/spark_speed.py {asked.stories} {settings}')


if __name__ == "__main__":
    main()
