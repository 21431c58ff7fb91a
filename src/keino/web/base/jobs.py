"""Background work: registered functions, rows that say how they go, and the queue that runs them.

    @work("measurement.read_ledger")
    def read_ledger(job: Job, tell: Tell, *, ledger: str) -> None: ...

    job = ask_for("measurement.read_ledger", by=person, subject=f"ledger:{key}", ledger=key)

A page or command asks, never a service. The function must be safe to run again from the start: a worker may be killed
at any line. It tells its progress by ``tell(step, done, whole)``; while it is silent the worker beats its heart for it.

Who runs a job holds its ``claim``, a number drawn at the start of each attempt. Every change of a running job asks for
the claim, so a worker that was thought dead and comes back can neither end the job nor say how far it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks import task

from keino.errors import KeinoError, mark
from keino.web.base.choices import JobState
from keino.web.base.errors import as_data
from keino.web.base.models import Job

if TYPE_CHECKING:
    from keino.web.base.models import Person

Tell = Callable[[str, int, int], None]
Work = Callable[..., None]

#: Short work that somebody waits for, and reading and calculating. Each queue has workers of its own.
QUICK, LONG = "quick", "long"
#: The first wait before a lost job is tried again; it doubles with every attempt.
FIRST_WAIT = timedelta(seconds=5)
#: A waiting job that has been due for so long without a place in the queue gets a new one.
UNQUEUED_AFTER = timedelta(seconds=15)

_KINDS: dict[str, tuple[Work, Work | None, str]] = {}
_logger = logging.getLogger("keino.jobs")


class WorkFailed(KeinoError):
    """Background work ended by a fault of ours; the log has the details."""

    code = "work_failed"
    template = mark(
        "The work stopped because of a fault in keino (number {job}). Your files are kept and nothing was half "
        "written. Try again; if it stops again, tell the site's keeper this number."
    )


class WorkerLost(KeinoError):
    """The worker went away several times."""

    code = "worker_lost"
    template = mark(
        "The work was interrupted {attempts} times and was given up. Your files are kept and nothing was half written. "
        "Start it again, or tell the site's keeper."
    )


class ClaimLost(Exception):
    """Somebody else holds the job now: this attempt must end without a word."""


class _Here:
    """What this process runs, for the worker's heart: nothing outside a worker."""

    job: Job | None = None
    worker: str = ""


def work(kind: str, *, on_failure: Work | None = None, quick: bool = False) -> Callable[[Work], Work]:
    """Register a function as background work. ``on_failure(job)`` is called when the job is given up.

    ``quick`` work is done in seconds and never waits behind long work.
    """

    def register(function: Work) -> Work:
        _KINDS[kind] = (function, on_failure, QUICK if quick else LONG)
        return function

    return register


@cache
def _know_all_work() -> None:
    """Import every app's ``tasks``: a worker meets kinds that nothing else in it has imported."""
    autodiscover_modules("tasks")


def _kind(kind: str) -> tuple[Work, Work | None, str]:
    if kind not in _KINDS:
        _know_all_work()
    if kind not in _KINDS:
        raise LookupError(f"no background work is called {kind}")
    return _KINDS[kind]


# ---- asking


def ask_for(
    kind: str, *, subject: str = "", by: Person | None = None, delay: timedelta = timedelta(0), **arguments: Any
) -> Job:
    """Add a job and queue it when the transaction is through. Returns its row."""
    job = Job.objects.create(
        kind=kind,
        queue=_kind(kind)[2],
        subject=subject,
        arguments=arguments,
        created_by=by,
        run_after=timezone.now() + delay,
    )
    transaction.on_commit(lambda: queue(job))
    return job


def queue(job: Job) -> None:
    """Give a waiting job a place in the queue. A second place is harmless: only one attempt can claim it."""
    place = run_job.using(queue_name=job.queue, run_after=job.run_after).enqueue(job.pk)
    job.task = UUID(str(place.id))
    Job.objects.filter(pk=job.pk).update(task=job.task)


def try_again(job: Job) -> bool:
    """Start a failed job anew, as somebody asked; False when it isn't failed any more."""
    with transaction.atomic():
        renewed = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.WAITING, attempts=0, error=None, ended_at=None, claim=None, run_after=timezone.now()
        )
        if renewed:
            job.refresh_from_db()
            transaction.on_commit(lambda: queue(job))
    return bool(renewed)


# ---- running


@task(queue_name=LONG)
def run_job(job_id: int) -> None:
    """Run one job, as the worker does. A job that is not waiting (done elsewhere, withdrawn) is left alone."""
    execute(job_id)


def execute(job_id: int) -> None:
    """Claim a waiting job and run it; its row tells how it went. Faults are logged and shown, never swallowed."""
    job = _claimed(job_id)
    if job is None:
        return
    _Here.job = job
    try:
        _run(job)
    except ClaimLost:
        _logger.warning("job %s (%s) was given to another worker", job.public_id, job.kind)
    finally:
        _Here.job = None


def _claimed(job_id: int) -> Job | None:
    """The job, if it waited for us and is now ours; one statement decides among workers."""
    now = timezone.now()
    claim = uuid4()
    claimed = Job.objects.filter(pk=job_id, state=JobState.WAITING, run_after__lte=now).update(
        state=JobState.RUNNING,
        claim=claim,
        worker=_Here.worker,
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
        step="",
        done=0,
        whole=0,
    )
    return Job.objects.get(pk=job_id) if claimed else None


def _run(job: Job) -> None:
    mine = Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.RUNNING)

    def tell(step: str, done: int, whole: int) -> None:
        if not mine.update(step=step, done=done, whole=whole, heartbeat_at=timezone.now()):
            raise ClaimLost

    try:
        _kind(job.kind)[0](job, tell, **job.arguments)
    except ClaimLost:
        raise
    except KeinoError as error:
        give_up(job, error)
    except OperationalError:  # the database was away or busy: that is no fault of the work
        _logger.warning("job %s (%s) met a database that did not answer", job.public_id, job.kind, exc_info=True)
        start_again_or_give_up(job)
    except Exception:  # whatever goes wrong must be seen on the page
        _logger.exception("job %s (%s) failed", job.public_id, job.kind)
        give_up(job, WorkFailed(job=str(job.public_id)[:8]))
    else:
        mine.update(state=JobState.DONE, ended_at=timezone.now())


def give_up(job: Job, error: KeinoError) -> None:
    """Mark a job as failed and tell the owner of the work, in one transaction."""
    try:
        on_failure = _kind(job.kind)[1]
    except LookupError:  # a job of an earlier version whose work is gone
        on_failure = None
    try:
        with transaction.atomic():
            if _failed(job, error) and on_failure is not None:
                on_failure(job)
    except Exception:  # a job that can't be closed would come back for ever
        _logger.exception("job %s (%s) failed, and so did what should follow", job.public_id, job.kind)
        _failed(job, error)


def _failed(job: Job, error: KeinoError) -> bool:
    job.state, job.error, job.ended_at = JobState.FAILED, as_data(error), timezone.now()
    held = Job.objects.filter(pk=job.pk, claim=job.claim, state__in=(JobState.WAITING, JobState.RUNNING))
    return bool(held.update(state=job.state, error=job.error, ended_at=job.ended_at))


# ---- what a killed worker leaves behind


def start_again_or_give_up(job: Job) -> None:
    """What becomes of a job whose attempt was cut off: it waits a little and runs again, until it had its chances."""
    if job.attempts >= job.max_attempts:
        give_up(job, WorkerLost(attempts=job.attempts))
        return
    hand_back(job, wait=FIRST_WAIT * 2 ** max(0, job.attempts - 1))


def hand_back(job: Job, *, wait: timedelta, counts: bool = True) -> bool:
    """Let a running job wait again; False when its attempt no longer holds it. ``counts``: as one of its attempts."""
    with transaction.atomic():
        given = Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.RUNNING).update(
            state=JobState.WAITING,
            claim=None,
            worker="",
            run_after=timezone.now() + wait,
            attempts=F("attempts") if counts else F("attempts") - 1,
        )
        if given:
            job.refresh_from_db()
            transaction.on_commit(lambda: queue(job))
    return bool(given)


def reap() -> int:
    """Take up what lost workers left: running jobs whose heart stands still, waiting jobs without a place in the queue.

    Safe to run at any time and by several workers at once. Returns how many jobs it touched.
    """
    still = timezone.now() - timedelta(seconds=settings.JOB_LOST_AFTER_SECONDS)
    lost = list(Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=still))
    for job in lost:
        _logger.warning("job %s (%s) lost its worker %s", job.public_id, job.kind, job.worker)
        start_again_or_give_up(job)
    return len(lost) + _queue_anew()


def take_over(worker: str) -> int:
    """Take up what an earlier process under this worker's name left; the name is held by one living process only."""
    lost = list(Job.objects.filter(state=JobState.RUNNING, worker=worker))
    for job in lost:
        _logger.warning("job %s (%s) was cut off with its worker", job.public_id, job.kind)
        start_again_or_give_up(job)
    return len(lost)


def _queue_anew() -> int:
    """Waiting jobs that are due but stand in no queue: the process died between the two writes."""
    from django_tasks_db.models import DBTaskResult

    placed = DBTaskResult.objects.filter(pk=OuterRef("task"), status__in=("READY", "RUNNING"))
    due = Job.objects.filter(state=JobState.WAITING, run_after__lt=timezone.now() - UNQUEUED_AFTER)
    unplaced = list(due.filter(Q(task=None) | ~Exists(placed)))
    # A place that a killed worker took (RUNNING for ever) is as good as none.
    stale = timezone.now() - timedelta(seconds=settings.JOB_LOST_AFTER_SECONDS)
    taken = DBTaskResult.objects.filter(pk=OuterRef("task"), status="RUNNING", started_at__lt=stale)
    unplaced += list(due.filter(Exists(taken)))
    for job in unplaced:
        queue(job)
    return len(unplaced)


def run_waiting_jobs() -> int:
    """Run every job that is due, here and now; for tests and the demo. Returns how many ran."""
    ran = 0
    while found := Job.objects.filter(state=JobState.WAITING, run_after__lte=timezone.now()).order_by("pk").first():
        execute(found.pk)
        ran += 1
    return ran


# ---- for the worker


def running_here() -> Job | None:
    """The job that this process runs at the moment."""
    return _Here.job


def named(worker: str) -> None:
    """Say under which name this process claims jobs."""
    _Here.worker = worker


def beat(job: Job) -> bool:
    """Beat a running job's heart; False when this attempt no longer holds it."""
    held = Job.objects.filter(pk=job.pk, claim=job.claim)
    return bool(held.filter(state=JobState.RUNNING).update(heartbeat_at=timezone.now())) or held.exists()
