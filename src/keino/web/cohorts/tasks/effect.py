"""Background work: the numbers of a programme's effect, when somebody asks and every night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.web.base.jobs import Tell, ask_for, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily
from keino.web.cohorts.models import EffectNumbers
from keino.web.cohorts.services import effect

if TYPE_CHECKING:
    from keino.web.base.models import Person

NUMBERS = "cohorts.effect.numbers"
NIGHTLY = "cohorts.effect_nightly"


def _numbers(scope: str) -> EffectNumbers:
    return EffectNumbers.objects.select_related("edition__organisation").get(scope=scope)


def _not_worked_out(job: Job) -> None:
    effect.note_failure(_numbers(job.arguments["scope"]), job.error)


@work(NUMBERS, on_failure=_not_worked_out)
def work_out(job: Job, tell: Tell, *, scope: str) -> None:
    """Work out the numbers of one edition, or of all."""
    tell("effect", 0, 1)
    effect.work_out(_numbers(scope), tell=lambda done, whole: tell("effect", done, whole))
    tell("effect", 1, 1)


def start_numbers(numbers: EffectNumbers, *, by: Person | None) -> Job:
    """Ask for the numbers anew, unless they are being worked out."""
    job = job_of(numbers)
    if job is not None and not job.is_over:
        return job
    return ask_for(NUMBERS, subject=numbers.subject, by=by, scope=numbers.scope)


def job_of(numbers: EffectNumbers) -> Job | None:
    """The newest job of these numbers."""
    return Job.objects.filter(subject=numbers.subject, kind=NUMBERS).order_by("-pk").first()


@work(NIGHTLY)
def nightly(job: Job, tell: Tell) -> None:
    """Ask for all numbers that somebody has looked at."""
    for numbers in EffectNumbers.objects.select_related("edition"):
        start_numbers(numbers, by=None)


def register_timetable() -> None:
    """What happens every night."""
    daily("cohorts.effect_nightly", at="04:40", work=NIGHTLY)
