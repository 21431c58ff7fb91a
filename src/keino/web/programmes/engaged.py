"""What else experts are engaged by than discussions with applicants: nothing is offered over it.

A part registers a function here (in its app's ``apps.py``); apps on the left never import apps on the right.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keino.domain.programmes.booking import Expert, Taken
    from keino.web.programmes.models import ExpertHours

Finder = Callable[[Collection["Expert"]], Iterable["Taken"]]
_FINDERS: list[Finder] = []
HoursFinder = Callable[["ExpertHours"], Iterable["Taken"]]
_IN_HOURS: list[HoursFinder] = []


def engagements_known_by(finder: Finder) -> Finder:
    """Register a function people → when they are engaged; at most one query, however many people."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)
    return finder


def engaged_elsewhere(experts: Collection[Expert]) -> list[Taken]:
    """When these people are engaged by something else."""
    return [each for finder in _FINDERS for each in finder(experts)]


def bookings_in_hours_known_by(finder: HoursFinder) -> HoursFinder:
    """Register a function hours → what else than discussions their expert has in that edition."""
    if finder not in _IN_HOURS:
        _IN_HOURS.append(finder)
    return finder


def booked_in_hours(hours: ExpertHours) -> list[Taken]:
    """What else than discussions the expert of these hours has in their edition, at whatever time."""
    return [each for finder in _IN_HOURS for each in finder(hours)]
