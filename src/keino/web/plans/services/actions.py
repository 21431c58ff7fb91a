"""An action's way from planned to done. What the yearly report lists is written down with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.models import Person
from keino.web.organisations.queries.people import people_of
from keino.web.plans.action_choices import ACTION_MOVES, NEEDS_REASON, ActionState, Changed
from keino.web.plans.action_errors import (
    BudgetPlaceIncomplete,
    DeadlinePassed,
    DecisionIncomplete,
    EvidenceMissing,
    IndicatorMissing,
    MeasuredLater,
    MoneyWithoutEffect,
    NotDecidedYet,
    NotOnThatDay,
    OwnerNotHere,
    ReasonMissing,
    TargetIsBaseline,
)
from keino.web.plans.models import Action, ActionChange

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.organisations.models import Organisation


@dataclass(frozen=True)
class ActionValues:
    """What people write of an action."""

    title: str
    deadline: dt.date
    description: str = ""
    owner: Person | None = None
    budget_step: str = ""
    budget_year: int | None = None
    investment_eur: Decimal | None = None
    running_eur_per_year: Decimal | None = None
    decision: str = ""
    decided_on: dt.date | None = None
    has_no_budget_effect: bool = False
    indicator: str = ""
    indicator_unit: str = ""
    indicator_baseline: Decimal | None = None
    indicator_target: Decimal | None = None
    indicator_latest: Decimal | None = None
    indicator_latest_on: dt.date | None = None
    evidence: str = ""
    evidence_link: str = ""
    measure_code: str = ""
    category_code: str = ""
    reduction_kgco2e: float | None = None


@dataclass(frozen=True)
class Move:
    """Where an action goes, and what is said of it: why, what shows it, and on which day it was."""

    to: str
    why: str = ""
    evidence: str = ""
    evidence_link: str = ""
    on: dt.date | None = None


def add_action(
    *, organisation: Organisation, key: UUID, values: ActionValues, by: Person, today: dt.date | None = None
) -> Action:
    """Add an action. ``key`` is the form's: sent twice, it makes one action. Raises ActionError.

    ``today``: the day on which it is written down, where that isn't today.
    """
    today = today or timezone.localdate()
    found = Action.objects.filter(public_id=key, organisation=organisation).first()
    if found is not None:
        return found
    _check(values, organisation, today)
    if values.deadline < today:
        raise DeadlinePassed(deadline=values.deadline)
    try:
        with transaction.atomic(), acting(by, act="action_added"):
            return Action.objects.create(public_id=key, organisation=organisation, created_by=by, **_columns(values))
    except IntegrityError:  # the same form, sent twice at once
        found = Action.objects.filter(public_id=key, organisation=organisation).first()
        if found is None:
            raise
        return found


def change_action(
    action: Action, *, values: ActionValues, why: str, seen: int, by: Person, today: dt.date | None = None
) -> Action:
    """Change what was written of an action. ``seen`` is the version that the person saw.

    Changes of deadline and target become rows of its history with their reason. Raises ActionError, Conflict,
    NotAllowedNow.
    """
    today = today or timezone.localdate()
    with transaction.atomic(), acting(by, act="action_changed"):
        kept = Action.objects.select_for_update().select_related("organisation").get(pk=action.pk)
        if kept.version != seen:
            raise Conflict
        _check(values, kept.organisation, today, keeps=kept.owner_id)
        changes = [*_deadline_change(kept, values, today), *_target_change(kept, values)]
        if any(change.was for change in changes) and not why.strip():
            raise ReasonMissing
        for name, value in _columns(values).items():
            setattr(kept, name, value)
        kept.version += 1
        kept.save()
        for change in changes:
            change.why, change.changed_by = why.strip(), by
            change.save()
    return kept


def move_action(action: Action, *, move: Move, seen: int | None, by: Person, today: dt.date | None = None) -> Action:
    """Move an action along ``ACTION_MOVES``. Where it is there already, nothing changes.

    Raises NotAllowedNow, Conflict, ReasonMissing, EvidenceMissing, NotOnThatDay.
    """
    today = today or timezone.localdate()
    with transaction.atomic(), acting(by, act=f"action_{move.to}"):
        kept = Action.objects.select_for_update().get(pk=action.pk)
        if kept.state == move.to:
            return kept
        if move.to not in ACTION_MOVES[kept.state]:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        if seen is not None and kept.version != seen:
            raise Conflict
        was, why = kept.state, move.why.strip()
        if (was, move.to) in NEEDS_REASON and not why:
            raise ReasonMissing
        _arrive(kept, move, move.on or today, today)
        kept.state, kept.version = move.to, kept.version + 1
        kept.save()
        ActionChange.objects.create(action=kept, what=Changed.STATE, was=was, now=move.to, why=why[:500], changed_by=by)
    return kept


def _arrive(action: Action, move: Move, on: dt.date, today: dt.date) -> None:
    """Write the days that belong to a state, and what shows that it is done."""
    if on > today or (move.to == ActionState.DONE and action.started_on and on < action.started_on):
        raise NotOnThatDay(day=on)
    if move.to == ActionState.DONE:
        action.evidence = move.evidence.strip() or action.evidence
        action.evidence_link = move.evidence_link or action.evidence_link
        if not (action.evidence or action.evidence_link):
            raise EvidenceMissing
        action.started_on, action.done_on = action.started_on or on, on
    elif move.to == ActionState.CANCELLED:
        action.cancelled_on = on
    elif move.to == ActionState.STARTED:
        # taken up again after it was thought done, it keeps the day on which it began
        action.started_on, action.done_on = (action.started_on if action.done_on else None) or on, None
    else:
        action.started_on = action.cancelled_on = None


# ---- what must hold


def _columns(values: ActionValues) -> dict[str, Any]:
    """The values as columns; ``asdict`` would copy the owner."""
    return {field.name: getattr(values, field.name) for field in fields(values)}


def _check(values: ActionValues, organisation: Organisation, today: dt.date, *, keeps: int | None = None) -> None:
    """Raise the first ActionError. An owner who is kept need not have a role any more."""
    _check_owner(values.owner, organisation, keeps)
    _check_money(values, today)
    _check_indicator(values, today)


def _check_owner(owner: Person | None, organisation: Organisation, keeps: int | None) -> None:
    if owner is None or owner.pk == keeps:
        return
    if not people_of(organisation, timezone.localdate()).filter(pk=owner.pk).exists():
        raise OwnerNotHere(person=str(owner), organisation=organisation.shown_name)


def _check_money(values: ActionValues, today: dt.date) -> None:
    money = (values.investment_eur, values.running_eur_per_year, values.decided_on)
    if values.has_no_budget_effect and (values.decision or any(each is not None for each in money)):
        raise MoneyWithoutEffect
    if bool(values.decision) != (values.decided_on is not None):
        raise DecisionIncomplete
    if values.decided_on is not None and values.decided_on > today:
        raise NotDecidedYet(day=values.decided_on)
    if bool(values.budget_step) != (values.budget_year is not None):
        raise BudgetPlaceIncomplete


def _check_indicator(values: ActionValues, today: dt.date) -> None:
    numbers = (values.indicator_baseline, values.indicator_target, values.indicator_latest)
    if not values.indicator and any(number is not None for number in numbers):
        raise IndicatorMissing
    if values.indicator_target is not None and values.indicator_target == values.indicator_baseline:
        raise TargetIsBaseline(value=values.indicator_target)
    if values.indicator_latest_on is not None and values.indicator_latest_on > today:
        raise MeasuredLater(day=values.indicator_latest_on)


# ---- what history keeps


def _deadline_change(action: Action, values: ActionValues, today: dt.date) -> list[ActionChange]:
    if values.deadline == action.deadline:
        return []
    if not action.is_open:
        raise NotAllowedNow(state=str(action.get_state_display()))
    if values.deadline < today:
        raise DeadlinePassed(deadline=values.deadline)
    was, now = action.deadline.isoformat(), values.deadline.isoformat()
    return [ActionChange(action=action, what=Changed.DEADLINE, was=was, now=now)]


def _target_change(action: Action, values: ActionValues) -> list[ActionChange]:
    """A new target, or the same number in another unit or of another indicator."""
    before = (action.indicator_target, action.indicator, action.indicator_unit)
    after = (values.indicator_target, values.indicator, values.indicator_unit)
    if before == after or action.indicator_target is values.indicator_target is None:
        return []
    return [
        ActionChange(
            action=action,
            what=Changed.TARGET,
            was=_plain(action.indicator_target),
            now=_plain(values.indicator_target),
            was_unit=action.indicator_unit,
            now_unit=values.indicator_unit,
        )
    ]


def _plain(number: Decimal | None) -> str:
    """A number without the zeros that its column adds."""
    return "" if number is None else f"{number.normalize():f}"
