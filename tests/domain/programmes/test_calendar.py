"""Calendars of programmes: what lacks, what may be done when, moving a whole one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from keino.domain.programmes.calendar import (
    ONCE,
    ORDER,
    SHAPES,
    Date,
    Phase,
    allowed,
    dates_needed,
    lacks,
    moved_by_weeks,
    span,
    spans_of,
    weeks_between,
)

HELSINKI = ZoneInfo("Europe/Helsinki")


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=HELSINKI).astimezone(dt.UTC)  # type: ignore[misc]


def moment(kind: str, *parts: int) -> Date:
    return Date(kind, at(*parts), at(*parts))


def session(kind: str, day: tuple[int, int, int], first: int, last: int, name: str = "") -> Date:
    return Date(kind, at(*day, first), at(*day, last), name=name)


CALL = Phase("call", frozenset({"express_interest"}), "call_opens", "form_deadline")
WHOLE = [
    moment("call_opens", 2027, 4, 1),
    moment("form_deadline", 2027, 5, 31, 16),
    moment("selection_published", 2027, 6, 18),
    session("kick_off", (2027, 9, 14), 10, 16),
    session("workshop", (2027, 10, 12), 9, 12, "Työpaja 1"),
    session("closing", (2028, 2, 1), 10, 16),
]


# ---- what may be done when


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (at(2027, 3, 31, 23, 59, 59), False),
        (at(2027, 4, 1), True),
        (at(2027, 5, 31, 16), True),  # the deadline's own second is in time
        (at(2027, 5, 31, 16, 0, 1), False),  # one second late is late
    ],
)
def test_phase_is_open_between_its_dates_bounds_included(now: dt.datetime, is_open: bool) -> None:
    assert ("express_interest" in allowed([CALL], WHOLE, now)) is is_open


def test_phase_without_its_date_is_not_open() -> None:
    without = [date for date in WHOLE if date.kind != "form_deadline"]
    assert span(CALL, without) is None
    assert allowed([CALL], without, at(2027, 4, 2)) == frozenset()


def test_phase_without_bounds_is_open_from_the_beginning_and_to_the_end() -> None:
    early, late = Phase("early", frozenset({"a"}), "", "form_deadline"), Phase("late", frozenset({"b"}), "closing", "")
    assert allowed([early, late], WHOLE, at(2020, 1, 1)) == {"a"}
    assert allowed([early, late], WHOLE, at(2030, 1, 1)) == {"b"}
    assert allowed([early, late], WHOLE, at(2027, 12, 1)) == frozenset()


def test_phase_covers_all_dates_of_its_kind() -> None:
    work = Phase("work", frozenset({"a"}), "workshop", "workshop")
    dates = [session("workshop", (2027, 10, 12), 9, 12), session("workshop", (2027, 11, 16), 9, 12)]
    assert allowed([work], dates, at(2027, 10, 30)) == {"a"}


def test_deadline_of_an_act_ends_it_before_its_phase_closes() -> None:
    apply = Phase("application", frozenset({"apply", "ask"}), "", "selection_published")
    dates = [*WHOLE, moment("application_deadline", 2027, 6, 7, 16)]
    assert allowed([apply], dates, at(2027, 6, 7, 16)) == {"apply", "ask"}
    assert allowed([apply], dates, at(2027, 6, 7, 16, 0, 1)) == {"ask"}
    assert spans_of(["apply"], [apply], dates) == [(None, at(2027, 6, 7, 16))]


def test_deadline_of_an_act_never_opens_it_longer_than_its_phase() -> None:
    late = [*WHOLE, moment("application_deadline", 2027, 7, 1)]
    apply = Phase("application", frozenset({"apply"}), "call_opens", "selection_published")
    assert spans_of(["apply"], [apply], late) == [(at(2027, 4, 1), at(2027, 6, 18))]
    before = [*WHOLE, moment("application_deadline", 2027, 3, 1)]
    assert spans_of(["apply"], [apply], before) == []


def test_moving_a_date_moves_its_phase() -> None:
    later = [moment("form_deadline", 2027, 6, 7, 16) if date.kind == "form_deadline" else date for date in WHOLE]
    now = at(2027, 6, 1)
    assert (allowed([CALL], WHOLE, now), allowed([CALL], later, now)) == (frozenset(), {"express_interest"})


def test_deadline_obeys_the_clock_of_finland_on_the_day_of_a_clock_change() -> None:
    # 28.3.2027 clocks go from 3 to 4; 16.00 is 13.00 UTC, a day earlier it was 14.00 UTC
    dates = [moment("call_opens", 2027, 3, 1), moment("form_deadline", 2027, 3, 28, 16)]
    assert allowed([CALL], dates, dt.datetime(2027, 3, 28, 13, 0, tzinfo=dt.UTC))
    assert not allowed([CALL], dates, dt.datetime(2027, 3, 28, 13, 0, 1, tzinfo=dt.UTC))


# ---- what lacks


def said(dates: list[Date], **needed: tuple[str, ...]) -> list[str]:
    return [str(problem) for problem in lacks(dates, **needed)]


def test_calendar_that_holds_lacks_nothing() -> None:
    assert said(WHOLE, needed=("form_deadline", "kick_off")) == []


def test_deadline_before_the_opening_and_closing_before_the_kick_off_are_told_at_once() -> None:
    dates = [
        moment("call_opens", 2027, 6, 1),
        moment("form_deadline", 2027, 5, 31, 16),
        session("kick_off", (2027, 9, 14), 10, 16),
        session("closing", (2027, 9, 1), 10, 16),
    ]
    assert said(dates, needed=("selection_published",)) == [
        "“Chosen organisations published, at the latest” is missing.",
        "“Deadline of the interest form” (31.5.2027 16.00) comes before “Call opens” (1.6.2027 0.00).",
        "“Closing session” (1.9.2027 10.00) comes before “Kick-off” (14.9.2027 10.00).",
    ]


def test_sessions_at_the_same_time_are_refused_but_one_after_another_is_fine() -> None:
    first = session("workshop", (2027, 10, 12), 9, 12, "Työpaja 1")
    overlapping = session("workshop", (2027, 10, 12), 11, 13, "Työpaja 2")
    after = session("workshop", (2027, 10, 12), 12, 14, "Työpaja 2")
    assert said([first, overlapping]) == ["“Työpaja 1” and “Työpaja 2” are at the same time (12.10.2027 11.00)."]
    assert said([first, after]) == []


def test_periods_may_overlap_sessions() -> None:
    sparring = Date("sparring", at(2027, 10, 1), at(2027, 12, 31))
    assert (
        said([session("kick_off", (2027, 9, 14), 10, 16), sparring, session("workshop", (2027, 10, 12), 9, 12)]) == []
    )


def test_session_without_length_or_backwards_is_refused() -> None:
    for last in (10, 9):
        assert said([session("kick_off", (2027, 9, 14), 10, last)]) == ["“Kick-off” ends before it begins."]


def test_what_comes_once_stands_once() -> None:
    twice = [session("kick_off", (2027, 9, 14), 10, 12), session("kick_off", (2027, 9, 15), 10, 12)]
    assert said(twice) == ["“Kick-off” stands there more than once."]


def test_tables_speak_of_known_kinds_only() -> None:
    assert {kind for pair in ORDER for kind in pair} | ONCE <= set(SHAPES)


# ---- moving


def test_calendar_moved_by_weeks_keeps_weekdays_and_the_clock_over_the_change_to_winter_time() -> None:
    moved = moved_by_weeks(WHOLE, 5)
    for before, after in zip(WHOLE, moved, strict=True):
        was, now = (each.starts_at.astimezone(HELSINKI) for each in (before, after))
        assert (now.date() - was.date(), now.time()) == (dt.timedelta(weeks=5), was.time())
    # 12.10. is summer time (UTC+3), 16.11. winter time (UTC+2): the same clock, an hour later in UTC
    assert [each.starts_at.hour for each in (WHOLE[4], moved[4])] == [6, 7]


@pytest.mark.parametrize(
    ("wished", "weeks"),
    [(dt.date(2023, 9, 12), 0), (dt.date(2023, 9, 15), 0), (dt.date(2023, 9, 16), 1), (dt.date(2027, 9, 14), 209)],
)
def test_whole_weeks_nearest_to_a_wished_day(wished: dt.date, weeks: int) -> None:
    assert weeks_between(dt.date(2023, 9, 12), wished) == weeks


# ---- when something may be done


PROGRAMME = [
    Phase("early", frozenset({"hand_in"}), "selection_published", "kick_off"),
    Phase("programme", frozenset({"hand_in", "spar"}), "kick_off", "closing"),
    Phase("alumni", frozenset({"spar"}), "closing", ""),
]


def test_spans_that_meet_are_one() -> None:
    assert spans_of({"hand_in"}, PROGRAMME, WHOLE) == [(at(2027, 6, 18), at(2028, 2, 1, 16))]
    assert spans_of({"spar"}, PROGRAMME, WHOLE) == [(at(2027, 9, 14, 10), None)]
    assert spans_of({"hand_in", "spar"}, PROGRAMME, WHOLE) == [(at(2027, 6, 18), None)]


def test_spans_apart_are_told_in_order_and_those_without_a_date_are_left_out() -> None:
    late = Phase("late", frozenset({"a"}), "closing", "closing")
    phases = [late, replace(CALL, allows=frozenset({"a"})), Phase("undated", frozenset({"a"}), "sparring", "")]
    assert spans_of({"a"}, phases, WHOLE) == [
        (at(2027, 4, 1), at(2027, 5, 31, 16)),
        (at(2028, 2, 1, 10), at(2028, 2, 1, 16)),
    ]
    assert spans_of({"b"}, phases, WHOLE) == []


def test_open_beginning_comes_first() -> None:
    first = Phase("first", frozenset({"a"}), "", "call_opens")
    assert spans_of({"a"}, [replace(CALL, allows=frozenset({"a"})), first], WHOLE) == [(None, at(2027, 5, 31, 16))]


def test_dates_of_a_phase_that_another_stands_in_for_are_not_needed() -> None:
    assert dates_needed(PROGRAMME) == ["kick_off", "closing"]
    assert dates_needed([CALL, *PROGRAMME]) == ["call_opens", "form_deadline", "kick_off", "closing"]
