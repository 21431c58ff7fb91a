"""The competence centre over time (DOMAIN 2.3)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from keino.web.organisations.queries.consortium import events, lifetime, memberships

SIX = {"motiva", "kuntaliitto", "vtt", "business_finland", "syke", "hansel"}


def members(day: dt.date, role: str = "") -> set[str]:
    return {one.organisation for one in memberships("en", day) if not role or one.role == role}


def test_b40_who_did_what_when() -> None:
    assert lifetime() == (dt.date(2018, 3, 1), dt.date(2024, 9, 30))
    assert members(dt.date(2018, 2, 28)) == set()
    assert members(dt.date(2018, 3, 1)) == SIX | {"kl_kuntahankinnat", "sitra"}
    assert members(dt.date(2020, 1, 31)) == SIX | {"kl_kuntahankinnat", "sitra"}
    assert members(dt.date(2020, 2, 1)) == SIX
    assert members(dt.date(2022, 2, 28), "member") == SIX - {"motiva"}
    assert members(dt.date(2022, 3, 1), "member") == SIX - {"motiva", "kuntaliitto"}
    assert members(dt.date(2022, 3, 1), "strategic_partner") == {"kuntaliitto"}
    assert members(dt.date(2024, 9, 30), "coordinator") == {"motiva"}
    assert members(dt.date(2024, 10, 1)) == set()


def test_tasks_of_kuntaliitto_change_with_its_role() -> None:
    def tasks(day: dt.date) -> tuple[str, ...]:
        return next(one.tasks for one in memberships("en", day) if one.organisation == "kuntaliitto")

    assert "academy" in tasks(dt.date(2022, 2, 28))[0]
    assert "strategic partner" in tasks(dt.date(2022, 3, 1))[0]


def test_events_are_in_order_and_have_sources() -> None:
    found = events("fi")
    assert [event.date for event in found] == sorted(event.date for event in found)
    assert all(event.source["citation"] for event in found)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_page_is_public_and_says_that_it_is_independent(language: str, client: Client) -> None:
    text = client.get(reverse("organisations:consortium"), {"language": language}).content.decode()
    assert "Motiva" in text
    assert "Sitra" in text
    if language == "en":
        assert "This site is independent of KEINO" in text


@pytest.mark.django_db
def test_page_shows_a_day(client: Client) -> None:
    text = client.get(reverse("organisations:consortium"), {"on": "2023-01-01", "language": "en"}).content.decode()
    assert "Sitra" not in text
    assert "strategic partner" in text
    assert (
        "did not exist"
        in client.get(reverse("organisations:consortium"), {"on": "2017-01-01", "language": "en"}).content.decode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["yesterday", "2023-02-30", "<script>", "9" * 500])
def test_page_survives_a_day_that_isnt_one(day: str, client: Client) -> None:
    answer = client.get(reverse("organisations:consortium"), {"on": day})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
