"""Closing an edition: in one transaction its participants become alumni and the follow-up of the next year is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow
from keino.web.cohorts.choices.alumni import FollowUpKind
from keino.web.cohorts.choices.participation import ParticipationState
from keino.web.cohorts.errors.alumni import NobodyTookPart, Unfinished, YearOver
from keino.web.cohorts.models import EditionClosing, FollowUpTask, LeftUndone, Participation
from keino.web.cohorts.queries.closing import planned_follow_up, unfinished
from keino.web.cohorts.services.closing_mails import tell_of_closing
from keino.web.cohorts.services.mentors import end_sight
from keino.web.cohorts.services.participations import move_participation
from keino.web.programmes.choices import EditionState
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.services.applications.moves import move_application
from keino.web.programmes.services.states import move_edition

if TYPE_CHECKING:
    from uuid import UUID

    from keino.domain.programmes.follow_up import FollowUp
    from keino.web.base.models import Person
    from keino.web.cohorts.models import Deliverable

#: Editions that can be closed; one that was completed without a closing has its alumni still to come.
CLOSABLE = frozenset({EditionState.RUNNING, EditionState.COMPLETED})


@dataclass(frozen=True)
class ClosingWords:
    """What is said at the closing: the year of the follow-up, and of each unfinished deliverable why it stays so."""

    year: int
    why_unfinished: Mapping[UUID, str]


def close_edition(edition: Edition, *, words: ClosingWords, by: Person) -> EditionClosing:
    """Close an edition that runs, or whose programme is over. Pressed twice, it is closed once.

    Either all of this happens or nothing: everyone still in the cohort becomes an alumnus, whether its own part was
    completed before or not; one joint meeting and one meeting with
    each organisation become dated tasks of the follow-up year with their owners; unfinished deliverables are noted with
    their reasons; the edition is completed; roles of mentors that were given for it end with the follow-up year; those
    concerned get a mail. Raises NotAllowedNow, NobodyTookPart,
    Unfinished, YearOver.
    """
    today = timezone.localdate()
    with transaction.atomic(), acting(by, act="edition_closed"):
        kept = Edition.objects.select_for_update().get(pk=edition.pk)
        found = EditionClosing.objects.filter(edition=kept).first()
        if found is not None:
            return found
        if kept.state not in CLOSABLE:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        participants = _in_cohort(kept)
        if not participants:
            raise NobodyTookPart
        first = planned_follow_up(kept, today).year
        if words.year not in {first, first + 1}:
            raise YearOver(year=str(words.year), first=str(first))
        closing = EditionClosing.objects.create(edition=kept, follow_up_year=words.year, closed_by=by)
        _note_unfinished(closing, words.why_unfinished)
        for participation in participants:
            _make_alumnus(participation, by)
            end_sight(participation, dt.date(words.year, 12, 31), by=by)
        _make_tasks(closing, participants, planned_follow_up(kept, today, words.year), by)
        move_edition(kept, to=EditionState.COMPLETED, by=by)
        tell_of_closing(closing, participants, by=by)
        return closing


def _in_cohort(edition: Edition) -> list[Participation]:
    found = Participation.objects.select_for_update(of=("self",)).in_cohort().filter(edition=edition)
    return list(found.select_related("organisation", "mentor").order_by("pk"))


def _note_unfinished(closing: EditionClosing, why: Mapping[UUID, str]) -> None:
    """Each unfinished deliverable with its reason. Raises Unfinished where one has none."""
    found = list(unfinished(closing.edition))
    unexplained = [each for each in found if not why.get(each.public_id, "").strip()]
    if unexplained:
        raise Unfinished(count=len(unexplained), first=_named(unexplained[0]))
    LeftUndone.objects.bulk_create(
        LeftUndone(
            closing=closing, participation=each.participation, what=_named(each)[:300],
            why=why[each.public_id].strip()[:500],
        )
        for each in found
    )  # fmt: skip


def _named(deliverable: Deliverable) -> str:
    return f"{deliverable.participation.organisation.shown_name}: {deliverable.get_kind_display()}"


#: A participation's way to the end; the coordinator may have gone a part of it for one organisation already.
_THROUGH = (ParticipationState.ACTIVE, ParticipationState.COMPLETED, ParticipationState.ALUMNI)
#: An application's way from its confirmed place to the end.
_WAY = (ApplicationState.CONFIRMED, ApplicationState.ACTIVE, ApplicationState.COMPLETED, ApplicationState.ALUMNI)


def _make_alumnus(participation: Participation, by: Person) -> None:
    """Move the participation, and the application it came from, through their completion to the alumni."""
    for state in _THROUGH[_THROUGH.index(ParticipationState(participation.state)) + 1 :]:
        move_participation(participation, to=state, by=by)
    came_from = Application.objects.filter(
        edition=participation.edition_id, organisation=participation.organisation_id, state__in=_WAY
    ).first()
    if came_from is not None:
        for wanted in _WAY[_WAY.index(ApplicationState(came_from.state)) + 1 :]:
            move_application(came_from, wanted, by=by)


def _make_tasks(closing: EditionClosing, participants: list[Participation], when: FollowUp, by: Person) -> None:
    FollowUpTask.objects.create(
        edition=closing.edition, kind=FollowUpKind.ALUMNI_MEETING, due_on=when.joint_meeting, owner=by
    )
    for participation in participants:
        FollowUpTask.objects.create(
            edition=closing.edition,
            participation=participation,
            kind=FollowUpKind.FOLLOW_UP_MEETING,
            due_on=when.organisation_meeting,
            owner=participation.mentor or by,
        )
