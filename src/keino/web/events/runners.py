"""Who runs the events that are sessions of something else, such as a programme.

The app that holds such sessions registers here (in its ``apps.py``); ``events`` never imports apps on its right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: person → which events are sessions of something that this person runs, as a condition on events.
RunBy = Callable[["Person"], Q]
_RUN_BY: list[RunBy] = []


def sessions_run_by(finder: RunBy) -> RunBy:
    """Register a function person → the condition on events that are sessions of what the person runs."""
    _RUN_BY.append(finder)
    return finder


def run_by(person: Person) -> Q:
    """The events that are sessions of something that this person runs, as a condition on events."""
    found = Q(pk__in=())
    for finder in _RUN_BY:
        found |= finder(person)
    return found
