"""Once a day: mail about controls without evidence, and sent tables whose time is over."""

from __future__ import annotations

from django.utils import timezone

from keino.web.base.jobs import Tell, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily
from keino.web.procurements.services.reminders import remind_of_controls

REMIND = "procurements.remind_of_controls"


@work(REMIND, quick=True)
def remind(job: Job, tell: Tell) -> None:
    """Ask for the day's mail about controls; a second run on the same day asks for none."""
    remind_of_controls(timezone.localdate())


def register_timetable() -> None:
    """Every morning before people begin to work."""
    daily(REMIND, at="06:30", work=REMIND)
