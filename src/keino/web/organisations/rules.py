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
    organisations.choose_publicity  responsible persons (who sees the footprint is theirs to say, not the centre's)
    organisations.see_desk          administrators, coordinators
    organisations.work_in_regions   change agents; administrators, coordinators
    measurement.see_results         its people but supplier users; its mentors
    measurement.see_lines           its people but supplier users; its mentors
    measurement.work                responsible persons, members (upload, map, mend, correct, run)
    measurement.approve             approvers
    measurement.delete_files        responsible persons (of a ledger that was withdrawn)
    measurement.publish             responsible persons, approvers
    procurements.see                its people but supplier users; its mentors
    procurements.work               responsible persons, members
    procurements.decide             approvers (the award, and that an assessment is enough)
    plans.see                       its people but supplier users; its mentors
    plans.comment                   the same
    plans.work                      responsible persons, members
    plans.approve                   approvers
    plans.publish                   responsible persons, approvers
    surveys.see                     its people but supplier users; its mentors
    surveys.answer                  its people but supplier users
    surveys.manage                  responsible persons
    surveys.manage_forms            coordinators, experts (forms, studies and interviews of the centre)
    events.manage                   coordinators, experts, mentors, change agents (making events; of which events they
                                    are the organiser, and who else manages one: events/rules.py)
    programmes.see                  its people but supplier users; its mentors (its own applications)
    programmes.apply                responsible persons, members
    programmes.commit               approvers (that the management stands behind an application)
    programmes.manage               coordinators (editions, dates, teams, decisions)
    programmes.work                 coordinators, experts, mentors (the desk; what of it: who is named in the edition)
    programmes.see_effect           ministry officers; experts, coordinators
    cohorts.see                     its people but supplier users; its mentors
    cohorts.work                    responsible persons, members
    cohorts.guide                   its mentors
    cohorts.spar                    responsible persons, members; its mentors (sparring, shared notes)
    cohorts.decide                  approvers (what the management group decided)
    dashboards.see_national         ministry officers; experts, coordinators, administrators (groups of five or more)
    about.answer_feedback           administrators, coordinators
    about.assess                    administrators (findings of the accessibility statement)
    operations.see                  administrators

What is asked of an organisation and begins with ``measurement``, ``procurements``, ``plans``, ``surveys``,
``programmes`` or ``cohorts`` is for buyers: a company has no ledgers and footprints, whatever its people's roles.
Administrators keep the site running and give roles; that gives them no sight of ledgers and footprints.

Who may give, change and end which role, and where it can be held, is the table ``GIVING`` below. Nobody gives a role to
themselves, makes their own longer, or gives one that the table doesn't let their own roles give. A buyer's responsible
persons end the roles of the centre's people that look at it (``may_send_away``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.utils import timezone

from keino.web.organisations.choices import BUYERS, CENTRE_ROLES
from keino.web.organisations.choices import OrganisationKind as K
from keino.web.organisations.choices import RoleKind as R

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation, Role

Predicate = Any  # rules.Predicate; the library ships no types
#: Where a request's person keeps them. Not in ``__dict__``: the lazy person of a request would keep its own beside.
_KEPT = "_roles_today"
#: Roles whose holders make events in the name of the organisation in which they hold them.
EVENT_ROLES = (R.COORDINATOR, R.EXPERT, R.MENTOR, R.CHANGE_AGENT)


def roles_today(person: Person) -> tuple[Role, ...]:
    """The roles in force today; asked of the database once per request and person.

    Without their organisations, which most pages don't ask for (``queries.people.organisations_of_today`` has them).
    """
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return ()
    day = timezone.localdate()
    kept = getattr(person, _KEPT, None)
    if kept is None or kept[0] != day:
        kept = (day, tuple(person.roles.on(day)))
        setattr(person, _KEPT, kept)
    found: tuple[Role, ...] = kept[1]
    return found


def forget_roles(person: Person) -> None:
    """Ask the database again next time: a role of this person was given or ended."""
    setattr(person, _KEPT, None)


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


@rules.predicate
def buys(_person: Person, organisation: Organisation | None = None) -> bool:
    """Whether the organisation buys with public money."""
    return organisation is not None and organisation.kind in BUYERS


is_responsible = _holds(R.RESPONSIBLE_PERSON)
is_worker = _holds(R.RESPONSIBLE_PERSON, R.MEMBER)
is_approver = _holds(R.APPROVER)
belongs = _holds(R.RESPONSIBLE_PERSON, R.MEMBER, R.APPROVER)
is_anyone_there = _holds(*R)
coordinates = _holds_anywhere(R.COORDINATOR)
keeps_organisations = runs_site | coordinates
sees_effect = _holds_anywhere(R.MINISTRY_OFFICER, R.EXPERT, R.COORDINATOR)

rules.add_perm("organisations.see_home", is_anyone_there | is_mentor_of | keeps_organisations)
rules.add_perm("organisations.edit", is_responsible | keeps_organisations)
rules.add_perm("organisations.manage_people", is_responsible | keeps_organisations)
rules.add_perm("organisations.create", keeps_organisations)
rules.add_perm("organisations.see_region", is_agent_of_region | keeps_organisations)
rules.add_perm("organisations.see_audit", is_responsible | runs_site)
rules.add_perm("organisations.choose_publicity", is_responsible)
rules.add_perm("organisations.see_desk", keeps_organisations)
rules.add_perm("organisations.work_in_regions", _holds_anywhere(R.CHANGE_AGENT) | keeps_organisations)
rules.add_perm("measurement.see_results", buys & (belongs | is_mentor_of))
rules.add_perm("measurement.see_lines", buys & (belongs | is_mentor_of))
rules.add_perm("measurement.work", buys & is_worker)
rules.add_perm("measurement.approve", buys & is_approver)
rules.add_perm("measurement.delete_files", buys & is_responsible)
rules.add_perm("measurement.publish", buys & (is_responsible | is_approver))
rules.add_perm("procurements.see", buys & (belongs | is_mentor_of))
rules.add_perm("procurements.work", buys & is_worker)
rules.add_perm("procurements.decide", buys & is_approver)
rules.add_perm("plans.see", buys & (belongs | is_mentor_of))
rules.add_perm("plans.comment", buys & (belongs | is_mentor_of))
rules.add_perm("plans.work", buys & is_worker)
rules.add_perm("plans.approve", buys & is_approver)
rules.add_perm("plans.publish", buys & (is_responsible | is_approver))
rules.add_perm("surveys.see", buys & (belongs | is_mentor_of))
rules.add_perm("surveys.answer", buys & belongs)
rules.add_perm("surveys.manage", buys & is_responsible)
rules.add_perm("surveys.manage_forms", _holds_anywhere(R.COORDINATOR, R.EXPERT))
rules.add_perm("events.manage", _holds_anywhere(*EVENT_ROLES))
rules.add_perm("programmes.see", buys & (belongs | is_mentor_of))
rules.add_perm("programmes.apply", buys & is_worker)
rules.add_perm("programmes.commit", buys & is_approver)
rules.add_perm("programmes.manage", coordinates)
rules.add_perm("programmes.work", _holds_anywhere(R.COORDINATOR, R.EXPERT, R.MENTOR))
rules.add_perm("programmes.see_effect", sees_effect)
rules.add_perm("cohorts.see", buys & (belongs | is_mentor_of))
rules.add_perm("cohorts.work", buys & is_worker)
rules.add_perm("cohorts.guide", buys & is_mentor_of)
rules.add_perm("cohorts.spar", buys & (is_worker | is_mentor_of))
rules.add_perm("cohorts.decide", buys & is_approver)
rules.add_perm("dashboards.see_national", _holds_anywhere(R.MINISTRY_OFFICER, R.EXPERT, R.COORDINATOR, R.ADMINISTRATOR))
rules.add_perm("about.answer_feedback", keeps_organisations)
rules.add_perm("about.assess", runs_site)
rules.add_perm("operations.see", runs_site)


# ---- who gives which role


@dataclass(frozen=True)
class Giving:
    """Who gives a role: people with these roles in the organisation itself, or with these anywhere; held where."""

    own: frozenset[R]
    anywhere: frozenset[R]
    held_in: frozenset[K]
    #: The holder may name a deputy; where not, only who gives the role may.
    holder_names_deputy: bool = True


_KEEPERS = frozenset({R.COORDINATOR, R.ADMINISTRATOR})
_ALL = frozenset(K)
_CENTRE = frozenset({K.COMPETENCE_CENTRE})
_BUYERS = frozenset(K(kind) for kind in BUYERS)
_RESPONSIBLE = frozenset({R.RESPONSIBLE_PERSON})
_NOBODY: frozenset[R] = frozenset()

GIVING: dict[str, Giving] = {
    R.RESPONSIBLE_PERSON: Giving(own=_RESPONSIBLE, anywhere=_KEEPERS, held_in=_ALL),
    R.MEMBER: Giving(own=_RESPONSIBLE, anywhere=_KEEPERS, held_in=_BUYERS),
    R.APPROVER: Giving(own=_RESPONSIBLE, anywhere=_KEEPERS, held_in=_BUYERS),
    R.SUPPLIER_USER: Giving(own=_RESPONSIBLE, anywhere=_KEEPERS, held_in=frozenset({K.COMPANY})),
    R.EXPERT: Giving(own=_NOBODY, anywhere=_KEEPERS, held_in=_CENTRE),
    R.MENTOR: Giving(own=_NOBODY, anywhere=_KEEPERS, held_in=_CENTRE),
    R.CHANGE_AGENT: Giving(own=_NOBODY, anywhere=_KEEPERS, held_in=_ALL),  # hosts were buyers, companies, associations
    R.MINISTRY_OFFICER: Giving(own=_NOBODY, anywhere=_KEEPERS, held_in=frozenset({K.MINISTRY})),
    R.COORDINATOR: Giving(
        own=_NOBODY, anywhere=frozenset({R.ADMINISTRATOR}), held_in=_CENTRE, holder_names_deputy=False
    ),
    R.ADMINISTRATOR: Giving(
        own=_NOBODY, anywhere=frozenset({R.ADMINISTRATOR}), held_in=_CENTRE, holder_names_deputy=False
    ),
}


def may_give(person: Person, kind: str, organisation: Organisation) -> bool:
    """Whether the person may give, change and end this role in this organisation (to others, never to themselves)."""
    giving = GIVING.get(kind)
    if giving is None:
        return False
    if R.ADMINISTRATOR in giving.anywhere and runs_site(person, None):
        return True
    return any(
        role.kind in giving.anywhere or (role.kind in giving.own and role.organisation_id == organisation.pk)
        for role in roles_today(person)
    )


def may_send_away(person: Person, role: Role) -> bool:
    """Whether the person answers for the buyer that the holder of this role helps: the buyer may end that help."""
    return role.about is not None and bool(is_responsible(person, role.about))


def is_held_in(kind: str, organisation: Organisation) -> bool:
    """Whether the role can be held in an organisation of this kind."""
    return organisation.kind in GIVING[kind].held_in


def roles_to_give(person: Person, organisation: Organisation) -> list[R]:
    """The roles this person may give here, in the order of the table."""
    return [R(kind) for kind in GIVING if is_held_in(kind, organisation) and may_give(person, kind, organisation)]


def may_name_deputy(person: Person, role: Role) -> bool:
    """Whether the person may name somebody to stand in for the holder of this role."""
    is_holder = role.person_id == person.pk and role.deputy_of_id is None
    return (is_holder and GIVING[role.kind].holder_names_deputy) or may_give(person, role.kind, role.organisation)


def works_at_centre(person: Person) -> bool:
    """Whether a role in force today requires a second factor of this person."""
    return bool(getattr(person, "is_superuser", False)) or any(
        role.kind in CENTRE_ROLES for role in roles_today(person)
    )
