"""What the site does by itself: the timetable's entries."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from keino.web.base import jobs
from keino.web.base.jobs import Tell, work
from keino.web.base.mail_sending import send_due, write_summaries
from keino.web.base.personal_data import run_retention
from keino.web.base.timetable import daily, every
from keino.web.operations import services

if TYPE_CHECKING:
    from keino.web.base.models import Job

_logger = logging.getLogger("keino.timetable")

every("operations.send_mail", seconds=2)(send_due)
every("operations.take_up_lost_jobs", seconds=10)(jobs.reap)
daily("operations.mail_summaries", at="07:00", work="operations.mail_summaries")
daily("operations.retire", at="03:30", work="operations.retire")


@work("operations.mail_summaries", quick=True)
def mail_summaries(job: Job, tell: Tell, **_: Any) -> None:
    """One mail a day or a week for the people who chose so."""
    write_summaries()


@work("operations.retire")
def retire(job: Job, tell: Tell, **_: Any) -> None:
    """Delete what is older than its register says."""
    gone, trouble = run_retention(jobs=services.retire_jobs)
    _logger.info("retired %s", gone)
    if trouble:
        raise RuntimeError(f"not retired: {', '.join(trouble)}")
