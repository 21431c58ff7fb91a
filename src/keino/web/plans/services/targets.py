"""An organisation's own targets: set, change, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.plans.errors import TargetYearTaken
from keino.web.plans.models import ClimateTarget

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def add_target(*, organisation: Organisation, by: Person | None, **fields: Any) -> ClimateTarget:
    """Set a target. Raises TargetBeforeBaseline, TargetInvalid and TargetYearTaken."""
    target = ClimateTarget(organisation=organisation, created_by=by, **fields)
    _check(target)
    with transaction.atomic(), acting(by, act="target_set"):
        _save(target)
    return target


def change_target(*, target: ClimateTarget, seen: int, by: Person, **fields: Any) -> ClimateTarget:
    """Change a target as it was seen in version ``seen``. Raises Conflict, and what ``add_target`` raises."""
    with transaction.atomic(), acting(by, act="target_changed"):
        found = ClimateTarget.objects.select_for_update().get(pk=target.pk)
        if all(getattr(found, name) == value for name, value in fields.items()):
            return found  # a second press of the button
        if found.version != seen:
            raise Conflict
        for name, value in fields.items():
            setattr(found, name, value)
        found.version += 1
        _check(found)
        _save(found)
    return found


def remove_target(*, target: ClimateTarget, by: Person) -> None:
    """Remove a target; its trail stays. Removing twice changes nothing."""
    with transaction.atomic(), acting(by, act="target_removed"):
        for found in ClimateTarget.objects.select_for_update().filter(pk=target.pk):
            found.delete()


def _check(target: ClimateTarget) -> None:
    """The optimiser's own rules of targets, so that one that is saved can be planned for."""
    from keino.domain.plans.task import TargetBeforeBaseline, TargetInvalid

    if target.target_year <= target.baseline_year:
        raise TargetBeforeBaseline(year=target.target_year, baseline=target.baseline_year)
    if not 0 < target.reduction_share <= 1:
        raise TargetInvalid(year=target.target_year, baseline_kgco2e=target.baseline_kgco2e or 0.0)


def _save(target: ClimateTarget) -> None:
    others = ClimateTarget.objects.filter(organisation=target.organisation, target_year=target.target_year)
    if others.exclude(pk=target.pk).exists():
        raise TargetYearTaken(year=target.target_year)
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError as error:  # two people at once
        raise TargetYearTaken(year=target.target_year) from error
