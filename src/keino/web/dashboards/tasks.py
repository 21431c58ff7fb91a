"""Background work: make a file of a result; draw pages ahead of their readers; let old files and drawings go."""

from __future__ import annotations

import logging
from time import monotonic

from keino.web.base.choices import JobState
from keino.web.base.jobs import Tell, ask_for, work
from keino.web.base.models import Job, Person
from keino.web.base.timetable import daily, every
from keino.web.dashboards import whole_results
from keino.web.dashboards.drawn import forget_old_drawings
from keino.web.dashboards.models import Export
from keino.web.dashboards.queries.exports import job_of
from keino.web.dashboards.queries.undrawn import to_be_drawn
from keino.web.dashboards.services.exports import forget_exports, make_export

EXPORT = "dashboards.export"
FORGET = "dashboards.forget"
DRAW_AHEAD = "dashboards.draw_ahead"
#: So long at most does one job draw; the timetable asks for the next.
DRAWS_FOR_S = 8.0
_logger = logging.getLogger("keino.dashboards")


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


@work(DRAW_AHEAD)
def draw_ahead(job: Job, tell: Tell) -> None:
    """Draw what is not drawn yet, for some seconds: somebody's calculation may wait behind this."""
    end = monotonic() + DRAWS_FOR_S
    for undrawn in to_be_drawn():
        tell("draw", 0, 1)
        try:
            whole_results.draw_ahead(undrawn.organisation)
        except Exception:  # the page tells its reader; it must not be tried for ever
            _logger.exception("drawing ahead for %s failed", undrawn.organisation.slug)
        undrawn.note_drawn()
        if monotonic() > end:
            return


@every("dashboards.draw_ahead", seconds=15)
def ask_to_draw_ahead() -> None:
    """After a calculation, a publication or an upgrade of keino; nobody shall wait for charts."""
    if next(iter(to_be_drawn()), None) is None:
        return
    if not Job.objects.filter(kind=DRAW_AHEAD, state__in=(JobState.WAITING, JobState.RUNNING)).exists():
        ask_for(DRAW_AHEAD)


daily("dashboards.forget", at="04:10", work=FORGET)
