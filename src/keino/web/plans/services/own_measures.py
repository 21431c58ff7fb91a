"""A buyer's own measures: add, change, stop using."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.plans.errors import OwnMeasureEffectIncomplete
from keino.web.plans.models import OwnMeasure

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

_CODE_LENGTH = 50


def add_own_measure(*, organisation: Organisation, by: Person | None, **fields: Any) -> OwnMeasure:
    """Add a measure. Raises OwnMeasureEffectIncomplete and PrerequisitesCircular."""
    from keino.web.organisations.models import Organisation

    with transaction.atomic(), acting(by, act="own_measure_added"):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        code = fields.pop("code", "") or _free_code(organisation, fields["name"])
        measure = OwnMeasure(organisation=organisation, code=code, made_by=by, **fields)
        _check(measure)
        measure.save()
    return measure


def change_own_measure(*, measure: OwnMeasure, seen: int, by: Person, **fields: Any) -> OwnMeasure:
    """Change a measure as it was seen in version ``seen``; computed plans keep what they counted with.

    Raises Conflict, and what ``add_own_measure`` raises.
    """
    with transaction.atomic(), acting(by, act="own_measure_changed"):
        found = OwnMeasure.objects.select_for_update().get(pk=measure.pk)
        if all(getattr(found, name) == value for name, value in fields.items()):
            return found  # a second press of the button
        if found.version != seen:
            raise Conflict
        for name, value in fields.items():
            setattr(found, name, value)
        found.version += 1
        _check(found)
        found.save()
    return found


def end_own_measure(*, measure: OwnMeasure, by: Person) -> None:
    """Offer a measure to new plans no more. Twice changes nothing."""
    with transaction.atomic(), acting(by, act="own_measure_ended"):
        found = OwnMeasure.objects.select_for_update().get(pk=measure.pk)
        if found.ended_at is None:
            found.ended_at, found.version = timezone.now(), found.version + 1
            found.save(update_fields=["ended_at", "version"])


def _check(measure: OwnMeasure) -> None:
    from keino.domain.plans.measures import Measure, PrerequisitesCircular, circular_prerequisites

    effect = [measure.effect_low, measure.effect_mid, measure.effect_high]
    known = [value for value in effect if value is not None]
    if len(known) not in (0, 3) or known != sorted(known) or any(not 0 <= value <= 1 for value in known):
        raise OwnMeasureEffectIncomplete
    others = OwnMeasure.objects.filter(organisation=measure.organisation, ended_at=None).exclude(pk=measure.pk)
    links = [Measure(each.code, "", 1, prerequisites=tuple(each.prerequisites)) for each in [*others, measure]]
    if ring := circular_prerequisites(links):
        raise PrerequisitesCircular(chain=" → ".join(ring))


def _free_code(organisation: Organisation, name: str) -> str:
    """A code that neither the bank nor the organisation's other measures have; the name may be in any script."""
    from keino.facts.read import read

    taken = {row["code"] for row in read("measures").rows}
    taken |= set(OwnMeasure.objects.filter(organisation=organisation).values_list("code", flat=True))
    start = slugify(name).replace("-", "_")[:_CODE_LENGTH].strip("_") or "own"
    code, number = start, 2
    while code in taken:
        code, number = f"{start}_{number}", number + 1
    return code
