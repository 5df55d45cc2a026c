"""How fast Spark reads beside the program, and how much memory a worker takes, as rows of scores/python.csv.

    python crates/python/bench/spark_speed.py stories.jsonl --times 4 --master 'local-cluster[2,1,2048]'

The stories are repeated, each time with another last line, so that the run is long enough to get warm. The CPU time of each
process of the run is looked up in /proc while it lives (Linux): what the Python workers use is compared with what the program
uses on the same stories, and what the JVMs use is told beside it. The wall time of tasks comes from Spark's event log.
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
from pathlib import Path

from rapporteur.spark import spreads

TICKS = os.sysconf("SC_CLK_TCK")


def repeated(path: Path, times: int, out: Path) -> int:
    """The stories, so many times, no two the same; gives their number."""
    stories = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
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


def program(rapporteur: str, path: Path, jobs: int) -> tuple[float, float]:
    """Wall and CPU seconds of the program."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [rapporteur, "read", str(path), "--jobs", str(jobs), "--format", "jsonl", "-o", os.devnull], check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measures, and writes the rows."""
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("stories", type=Path, help="JSON Lines")
    flags.add_argument("--times", type=int, default=4, help="how often the stories are repeated")
    flags.add_argument("--master", default="local-cluster[2,1,2048]", help="Spark's master")
    flags.add_argument("--piece", default="64k", help="bytes of a task's piece")
    flags.add_argument("--rapporteur", default="target/release/rapporteur", help="the program")
    asked = flags.parse_args()

    def row(measure: str, value: float, digits: int = 2) -> None:
        command = f"crates/python/bench/spark_speed.py {asked.stories} --times {asked.times} --master '{asked.master}'"
        print(f'{asked.stories.stem},{measure},{value:.{digits}f},"{command}"', flush=True)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stories.jsonl"
        number = repeated(asked.stories, asked.times, path)
        arguments = ["--in", str(path), "--out", f"{folder}/out", "--master", asked.master, "--piece", asked.piece]
        start = time.perf_counter()
        run = subprocess.Popen(
            [sys.executable, "-m", "rapporteur.spark", *arguments, "--event-log", f"{folder}/log"],
            start_new_session=True,
        )
        seen = watched(run)
        wall = time.perf_counter() - start
        if run.returncode:
            sys.exit(run.returncode)
        spread = max(spreads(f"{folder}/log"), key=lambda found: found.median * found.tasks)
        alone, cpu = program(asked.rapporteur, path, 2)
    workers = [(used, peak) for kind, used, peak in seen.values() if kind == "worker"]
    used = sum(used for used, _ in workers)
    row("program on two cores (stories/s)", number / alone)
    row("program (stories/CPU s)", number / cpu)
    row("Spark, whole run (stories/s)", number / wall)
    row("Spark's Python workers (stories/CPU s)", number / used)
    row("Spark's Python workers of the program (%)", 100 * cpu / used, 1)
    row("CPU of the JVMs of that of the workers (%)", 100 * sum(u for k, u, _ in seen.values() if k == "java") / used, 1)
    row("peak memory of a worker (MB)", max(peak for _, peak in workers), 0)
    row("tasks", spread.tasks, 0)
    row("task, median (s)", spread.median, 1)
    row("task, 95 % (s)", spread.slow, 1)
    row("task, longest (s)", spread.longest, 1)


if __name__ == "__main__":
    main()
