"""Reads of the pages that keep the site running."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from keino.web.base.choices import JobState, MailState
from keino.web.base.models import Job, Mail, MailOptOut, ScheduledWork, WorkerBeat
from keino.web.base.timetable import Entry, entries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from keino.web.base.models import Person

#: What a job's subject names, and which permission its organisation asks for.
_SUBJECTS = {"ledger": "measurement.see_results", "run": "measurement.see_results"}


def may_see_job(request: HttpRequest, job: Job) -> bool:
    """Whoever asked for a job sees it, and who may see what it works on; the site's keeper sees all."""
    person = request.user
    if person.is_authenticated and job.created_by_id == person.pk:
        return True
    if person.is_authenticated and person.has_perm("operations.see"):
        return True
    return _may_see_subject(request, job.subject)


def _may_see_subject(request: HttpRequest, subject: str) -> bool:
    from keino.web.measurement.models import Ledger, Run

    kind, _colon, key = subject.partition(":")
    if kind not in _SUBJECTS:
        return False
    try:
        model: type[Ledger] | type[Run] = Ledger if kind == "ledger" else Run
        found: Ledger | Run | None = (
            model.objects.select_related("organisation", "visit").filter(public_id=UUID(key)).first()
        )
    except ValueError:
        return False
    if found is None:
        return False
    if found.organisation is None:  # a visit's: its key lives in the visitor's session only
        return found.visit is not None and str(found.visit.public_id) in map(str, request.session.values())
    return bool(request.user.is_authenticated and request.user.has_perm(_SUBJECTS[kind], found.organisation))


def jobs(*, state: str = "", kind: str = "") -> QuerySet[Job]:
    """Jobs, newest first."""
    found = Job.objects.select_related("created_by").order_by("-created_at", "-pk")
    if state:
        found = found.filter(state=state)
    return found.filter(kind=kind) if kind else found


def job_kinds() -> list[str]:
    """The kinds of jobs that there are."""
    return list(Job.objects.order_by("kind").values_list("kind", flat=True).distinct())


def mails(*, state: str = "") -> QuerySet[Mail]:
    """Mail, newest first."""
    found = Mail.objects.select_related("person").order_by("-created_at", "-pk")
    return found.filter(state=state) if state else found


def counts() -> dict[str, int]:
    """What the overview counts, in two queries."""
    of_jobs = Job.objects.aggregate(
        jobs_waiting=Count("pk", filter=Q(state=JobState.WAITING)),
        jobs_running=Count("pk", filter=Q(state=JobState.RUNNING)),
        jobs_failed=Count("pk", filter=Q(state=JobState.FAILED)),
    )
    of_mail = Mail.objects.aggregate(
        mail_waiting=Count("pk", filter=Q(state=MailState.WAITING)),
        mail_failed=Count("pk", filter=Q(state=MailState.FAILED)),
    )
    return {**of_jobs, **of_mail}


def timetable() -> list[tuple[Entry, ScheduledWork | None]]:
    """Each entry of the timetable with its row; None before its first time."""
    rows = {row.name: row for row in ScheduledWork.objects.all()}
    return [(entry, rows.get(entry.name)) for entry in entries()]


def workers() -> QuerySet[WorkerBeat]:
    """Worker processes that did not stop in order."""
    return WorkerBeat.objects.order_by("name")


def stopped_topics(person: Person) -> set[str]:
    """Topics that a person wants no mail on."""
    return set(MailOptOut.objects.filter(person=person).values_list("topic", flat=True))
