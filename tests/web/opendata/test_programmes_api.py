"""Open calls as JSON for everyone; drafts are in no answer."""

from __future__ import annotations

import pytest
from django.test import Client

from keino.web.programmes.models import Edition
from tests.factories.programmes import an_edition

pytestmark = pytest.mark.django_db


def test_open_calls_are_given_with_their_dates_and_drafts_are_not() -> None:
    opened = an_edition(name_fi="Avoin", slug="avoin")
    an_edition(state="completed", name_fi="Mennyt", slug="mennyt")
    an_edition(state="draft", name_fi="Salainen", slug="salainen")
    answer = Client().get("/api/v1/programmes?state=open").json()
    [row] = answer["items"]
    assert (row["programme"], row["name_fi"], row["is_call_open"], answer["next"]) == ("avoin", "Avoin", True, None)
    assert [date["kind"] for date in row["dates"]] == list(opened.dates.values_list("kind", flat=True))
    everything = Client().get("/api/v1/programmes").content.decode()
    assert "Mennyt" in everything
    assert "Salainen" not in everything
    assert "Salainen" not in Client().get("/api/v1/programmes?state=draft").content.decode()


def test_calls_come_in_pages() -> None:
    for number in range(3):
        an_edition(slug=f"call-{number}")
    first = Client().get("/api/v1/programmes?limit=2").json()
    second = Client().get("/api/v1/programmes", {"limit": 2, "cursor": first["next"]}).json()
    assert [row["programme"] for row in (*first["items"], *second["items"])] == list(
        Edition.objects.order_by("pk").values_list("slug", flat=True)
    )
