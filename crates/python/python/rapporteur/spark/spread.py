"""How long the tasks of a run took, from Spark's event log: whether one was left behind."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Spread:
    """The tasks of one stage that ended well. Times are seconds."""

    stage: int
    tasks: int
    shortest: float
    median: float
    slow: float
    """What nineteen of twenty tasks stayed below."""
    longest: float
    whole: float
    """From the start of the first task to the end of the last."""

    def __str__(self) -> str:
        return (
            f"stage {self.stage}: {self.tasks} tasks, {self.shortest:.1f} s at least, {self.median:.1f} s median, "
            f"{self.slow:.1f} s at most for 95 %, {self.longest:.1f} s at most"
        )


def spreads(folder: str) -> list[Spread]:
    """The spread of each stage in the event logs of a folder, in the order of the stages."""
    times: dict[int, list[tuple[float, float]]] = {}
    for event in _events(folder):
        if event.get("Event") != "SparkListenerTaskEnd" or event["Task End Reason"].get("Reason") != "Success":
            continue
        task = event["Task Info"]
        times.setdefault(event["Stage ID"], []).append((task["Launch Time"] / 1000, task["Finish Time"] / 1000))
    return [_spread(stage, found) for stage, found in sorted(times.items())]


def _spread(stage: int, tasks: list[tuple[float, float]]) -> Spread:
    times = sorted(end - start for start, end in tasks)
    whole = max(end for _, end in tasks) - min(start for start, _ in tasks)

    def at(share: float) -> float:
        return times[min(len(times) - 1, int(share * len(times)))]

    return Spread(stage, len(times), times[0], at(0.5), at(0.95), times[-1], whole)


def _events(folder: str) -> Iterator[dict[str, Any]]:
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            # A log that is still written, or one that is packed, says nothing that we need.
            if name.startswith(".") or name.endswith((".zstd", ".lz4", ".crc")):
                continue
            with open(os.path.join(root, name), encoding="utf-8") as file:
                for line in file:
                    yield json.loads(line)
