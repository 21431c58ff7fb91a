"""The timetable: what the site does by itself, and when.

    every("base.send_mail", seconds=3)(send_due)                        # done by the quick worker itself
    daily("base.retire", at="03:20", work="base.retire_personal_data")  # asks for a job, which survives its worker

Any number of workers may look at the timetable: whoever moves an entry's ``next_at`` on does it, the others find it
moved. Times of day are Finnish time. On the night when clocks go back the earlier of two equal times counts, on the one
when they go forward a time that doesn't exist counts an hour later, so a daily entry runs once on each of these days.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from keino.web.base.models import ScheduledWork

_logger = logging.getLogger("keino.timetable")


@dataclass(frozen=True)
class Entry:
    """One entry: a function that takes no time to speak of, every so often; or a kind of work, at a time of day."""

    name: str
    seconds: int = 0
    at: dt.time | None = None
    function: Callable[[], object] | None = None
    work: str = ""

    def next_after(self, moment: dt.datetime) -> dt.datetime:
        """When it is due next, seen from a moment."""
        if self.at is None:
            return moment + dt.timedelta(seconds=self.seconds)
        return next_daily(moment, self.at)


_ENTRIES: dict[str, Entry] = {}


def every(name: str, *, seconds: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a short function that runs every so many seconds, inside the worker."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        _ENTRIES[name] = Entry(name, seconds=seconds, function=function)
        return function

    return register


def daily(name: str, *, at: str, work: str) -> None:
    """Register work that is asked for once a day at a time of day (``HH:MM``)."""
    _ENTRIES[name] = Entry(name, at=dt.time.fromisoformat(at), work=work)


def entries() -> tuple[Entry, ...]:
    """All entries, by name."""
    return tuple(_ENTRIES[name] for name in sorted(_ENTRIES))


def next_daily(moment: dt.datetime, at: dt.time) -> dt.datetime:
    """The first time after ``moment`` when clocks in Finland show ``at``; see above for the nights of clock changes."""
    zone = ZoneInfo(settings.TIME_ZONE)
    day = moment.astimezone(zone).date()
    for ahead in range(3):
        due = dt.datetime.combine(day + dt.timedelta(days=ahead), at, tzinfo=zone).astimezone(dt.UTC)
        if due > moment:
            return due
    raise AssertionError("a day has at most 25 hours")


def run_due() -> int:
    """Do every entry that is due and that nobody else took. Returns how many were done."""
    from keino.web.base.jobs import ask_for

    now = timezone.now()
    rows = {row.name: row for row in ScheduledWork.objects.all()}
    done = 0
    for entry in entries():
        row = rows.get(entry.name) or _first_row(entry, now)
        if row.next_at > now:
            continue
        with transaction.atomic():
            taken = ScheduledWork.objects.filter(pk=row.pk, next_at=row.next_at).update(
                next_at=entry.next_after(now), last_at=now
            )
            if taken and entry.work:
                ask_for(entry.work)  # in the same transaction: asked for exactly once
        if taken:
            done += 1
            _do(entry, row)
    return done


def _first_row(entry: Entry, now: dt.datetime) -> ScheduledWork:
    """A new entry's row: a daily one waits for its time, the others begin at once."""
    first = now if entry.at is None else entry.next_after(now)
    return ScheduledWork.objects.get_or_create(name=entry.name, defaults={"next_at": first})[0]


def _do(entry: Entry, row: ScheduledWork) -> None:
    if entry.function is None:
        return
    start, error = monotonic(), ""
    try:
        entry.function()
    except Exception as trouble:  # one entry that fails must not stop the others
        _logger.exception("%s failed", entry.name)
        error = f"{type(trouble).__name__}: {trouble}"[:500]
    took = int((monotonic() - start) * 1000)
    ScheduledWork.objects.filter(pk=row.pk).update(last_took_ms=took, last_error=error)
