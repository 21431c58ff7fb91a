"""Background work on actions: reminders every morning, the improvement report as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.base.jobs import Tell, ask_for, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily
from keino.web.organisations.models import Organisation
from keino.web.plans.services.action_reminders import remind
from keino.web.plans.services.improvement_files import forget_files, keep_pdf

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person

REMIND, PDF, FORGET = "plans.remind_of_actions", "plans.improvement_pdf", "plans.forget_improvement_pdfs"


@work(REMIND, quick=True)
def remind_all(job: Job, tell: Tell) -> None:
    """Send what is due today; what was sent before is not sent again."""
    remind(timezone.localdate())


@work(PDF)
def make_pdf(job: Job, tell: Tell, *, organisation: str, year: int, language: str) -> None:
    """Make the improvement report of a year as a PDF; done again, it takes the place of what was there."""
    tell("pdf", 0, 1)
    found = Organisation.objects.get(public_id=organisation)
    keep_pdf(found, year=year, language=language, key=str(job.public_id), today=timezone.localdate())
    tell("pdf", 1, 1)


def ask_pdf(organisation: Organisation, *, year: int, language: str, by: Person) -> Job:
    """Ask for the PDF; while one of the same year and language is being made, that one."""
    subject = _subject(organisation, year, language)
    job = Job.objects.filter(kind=PDF, subject=subject).order_by("-pk").first()
    if job is not None and not job.is_over:
        return job
    key = str(organisation.public_id)
    return ask_for(PDF, by=by, subject=subject, organisation=key, year=year, language=language)


def pdf_job(organisation: Organisation, public_id: UUID) -> Job | None:
    """The work on a PDF of this organisation."""
    asked = Job.objects.filter(
        kind=PDF, public_id=public_id, subject__startswith=f"improvement:{organisation.public_id}:"
    )
    return asked.first()


def _subject(organisation: Organisation, year: int, language: str) -> str:
    return f"improvement:{organisation.public_id}:{year}:{language}"


@work(FORGET, quick=True)
def forget(job: Job, tell: Tell) -> None:
    """Delete PDFs whose week is over."""
    forget_files(timezone.now())


def register_timetable() -> None:
    """Remind in the morning, tidy at night."""
    daily(REMIND, at="06:30", work=REMIND)
    daily(FORGET, at="04:20", work=FORGET)
