"""Background work: make a file of a result; let old files and drawings go."""

from __future__ import annotations

from keino.web.base.jobs import Tell, ask_for, work
from keino.web.base.models import Job, Person
from keino.web.base.timetable import daily
from keino.web.dashboards.drawn import forget_old_drawings
from keino.web.dashboards.models import Export
from keino.web.dashboards.queries.exports import job_of
from keino.web.dashboards.services.exports import forget_exports, make_export

EXPORT = "dashboards.export"
FORGET = "dashboards.forget"


@work(EXPORT)
def export(job: Job, tell: Tell, *, export: str) -> None:
    """Make one file; a file that is there already stays."""
    tell("export", 0, 1)
    make_export(Export.objects.select_related("run", "run__organisation").get(public_id=export))
    tell("export", 1, 1)


def start(wanted: Export, *, by: Person) -> Job | None:
    """Ask for a file to be made, unless it is there or being made; one that failed may be tried again."""
    if wanted.is_ready:
        return None
    job = job_of(wanted)
    if job is not None and not job.is_over:
        return job
    return ask_for(EXPORT, subject=wanted.subject, by=by, export=str(wanted.public_id))


@work(FORGET)
def forget(job: Job, tell: Tell) -> None:
    """Delete files whose time is over, and what other editions of keino drew."""
    forget_exports()
    forget_old_drawings()


daily("dashboards.forget", at="04:10", work=FORGET)
