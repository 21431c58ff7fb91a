"""Run a command as a process of its own and say what it cost: processor time, wall time, peak memory.

This module imports nothing heavy on purpose: the peak of a new process starts at that of the process which began it.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Cost:
    """What one run took, the interpreter's start included. CPU is user + system of the process and its children."""

    cpu_s: float
    wall_s: float
    peak_mib: float


@dataclass(frozen=True)
class Costs:
    """Several runs of one program."""

    runs: tuple[Cost, ...]

    @property
    def cpu_s(self) -> float:
        """Median CPU seconds."""
        return median(run.cpu_s for run in self.runs)

    @property
    def wall_s(self) -> float:
        """Median wall seconds."""
        return median(run.wall_s for run in self.runs)

    @property
    def peak_mib(self) -> float:
        """The largest peak of all runs in MiB: memory has no lucky median."""
        return max(run.peak_mib for run in self.runs)


class CommandFailed(Exception):
    """A measured command did not end well."""


def run(command: Sequence[str]) -> tuple[Cost, str]:
    """Run a command; return what it cost and what it printed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise CommandFailed(f"{' '.join(command)}: exit code {process.returncode}\n{err.read().decode()[-4000:]}")
        cost = Cost(usage.ru_utime + usage.ru_stime, wall_s, usage.ru_maxrss / 1024)  # Linux counts KiB
        return cost, out.read().decode()


def spread(values: Sequence[float]) -> str:
    """Median with smallest and largest, for example ``1.71 (1.50–1.92)``."""
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"
