"""Finnish and Swedish addresses lead for good to the one address of their page, in that language."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import include, path
from django.views.generic import View

from keino.web.base.addresses import address_or_none
from keino.web.base.redirects import TRANSLATED, TRANSLATED_OF_ORGANISATION

there = View.as_view()
urlpatterns = [
    path("", include("keino.web.base.urls")),
    path("", include(([path("footprint/", there, name="try")], "measurement"))),
    path("", include(([path("o/<slug:slug>/footprint/", there, name="footprint")], "dashboards"))),
    path("", include(([path("data/", there, name="front")], "opendata"))),
]


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/jalanjalki/", "/footprint/?language=fi"),
        ("/jalanjälki/", "/footprint/?language=fi"),
        ("/fotavtryck/", "/footprint/?language=sv"),
        ("/avoin-data/", "/data/?language=fi"),
        ("/öppna-data/", "/data/?language=sv"),
        ("/o/ostoniemi/jalanjälki/", "/o/ostoniemi/footprint/?language=fi"),
        ("/o/ostoniemi/fotavtryck/?year=2024&year=2023", "/o/ostoniemi/footprint/?year=2024&year=2023&language=sv"),
        ("/jalanjalki/?language=en", "/footprint/?language=en"),
    ],
)
@pytest.mark.django_db
def test_translated_address_leads_to_the_page_for_good(asked: str, led_to: str, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    answer = Client().get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, led_to)


@pytest.mark.django_db
def test_translated_address_without_its_page_is_not_found(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    assert Client().get("/tietoa/menetelmat/").status_code == 404


@pytest.mark.django_db
def test_text_in_the_query_cannot_lead_elsewhere(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    location = Client().get("/jalanjalki/?next=https://example.org/&x=%0d%0aSet-Cookie:%20a").headers["Location"]
    assert location == "/footprint/?next=https%3A%2F%2Fexample.org%2F&x=%0D%0ASet-Cookie%3A+a&language=fi"


@pytest.mark.parametrize("address", sorted(TRANSLATED))
def test_page_of_a_translated_address_exists(address: str) -> None:
    _, page = TRANSLATED[address]
    assert address_or_none(page), f"{address} names a page that isn't there: {page}"


@pytest.mark.parametrize("word", sorted(TRANSLATED_OF_ORGANISATION))
def test_page_of_a_translated_step_exists(word: str) -> None:
    _, page = TRANSLATED_OF_ORGANISATION[word]
    assert address_or_none(page, slug="town"), f"{word} names a page that isn't there: {page}"


def test_every_page_has_an_address_in_both_languages() -> None:
    for table in (TRANSLATED, TRANSLATED_OF_ORGANISATION):
        languages: dict[str, set[str]] = {}
        for language, page in table.values():
            languages.setdefault(page, set()).add(language)
        assert {page: found for page, found in languages.items() if found != {"fi", "sv"}} == {}


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/ohjelmat/vaikutus/", "/programmes/effect/?language=fi"),
        ("/ohjelmat/vaikuttavuus/", "/programmes/effect/?language=fi"),
        ("/program/effekt/", "/programmes/effect/?language=sv"),
        ("/ohjelmat/alumnit/", "/programmes/alumni/?language=fi"),
    ],
)
def test_rooms_of_programmes_are_found_in_finnish_and_swedish(asked: str, led_to: str, client: Client) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, led_to)
