"""The timetable: each entry once, over several workers and on the days when clocks change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from keino.web.base import jobs, timetable
from keino.web.base.models import Job, ScheduledWork

HELSINKI = ZoneInfo("Europe/Helsinki")
RAN: list[str] = []


@pytest.fixture(autouse=True)
def only_ours() -> Iterator[None]:
    RAN.clear()
    entries, kinds = dict(timetable._ENTRIES), dict(jobs._KINDS)
    timetable._ENTRIES.clear()
    yield
    timetable._ENTRIES.clear()
    timetable._ENTRIES.update(entries)
    jobs._KINDS.clear()
    jobs._KINDS.update(kinds)


def runs(at: str, first: dt.datetime, last: dt.datetime) -> list[dt.datetime]:
    """Every time at which a daily entry is due between two moments."""
    found, moment = [], first
    while (moment := timetable.next_daily(moment, dt.time.fromisoformat(at))) <= last:
        found.append(moment)
    return found


# Clocks change at 01:00 UTC on the last Sunday of March and of October (directive 2000/84/EC): 29.3. and 25.10.2026.
@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        ("2026-03-29", "03:30", "2026-03-29T01:30"),  # doesn't exist: an hour later, at 4.30
        ("2026-03-29", "07:00", "2026-03-29T04:00"),
        ("2026-10-25", "03:30", "2026-10-25T00:30"),  # exists twice: the first
        ("2026-10-25", "07:00", "2026-10-25T05:00"),
        ("2026-07-01", "07:00", "2026-07-01T04:00"),
        ("2026-12-01", "07:00", "2026-12-01T05:00"),
    ],
)
def test_daily_entry_runs_exactly_once_on_each_day(day: str, at: str, utc: str) -> None:
    middle = dt.datetime.fromisoformat(day).replace(tzinfo=HELSINKI)
    found = runs(at, middle - dt.timedelta(days=1), middle + dt.timedelta(days=2))
    local = [moment.astimezone(HELSINKI).date().isoformat() for moment in found]
    assert local.count(day) == 1
    assert len(set(local)) == len(local)
    assert found[local.index(day)] == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


def test_every_day_of_a_year_has_one_run() -> None:
    first = dt.datetime(2026, 1, 1, tzinfo=HELSINKI)
    found = runs("03:30", first - dt.timedelta(seconds=1), first + dt.timedelta(days=365))
    assert [moment.astimezone(HELSINKI).date() for moment in found] == [
        dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(365)
    ]


@pytest.mark.django_db
def test_interval_entry_runs_when_due_and_not_before() -> None:
    timetable.every("test.often", seconds=60)(lambda: RAN.append("often"))
    assert (timetable.run_due(), timetable.run_due()) == (1, 0)
    ScheduledWork.objects.update(next_at=timezone.now() - dt.timedelta(hours=5))
    assert (timetable.run_due(), timetable.run_due()) == (1, 0)  # what was missed is done once, not 300 times
    assert RAN == ["often", "often"]


@pytest.mark.django_db
def test_entry_is_taken_by_one_of_two_workers() -> None:
    timetable.every("test.often", seconds=60)(lambda: RAN.append("often"))
    timetable.run_due()
    ScheduledWork.objects.update(next_at=timezone.now() - dt.timedelta(seconds=1))
    seen = list(ScheduledWork.objects.all())  # what a second worker read before the first one moved the entry on
    timetable.run_due()

    class Slow:
        def all(self) -> list[ScheduledWork]:
            return seen

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScheduledWork.objects, "all", Slow().all)
        assert timetable.run_due() == 0
    assert RAN == ["often", "often"]


@pytest.mark.django_db
def test_daily_entry_asks_for_a_job_that_survives_its_worker() -> None:
    jobs.work("test.daily")(lambda job, tell: RAN.append("daily"))
    timetable.daily("test.daily", at="07:00", work="test.daily")
    assert timetable.run_due() == 0  # a new entry waits for its time
    row = ScheduledWork.objects.get()
    assert timezone.localtime(row.next_at).strftime("%H:%M") == "07:00"
    ScheduledWork.objects.update(next_at=timezone.now() - dt.timedelta(days=3))
    assert timetable.run_due() == 1
    assert [job.kind for job in Job.objects.all()] == ["test.daily"]
    row.refresh_from_db()
    assert row.next_at > timezone.now()


@pytest.mark.django_db
def test_failing_entry_is_shown_and_does_not_stop_the_others() -> None:
    def fail() -> Any:
        raise ValueError("no room")

    timetable.every("test.a_fails", seconds=60)(fail)
    timetable.every("test.b_works", seconds=60)(lambda: RAN.append("b"))
    assert timetable.run_due() == 2
    assert RAN == ["b"]
    errors = dict(ScheduledWork.objects.values_list("name", "last_error"))
    assert errors == {"test.a_fails": "ValueError: no room", "test.b_works": ""}
