"""Settings and processes of the site, for the commands that run it."""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from keino.errors import UsageError, mark

SETTINGS = "keino.web.settings"
#: A process that dies at once is started again after this; the wait doubles up to the longest.
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
#: One that lived so long has no trouble starting.
SETTLED_S = 20.0
_logger = logging.getLogger("keino.serve")


class NoSite(UsageError):
    """The parts of the site are not installed."""

    code = "no_site"
    template = mark(
        "The site's packages are not installed ({reason}). Install keino with them: pip install 'keino[web]'."
    )


def set_up() -> None:
    """Let Django know the site's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        import django
    except ImportError as error:
        raise NoSite(reason=str(error)) from error
    django.setup()


def prepare(*, quietly: bool = False) -> None:
    """Bring the database up to date and collect the files that browsers fetch."""
    from django.conf import settings
    from django.core.management import call_command

    Path(settings.DATA_FOLDER).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0 if quietly else 1)
    collect_static()


def collect_static() -> None:
    """Collect the files that browsers fetch, with hashed names and compressed; nothing when they are the same still."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            found.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT, ".collected")
    if stamp.is_file() and stamp.read_text("ascii") == found.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    stamp.write_text(found.hexdigest(), "ascii")


@dataclass
class Child:
    """One process that is kept running."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    wait_s: float = FIRST_WAIT_S

    def start(self) -> None:
        """Start it; it is asked to stop when this process dies."""
        die_too = _die_with_parent()
        self.process = subprocess.Popen(self.command, env=self.environment, preexec_fn=die_too)  # noqa: S603, PLW1509
        self.started_at = time.monotonic()

    def look_after(self, now: float) -> None:
        """Start it anew when it died, after a wait."""
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.wait_s = FIRST_WAIT_S if now - self.started_at > SETTLED_S else min(self.wait_s * 2, LONGEST_WAIT_S)
        _logger.warning("%s ended with %s; it is started anew in %s s", self.name, code, self.wait_s)
        self.process, self.start_at = None, now + self.wait_s


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux: a function that makes the new process get SIGTERM when its parent dies."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return lambda: prctl(1, signal.SIGTERM)  # 1 = PR_SET_PDEATHSIG


@dataclass
class Keeper:
    """Keeps processes running until somebody asks to stop; then stops them all in order."""

    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def add(self, name: str, command: Sequence[str], **environment: str) -> None:
        """Add a process."""
        self.children.append(Child(name, command, {**os.environ, **environment}))

    def ask_to_stop(self, *_: object) -> None:
        """Stop soon; a signal handler."""
        self.stopping = True

    def run(self, *, stop_after_s: float, each_turn: Callable[[], None] = lambda: None) -> None:
        """Start all, look after them, stop them when asked. ``stop_after_s``: what they get to finish."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask_to_stop)
        for child in self.children:
            child.start()
        try:
            while not self.stopping:
                for child in self.children:
                    child.look_after(time.monotonic())
                each_turn()
                time.sleep(0.2)
        finally:
            self._stop(stop_after_s)

    def _stop(self, stop_after_s: float) -> None:
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + stop_after_s
        for process in alive:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def add_workers(keeper: Keeper, long: int) -> None:
    """One worker for what people wait for, some for reading and calculating."""
    base = [sys.executable, "-m", "keino", "manage", "work"]
    keeper.add("quick worker", [*base, "--queue", "quick"])
    for number in range(1, long + 1):
        keeper.add(f"long worker {number}", [*base, "--queue", "long"])
