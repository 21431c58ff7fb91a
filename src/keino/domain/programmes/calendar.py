"""The calendar of a programme: what its dates are, what lacks in them, what may be done when.

A calendar is a list of dates. Each is a deadline or an opening (one moment), a session (from a time to a time of one
day) or a period (from a day to a day). What may be done when is data too: a phase opens with one date, closes with
another, and allows acts. So a date that is moved moves its phase, and the two never disagree.

Every moment here carries its time zone. A deadline's own second is in time; one second later is late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from keino.errors import Problem, Problems, mark


class Shape(StrEnum):
    """How a date lies in time."""

    MOMENT = "moment"
    SESSION = "session"
    PERIOD = "period"


#: Kinds of dates and their shape, in the order in which a programme meets them.
SHAPES: dict[str, Shape] = {
    "call_opens": Shape.MOMENT,
    "info_session": Shape.SESSION,
    "form_deadline": Shape.MOMENT,
    "booking_deadline": Shape.MOMENT,
    "discussions": Shape.PERIOD,
    "application_deadline": Shape.MOMENT,
    "interviews": Shape.PERIOD,
    "selection_published": Shape.MOMENT,
    "pre_assignment": Shape.MOMENT,
    "kick_off": Shape.SESSION,
    "workshop": Shape.SESSION,
    "sprint": Shape.PERIOD,
    "sparring": Shape.PERIOD,
    "closing": Shape.SESSION,
    "ends": Shape.MOMENT,
    "alumni_meeting": Shape.PERIOD,
    "follow_up_meetings": Shape.PERIOD,
}
#: Kinds that a calendar has once; the others may come again.
ONCE = frozenset(SHAPES) - {"info_session", "workshop", "sprint"}
#: (earlier, later): the later one never comes before the earlier one has begun.
ORDER: tuple[tuple[str, str], ...] = (
    ("call_opens", "info_session"),
    ("call_opens", "form_deadline"),
    ("call_opens", "booking_deadline"),
    ("call_opens", "discussions"),
    ("form_deadline", "application_deadline"),
    ("discussions", "application_deadline"),
    ("form_deadline", "selection_published"),
    ("booking_deadline", "selection_published"),
    ("application_deadline", "selection_published"),
    ("interviews", "selection_published"),
    ("form_deadline", "kick_off"),
    ("application_deadline", "kick_off"),
    ("selection_published", "kick_off"),
    ("pre_assignment", "kick_off"),
    ("kick_off", "workshop"),
    ("kick_off", "sprint"),
    ("kick_off", "sparring"),
    ("kick_off", "closing"),
    ("kick_off", "ends"),
    ("workshop", "closing"),
    ("workshop", "ends"),
    ("closing", "alumni_meeting"),
    ("closing", "follow_up_meetings"),
    ("ends", "alumni_meeting"),
    ("ends", "follow_up_meetings"),
)  # fmt: skip

#: The date that ends an act wherever the calendar has it, whatever its phase closes with.
DEADLINES = {
    "express_interest": "form_deadline",
    "book_discussion": "booking_deadline",
    "apply": "application_deadline",
}


@dataclass(frozen=True)
class Date:
    """One date of a calendar; ``name`` is what people call it, ``key`` tells it from others of its kind."""

    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    name: str = ""
    key: str = ""

    @property
    def shape(self) -> Shape:
        """How it lies in time."""
        return SHAPES[self.kind]


@dataclass(frozen=True)
class Phase:
    """What may be done between two dates. ``opens_with`` and ``closes_with`` are kinds of dates.

    A phase without ``opens_with`` is open from the beginning, one without ``closes_with`` to the end. It opens when the
    date begins and closes when the date ends. A phase whose date isn't in the calendar is not open: what nobody has
    dated nobody may do. A deadline of its own (``DEADLINES``) ends an act before its phase closes.
    """

    code: str
    allows: frozenset[str]
    opens_with: str = ""
    closes_with: str = ""


# ---- what may be done when


def span(phase: Phase, dates: Iterable[Date]) -> tuple[dt.datetime | None, dt.datetime | None] | None:
    """From when to when a phase is open (None: without bound); None when a date it hangs on is missing."""
    found = list(dates)
    opens = [each.starts_at for each in found if each.kind == phase.opens_with]
    closes = [each.ends_at for each in found if each.kind == phase.closes_with]
    if (phase.opens_with and not opens) or (phase.closes_with and not closes):
        return None
    return (min(opens) if opens else None, max(closes) if closes else None)


def spans_of(
    acts: Iterable[str], phases: Iterable[Phase], dates: Iterable[Date]
) -> list[tuple[dt.datetime | None, dt.datetime | None]]:
    """From when to when any of some acts may be done, in order; spans that meet are one."""
    wanted, found = set(acts), list(dates)
    bounds = [_until(span(phase, found), act, found) for phase in phases for act in wanted & phase.allows]
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    joined: list[tuple[dt.datetime | None, dt.datetime | None]] = []
    for opens, closes in sorted((each for each in bounds if each is not None), key=lambda each: each[0] or first):
        if joined and (joined[-1][1] is None or (opens or first) <= joined[-1][1]):
            last = joined[-1][1]
            joined[-1] = (joined[-1][0], None if last is None or closes is None else max(last, closes))
        else:
            joined.append((opens, closes))
    return joined


def _until(
    bounds: tuple[dt.datetime | None, dt.datetime | None] | None, act: str, dates: Iterable[Date]
) -> tuple[dt.datetime | None, dt.datetime | None] | None:
    """The bounds, closed by the act's own deadline where the calendar has one that comes earlier."""
    deadlines = [each.ends_at for each in dates if each.kind == DEADLINES.get(act)]
    if bounds is None or not deadlines:
        return bounds
    opens, closes = bounds
    closes = max(deadlines) if closes is None else min(closes, max(deadlines))
    return None if opens is not None and opens > closes else (opens, closes)


def is_within(moment: dt.datetime, bounds: tuple[dt.datetime | None, dt.datetime | None]) -> bool:
    """Whether a moment is between two others; both belong to the span."""
    opens, closes = bounds
    return (opens is None or opens <= moment) and (closes is None or moment <= closes)


def dates_needed(phases: Iterable[Phase]) -> list[str]:
    """Kinds of dates without which something that the phases allow could never be done.

    A phase all of whose acts another phase allows too can do without dates of its own.
    """
    found = list(phases)
    alone = [each for each in found if not any(each.allows < other.allows for other in found)]
    kinds = {kind for each in alone for kind in (each.opens_with, each.closes_with)}
    return [kind for kind in SHAPES if kind in kinds]


def allowed(phases: Iterable[Phase], dates: Iterable[Date], now: dt.datetime) -> frozenset[str]:
    """What may be done at a moment."""
    every, found = list(phases), list(dates)
    acts = {act for phase in every for act in phase.allows}
    return frozenset(act for act in acts if any(is_within(now, each) for each in spans_of([act], every, found)))


# ---- what lacks


def lacks(dates: Sequence[Date], *, needed: Iterable[str] = ()) -> Problems:
    """Everything that is wrong with a calendar, told at once; ``needed`` are kinds that it must have."""
    return Problems(
        [
            *_missing(dates, needed),
            *_doubled(dates),
            *_wrong_way_round(dates),
            *_out_of_order(dates),
            *_overlaps(dates),
        ]
    )


def _missing(dates: Sequence[Date], needed: Iterable[str]) -> Iterator[Problem]:
    there = {each.kind for each in dates}
    for kind in needed:
        if kind not in there:
            yield Problem(mark("“{date}” is missing."), date=Problem(KIND_NAMES[kind]))


def _doubled(dates: Sequence[Date]) -> Iterator[Problem]:
    for kind in SHAPES:
        if kind in ONCE and sum(each.kind == kind for each in dates) > 1:
            yield Problem(mark("“{date}” stands there more than once."), date=Problem(KIND_NAMES[kind]))


def _wrong_way_round(dates: Sequence[Date]) -> Iterator[Problem]:
    for each in dates:
        if each.ends_at < each.starts_at or (each.shape == Shape.SESSION and each.ends_at == each.starts_at):
            yield Problem(mark("“{date}” ends before it begins."), date=_named(each))


def _out_of_order(dates: Sequence[Date]) -> Iterator[Problem]:
    for earlier, later in ORDER:
        for first in (each for each in dates if each.kind == earlier):
            for second in (each for each in dates if each.kind == later):
                if second.starts_at < first.starts_at:
                    yield Problem(
                        mark("“{later}” ({later_day}) comes before “{earlier}” ({earlier_day})."),
                        later=_named(second),
                        later_day=_day(second.starts_at),
                        earlier=_named(first),
                        earlier_day=_day(first.starts_at),
                    )


def _overlaps(dates: Sequence[Date]) -> Iterator[Problem]:
    sessions = sorted((each for each in dates if each.shape == Shape.SESSION), key=lambda each: each.starts_at)
    for place, first in enumerate(sessions):
        for second in sessions[place + 1 :]:
            if second.starts_at < first.ends_at:
                yield Problem(
                    mark("“{first}” and “{second}” are at the same time ({day})."),
                    first=_named(first),
                    second=_named(second),
                    day=_day(second.starts_at),
                )


#: What a kind of date is called in a sentence; the site's pages say the same by ``choices.DateKind``.
KIND_NAMES: dict[str, str] = {
    "call_opens": mark("Call opens"),
    "info_session": mark("Info session"),
    "form_deadline": mark("Deadline of the interest form"),
    "booking_deadline": mark("Deadline for booking a discussion"),
    "discussions": mark("Discussions with applicants"),
    "application_deadline": mark("Deadline of the application"),
    "interviews": mark("Interviews"),
    "selection_published": mark("Chosen organisations published, at the latest"),
    "pre_assignment": mark("Pre-assignment sent"),
    "kick_off": mark("Kick-off"),
    "workshop": mark("Workshop"),
    "sprint": mark("Period or sprint"),
    "sparring": mark("Sparring of each organisation"),
    "closing": mark("Closing session"),
    "ends": mark("End of the programme"),
    "alumni_meeting": mark("Joint alumni meeting"),
    "follow_up_meetings": mark("Follow-up meeting of each organisation"),
}


def _named(date: Date) -> object:
    return date.name or Problem(KIND_NAMES[date.kind])


#: Days stand in sentences as clocks in Finland show them.
FINLAND = ZoneInfo("Europe/Helsinki")


def _day(moment: dt.datetime) -> str:
    day = moment.astimezone(FINLAND)
    return f"{day.day}.{day.month}.{day.year} {day.hour}.{day.minute:02d}"


# ---- moving a whole calendar


def moved_by_weeks(dates: Iterable[Date], weeks: int, zone: dt.tzinfo = FINLAND) -> list[Date]:
    """The same calendar so many weeks later: weekdays stay, and clocks show the same time in summer and winter."""
    return [
        replace(each, starts_at=_later(each.starts_at, weeks, zone), ends_at=_later(each.ends_at, weeks, zone))
        for each in dates
    ]


def weeks_between(first: dt.date, wished: dt.date) -> int:
    """Whole weeks from a day to the same weekday nearest to a wished one."""
    return round((wished - first).days / 7)


def _later(moment: dt.datetime, weeks: int, zone: dt.tzinfo) -> dt.datetime:
    shown = moment.astimezone(zone).replace(tzinfo=None)
    return (shown + dt.timedelta(weeks=weeks)).replace(tzinfo=zone).astimezone(dt.UTC)
