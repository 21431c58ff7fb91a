"""What of programmes needs a person: assignments to do, feedback to give, decisions to record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.cohorts.choices.assignments import WorkState
from keino.web.cohorts.choices.deliverables import DeliverableKind, DeliverableState
from keino.web.cohorts.choices.participation import ParticipationState
from keino.web.cohorts.models import Deliverable, Presentation, Work
from keino.web.organisations.needs import ComingDate, Need
from keino.web.programmes.choices import Act
from keino.web.programmes.queries.calendar import where_allowed

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

WEEK = dt.timedelta(days=7)
COMING = 20


#: The same columns of each table, so that one question asks for all of them.
_COLUMNS = ("whose", "address", "what", "called", "key", "stands", "due")
_PRESENTATION = "presentation"


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Works and deliverables that are due or were returned or wait for the mentor, and meetings without a decision.

    What is due is only there while the edition's calendar lets it be handed in.
    """
    seen = {each.pk: each for each in organisations if person.has_perm("cohorts.see", each)}
    if not seen:
        return
    now = timezone.now()
    ours, guided, decides = (
        [pk for pk, each in seen.items() if person.has_perm(f"cohorts.{what}", each)]
        for what in ("work", "guide", "decide")
    )
    found = _works(ours, guided, now).union(
        _deliverables(ours, guided, now), _presentations(decides, timezone.localtime(now).date()), all=True
    )
    rows = list(found.order_by("due", "key"))
    takes = where_allowed(Act.HAND_IN, {address for _, address, *_, stands, _ in rows if stands in _TO_HAND_IN})
    for whose, address, what, called, key, stands, due in rows:
        if stands in _TO_HAND_IN and address not in takes:
            continue
        organisation = seen[whose]
        is_kind = what in DeliverableKind.values
        page = "deliverable" if is_kind else what
        url = reverse(f"cohorts:{page}", kwargs={"slug": organisation.slug, "edition": address, page: key})
        name = str(DeliverableKind(what).label).capitalize() if is_kind else called
        kind, words = _urgency(what, stands, due, now=now, guides=whose in guided)
        day = timezone.localtime(due).date() if due and stands in _TO_HAND_IN else None
        yield Need(kind, words.format(title=name), url, day, str(organisation))


#: States of works and deliverables in which nothing was handed in.
_TO_HAND_IN = frozenset({WorkState.ASSIGNED.value, DeliverableState.OPEN.value})


def _urgency(what: str, stands: str, due: dt.datetime | None, *, now: dt.datetime, guides: bool) -> tuple[str, str]:
    """How urgent something is, and the words that say what to do."""
    if what == _PRESENTATION:
        return "you", _("Record the decision of the management group: {title}")
    if stands == WorkState.SUBMITTED:
        return ("you", _("Give feedback: {title}")) if guides else ("others", _("With the mentor: {title}"))
    if stands == WorkState.RETURNED:
        return "you", _("Read the feedback: {title}")
    is_late = due is not None and now > due
    return "overdue" if is_late else "week", _("Hand in: {title}")


def _works(ours: list[int], guided: list[int], now: dt.datetime) -> QuerySet[Any]:
    due = Q(state=WorkState.ASSIGNED, assignment__due_at__lte=now + WEEK) | Q(state=WorkState.RETURNED)
    mine = due & Q(participation__organisation__in=ours, participation__state=ParticipationState.ACTIVE)
    waiting = Q(participation__organisation__in=guided, state=WorkState.SUBMITTED)
    found = Work.objects.filter(mine | waiting, assignment__withdrawn_at=None)
    return _rows(found, what=Value("work", CharField()), called=F("assignment__title"), due=F("assignment__due_at"))


def _deliverables(ours: list[int], guided: list[int], now: dt.datetime) -> QuerySet[Any]:
    due = Q(state=DeliverableState.OPEN, wanted__due_at__lte=now + WEEK) | Q(state=DeliverableState.RETURNED)
    mine = due & Q(participation__organisation__in=ours, participation__state=ParticipationState.ACTIVE)
    waiting = Q(participation__organisation__in=guided, state=DeliverableState.SUBMITTED)
    found = Deliverable.objects.filter(mine | waiting)
    return _rows(found, what=F("kind"), called=Value("", CharField()), due=F("wanted__due_at"))


def _presentations(decides: list[int], today: dt.date) -> QuerySet[Any]:
    found = Presentation.objects.filter(participation__organisation__in=decides, decision="", held_on__lte=today)
    nothing = {"stands": Value("", CharField()), "due": Value(None, DateTimeField())}
    return _rows(found, what=Value(_PRESENTATION, CharField()), called=F("group"), **nothing)


def _rows(found: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    whose = {"whose": F("participation__organisation_id"), "address": F("participation__edition__slug")}
    named = whose | {"key": F("public_id")} | columns
    if "stands" not in named:
        named["stands"] = F("state")
    return found.order_by().annotate(**named).values_list(*_COLUMNS)


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """The next due times of an organisation that takes part, and its presentations."""
    if not person.has_perm("cohorts.see", organisation):
        return
    found = Work.objects.filter(
        participation__organisation=organisation,
        participation__state=ParticipationState.ACTIVE,
        first_submitted_at=None,
        assignment__withdrawn_at=None,
        assignment__due_at__gt=timezone.now(),
    ).select_related("assignment", "participation__edition")
    for work in found.order_by("assignment__due_at", "pk")[:COMING]:
        url = reverse("cohorts:work", args=[organisation.slug, work.participation.edition.slug, work.public_id])
        day = timezone.localtime(work.assignment.due_at).date()
        yield ComingDate(day, _("Due: {title}").format(title=work.assignment.title), url)
