"""What a change of an action says to people: its values as the reader's language writes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.templatetags.keino import day as day_text
from keino.web.base.templatetags.keino import exact
from keino.web.plans.action_choices import ActionState, Changed

if TYPE_CHECKING:
    from keino.web.plans.models import Action, ActionChange


@dataclass(frozen=True)
class ChangeWords:
    """A change in words: the row, its day, what changed, from what, to what."""

    change: ActionChange
    day: dt.date
    what: str
    was: str
    now: str


def change_words(change: ActionChange) -> ChangeWords:
    """Say what changed."""
    return ChangeWords(
        change,
        timezone.localdate(change.changed_at),
        str(Changed(change.what).label),
        _value(change.what, change.was, change.was_unit),
        _value(change.what, change.now, change.now_unit),
    )


def _value(what: str, value: str, unit: str) -> str:
    if not value:
        return _("none")
    if what == Changed.STATE:
        return str(dict(ActionState.choices).get(value, value))
    try:
        return day_text(dt.date.fromisoformat(value)) if what == Changed.DEADLINE else with_unit(Decimal(value), unit)
    except (ValueError, InvalidOperation):  # written by an earlier version: shown as it is
        return value


def with_unit(number: Decimal | None, unit: str) -> str:
    """A number of an indicator as the reader's language writes it, without the zeros that its column adds."""
    if number is None:
        return exact(None)
    return f"{exact(Decimal(f'{number.normalize():f}'))} {unit}".strip()


def indicator_words(action: Action) -> dict[str, str]:
    """Where an action's indicator began, where it stands and where it is to come."""
    unit = action.indicator_unit
    return {
        "baseline": with_unit(action.indicator_baseline, unit),
        "latest": with_unit(action.indicator_latest, unit) if action.indicator_latest is not None else "",
        "target": with_unit(action.indicator_target, unit),
    }
