"""Daily work on rounds and studies: close those that are over, tell people of rounds that are open."""

from __future__ import annotations

from django.utils import timezone

from keino.web.base.jobs import Tell, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily
from keino.web.surveys.services.mails import tell_of_rounds
from keino.web.surveys.services.rounds import close_due
from keino.web.surveys.services.studies import close_due_years

KEEP = "surveys.keep_rounds"


@work(KEEP, quick=True)
def keep_rounds(job: Job, tell: Tell) -> None:
    """Close rounds whose last day is over and mail what is due; safe to do again at any time."""
    today = timezone.localdate()
    close_due(today=today)
    close_due_years(today=today)
    tell_of_rounds(today=today)


def register_timetable() -> None:
    """Look at the rounds every morning."""
    daily(KEEP, at="07:10", work=KEEP)
