"""Diet and access needs that can't be kept stay on the page, with the reason at their field."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from keino.web.events.links import seat_token
from keino.web.events.models import Seat
from tests.factories.events import a_seat, an_event

pytestmark = pytest.mark.django_db


def test_needs_that_are_too_long_arent_lost() -> None:
    seat = a_seat(an_event(asks_needs=True), needs="Vegan")
    url = reverse("events:needs", kwargs={"token": seat_token(seat.public_id)})
    long = "Gluten-free, " * 80
    answer = Client().post(url, {"needs": long})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert long.strip() in shown
    assert 'id="id_needs_error"' in shown
    assert "id_needs_error" in shown.partition("<textarea")[2].partition(">")[0]
    assert Seat.objects.get().needs == "Vegan"
