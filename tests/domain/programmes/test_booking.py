"""Which discussions are offered: who is free, time around them, days, clock changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from keino.domain.programmes.booking import BookingRule, Hours, Slot, Taken, moment_of, offered, slot_at

HELSINKI = ZoneInfo("Europe/Helsinki")
DAY = dt.date(2027, 6, 1)
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
ANNA, BERTIL, CECILIA = 1, 2, 3


def at(clock: str, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), tzinfo=HELSINKI)


def hours(expert: int, begins: str, ends: str, day: dt.date = DAY) -> Hours:
    return Hours(expert, day, dt.time.fromisoformat(begins), dt.time.fromisoformat(ends))


def taken(expert: int, begins: str, minutes: int = 60, day: dt.date = DAY, **around: int) -> Taken:
    return Taken(expert, at(begins, day), at(begins, day) + dt.timedelta(minutes=minutes), **around)


def clocks(given: list[Hours], others: Sequence[Taken] = (), **rule: Any) -> list[str]:
    """When discussions are offered, as clocks show it; ``now`` and ``until`` among the rest."""
    now, until = rule.pop("now", LONG_AGO), rule.pop("until", None)
    made = BookingRule(**({"minutes": 60} | rule))
    found = offered(given, others, made, now=now, zone=HELSINKI, until=until)
    return [f"{slot.starts_at.astimezone(HELSINKI):%H:%M}" for slot in found]


def test_offer_fills_the_hours_from_their_beginning_and_stays_inside_them() -> None:
    assert clocks([hours(ANNA, "09:00", "12:00")]) == ["09:00", "10:00", "11:00"]
    assert clocks([hours(ANNA, "09:10", "11:00")], minutes=45, every_minutes=30) == ["09:10", "09:40", "10:10"]
    assert clocks([hours(ANNA, "09:00", "09:59")]) == []


def test_hours_that_touch_are_one_stretch() -> None:
    assert clocks([hours(ANNA, "10:30", "12:00"), hours(ANNA, "09:00", "10:30")]) == ["09:00", "10:00", "11:00"]


def test_two_of_three_experts_must_be_free_at_once() -> None:
    given = [hours(ANNA, "09:00", "12:00"), hours(BERTIL, "10:00", "12:00"), hours(CECILIA, "11:00", "12:00")]
    assert clocks(given, experts_needed=2) == ["10:00", "11:00"]
    assert clocks(given, experts_needed=3) == ["11:00"]
    assert clocks(given, experts_needed=4) == []


def test_a_booking_takes_its_experts_and_leaves_the_hour_to_the_others() -> None:
    given = [hours(expert, "09:00", "10:00") for expert in (1, 2, 3, 4)]
    first = offered(given, [], BookingRule(60, experts_needed=2), now=LONG_AGO, zone=HELSINKI)
    assert [slot.experts for slot in first] == [(1, 2)]
    booked = [taken(expert, "09:00") for expert in first[0].experts]
    second = offered(given, booked, BookingRule(60, experts_needed=2), now=LONG_AGO, zone=HELSINKI)
    assert [slot.experts for slot in second] == [(3, 4)]
    booked += [taken(expert, "09:00") for expert in second[0].experts]
    assert clocks(given, booked, experts_needed=2) == []


def test_whoever_has_the_fewest_discussions_is_asked_first() -> None:
    given = [hours(ANNA, "09:00", "12:00"), hours(BERTIL, "09:00", "12:00")]
    found = offered(given, [taken(ANNA, "11:00")], BookingRule(60), now=LONG_AGO, zone=HELSINKI)
    assert [slot.experts for slot in found] == [(BERTIL,), (BERTIL,), (BERTIL,)]


def test_time_before_and_after_is_kept_on_both_sides_of_a_discussion() -> None:
    given = [hours(ANNA, "09:00", "13:00")]
    # 10.00–11.00 with 15 minutes before and 10 after: others may end by 9.45 − 10 and begin from 11.10 + 15 on
    around = {"before_minutes": 15, "after_minutes": 10}
    booked = [taken(ANNA, "10:00", **around)]
    found = clocks(given, booked, minutes=30, every_minutes=5, **around)
    assert found[:2] == ["09:00", "09:05"]
    assert found[2] == "11:25"
    assert found[-1] == "12:30"


def test_time_around_a_discussion_of_another_programme_is_its_own() -> None:
    given = [hours(ANNA, "09:00", "13:00")]
    assert clocks(given, [taken(ANNA, "10:00", after_minutes=60)]) == ["09:00", "12:00"]


def test_an_expert_holds_no_more_a_day_than_the_limit() -> None:
    next_day = DAY + dt.timedelta(days=1)
    given = [hours(ANNA, "09:00", "12:00"), hours(ANNA, "09:00", "10:00", next_day)]
    booked = [taken(ANNA, "09:00"), taken(ANNA, "10:00")]
    assert clocks(given, booked, a_day=2) == ["09:00"]  # of the next day
    assert clocks(given, booked, a_day=3) == ["11:00", "09:00"]


def test_the_day_of_a_limit_is_the_zones_day_not_greenwichs() -> None:
    given = [hours(ANNA, "00:00", "02:00"), hours(ANNA, "23:00", "23:59")]
    booked = [taken(ANNA, "00:00")]  # still the day before in UTC
    assert clocks(given, booked, a_day=1, minutes=30) == []


def test_notice_and_last_moment_bound_the_offer_on_both_sides() -> None:
    given = [hours(ANNA, "09:00", "13:00")]
    assert clocks(given, now=at("08:00"), notice_hours=2) == ["10:00", "11:00", "12:00"]
    assert clocks(given, now=at("08:00") + dt.timedelta(seconds=1), notice_hours=2) == ["11:00", "12:00"]
    assert clocks(given, until=at("11:00")) == ["09:00", "10:00", "11:00"]
    assert clocks(given, until=at("11:00") - dt.timedelta(seconds=1)) == ["09:00", "10:00"]


def test_the_night_when_clocks_go_back_has_an_hour_more() -> None:
    night = dt.date(2026, 10, 25)  # 4.00 summer time is 3.00 winter time
    found = offered([hours(ANNA, "02:00", "05:00", night)], [], BookingRule(60), now=LONG_AGO, zone=HELSINKI)
    utc = [slot.starts_at.astimezone(dt.UTC).hour for slot in found]
    assert utc == [23, 0, 1, 2]  # 2, 3, 3 again, 4 by the clock
    assert {slot.ends_at - slot.starts_at for slot in found} == {dt.timedelta(hours=1)}


def test_the_night_when_clocks_go_forward_has_an_hour_less() -> None:
    night = dt.date(2027, 3, 28)  # 3.00 winter time is 4.00 summer time
    assert clocks([hours(ANNA, "02:00", "05:00", night)]) == ["02:00", "04:00"]
    assert moment_of(night, dt.time(3, 30), HELSINKI) == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)


def test_clocks_stay_the_same_on_the_days_around_a_clock_change() -> None:
    days = [dt.date(2026, 10, 24), dt.date(2026, 10, 25), dt.date(2026, 10, 26)]
    given = [hours(ANNA, "09:00", "10:00", day) for day in days]
    found = offered(given, [], BookingRule(60), now=LONG_AGO, zone=HELSINKI)
    assert [slot.starts_at.astimezone(dt.UTC).hour for slot in found] == [6, 7, 7]
    assert clocks(given) == ["09:00", "09:00", "09:00"]


def test_the_offer_judges_a_booking() -> None:
    slots = offered([hours(ANNA, "09:00", "11:00")], [], BookingRule(60), now=LONG_AGO, zone=HELSINKI)
    assert slot_at(slots, at("10:00")) == Slot(at("10:00"), at("11:00"), (ANNA,))
    assert slot_at(slots, at("10:30")) is None
    assert slot_at(slots, at("11:00")) is None


def test_booking_everything_offered_never_takes_an_expert_twice() -> None:
    given = [hours(ANNA, "09:00", "15:00"), hours(BERTIL, "10:00", "16:00"), hours(CECILIA, "09:30", "12:30")]
    rule = BookingRule(45, experts_needed=2, before_minutes=5, after_minutes=10, every_minutes=15, a_day=3)
    booked: list[Taken] = []
    while slots := offered(given, booked, rule, now=LONG_AGO, zone=HELSINKI):
        booked += [Taken(e, slots[0].starts_at, slots[0].ends_at, 5, 10) for e in slots[0].experts]
    assert booked
    for one in booked:
        theirs = [other for other in booked if other.expert == one.expert and other is not one]
        assert len(theirs) < 3
        gap = dt.timedelta(minutes=15)
        assert all(other.starts_at >= one.ends_at + gap or one.starts_at >= other.ends_at + gap for other in theirs)


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"experts_needed": 0}, {"every_minutes": 0}, {"notice_hours": -1}])
def test_a_rule_that_nobody_can_hold_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="discussion"):
        BookingRule(**({"minutes": 60} | wrong))
