"""Who may do what in an organisation, stated once. Every page, service and API route asks here.

A permission is asked of a person and an organisation (``person.has_perm("organisations.manage_people", city)``); what
belongs to an organisation is asked through it. Roles count on the day they are in force. A deputy has what the role
they stand in for has.

    permission                      who
    organisations.see_home          its people; its mentors; administrators, coordinators
    organisations.edit              responsible persons; administrators, coordinators
    organisations.manage_people     responsible persons; administrators, coordinators
    organisations.create            administrators, coordinators
    organisations.see_region        the region's change agents; administrators, coordinators
    organisations.see_audit         responsible persons; administrators
    measurement.see_results         its people but supplier users; its mentors
    measurement.see_lines           its people but supplier users; its mentors
    measurement.work                responsible persons, members (upload, map, mend, correct, run)
    measurement.approve             approvers
    measurement.publish             responsible persons, approvers
    dashboards.see_national         ministry officers; experts, coordinators, administrators (groups of five or more)
    operations.see                  administrators

Administrators keep the site running and give roles; that gives them no sight of ledgers and footprints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.utils import timezone

from keino.web.organisations.choices import RoleKind as R

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation, Role

Predicate = Any  # rules.Predicate; the library ships no types


def roles_today(person: Person) -> tuple[Role, ...]:
    """The roles in force today; asked of the database once per request and person."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return ()
    day = timezone.localdate()
    kept = person.__dict__.get("_roles_today")
    if kept is None or kept[0] != day:
        kept = (day, tuple(person.roles.on(day).select_related("organisation", "about", "deputy_of")))
        person.__dict__["_roles_today"] = kept
    found: tuple[Role, ...] = kept[1]
    return found


def forget_roles(person: Person) -> None:
    """Ask the database again next time: a role of this person was given or ended."""
    person.__dict__.pop("_roles_today", None)


def _holds(*kinds: R) -> Predicate:
    """Whether the person holds one of these roles in the organisation itself."""

    def holds(person: Person, organisation: Organisation | None = None) -> bool:
        return organisation is not None and any(
            role.kind in kinds and role.organisation_id == organisation.pk for role in roles_today(person)
        )

    return rules.predicate(holds, name=f"holds {'/'.join(kinds)}")


def _holds_anywhere(*kinds: R) -> Predicate:
    """Whether the person holds one of these roles in any organisation: those of the centre and the ministries."""

    def holds(person: Person, _organisation: Organisation | None = None) -> bool:
        return any(role.kind in kinds for role in roles_today(person))

    return rules.predicate(holds, name=f"holds {'/'.join(kinds)} anywhere")


@rules.predicate
def is_mentor_of(person: Person, organisation: Organisation | None = None) -> bool:
    """Whether the centre has named the person to help this buyer."""
    return organisation is not None and any(
        role.kind in {R.MENTOR, R.EXPERT} and role.about_id == organisation.pk for role in roles_today(person)
    )


@rules.predicate
def is_agent_of_region(person: Person, organisation: Organisation | None = None) -> bool:
    """Whether the organisation lies in a region of the person's as a change agent."""
    return organisation is not None and any(
        role.kind == R.CHANGE_AGENT and organisation.region_code and organisation.region_code in role.regions
        for role in roles_today(person)
    )


@rules.predicate
def runs_site(person: Person, _organisation: Organisation | None = None) -> bool:
    """Whether the person administers the site."""
    return bool(person.is_active and person.is_superuser) or any(
        role.kind == R.ADMINISTRATOR for role in roles_today(person)
    )


is_responsible = _holds(R.RESPONSIBLE_PERSON)
is_worker = _holds(R.RESPONSIBLE_PERSON, R.MEMBER)
is_approver = _holds(R.APPROVER)
belongs = _holds(R.RESPONSIBLE_PERSON, R.MEMBER, R.APPROVER)
is_anyone_there = _holds(*R)
coordinates = _holds_anywhere(R.COORDINATOR)
keeps_organisations = runs_site | coordinates

rules.add_perm("organisations.see_home", is_anyone_there | is_mentor_of | keeps_organisations)
rules.add_perm("organisations.edit", is_responsible | keeps_organisations)
rules.add_perm("organisations.manage_people", is_responsible | keeps_organisations)
rules.add_perm("organisations.create", keeps_organisations)
rules.add_perm("organisations.see_region", is_agent_of_region | keeps_organisations)
rules.add_perm("organisations.see_audit", is_responsible | runs_site)
rules.add_perm("measurement.see_results", belongs | is_mentor_of)
rules.add_perm("measurement.see_lines", belongs | is_mentor_of)
rules.add_perm("measurement.work", is_worker)
rules.add_perm("measurement.approve", is_approver)
rules.add_perm("measurement.publish", is_responsible | is_approver)
rules.add_perm("dashboards.see_national", _holds_anywhere(R.MINISTRY_OFFICER, R.EXPERT, R.COORDINATOR, R.ADMINISTRATOR))
rules.add_perm("operations.see", runs_site)
