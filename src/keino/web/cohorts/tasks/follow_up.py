"""Background work after editions: reminders of their meetings every morning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.base.jobs import Tell, work
from keino.web.base.timetable import daily
from keino.web.cohorts.services.follow_up import remind

if TYPE_CHECKING:
    from keino.web.base.models import Job

REMIND = "cohorts.remind_of_follow_up"


@work(REMIND, quick=True)
def remind_all(job: Job, tell: Tell) -> None:
    """Send what is due today; what was sent before is not sent again."""
    remind(timezone.localdate())


def register_timetable() -> None:
    """Remind in the morning."""
    daily(REMIND, at="06:40", work=REMIND)
