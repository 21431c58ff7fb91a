"""Sparring sessions that come or wait to be written down, and tasks of the year after an edition, for the homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from keino.web.cohorts.choices.alumni import FollowUpState
from keino.web.cohorts.choices.sparring import SessionState
from keino.web.cohorts.models import FollowUpTask, SparringSession
from keino.web.organisations.needs import ComingDate, Need, of_organisations

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

WEEK = dt.timedelta(days=7)
#: A task after an edition shows up so long before its day: a meeting with others needs its time.
TASK_AHEAD = dt.timedelta(days=60)
#: Coming dates that a home shows.
COMING = 20


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Sessions of this week, and past ones that nobody wrote down, on both sides; a centre's person's own tasks."""
    own = [each for each in organisations if person.has_perm("cohorts.spar", each)]
    if own:
        yield from _sessions(own)
    if person.has_perm("programmes.work"):
        yield from _tasks(person)


def _sessions(organisations: Sequence[Organisation]) -> Iterator[Need]:
    now = timezone.now()
    waits = SparringSession.objects.filter(
        organisation__in=organisations, state=SessionState.AGREED, starts_at__lte=now + WEEK
    ).order_by("starts_at", "pk")
    for session in of_organisations(waits.only("public_id", "starts_at", "ends_at", "organisation_id"), organisations):
        url = reverse("cohorts:sparring_session", args=[session.organisation.slug, session.public_id])
        day = timezone.localtime(session.starts_at).date()
        if session.is_over(now):
            yield Need("you", _("Write the sparring session down"), url, None, str(session.organisation))
        else:
            yield Need("week", _("Sparring session: read the agenda"), url, day, str(session.organisation))


def _tasks(person: Person) -> Iterator[Need]:
    today = timezone.localdate()
    found = FollowUpTask.objects.filter(owner=person, state=FollowUpState.OPEN, due_on__lte=today + TASK_AHEAD)
    for task in found.select_related("edition", "participation__organisation").order_by("due_on", "pk"):
        kind = "overdue" if task.due_on < today else "week" if task.due_on <= today + WEEK else "you"
        words = f"{capfirst(task.get_kind_display())}: {task.edition.shown_name}"
        about = str(task.participation.organisation) if task.participation else ""
        yield Need(kind, words, reverse("cohorts:follow_up_task", args=[task.public_id]), task.due_on, about)


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Coming sessions of an organisation, and the meetings that follow its editions."""
    if not person.has_perm("cohorts.see", organisation):
        return
    sessions = SparringSession.objects.filter(
        organisation=organisation, state=SessionState.AGREED, starts_at__gte=timezone.now()
    )
    for session in sessions.only("public_id", "starts_at", "place").order_by("starts_at", "pk")[:COMING]:
        url = reverse("cohorts:sparring_session", args=[organisation.slug, session.public_id])
        yield ComingDate(timezone.localtime(session.starts_at).date(), _("Sparring session"), url, session.place)
    tasks = FollowUpTask.objects.filter(state=FollowUpState.OPEN, due_on__gte=timezone.localdate())
    mine = Q(participation__organisation=organisation)
    joint = Q(participation=None, edition__participations__organisation=organisation)
    for task in tasks.filter(mine | joint).select_related("edition").distinct().order_by("due_on", "pk")[:COMING]:
        url = reverse("cohorts:alumni_own", args=[organisation.slug, task.edition.slug])
        yield ComingDate(task.due_on, capfirst(task.get_kind_display()), url, task.edition.shown_name)
