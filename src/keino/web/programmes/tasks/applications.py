"""Once a day: mail before the deadlines of applications."""

from __future__ import annotations

from django.utils import timezone

from keino.web.base.jobs import Tell, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily
from keino.web.programmes.services.applications.reminders import remind_of_deadlines

REMIND = "programmes.remind_of_deadlines"


@work(REMIND, quick=True)
def remind(job: Job, tell: Tell) -> None:
    """Ask for the day's mail; a second run on the same day asks for none."""
    remind_of_deadlines(timezone.now())


def register_timetable() -> None:
    """Every morning before people begin to work."""
    daily(REMIND, at="06:40", work=REMIND)
