"""What the people of the centre have before them: sessions and cases of those they help, editions they work in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from keino.web.cohorts.choices.sparring import CaseState, SessionState
from keino.web.cohorts.models import DigitalCase, SparringSession
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.rules import roles_today
from keino.web.programmes.choices import EditionState
from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from keino.web.base.models import Person

WORKED_IN = (EditionState.CLOSED, EditionState.RUNNING, EditionState.COMPLETED)


def helped_by(person: Person) -> list[int]:
    """The organisations that a person is named to help today."""
    kinds = {RoleKind.MENTOR, RoleKind.EXPERT}
    return [role.about_id for role in roles_today(person) if role.kind in kinds and role.about_id is not None]


def sessions_of_mentor(person: Person) -> QuerySet[SparringSession]:
    """Sessions of the organisations they help: those to come and to be written down first, then the latest."""
    found = SparringSession.objects.filter(organisation__in=helped_by(person))
    waits = Q(state=SessionState.AGREED)
    return (
        found.annotate(waits=waits).select_related("organisation", "digital_case", "participation__edition")
        .order_by("-waits", "-starts_at", "pk")
    )  # fmt: skip


def open_cases_of_mentor(person: Person) -> QuerySet[DigitalCase]:
    """Open cases of digital sparring of the organisations they help."""
    found = DigitalCase.objects.filter(organisation__in=helped_by(person), state=CaseState.OPEN)
    return found.select_related("organisation").order_by("created_at", "pk")


def editions_of(person: Person) -> list[Edition]:
    """Editions past their call in which the person is named, or all of them for who manages programmes."""
    found = Edition.objects.filter(state__in=WORKED_IN).order_by("-created_at", "pk")
    if not person.has_perm("programmes.manage"):
        found = found.filter(people__person=person).distinct()
    return list(found.select_related("closing").prefetch_related("people"))
