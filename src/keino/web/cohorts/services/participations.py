"""Taking part: from the confirmed application to the alumni; the team, who shows their contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.choices.participation import PARTICIPATION_MOVES, ParticipationState
from keino.web.cohorts.errors.taking_part import MoveOfParticipationNotAllowed, NotOneOfUs, OnlyOneself, WhyLeft
from keino.web.cohorts.models import Assignment, Deliverable, Participation, TeamPerson, WantedDeliverable, Work
from keino.web.cohorts.services.active import require_active
from keino.web.cohorts.services.leaving import end_part
from keino.web.cohorts.services.session_seats import invite, uninvite
from keino.web.organisations.queries.people import on_behalf_of, people_of
from keino.web.programmes.choices import DateKind
from keino.web.programmes.choices.applications import APPLICATION_MOVES, ApplicationState
from keino.web.programmes.services.applications.moves import move_application

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.programmes.models import Application, ApplicationMember, Edition


@transaction.atomic
def begin_participation(application: Application, *, by: Person | None) -> Participation:
    """Open the cohort space of an organisation whose place was confirmed: its team, assignments and deliverables.

    Called again for the same application it changes nothing.
    """
    there = Participation.objects.select_for_update().filter(application=application).first()
    if there is not None:
        return there
    members = list(application.members.select_related("person"))
    responsible = next((each.person for each in members if each.is_responsible and each.person), application.contact)
    found = take_in(
        application.edition,
        application.organisation,
        by=by,
        responsible=responsible,
        application=application,
        team=[_of_team(each, application.edition) for each in members],
    )
    if application.procurement is not None:
        found.deliverables.filter(kind=DeliverableKind.PILOT_PROCUREMENT, procurement=None).update(
            procurement=application.procurement
        )
    return found


def _of_team(member: ApplicationMember, edition: Edition) -> TeamPerson:
    """A member of the application's team as one of the cohort space; each team may change after it."""
    part = member.title or next((str(each) for each in edition.team_roles.all() if each.code == member.role), "")
    return TeamPerson(person=member.person, name="" if member.person_id else member.name, part=part)


@transaction.atomic
def take_in(
    edition: Edition,
    organisation: Organisation,
    *,
    by: Person | None,
    responsible: Person | None = None,
    application: Application | None = None,
    team: Sequence[TeamPerson] = (),
) -> Participation:
    """Let an organisation take part, with or without an application; what is there already stays as it is."""
    with acting(by, on_behalf_of=on_behalf_of(by, organisation) if by else None, act="participation_begun"):
        found, is_new = Participation.objects.get_or_create(
            edition=edition,
            organisation=organisation,
            defaults={"responsible": responsible, "application": application},
        )
        if is_new:
            people = set()
            for member in team:
                if member.person_id is None or member.person_id not in people:
                    people.add(member.person_id)
                    member.participation = found
                    member.save()
            give_what_is_wanted(found)
            invite(found, [each.person for each in team] + [responsible], by=by)
    return found


def give_what_is_wanted(participation: Participation) -> None:
    """Give an organisation everything that the edition wants of all; what it has already is left alone."""
    for assignment in Assignment.objects.filter(edition=participation.edition, only_for=None, withdrawn_at=None):
        Work.objects.get_or_create(assignment=assignment, participation=participation)
    for wanted in WantedDeliverable.objects.filter(edition=participation.edition):
        Deliverable.objects.get_or_create(participation=participation, wanted=wanted, defaults={"kind": wanted.kind})


@transaction.atomic
def move_participation(
    participation: Participation, *, to: str, by: Person | None, note: str = "", seen: int | None = None
) -> Participation:
    """Complete, drop, or make alumni; the application goes along. A second press changes nothing.

    Raises MoveOfParticipationNotAllowed, WhyLeft where somebody leaves without a word, Conflict.
    """
    row = locked(participation)
    if row.state == to:
        return row
    if seen is not None:
        row = as_seen(participation, seen)
    if to not in PARTICIPATION_MOVES[row.state]:
        wanted = str(ParticipationState(to).label) if to in ParticipationState.values else to
        raise MoveOfParticipationNotAllowed(state=str(row.get_state_display()), wanted=wanted)
    if to == ParticipationState.DROPPED and not note.strip():
        raise WhyLeft(organisation=str(row.organisation))
    row.state, row.version = to, row.version + 1
    row.note = note.strip() or row.note
    row.ended_at = row.ended_at or timezone.now()
    with acting(by, act=f"participation_{to}"):
        row.save()
        if to == ParticipationState.DROPPED:
            end_part(row, by=by)
        if row.application is not None:
            _move_along(row.application, to, by=by, why=row.note)
    return row


def _move_along(application: Application, to: str, *, by: Person | None, why: str) -> None:
    """Bring the application to the state of its participation; one that was only confirmed began in between."""
    if application.state == ApplicationState.CONFIRMED:
        application = move_application(application, ApplicationState.ACTIVE, by=by)
    if to in APPLICATION_MOVES[application.state]:
        move_application(application, to, by=by, why=why)


def end_withdrawn(application: Application, *, by: Person | None) -> None:
    """A confirmed place was given back: the participation ends with it."""
    found = Participation.objects.select_for_update().filter(application=application).active().first()
    if found is not None:
        found.state, found.ended_at, found.version = ParticipationState.DROPPED, timezone.now(), found.version + 1
        with acting(by, act="participation_dropped"):
            found.save()
            end_part(found, by=by)


def begin_on_kick_off(now: dt.datetime) -> int:
    """Move applications whose place is confirmed on to taking part once their edition's kick-off has begun."""
    waiting = Participation.objects.active().filter(
        application__state=ApplicationState.CONFIRMED,
        edition__dates__kind=DateKind.KICK_OFF,
        edition__dates__starts_at__lte=now,
    )
    found = list(waiting.select_related("application").distinct())
    for participation in found:
        assert participation.application is not None
        move_application(participation.application, ApplicationState.ACTIVE, by=None)
    return len(found)


@transaction.atomic
def change_responsible(participation: Participation, person: Person, *, by: Person, seen: int) -> Participation:
    """Name who is responsible for the programme in the organisation."""
    if locked(participation).responsible == person:
        return locked(participation)
    row = as_seen(participation, seen)
    _require_ours(person, row.organisation)
    before, row.responsible, row.version = row.responsible, person, row.version + 1
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="programme_responsible_named"):
        row.save()
        invite(row, [person], by=by)
        uninvite(row, [before], by=by)
    return row


# ---- the team


@transaction.atomic
def add_to_team(
    participation: Participation, *, by: Person, person: Person | None = None, name: str = "", part: str = ""
) -> TeamPerson:
    """Take somebody into the team: one of the organisation's people, or a name. Twice, the person is there once."""
    row = require_active(participation)
    if person is not None:
        _require_ours(person, row.organisation)
        name = ""
        there = row.team.filter(person=person).first()
    else:
        there = row.team.filter(person=None, name=name, part=part).first()
    if there is not None:
        return there
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="team_person_added"):
        made = TeamPerson.objects.create(participation=row, person=person, name=name, part=part)
        invite(row, [person], by=by)
    return made


@transaction.atomic
def take_from_team(member: TeamPerson, *, by: Person) -> None:
    """Take somebody out of the team, and out of the sessions to come; twice is harmless."""
    row = require_active(member.participation)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="team_person_removed"):
        TeamPerson.objects.filter(pk=member.pk).delete()
        uninvite(row, [member.person], by=by)


@transaction.atomic
def show_contact(member: TeamPerson, *, by: Person, shows: bool) -> None:
    """Agree that the other participants see one's name and address, or take it back: nobody does it for another."""
    row = TeamPerson.objects.select_for_update().get(pk=member.pk)
    if row.person_id != by.pk:
        raise OnlyOneself(person=str(row))
    if shows == (row.contact_shown_at is not None):
        return
    row.contact_shown_at = timezone.now() if shows else None
    with acting(by, act="contact_shown" if shows else "contact_hidden"):
        row.save()


def _require_ours(person: Person, organisation: Organisation) -> None:
    if not people_of(organisation, timezone.localdate()).filter(pk=person.pk).exists():
        raise NotOneOfUs(person=str(person), organisation=str(organisation.shown_name))
