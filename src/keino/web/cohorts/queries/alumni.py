"""Alumni and what follows an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.cohorts.choices.participation import ParticipationState
from keino.web.cohorts.models import AlumniPerson, FollowUpTask, Participation
from keino.web.cohorts.queries.names import has_role
from keino.web.organisations.choices import CENTRE_ROLES
from keino.web.organisations.models import Role
from keino.web.organisations.queries.organisations import written_in_any_case

if TYPE_CHECKING:
    from keino.web.programmes.models import Edition


def centre_people() -> QuerySet[Person]:
    """People who work at the centre today."""
    held = Role.objects.on(timezone.localdate()).filter(kind__in=CENTRE_ROLES)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "email", "pk")


def directory(*, words: str = "", theme: str = "", edition: str = "") -> QuerySet[Participation]:
    """Alumni that everyone may see: organisations that agreed, with those of their people who agreed themselves."""
    found = Participation.objects.filter(state=ParticipationState.ALUMNI, alumni_entry__is_public=True)
    if theme:
        found = found.filter(edition__theme=theme)
    if edition:
        found = found.filter(edition__slug=edition)
    for word in words.split()[:5]:
        found = found.filter(
            written_in_any_case("alumni_entry__text", word)
            | written_in_any_case("organisation__name_fi", word)
            | written_in_any_case("organisation__name_sv", word)
            | written_in_any_case("organisation__name_en", word)
        )
    people = AlumniPerson.objects.filter(has_role("person", "participation__organisation")).select_related("person")
    return (
        found.select_related("organisation", "edition", "alumni_entry")
        .prefetch_related(Prefetch("alumni_people", people.order_by("person__name", "pk")))
        .order_by("organisation__slug", "-edition__created_at", "pk")
    )


def tasks(edition: Edition | None = None) -> QuerySet[FollowUpTask]:
    """Tasks after editions, open ones and the nearest first."""
    found = FollowUpTask.objects.filter(edition=edition) if edition is not None else FollowUpTask.objects.all()
    rows = found.select_related("edition", "owner", "participation__organisation")
    return rows.order_by("-state", "due_on", "pk")


def tasks_of(participation: Participation) -> QuerySet[FollowUpTask]:
    """What follows for one participant: its own meeting and the joint one."""
    found = FollowUpTask.objects.filter(Q(participation=participation) | Q(participation=None))
    return found.filter(edition=participation.edition_id).select_related("owner").order_by("due_on", "pk")
