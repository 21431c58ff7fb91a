"""Reviews of actions, and the days of an organisation's budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.plans.action_choices import USUAL_DAYS, BudgetStep
from keino.web.plans.action_errors import NoSuchDay, ReviewLater
from keino.web.plans.models import Action, ActionReview, BudgetDay

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: Days are checked against a year without a 29 February: a step of the budget comes every year.
_PLAIN_YEAR = 2023


@dataclass(frozen=True)
class ReviewValues:
    """What a review saw."""

    kind: str
    held_on: dt.date
    seen: str
    lessons: str = ""


def add_review(
    *, organisation: Organisation, action: Action | None, key: UUID, values: ReviewValues, by: Person
) -> ActionReview:
    """Note a review of one action, or of the whole plan. The same form sent twice makes one. Raises ReviewLater."""
    found = ActionReview.objects.filter(public_id=key, organisation=organisation).first()
    if found is not None:
        return found
    if values.held_on > timezone.localdate():
        raise ReviewLater(day=values.held_on)
    try:
        with transaction.atomic(), acting(by, act="action_reviewed"):
            return ActionReview.objects.create(
                public_id=key,
                organisation=organisation,
                action=action,
                kind=values.kind,
                held_on=values.held_on,
                seen=values.seen,
                lessons=values.lessons,
                written_by=by,
            )
    except IntegrityError:  # the same form, sent twice at once
        found = ActionReview.objects.filter(public_id=key, organisation=organisation).first()
        if found is None:
            raise
        return found


def set_budget_days(*, organisation: Organisation, days: Mapping[str, tuple[int, int]], by: Person) -> None:
    """Say on which day (month, day) each step of the budget is reached; a usual day is not kept. Raises NoSuchDay."""
    for month, day in days.values():
        try:
            dt.date(_PLAIN_YEAR, month, day)
        except ValueError as error:
            raise NoSuchDay(day=f"{day}.{month}.") from error
    with transaction.atomic(), acting(by, act="budget_days_changed"):
        type(organisation).objects.select_for_update().get(pk=organisation.pk)
        for step in BudgetStep:
            month, day = days[step]
            if USUAL_DAYS[step][1:] == (month, day):
                BudgetDay.objects.filter(organisation=organisation, step=step).delete()
            else:
                BudgetDay.objects.update_or_create(
                    organisation=organisation, step=step, defaults={"month": month, "day": day}
                )
