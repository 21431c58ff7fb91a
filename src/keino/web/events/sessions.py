"""Events that are sessions of something else, such as a programme, which keeps their time and place.

The app that holds such sessions registers here (in its ``apps.py``); ``events`` never imports apps on its right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.events.models import Event


@dataclass(frozen=True)
class Calendar:
    """Where the time and place of a session are kept: the name of what it is a session of, and the calendar's page."""

    name: str
    url: str
    permission: str
    of: Any

    def is_open_to(self, person: Person) -> bool:
        """Whether the person may open the calendar's page."""
        return person.has_perm(self.permission, self.of)


CalendarOf = Callable[["Event"], Calendar | None]
_CALENDARS: list[CalendarOf] = []


def time_kept_by(finder: CalendarOf) -> CalendarOf:
    """Register a function event → the calendar that keeps its time and place; None where it is no session of those."""
    _CALENDARS.append(finder)
    return finder


def calendar_of(event: Event) -> Calendar | None:
    """The calendar that keeps the event's time and place; None where the event keeps them itself."""
    return next((found for finder in _CALENDARS if (found := finder(event)) is not None), None)
