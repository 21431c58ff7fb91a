"""Presenting to the management group: what is shown when, what was decided, what follows."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.templatetags.keino import day
from keino.web.cohorts.errors.taking_part import (
    DecidedBefore,
    NotHeldYet,
    NothingShownToGroup,
    PresentationIsDecided,
)
from keino.web.cohorts.models import Participation, Presentation, Submission
from keino.web.cohorts.services.active import require_active
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.plans.services.actions import ActionValues, add_action

if TYPE_CHECKING:
    from keino.web.base.models import Person


@dataclass(frozen=True)
class PresentationValues:
    """What the organisation says of a presentation."""

    held_on: dt.date
    group: str
    message: str
    shown: Sequence[Submission]


@dataclass(frozen=True)
class GroupDecision:
    """What the management group decided, and the action that follows from it (where there is one)."""

    decision: str
    decided_on: dt.date
    text: str
    case_number: str = ""
    follow_up: str = ""
    follow_up_owner: Person | None = None
    follow_up_by: dt.date | None = None


@transaction.atomic
def plan_presentation(
    participation: Participation, values: PresentationValues, *, by: Person, key: uuid.UUID
) -> Presentation:
    """Plan a presentation. Sent twice, it is there once."""
    row = require_active(participation)
    there = row.presentations.filter(made_with=key).first()
    if there is not None:
        return there
    _require_own(row, values.shown)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="presentation_planned"):
        made = Presentation.objects.create(
            participation=row, held_on=values.held_on, group=values.group, message=values.message,
            created_by=by, made_with=key,
        )  # fmt: skip
        made.shown.set(values.shown)
    return made


@transaction.atomic
def change_presentation(presentation: Presentation, values: PresentationValues, *, by: Person, seen: int) -> None:
    """Change when and what is shown, until the group has decided."""
    row = as_seen(presentation, seen)
    if row.decision:
        raise PresentationIsDecided
    _require_own(row.participation, values.shown)
    row.held_on, row.group, row.message, row.version = values.held_on, values.group, values.message, row.version + 1
    with acting(by, on_behalf_of=on_behalf_of(by, row.participation.organisation), act="presentation_changed"):
        row.save()
        row.shown.set(values.shown)


@transaction.atomic
def record_decision(presentation: Presentation, given: GroupDecision, *, by: Person, seen: int) -> Presentation:
    """Record what the group decided, once and for good; what follows becomes an action of the organisation.

    Raises NotHeldYet, DecidedBefore. Who recorded the same decision may press again.
    """
    row = locked(presentation)
    said = (given.decision, given.decided_on, given.text)
    if row.decision:
        if (row.decision, row.decided_on, row.decision_text) == said:
            return row
        raise DecidedBefore
    row = as_seen(presentation, seen)
    if given.decided_on > timezone.localdate():
        raise NotHeldYet(day=day(given.decided_on))
    organisation = row.participation.organisation
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="presentation_decided"):
        if given.follow_up and given.follow_up_by is not None:
            values = ActionValues(given.follow_up, given.follow_up_by, owner=given.follow_up_owner)
            row.follow_up = add_action(organisation=organisation, key=row.public_id, values=values, by=by)
        row.decision, row.decided_on, row.decision_text = said
        row.case_number, row.decided_by, row.version = given.case_number, by, row.version + 1
        row.save()
    return row


def _require_own(participation: Participation, shown: Sequence[Submission]) -> None:
    """Only what this organisation handed in can be shown, and something must be."""
    own = {each.pk for each in Submission.objects.filter(deliverable__participation=participation)}
    if not shown or not {each.pk for each in shown} <= own:
        raise NothingShownToGroup
