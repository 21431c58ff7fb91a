"""The demo's programmes: one open, one that goes on, one that is over; filling twice changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from keino.web.operations.demo.programmes import COMPLETED, OPEN, RUNNING, fill
from keino.web.programmes.models import Edition
from keino.web.programmes.queries.editions import call_is_open
from keino.web.programmes.services.states import follow_clock
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_demo_has_an_open_a_running_and_a_completed_programme_whatever_the_day() -> None:
    centre = an_organisation("Esimerkkikeskus", kind="competence_centre", is_example=True)
    for kind in ("coordinator", "expert", "mentor"):
        someone_who_is(kind, centre)
    for _ in range(2):
        fill({"esimerkkikeskus": centre})
    follow_clock()  # the clock agrees
    states = dict(Edition.objects.values_list("slug", "state"))
    assert states == {OPEN: "open", RUNNING: "running", COMPLETED: "completed"}
    assert call_is_open(Edition.objects.get(slug=OPEN), timezone.now())
    page = Client().get("/programmes/")
    assert page.status_code == 200
    for slug in (OPEN, RUNNING, COMPLETED):
        assert Client().get(f"/programmes/{slug}/").status_code == 200
