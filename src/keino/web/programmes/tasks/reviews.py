"""Once a day: mail to reviewers whose scores are due."""

from __future__ import annotations

from django.utils import timezone

from keino.web.base.jobs import Tell, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily
from keino.web.programmes.services.review_reminders import remind_reviewers

REMIND = "programmes.remind_reviewers"


@work(REMIND, quick=True)
def remind(job: Job, tell: Tell) -> None:
    """Ask for the day's mail to reviewers; a second run on the same day asks for none."""
    remind_reviewers(timezone.localdate())


def register_timetable() -> None:
    """Every morning before people begin to work."""
    daily(REMIND, at="06:40", work=REMIND)
