"""Times of events over both clock changes, and as people read them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from keino.web.events.errors import MomentSkipped, MomentTwice
from keino.web.events.times import moment_of, when_text


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        # Finland is two hours ahead of UTC in winter, three in summer; clocks change at 1.00 UTC
        ("2026-10-24", "03:30", "2026-10-24T00:30"),
        ("2026-10-25", "02:59", "2026-10-24T23:59"),
        ("2026-10-25", "04:00", "2026-10-25T02:00"),
        ("2026-10-26", "03:30", "2026-10-26T01:30"),
        ("2027-03-27", "03:30", "2027-03-27T01:30"),
        ("2027-03-28", "02:59", "2027-03-28T00:59"),
        ("2027-03-28", "04:00", "2027-03-28T01:00"),
        ("2027-03-29", "03:30", "2027-03-29T00:30"),
        ("2022-05-18", "08:30", "2022-05-18T05:30"),
    ],
)
def test_a_day_and_a_time_make_the_moment(day: str, time: str, utc: str) -> None:
    found = moment_of(dt.date.fromisoformat(day), dt.time.fromisoformat(time))
    assert found == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize("time", ["03:00", "03:30", "03:59"])
def test_a_time_that_comes_twice_is_refused_with_the_hour(time: str) -> None:
    with override("en"), pytest.raises(MomentTwice) as told:
        moment_of(dt.date(2026, 10, 25), dt.time.fromisoformat(time))
    assert (told.value.values["before"], told.value.values["after"]) == ("03:00", "04:00")


@pytest.mark.parametrize("time", ["03:00", "03:30", "03:59"])
def test_a_time_that_does_not_exist_is_refused_with_the_hour(time: str) -> None:
    with override("en"), pytest.raises(MomentSkipped) as told:
        moment_of(dt.date(2027, 3, 28), dt.time.fromisoformat(time))
    assert (told.value.values["before"], told.value.values["after"]) == ("03:00", "04:00")


def test_when_is_said_in_finnish_time_and_the_readers_language() -> None:
    start, end = moment_of(dt.date(2022, 5, 18), dt.time(8, 30)), moment_of(dt.date(2022, 5, 18), dt.time(9, 45))
    with override("fi"):
        assert when_text(start, end) == "18.5.2022 klo 8.30–9.45"
    with override("en"):
        assert when_text(start, end).endswith(", 08:30–09:45")


def test_an_event_over_midnight_says_both_days() -> None:
    with override("fi"):
        text = when_text(moment_of(dt.date(2026, 9, 1), dt.time(9)), moment_of(dt.date(2026, 9, 2), dt.time(16)))
    assert "1.9.2026" in text
    assert "2.9.2026" in text
