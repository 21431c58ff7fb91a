"""Where the time of ``keino footprint`` goes: the engine's own functions, timed in one process.

    python bench/parts.py LEDGER

Nothing in keino is switched on for this: the functions named in ``PARTS`` are wrapped from outside before the path
runs. A part's time is its own: what another part inside it takes is counted there.
"""

from __future__ import annotations

import time

STARTED = time.process_time()  # what the interpreter took before the first line of ours

import json  # noqa: E402  # the clock is read first
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from contextlib import redirect_stdout, suppress  # noqa: E402
from importlib import import_module  # noqa: E402
from io import StringIO  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

#: Module, function in it, part.
PARTS = (
    ("keino.engine.run", "connect", "start: interpreter, imports, connection"),
    ("keino.engine.run", "open_ledger", "first look: encoding, header, columns, styles"),
    ("keino.engine.ingest.csv_text", "line_ends", "first look: number of lines in the file"),
    ("keino.engine.run", "count", "counting: judging the lines"),
    ("keino.engine.ingest.counting", "_pass", "counting: the pass over the file"),
    ("keino.engine.ingest.csv_scan", "write_text", "counting: mending the lines that the pass refused"),
    ("keino.engine.ingest.counting", "_rejections", "counting: a sample of each kind of rejected row"),
    ("keino.engine.ingest.counting", "_thin_rows", "counting: rows that may be totals"),
    ("keino.engine.run", "decide_all", "categories"),
    ("keino.engine.factor_sets", "category_rules", "categories"),
    ("keino.engine.run", "_result", "footprint: factors, join, sums"),
    ("keino.engine.run", "summarise", "results: slices, intervals, hotspots, changes"),
    ("keino.cli.footprint", "show_result", "output: JSON"),
)
START, REST = PARTS[0][2], "everything else"


class Clock:
    """CPU seconds by part; parts may nest."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._open = [REST]
        self._since = time.process_time()

    def enter(self, part: str) -> None:
        """A part begins inside the one that is running."""
        self._charge()
        self._open.append(part)

    def leave(self) -> None:
        """The running part ends."""
        self._charge()
        self._open.pop()

    def _charge(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] = self.seconds.get(self._open[-1], 0.0) + now - self._since
        self._since = now

    def wrap(self, module: str, name: str, part: str) -> None:
        """Let a function of the engine be timed. Raises AttributeError when it is no longer there."""
        owner = import_module(module)
        setattr(owner, name, self.timed(getattr(owner, name), part))

    def timed(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        """The same function with its time charged to ``part``."""

        def wrapped(*values: Any, **named: Any) -> Any:
            self.enter(part)
            try:
                return function(*values, **named)
            finally:
                self.leave()

        return wrapped


def parts(ledger: Path) -> dict[str, float]:
    """CPU seconds of each part of one whole run of the command, in the order in which parts first end."""
    clock = Clock()
    clock.enter(START)
    cli = import_module("keino.cli.main")
    for module, name, part in PARTS:
        clock.wrap(module, name, part)
    clock.leave()
    with redirect_stdout(StringIO()), suppress(SystemExit):
        cli.main(["footprint", str(ledger), "--json"])
    clock.leave()
    clock.seconds[START] += STARTED
    return clock.seconds


if __name__ == "__main__":
    print(json.dumps(parts(Path(sys.argv[1]))))
