"""Which discussions can be booked: the one rule that lists the offer and judges a booking.

A slot is offered when enough experts are free for the whole of it. An expert is free when

- the discussion lies inside hours they gave (hours that touch one another count as one stretch);
- with the time kept before and after it, it meets no other discussion of theirs with its own time before and after;
- they have fewer discussions on that day than they hold at most.

And it begins after the time of notice and, where there is a last moment, not after it.

Hours are given as a day and times of day of a time zone; everything else is in moments. A time of day that the night
of a clock change has twice counts the first time; one that it doesn't have counts an hour later, so hours over such a
night are as much longer or shorter as the night is. A discussion lasts its minutes on every night.

Method: docs/how-to/apply-to-an-academy.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Expert = int


@dataclass(frozen=True)
class BookingRule:
    """How discussions are held: how long, by how many experts, with what time around them, how many a day."""

    minutes: int
    experts_needed: int = 1
    before_minutes: int = 0
    after_minutes: int = 0
    #: A discussion may begin so often, counted from the beginning of an expert's hours.
    every_minutes: int = 60
    #: Discussions that one expert holds on one day at most; None = no limit.
    a_day: int | None = None
    #: Nobody books a discussion that begins sooner than this.
    notice_hours: int = 0

    def __post_init__(self) -> None:
        """Refuse what no discussion can be held by."""
        if min(self.minutes, self.experts_needed, self.every_minutes) < 1:
            raise ValueError("a discussion needs minutes, an expert and a time at which it can begin")
        if min(self.before_minutes, self.after_minutes, self.notice_hours) < 0:
            raise ValueError("the time around a discussion and the time of notice can't be negative")


@dataclass(frozen=True)
class Hours:
    """When an expert can talk: from one time of a day to another, as clocks there show it."""

    expert: Expert
    day: dt.date
    begins: dt.time
    ends: dt.time


@dataclass(frozen=True)
class Taken:
    """A discussion that an expert has, in whichever programme, with the time kept before and after it."""

    expert: Expert
    starts_at: dt.datetime
    ends_at: dt.datetime
    before_minutes: int = 0
    after_minutes: int = 0


@dataclass(frozen=True, order=True)
class Slot:
    """A discussion that can be booked, and who would hold it: those with the fewest discussions so far."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    experts: tuple[Expert, ...]


def offered(
    hours: Iterable[Hours],
    taken: Iterable[Taken],
    rule: BookingRule,
    *,
    now: dt.datetime,
    zone: dt.tzinfo,
    until: dt.datetime | None = None,
) -> list[Slot]:
    """The discussions that can be booked at the moment ``now``, by their beginning; none begins after ``until``."""
    stretches = _stretches(hours, zone)
    engagements = _engagements(taken, zone)
    earliest = now + dt.timedelta(hours=rule.notice_hours)
    slots = []
    for starts_at in sorted(_beginnings(stretches, rule)):
        if starts_at < earliest or (until is not None and starts_at > until):
            continue
        ends_at = starts_at + dt.timedelta(minutes=rule.minutes)
        kept = _kept(starts_at, ends_at, rule.before_minutes, rule.after_minutes)
        free = [
            expert
            for expert, theirs in stretches.items()
            if any(begins <= starts_at and ends_at <= ends for begins, ends in theirs)
            and _is_free(engagements.get(expert, ()), kept, starts_at.astimezone(zone).date(), rule)
        ]
        if len(free) >= rule.experts_needed:
            free.sort(key=lambda expert: (len(engagements.get(expert, ())), expert))
            slots.append(Slot(starts_at, ends_at, tuple(free[: rule.experts_needed])))
    return slots


def slot_at(slots: Sequence[Slot], starts_at: dt.datetime) -> Slot | None:
    """The offered discussion that begins at a moment; None = it isn't offered."""
    return next((slot for slot in slots if slot.starts_at == starts_at), None)


def moment_of(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """The moment when clocks show a time of a day: the first of two, and an hour later where there is none."""
    return dt.datetime.combine(day, time, tzinfo=zone).replace(fold=0).astimezone(dt.UTC)


def _stretches(hours: Iterable[Hours], zone: dt.tzinfo) -> dict[Expert, list[tuple[dt.datetime, dt.datetime]]]:
    """Each expert's hours as moments; hours that overlap or touch are one stretch."""
    found: dict[Expert, list[tuple[dt.datetime, dt.datetime]]] = {}
    spans = sorted(
        (each.expert, moment_of(each.day, each.begins, zone), moment_of(each.day, each.ends, zone)) for each in hours
    )
    for expert, begins, ends in spans:
        theirs = found.setdefault(expert, [])
        if ends <= begins:
            continue
        if theirs and begins <= theirs[-1][1]:
            theirs[-1] = (theirs[-1][0], max(theirs[-1][1], ends))
        else:
            theirs.append((begins, ends))
    return found


def _beginnings(
    stretches: dict[Expert, list[tuple[dt.datetime, dt.datetime]]], rule: BookingRule
) -> Iterator[dt.datetime]:
    """The moments at which a discussion could begin, each once."""
    long, step = dt.timedelta(minutes=rule.minutes), dt.timedelta(minutes=rule.every_minutes)
    seen = set()
    for theirs in stretches.values():
        for begins, ends in theirs:
            moment = begins
            while moment + long <= ends:
                if moment not in seen:
                    seen.add(moment)
                    yield moment
                moment += step


@dataclass(frozen=True)
class _Engagement:
    """A discussion that an expert has, as others meet it: with the time around it, and the day it counts on."""

    begins: dt.datetime
    ends: dt.datetime
    day: dt.date


def _engagements(taken: Iterable[Taken], zone: dt.tzinfo) -> dict[Expert, list[_Engagement]]:
    found: dict[Expert, list[_Engagement]] = {}
    for each in taken:
        begins, ends = _kept(each.starts_at, each.ends_at, each.before_minutes, each.after_minutes)
        day = each.starts_at.astimezone(zone).date()
        found.setdefault(each.expert, []).append(_Engagement(begins, ends, day))
    return found


def _is_free(
    theirs: Sequence[_Engagement], kept: tuple[dt.datetime, dt.datetime], day: dt.date, rule: BookingRule
) -> bool:
    """Whether none of an expert's discussions stands in the way, and the day has room for one more."""
    begins, ends = kept
    if any(begins < each.ends and each.begins < ends for each in theirs):
        return False
    return rule.a_day is None or sum(each.day == day for each in theirs) < rule.a_day


def _kept(starts_at: dt.datetime, ends_at: dt.datetime, before: int, after: int) -> tuple[dt.datetime, dt.datetime]:
    """A discussion with the time kept before and after it."""
    return starts_at - dt.timedelta(minutes=before), ends_at + dt.timedelta(minutes=after)
