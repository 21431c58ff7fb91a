"""A worker process: takes jobs from one queue, keeps the timetable (the quick one), beats its heart, stops in order.

Killed at any line it leaves rows that the next worker understands: its jobs stand RUNNING under its name. A name is a
slot of this data folder, held by a file lock that the system opens when the process dies, so whoever gets the slot next
knows at once that the jobs under its name are cut off.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import socket
import threading
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from keino.web.base import jobs, timetable
from keino.web.base.models import WorkerBeat

if TYPE_CHECKING:
    from keino.web.base.models import Job

BEAT_SECONDS = 5
_logger = logging.getLogger("keino.worker")


class Slot:
    """A worker's name on this machine, held while the process lives."""

    def __init__(self, queue: str) -> None:
        folder = Path(settings.DATA_FOLDER, "workers")
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            held = (folder / f"{queue}-{number}.lock").open("w", encoding="ascii")
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                held.close()
                continue
            self._held: IO[str] = held
            self.name = f"{socket.gethostname()}/{queue}-{number}"[:100]
            return
        raise RuntimeError("no worker slot is free")

    def give_back(self) -> None:
        """Let another process have the name."""
        self._held.close()


class Worker:
    """Runs the jobs of one queue until it is asked to stop."""

    def __init__(self, queue: str, *, pause_seconds: float = 0.5) -> None:
        self.queue = queue
        self.pause_seconds = pause_seconds
        self.stopping = threading.Event()
        self._stop_asked_at: float | None = None
        self._parent = os.getppid()

    def run(self, *, until_idle: bool = False) -> None:
        """Work until somebody asks to stop (or, ``until_idle``, until nothing is due)."""
        slot = Slot(self.queue)
        jobs.named(slot.name)
        self._beat_row(slot.name)
        jobs.take_over(slot.name)
        heart = threading.Thread(target=self._heart, args=(slot.name,), daemon=True, name="heart")
        heart.start()
        _logger.info("worker %s started", slot.name)
        try:
            while not self.stopping.is_set():
                if not self._turn():
                    if until_idle:
                        break
                    self.stopping.wait(self.pause_seconds)
        finally:
            self.stopping.set()
            heart.join(timeout=BEAT_SECONDS)
            WorkerBeat.objects.filter(name=slot.name).delete()
            jobs.named("")
            slot.give_back()
        _logger.info("worker %s stopped", slot.name)

    def ask_to_stop(self, *_: object) -> None:
        """Take no more jobs; the one at hand has ``JOB_STOP_SECONDS`` left. A signal handler."""
        self._stop_asked_at = self._stop_asked_at or monotonic()
        self.stopping.set()

    def obey_signals(self) -> None:
        """Stop in order on SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask_to_stop)

    # ---- one turn

    def _turn(self) -> bool:
        """Do what is due; whether there was anything. A database that is away is waited for."""
        try:
            close_old_connections()
            done = timetable.run_due() if self.queue == jobs.QUICK else 0
            return self._one_job() or bool(done)
        except Error:
            _logger.warning("the database did not answer", exc_info=True)
            connection.close()
            self.stopping.wait(2)
            return True

    def _one_job(self) -> bool:
        from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
        from django_tasks_db.models import DBTaskResult
        from django_tasks_db.utils import exclusive_transaction

        ready = DBTaskResult.objects.ready().filter(queue_name=self.queue)
        if not ready.exists():  # looking costs no lock
            return False
        with exclusive_transaction():
            place = ready.get_locked()
            if place is not None:
                place.claim(jobs._Here.worker[:64])  # noqa: SLF001  # the name that this process has
        if place is None:
            return False
        TaskRunner(
            queue_names=[self.queue],
            interval=0,
            batch=False,
            backend_name=place.backend_name,
            startup_delay=False,
            max_tasks=None,
            worker_id=place.worker_ids[-1],
            excluded_queue_names=[],
        ).run_task(place)
        return True

    # ---- the heart

    def _heart(self, name: str) -> None:
        """Beat for this process and its job, also while the job is silent; end the process where that is right."""
        while True:
            self.stopping.wait(BEAT_SECONDS if not self.stopping.is_set() else 0)
            if self.stopping.is_set():
                if jobs.running_here() is None:
                    connection.close()
                    return
                threading.Event().wait(0.5)
            self._watch(name)

    def _watch(self, name: str) -> None:
        job = jobs.running_here()
        try:
            if os.getppid() != self._parent:  # whoever started us is gone: nobody would stop us any more
                self.ask_to_stop()
            self._beat_row(name)
            if job is None:
                return
            if not jobs.beat(job) and self._still_at(job):
                _logger.error("job %s was given to another worker; stopping at once", job.public_id)
                os._exit(75)
            if self._out_of_time():
                jobs.hand_back(job, wait=timedelta(seconds=1), counts=False)
                _logger.warning("job %s was handed back, as the worker must stop", job.public_id)
                os._exit(0)
        except Error:
            connection.close()  # busy or away; the next beat may come through

    def _still_at(self, job: Job) -> bool:
        """Whether the job runs on here; ending it takes the main thread a moment."""
        threading.Event().wait(1)
        return jobs.running_here() is job

    def _out_of_time(self) -> bool:
        asked = self._stop_asked_at
        return asked is not None and monotonic() - asked > settings.JOB_STOP_SECONDS

    def _beat_row(self, name: str) -> None:
        now = timezone.now()
        row: dict[str, Any] = {"queue": self.queue, "beat_at": now}
        if not WorkerBeat.objects.filter(name=name).update(**row):
            WorkerBeat.objects.update_or_create(name=name, defaults=row, create_defaults=row | {"started_at": now})
