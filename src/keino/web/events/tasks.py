"""What events do by themselves: let held seats lapse, remind of tomorrow, sweep files that nobody knows."""

from __future__ import annotations

from keino.web.base.jobs import Tell, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily, every
from keino.web.events.services.line import settle_due
from keino.web.events.services.materials import sweep_materials
from keino.web.events.services.messages import send_reminders

KEEP = "events.keep"
#: How soon after its time a held seat goes to the next one, at the latest.
SETTLE_SECONDS = 60


@work(KEEP, quick=True)
def keep_events(job: Job, tell: Tell) -> None:
    """Remind those who have a seat tomorrow; safe to do again at any time."""
    send_reminders()
    sweep_materials()


def register_timetable() -> None:
    """Look at held seats every minute, and at tomorrow every morning."""
    every("events.settle", seconds=SETTLE_SECONDS)(settle_due)
    daily(KEEP, at="07:30", work=KEEP)
