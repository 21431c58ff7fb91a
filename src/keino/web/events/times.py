"""Times of events: Finland's clock in and out, and the two nights a year on which it isn't simple."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import pgettext

from keino.web.base.templatetags.keino import clock
from keino.web.base.templatetags.keino import day as day_text
from keino.web.base.templatetags.keino import moment as moment_text
from keino.web.events.errors import MomentSkipped, MomentTwice

if TYPE_CHECKING:
    from keino.web.events.models import Event


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """The moment at which Finland's clocks show ``time`` on ``day``.

    Raises MomentSkipped where they never do (clocks go forward) and MomentTwice where they do so twice (clocks go
    back): an invitation must not leave open which hour is meant.
    """
    zone = timezone.get_default_timezone()
    first = dt.datetime.combine(day, time, tzinfo=zone)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(dt.UTC)
    before, after = _hour_that_changes(day)
    told = {"day": day_text(day), "time": clock(time), "before": before, "after": after}
    if first.astimezone(dt.UTC).astimezone(zone).time() != time:
        raise MomentSkipped(**told)
    raise MomentTwice(**told)


def _hour_that_changes(day: dt.date) -> tuple[str, str]:
    """The beginning and the end of the hour that a day has not, or twice."""
    zone = timezone.get_default_timezone()
    odd = [
        hour
        for hour in range(24)
        if (at := dt.datetime.combine(day, dt.time(hour), tzinfo=zone)).utcoffset() != at.replace(fold=1).utcoffset()
    ]
    return clock(dt.time(odd[0])), clock(dt.time((odd[-1] + 1) % 24))


def when_text(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """When something is, in the reader's language: the day and both times, or two moments where it takes longer."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if start.date() != end.date():
        return pgettext("from one moment to another", "{start} – {end}").format(
            start=moment_text(starts_at), end=moment_text(ends_at)
        )
    return pgettext("a day and two times of day", "{day}, {start}–{end}").format(
        day=day_text(start), start=clock(start.time()), end=clock(end.time())
    )


def when(event: Event) -> str:
    """When an event is, in the reader's language."""
    return when_text(event.starts_at, event.ends_at)
