"""People of organisations: who holds what, since when, for whom; who covers which region."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.codes import Division, division_on, division_problems, regions_without
from keino.web.organisations.dates import first_gap
from keino.web.organisations.models import Invitation, Organisation, Role
from keino.web.organisations.queries.organisations import written_in_any_case
from keino.web.organisations.rules import roles_today


def _whole(roles: QuerySet[Role]) -> QuerySet[Role]:
    return roles.select_related("person", "about", "organisation", "given_by", "deputy_of__person")


def current_roles(organisation: Organisation, day: dt.date) -> QuerySet[Role]:
    """Roles in force or still to come, by kind and name."""
    found = organisation.roles.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day))
    return _whole(found).order_by("kind", "person__name", "person__email", "valid_from", "pk")


def past_roles(organisation: Organisation, day: dt.date) -> QuerySet[Role]:
    """Roles that have ended, or were withdrawn before they began; the newest first."""
    over = organisation.roles.filter(Q(valid_to__lt=day) | Q(withdrawn_at__isnull=False))
    return _whole(over).order_by(F("valid_to").desc(nulls_first=True), "-valid_from", "-pk")


def helpers(organisation: Organisation, day: dt.date) -> QuerySet[Role]:
    """People of the centre who are named to help this buyer."""
    return _whole(organisation.helpers.on(day)).order_by("person__name", "pk")


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that wait for an answer, the newest first."""
    found = organisation.invitations.filter(accepted_at=None, withdrawn_at=None)
    return found.select_related("invited_by", "about").order_by("-created_at", "-pk")


def people_of(organisation: Organisation, day: dt.date) -> QuerySet[Person]:
    """People with a role in force here on a day, by name."""
    held = Role.objects.on(day).filter(organisation=organisation, person=OuterRef("pk"))
    return Person.objects.filter(Exists(held), is_active=True).order_by("name", "email", "pk")


def organisations_of_today(person: Person, *, helped: bool = True) -> list[tuple[Organisation, list[Role]]]:
    """Organisations in which a person holds a role today, or (``helped``) whom a role helps, each with those roles."""
    roles: dict[int, list[Role]] = {}
    for role in roles_today(person):
        for organisation in {role.organisation_id, role.about_id if helped else None}:
            if organisation is not None:
                roles.setdefault(organisation, []).append(role)
    return [(each, roles[each.pk]) for each in Organisation.objects.filter(pk__in=roles)] if roles else []


def roles_to_end(person: Person, organisation: Organisation, day: dt.date) -> QuerySet[Role]:
    """Roles of a person here that are in force on or after a day."""
    found = person.roles.standing().filter(organisation=organisation).filter(Q(valid_to=None) | Q(valid_to__gte=day))
    return _whole(found).order_by("kind", "valid_from", "pk")


def first_day_without_responsible(
    organisation: Organisation, start: dt.date, *, changed: dict[int, tuple[dt.date, dt.date | None]] | None = None
) -> dt.date | None:
    """The first day from ``start`` on without a responsible person; ``changed`` tries other dates for some roles."""
    changed = changed or {}
    held = organisation.roles.standing().filter(kind=RoleKind.RESPONSIBLE_PERSON, deputy_of=None)
    dates = {role.pk: (role.valid_from, role.valid_to) for role in held} | changed
    return first_gap((first_last for first_last in dates.values() if _is_interval(first_last)), start)


def _is_interval(dates: tuple[dt.date, dt.date | None]) -> bool:
    return dates[1] is None or dates[1] >= dates[0]


def on_behalf_of(person: Person, organisation: Organisation) -> Person | None:
    """The person whom somebody stands in for here today; None where they have a role of their own."""
    roles = list(person.roles.on(timezone.localdate()).filter(organisation=organisation))
    if not roles or any(role.deputy_of_id is None for role in roles):
        return None
    return Person.objects.filter(roles__deputies__in=[role.pk for role in roles]).first()


def responsible_persons(organisation: Organisation, day: dt.date) -> QuerySet[Person]:
    """Responsible persons in force on a day, deputies included."""
    return _holders(RoleKind.RESPONSIBLE_PERSON, organisation, day)


def approvers(organisation: Organisation, day: dt.date) -> QuerySet[Person]:
    """Approvers in force on a day, deputies included."""
    return _holders(RoleKind.APPROVER, organisation, day)


def coordinators(organisation: Organisation, day: dt.date) -> QuerySet[Person]:
    """Coordinators of a centre in force on a day, deputies included."""
    return _holders(RoleKind.COORDINATOR, organisation, day)


def _holders(kind: RoleKind, organisation: Organisation, day: dt.date) -> QuerySet[Person]:
    held = Role.objects.on(day).filter(organisation=organisation, kind=kind, person=OuterRef("pk"))
    return Person.objects.filter(Exists(held), is_active=True).order_by("pk")


def people(search: str) -> QuerySet[Person]:
    """People by name or address, for the centre's desk."""
    found = Person.objects.filter(erased_at=None)
    for word in search.split()[:5]:
        found = found.filter(written_in_any_case("name", word) | Q(email__icontains=word))
    return found.prefetch_related("roles__organisation").order_by("name", "email", "pk")


# ---- change agents


@dataclass(frozen=True)
class Coverage:
    """Who covers which region on a day, and what is wrong with it."""

    division: Division | None
    agents: dict[str, list[Role]]
    without_agent: list[str]
    without_area: list[str]
    in_several_areas: list[str]

    @property
    def is_whole(self) -> bool:
        """Whether every region has an agent and exactly one area."""
        return not (self.without_agent or self.without_area or self.in_several_areas)


def coverage(day: dt.date) -> Coverage:
    """Which regions have a change agent on a day; deputies count."""
    agents: dict[str, list[Role]] = {}
    held = Role.objects.on(day).filter(kind=RoleKind.CHANGE_AGENT)
    for role in held.select_related("person", "organisation").order_by("person__name", "pk"):
        for region in role.regions:
            agents.setdefault(region, []).append(role)
    division = division_on(day)
    without_area, in_several = division_problems(division) if division else (regions_without([]), [])
    return Coverage(division, agents, regions_without(agents), without_area, in_several)


def regions_of(person: Person, day: dt.date) -> list[str]:
    """Region codes of a change agent on a day."""
    held = person.roles.on(day).filter(kind=RoleKind.CHANGE_AGENT)
    return sorted({region for role in held for region in role.regions})
