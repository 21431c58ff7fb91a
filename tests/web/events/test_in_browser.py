"""Registering on a phone without scripts; the desk's pages without barriers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from keino.web.events.links import seat_token
from keino.web.events.models import Seat
from tests.factories.events import a_past_event, a_seat, an_event
from tests.web.browser import axe_violations, scrolls_sideways, small_targets
from tests.web.events.desk import a_coordinator, of_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Any]
#: A folder for pictures of the pages, to be looked at; without it none are made.
PICTURES = os.environ.get("KEINO_PICTURES", "")


def looked_at(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    assert axe_violations(page) == []
    assert page.complaints == []


def test_a_visitor_registers_on_a_phone_without_scripts(open_page: OpenPage) -> None:
    event = an_event(
        title="Kestävien hankintojen aamukahvit", mode="hybrid", place="Satulammen kulttuuritalo", capacity=5,
        asks_needs=True, is_recorded=True, description="8.30 Kahvit\n9.00 Esimerkki", summary="Tunti aamulla.",
    )  # fmt: skip
    page = open_page(reverse("events:list"), language="fi", width=320, javascript=False)
    looked_at(page, "list")
    page.get_by_role("link", name=event.title).click()
    looked_at(page, "event")
    page.locator("main form button[type=submit]").click()
    looked_at(page, "register")
    page.locator("[name=name]").fill("Aino Aalto")
    page.locator("[name=email]").fill("aino@example.org")
    page.locator("label[for=id_joins_0]").click()
    page.locator("label[for=id_consent]").click()
    page.locator("main form button[type=submit]").first.click()
    looked_at(page, "registered")
    seat = Seat.objects.get(email="aino@example.org")
    page = open_page(reverse("events:seat", kwargs={"token": seat_token(seat.public_id)}), language="fi", width=320)
    looked_at(page, "seat")
    page.locator("main form button[type=submit]").first.click()
    assert Seat.objects.get(pk=seat.pk).state == "booked"
    looked_at(page, "seat-booked")


def test_the_desk_has_no_barriers(open_page: OpenPage) -> None:
    event = an_event(title="Työpaja", capacity=2, asks_needs=True, mode="on_site", place="Esimerkkikeskus")
    for number in range(2):
        a_seat(event, name=f"Osallistuja {number}", needs="Kasvisruoka", works_at="Ostoniemi")
    a_seat(event, name="Veikko Virta", state="waiting")
    past = a_past_event(event.organiser, title="Webinaari")
    a_seat(past, name="Aino Aalto")
    person = a_coordinator(event.organiser)
    for address in (
        reverse("events:desk"), reverse("events:new"), of_event(event, "desk_event"), of_event(event, "participants"),
        of_event(event, "move"), of_event(event, "cancel"), of_event(past, "attendance"), of_event(past, "materials"),
    ):  # fmt: skip
        page = open_page(address, person=person, language="fi", width=1280)
        looked_at(page, "desk-" + "-".join(part for part in address.split("/") if part and len(part) < 20))
