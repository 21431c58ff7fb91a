"""Criteria of a procurement. Once the tender is out they are what they are: changing them then would be unfair."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.errors import NotAllowedNow
from keino.web.base.models import Person
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.procurements.choices import CRITERIA_OPEN, CriterionKind
from keino.web.procurements.errors import OnlyAwardCriteriaWeigh, WeightsAboveHundred
from keino.web.procurements.models import ChosenCriterion, Procurement

_WHOLE = Decimal(100)


@transaction.atomic
def add_criterion(procurement: Procurement, *, by: Person, key: uuid.UUID, **fields: Any) -> ChosenCriterion:
    """Add a criterion. Sent twice, it is there once."""
    row = locked(procurement)
    there = row.criteria.filter(made_with=key).first()
    if there is not None:
        return there
    criterion = ChosenCriterion(procurement=row, made_with=key, **fields)
    _check(row, criterion)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="criterion_added"):
        criterion.save()
    return criterion


@transaction.atomic
def change_criterion(criterion: ChosenCriterion, *, by: Person, seen: int, **fields: Any) -> ChosenCriterion:
    """Change a criterion as it was seen in version ``seen``. Raises Conflict."""
    procurement = locked(criterion.procurement)
    if all(getattr(locked(criterion), name) == value for name, value in fields.items()):
        return locked(criterion)  # a second press of the button
    row = as_seen(criterion, seen)
    for name, value in fields.items():
        setattr(row, name, value)
    _check(procurement, row)
    row.version += 1
    with acting(by, on_behalf_of=on_behalf_of(by, procurement.organisation), act="criterion_changed"):
        row.save()
    return row


@transaction.atomic
def remove_criterion(criterion: ChosenCriterion, *, by: Person) -> None:
    """Take a criterion out; one that is gone already stays gone."""
    procurement = locked(criterion.procurement)
    _require_open(procurement)
    with acting(by, on_behalf_of=on_behalf_of(by, procurement.organisation), act="criterion_removed"):
        for row in procurement.criteria.filter(pk=criterion.pk):
            row.delete()


def _require_open(procurement: Procurement) -> None:
    if procurement.state not in CRITERIA_OPEN:
        raise NotAllowedNow(state=procurement.get_state_display())


def _check(procurement: Procurement, criterion: ChosenCriterion) -> None:
    _require_open(procurement)
    weight = criterion.weight_percent
    if weight is None:
        return
    if criterion.kind != CriterionKind.AWARD_CRITERION:
        raise OnlyAwardCriteriaWeigh
    given = procurement.criteria.exclude(pk=criterion.pk).aggregate(sum=Sum("weight_percent"))["sum"] or Decimal(0)
    if given + weight > _WHOLE:
        raise WeightsAboveHundred(sum=given + weight, left=_WHOLE - given)
