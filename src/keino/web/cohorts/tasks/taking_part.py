"""Background work on participations: reminders every morning, what begins with the kick-off, what ends."""

from __future__ import annotations

from django.utils import timezone

from keino.web.base.jobs import Tell, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily
from keino.web.cohorts.services.mentors import end_after_cancelling
from keino.web.cohorts.services.participations import begin_on_kick_off
from keino.web.cohorts.services.reminders import remind

REMIND = "cohorts.remind_of_work"


@work(REMIND, quick=True)
def remind_all(job: Job, tell: Tell) -> None:
    """Send what is due today; what was sent before is not sent again. End what a cancelled edition left open."""
    now = timezone.now()
    begin_on_kick_off(now)
    end_after_cancelling()
    remind(now)


def register_timetable() -> None:
    """Remind in the morning."""
    daily(REMIND, at="06:40", work=REMIND)
