"""The demo's events: filled once, one full with a waiting list, one over with materials and feedback."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from keino.web.events.models import Event, Seat
from keino.web.events.queries.feedback import results_of
from keino.web.operations.demo import events
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_filling_twice_makes_the_events_once() -> None:
    centre = an_organisation(slug="esimerkkikeskus", kind="competence_centre", is_example=True)
    town = an_organisation(slug="ostoniemi", is_example=True)
    someone_who_is("coordinator", centre)
    for number in range(9):
        a_role(a_person(f"Respondent {number}"), "member", town)
    counts = []
    for _ in range(2):
        events.fill({"esimerkkikeskus": centre, "ostoniemi": town})
        counts.append((Event.objects.count(), Seat.objects.count()))
    assert counts[0] == counts[1]
    full = Event.objects.get(title__startswith="Työpaja")
    assert (full.seats.booked().count(), full.seats.in_line().count()) == (full.capacity, 2)
    past = Event.objects.get(feedback__isnull=False)
    assert results_of(past).questions[0].told.answers == len(events.ANSWERS)
    assert past.materials.count() == 2
    page = Client().get(reverse("events:list")).content.decode()
    assert "Hankintajohtamisen päivä" in page
    assert past.title in Client().get(reverse("events:list"), {"when": "past"}).content.decode()
