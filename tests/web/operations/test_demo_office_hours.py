"""What people of the demo do with a call, and when they talk of it, is in office hours in Finland."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from keino.web.operations.demo import applications, programmes
from keino.web.operations.demo.cast import PEOPLE, PLACES
from keino.web.operations.demo.clock import in_office, next_in_office
from keino.web.programmes.models import Discussion, Edition
from tests.factories.web import a_person, a_role, an_organisation


def is_in_office_hours(moment: dt.datetime) -> bool:
    here = timezone.localtime(moment)
    return here.weekday() < 5 and dt.time(8) <= here.time() <= dt.time(16, 15)


@pytest.mark.django_db
def test_calls_open_and_discussions_begin_in_office_hours() -> None:
    places = {
        place.slug: an_organisation(place.slug, slug=place.slug, kind=place.kind, original_language=place.language)
        for place in PLACES
    }
    for part in PEOPLE:
        person = a_person(part.name, email=part.email, language=part.language)
        a_role(person, part.role, places[part.at], about=places.get(part.about), regions=list(part.regions))
    programmes.fill(places)
    applications.fill(places)
    for edition in Edition.objects.all():
        moved = list(edition.moves.order_by("pk").values_list("moved_at", flat=True))
        assert moved == sorted(moved)
        assert edition.published_at is not None
        assert [each for each in [edition.published_at, *moved] if not is_in_office_hours(each)] == []
    called = Edition.objects.get(slug=programmes.OPEN)
    talks = called.dates.get(kind="discussions")
    assert is_in_office_hours(talks.starts_at)
    assert called.moves.get(to_state="open").moved_at < talks.starts_at
    for each in Discussion.objects.all():
        assert is_in_office_hours(each.starts_at)
        assert each.starts_at > talks.starts_at
        assert each.held_at is None or is_in_office_hours(each.held_at)


@pytest.mark.parametrize(
    ("moment", "that_day", "next_day"),
    [
        (
            "2026-10-23T21:30+00:00",
            "2026-10-23T06:00+00:00",
            "2026-10-26T07:00+00:00",
        ),  # Saturday there
        ("2026-10-22T10:00+00:00", "2026-10-22T06:00+00:00", "2026-10-23T06:00+00:00"),
        ("2027-03-28T12:00+00:00", "2027-03-26T07:00+00:00", "2027-03-29T06:00+00:00"),  # Sunday
    ],
)
def test_a_morning_is_nine_in_finland_on_a_working_day_also_when_clocks_change(
    moment: str, that_day: str, next_day: str
) -> None:
    asked = dt.datetime.fromisoformat(moment)
    assert in_office(asked) == dt.datetime.fromisoformat(that_day)
    assert next_in_office(asked) == dt.datetime.fromisoformat(next_day)
