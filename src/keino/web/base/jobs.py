"""Background work: registered functions, rows that say how they go, and the queue that runs them.

    @work("measurement.read_ledger")
    def read_ledger(job: Job, tell: Tell, *, ledger: str) -> None: ...

    job = ask_for("measurement.read_ledger", by=person, subject=f"ledger:{key}", ledger=key)

A page or command asks, never a service. The function must be safe to run again from the start: a worker may be killed
at any line. It tells its progress by ``tell(step, done, whole)``, which also beats the job's heart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from keino.errors import KeinoError, mark
from keino.web.base.choices import JobState
from keino.web.base.errors import as_data
from keino.web.base.models import Job

if TYPE_CHECKING:
    from keino.web.base.models import Person

Tell = Callable[[str, int, int], None]
Work = Callable[..., None]

_KINDS: dict[str, tuple[Work, Work | None]] = {}


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


def work(kind: str, *, on_failure: Work | None = None) -> Callable[[Work], Work]:
    """Register a function as background work. ``on_failure(job)`` is called when the job is given up."""

    def register(function: Work) -> Work:
        _KINDS[kind] = (function, on_failure)
        return function

    return register


def ask_for(
    kind: str, *, subject: str = "", by: Person | None = None, delay: timedelta = timedelta(0), **arguments: Any
) -> Job:
    """Add a job and queue it when the transaction is through. Returns its row."""
    if kind not in _KINDS:
        raise LookupError(f"no background work is called {kind}")
    job = Job.objects.create(
        kind=kind, subject=subject, arguments=arguments, created_by=by, run_after=timezone.now() + delay
    )
    transaction.on_commit(lambda: queue(job))
    return job


def queue(job: Job) -> None:
    """Hand a waiting job to the queue."""
    run_job.using(run_after=job.run_after).enqueue(job.pk)


@task()
def run_job(job_id: int) -> None:
    """Run one job, as the worker does. A job that is not waiting (done elsewhere, withdrawn) is left alone."""
    execute(job_id)


def execute(job_id: int) -> None:
    """Claim a waiting job and run it; its row tells how it went. Faults are logged and shown, never swallowed."""
    import logging

    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=now, heartbeat_at=now, step="", done=0, whole=0
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    job.attempts += 1
    job.save(update_fields=["attempts"])
    function, _ = _KINDS[job.kind]

    def tell(step: str, done: int, whole: int) -> None:
        Job.objects.filter(pk=job_id).update(step=step, done=done, whole=whole, heartbeat_at=timezone.now())

    try:
        function(job, tell, **job.arguments)
    except KeinoError as error:
        give_up(job, error)
    except Exception:  # whatever goes wrong must be seen on the page
        logging.getLogger("keino.jobs").exception("job %s (%s) failed", job.public_id, job.kind)
        give_up(job, WorkFailed(job=str(job.public_id)[:8]))
    else:
        Job.objects.filter(pk=job_id).update(state=JobState.DONE, ended_at=timezone.now())


def give_up(job: Job, error: KeinoError) -> None:
    """Mark a job as failed and tell the owner of the work, in one transaction."""
    _, on_failure = _KINDS[job.kind]
    with transaction.atomic():
        job.state, job.error, job.ended_at = JobState.FAILED, as_data(error), timezone.now()
        job.save(update_fields=["state", "error", "ended_at"])
        if on_failure is not None:
            on_failure(job)


def run_waiting_jobs() -> int:
    """Run every job that is due, here and now; for tests and the demo. Returns how many ran."""
    ran = 0
    while found := Job.objects.filter(state=JobState.WAITING, run_after__lte=timezone.now()).order_by("pk").first():
        execute(found.pk)
        ran += 1
    return ran
