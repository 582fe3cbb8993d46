"""Drives workers and takes their figures: rounds in turn, medians, ratios.

Two subjects that are compared are measured in alternating rounds, so that a slow spell of the machine falls on both;
a ratio is the median of the ratios within the rounds.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache" / "bench"
_serial = count(1)


class Failed(RuntimeError):
    """A measured application did not answer as it should."""


class Worker(AbstractContextManager):
    """One application in its own process; ``started_ms`` is wall time from nothing to the first answer."""

    def __init__(self, kind: str, database: Path, first: str):
        CACHE.mkdir(parents=True, exist_ok=True)
        self.complaints = CACHE / f"{kind}-{os.getpid()}-{next(_serial)}.log"
        command = [sys.executable, "-m", "bench.worker", kind, str(database), first]
        # Byte code is kept, as on any server after its first start.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        begun = time.perf_counter()
        with self.complaints.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        answer = self._answer()
        self.started_ms, self.started_cpu = (time.perf_counter() - begun) * 1000, answer["cpu"]
        if answer["status"] != 200:
            raise Failed(f"{kind} answered {answer['status']} to {first}: {self._said()}")

    def _said(self) -> str:
        return self.complaints.read_text()[-3000:]

    def _answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise Failed(self._said())
        return json.loads(line)

    def ask(self, do: str, **order) -> dict:
        """Give an order and wait for its answer."""
        self.process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def get(self, path: str, times: int) -> float:
        """Milliseconds of processor time a request for ``path`` takes; anything but 200 raises Failed."""
        answer = self.ask("get", path=path, times=times)
        if answer["status"] != 200:
            raise Failed(f"{path} answered {answer['status']}: {self._said()}")
        return answer["cpu"]

    def look(self, path: str) -> dict:
        """Statements, bytes and body of a page."""
        answer = self.ask("look", path=path)
        if answer["status"] != 200:
            raise Failed(f"{path} answered {answer['status']}: {self._said()}")
        return answer

    def __exit__(self, *_error) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.complaints.unlink()


@dataclass(frozen=True, slots=True)
class Rounds:
    """Milliseconds of each subject, round by round."""

    taken: Mapping[str, Sequence[float]]

    def ms(self, name: str) -> float:
        """The median of a subject."""
        return statistics.median(self.taken[name])

    def ratio(self, name: str, floor: str) -> float:
        """The median of the ratios within each round: what slows a round down slows both."""
        pairs = zip(self.taken[name], self.taken[floor], strict=True)
        return statistics.median(ours / least for ours, least in pairs)


def alternated(subjects: Mapping[str, tuple[Worker, str]], *, rounds: int, times: int) -> Rounds:
    """Measure each subject (a worker and a path) in turn."""
    for worker, path in subjects.values():
        worker.get(path, 20)  # caches fill, code warms up
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, (worker, path) in subjects.items():
            taken[name].append(worker.get(path, times))
    return Rounds(taken)


def starts(kinds: Mapping[str, tuple[Path, str]], *, rounds: int) -> tuple[Rounds, Rounds]:
    """Milliseconds from nothing to the first page of each kind, in turn: by the clock on the wall, and processor."""
    wall: dict[str, list[float]] = {kind: [] for kind in kinds}
    busy: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(rounds):
        for kind, (database, first) in kinds.items():
            with Worker(kind, database, first) as worker:
                wall[kind].append(worker.started_ms)
                busy[kind].append(worker.started_cpu)
    return Rounds(wall), Rounds(busy)
