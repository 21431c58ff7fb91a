"""How participations stand, for mentors and coordinators: who is stuck, what is due, overdue, not begun, waiting."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from keino.web.cohorts.choices.assignments import WorkState
from keino.web.cohorts.choices.deliverables import DeliverableState
from keino.web.cohorts.choices.participation import ParticipationState
from keino.web.cohorts.models import Deliverable, Participation, Work
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.rules import roles_today

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition

SOON = dt.timedelta(days=14)


def guided_by(person: Person) -> list[int]:
    """The buyers whom the person helps today as a mentor or expert."""
    kinds = {RoleKind.MENTOR, RoleKind.EXPERT}
    return [role.about_id for role in roles_today(person) if role.kind in kinds and role.about_id is not None]


def seen_by(person: Person) -> QuerySet[Participation]:
    """Participations on somebody's desk: of the buyers they help; for coordinators all of them."""
    found = Participation.objects.select_related("organisation", "edition", "mentor")
    if person.has_perm("programmes.manage"):
        return found
    return found.filter(organisation__in=guided_by(person))


def with_standing(found: QuerySet[Participation], now: dt.datetime) -> QuerySet[Participation]:
    """With numbers: ``overdue``, ``due_soon``, ``not_begun``, ``returned`` and ``waiting``; the worst first.

    Overdue is what was never handed in although its time is over: it is counted whether somebody began it or not.
    """
    works = Work.objects.filter(assignment__withdrawn_at=None)
    unsent = Q(first_submitted_at=None)
    late, soon = Q(assignment__due_at__lt=now), Q(assignment__due_at__range=(now, now + SOON))
    deliverables = Deliverable.objects.all()
    is_open = Q(state=DeliverableState.OPEN)
    bare = Q(category_plan=None, procurement=None, development_plan=None)
    counted = {
        "overdue": (_count(works, unsent & late), _count(deliverables, is_open & Q(wanted__due_at__lt=now))),
        "due_soon": (
            _count(works, unsent & soon),
            _count(deliverables, is_open & Q(wanted__due_at__range=(now, now + SOON))),
        ),
        "not_begun": (_count(works, unsent & Q(begun_at=None)), _count(deliverables, is_open & bare)),
        "returned": (
            _count(works, Q(state=WorkState.RETURNED)),
            _count(deliverables, Q(state=DeliverableState.RETURNED)),
        ),
        "waiting": (
            _count(works, Q(state=WorkState.SUBMITTED)),
            _count(deliverables, Q(state=DeliverableState.SUBMITTED)),
        ),
    }
    numbers: dict[str, Any] = {
        name: of_works + of_deliverables for name, (of_works, of_deliverables) in counted.items()
    }
    return found.annotate(**numbers).order_by(F("overdue").desc(), F("waiting").desc(), "edition_id", "pk")


def _count(rows: QuerySet[Any], which: Q) -> Coalesce:
    counted = rows.filter(which, participation=OuterRef("pk")).order_by().values("participation")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


#: What the filter of the desk offers: the number that must be above zero.
ONLY = ("overdue", "due_soon", "not_begun", "returned", "waiting")


def desk_list(
    person: Person, now: dt.datetime, *, edition: Edition | None = None, only: str = "", state: str = ""
) -> QuerySet[Participation]:
    """The participations of a desk with their standing."""
    found = seen_by(person).filter(state=state or ParticipationState.ACTIVE)
    if edition is not None:
        found = found.filter(edition=edition)
    rows = with_standing(found, now)
    return rows.filter(**{f"{only}__gt": 0}) if only in ONLY else rows


def waiting_for(person: Person, limit: int) -> list[Work | Deliverable]:
    """What waits for the person's feedback, the longest first."""
    guided = guided_by(person)
    people = ("participation__organisation", "participation__edition")
    works = Work.objects.filter(
        participation__organisation__in=guided, state=WorkState.SUBMITTED, assignment__withdrawn_at=None
    ).select_related("assignment", *people)
    deliverables = Deliverable.objects.filter(
        participation__organisation__in=guided, state=DeliverableState.SUBMITTED
    ).select_related("category_plan", "procurement", *people)
    return [*works.order_by("submitted_at", "pk")[:limit], *deliverables.order_by("pk")[:limit]]
