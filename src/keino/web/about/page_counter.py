"""Counts page views in memory and hands them on now and then; no cookie, no address, no identifier.

A process that is killed loses what it had not handed on: at most ``most`` views or those of ``seconds`` seconds.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping

Key = tuple[dt.date, str, str]
Write = Callable[[Mapping[Key, int]], None]


class PageCounter:
    """A counter for all threads of a process."""

    def __init__(self, write: Write, *, most: int = 500, seconds: float = 60) -> None:
        self._write = write
        self._most = most
        self._seconds = seconds
        self._counts: Counter[Key] = Counter()
        self._since = time.monotonic()
        self._lock = threading.Lock()

    def count(self, day: dt.date, page: str, language: str) -> None:
        """Add one view; when many are waiting, or for long, this call writes them."""
        with self._lock:
            self._counts[day, page, language] += 1
            is_due = self._counts.total() >= self._most or time.monotonic() - self._since >= self._seconds
        if is_due:
            self.write()

    def write(self) -> None:
        """Hand on what was counted. What can't be written is kept for the next time."""
        with self._lock:
            waiting, self._counts = self._counts, Counter()
            self._since = time.monotonic()
        if not waiting:
            return
        try:
            self._write(waiting)
        except Exception:
            with self._lock:
                self._counts.update(waiting)
            raise
