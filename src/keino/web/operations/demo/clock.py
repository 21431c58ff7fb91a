"""The site's clock at another moment, for what the demo's people did in the past; and when they are at work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

#: When an office begins its day, in Finland.
MORNING = dt.time(9)


def in_office(moment: dt.datetime) -> dt.datetime:
    """The morning of a moment's day, of a weekend's that of the Friday before."""
    day = timezone.localdate(moment)
    return _morning(day - dt.timedelta(days=max(0, day.weekday() - 4)))


def next_in_office(moment: dt.datetime) -> dt.datetime:
    """The morning of the next working day."""
    day = timezone.localdate(moment) + dt.timedelta(days=1)
    return _morning(day + dt.timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0)))


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, MORNING))


class _AnyDatetime(type):
    """What stands for ``datetime`` meanwhile knows every moment as one of its own."""

    def __instancecheck__(cls, each: object) -> bool:
        return isinstance(each, dt.datetime)


@contextmanager
def clock_at(moment: dt.datetime) -> Iterator[None]:
    """Let the site's clock show a moment, and go on from there, for the one process that fills the demo.

    ``timezone.now`` is what columns take their default from, each of them the function itself. So the clock is moved
    below it, where it asks for the time: what is done meanwhile is dated then in every column, whether a service or a
    default dates it.
    """
    clock: Any = timezone.datetime  # type: ignore[attr-defined]  # what timezone.now asks
    ahead = moment - timezone.now()

    def now(_cls: type, tz: dt.tzinfo | None = None) -> dt.datetime:
        there: dt.datetime = clock.now(tz)
        return there + ahead

    timezone.datetime = _AnyDatetime("datetime", (dt.datetime,), {"now": classmethod(now)})  # type: ignore[attr-defined, assignment]
    try:
        yield
    finally:
        timezone.datetime = clock  # type: ignore[attr-defined]
