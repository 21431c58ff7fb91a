"""Background work on runs: calculate one, and sweep the store."""

from __future__ import annotations

from keino.web.base.jobs import Tell, ask_for, work
from keino.web.base.models import Job, Person
from keino.web.base.timetable import daily
from keino.web.measurement import store
from keino.web.measurement.models import Run
from keino.web.measurement.services.runs import calculate_run, fail_run

FOOTPRINT = "measurement.footprint"
SWEEP = "measurement.sweep_store"


def _run(public_id: str) -> Run:
    return Run.objects.select_related("organisation", "visit", "asked_by").get(public_id=public_id)


def _given_up(job: Job) -> None:
    fail_run(_run(job.arguments["run"]), job.error)


@work(FOOTPRINT, on_failure=_given_up)
def footprint(job: Job, tell: Tell, *, run: str) -> None:
    """Calculate a run; a run that is over is left alone, so this may be done again at any time."""
    calculate_run(_run(run), tell)


def start(run: Run, *, by: Person | None) -> Job:
    """Ask for a run to be calculated; a run that is asked for already keeps its job."""
    subject = f"run:{run.public_id}"
    return job_of(run) or ask_for(FOOTPRINT, subject=subject, by=by, run=str(run.public_id))


def job_of(run: Run) -> Job | None:
    """The newest job of a run."""
    return Job.objects.filter(subject=f"run:{run.public_id}", kind=FOOTPRINT).order_by("-pk").first()


@work(SWEEP, quick=True)
def sweep(job: Job, tell: Tell) -> None:
    """Delete what killed workers left in the store."""
    store.sweep_store()


def register_timetable() -> None:
    """Sweep the store every night."""
    daily(SWEEP, at="03:40", work=SWEEP)
