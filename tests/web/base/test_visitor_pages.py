"""Public pages are kept for visitors alone: nothing of anybody's own is ever kept or shown to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keino.web.base import visitor_pages
from tests.factories.web import a_finished_run, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Any) -> Iterator[None]:
    settings.VISITOR_PAGES_KEPT_S = 30
    visitor_pages.forget_pages()
    yield
    visitor_pages.forget_pages()


def directory(client: Client | None = None, **more: Any) -> str:
    return (client or Client()).get(reverse("organisations:directory"), **more).text


def test_visitor_asks_the_database_for_nothing_the_second_time(django_assert_num_queries: Any) -> None:
    an_organisation("Town of all")
    first = directory()
    with django_assert_num_queries(0):
        assert directory() == first
    assert "Town of all" in first


def test_who_is_logged_in_gets_a_page_of_their_own_and_leaves_none() -> None:
    town = an_organisation("Town one")
    client = Client()
    client.force_login(someone_who_is("member", town))
    own = directory(client)
    assert "Town one" in own
    assert directory() != own  # a header with no name in it
    an_organisation("Town two")
    assert "Town two" in directory(client)
    assert "Town two" not in directory()


def test_each_language_address_and_page_is_kept_apart() -> None:
    an_organisation("Town one")
    finnish, swedish = directory(headers={"Accept-Language": "fi"}), directory(headers={"Accept-Language": "sv"})
    assert 'lang="fi"' in finnish
    assert 'lang="sv"' in swedish
    assert directory(query_params={"q": "nothing like it"}) != finnish


def test_pages_of_others_cookies_and_htmx_are_not_kept(django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.cookies["messages"] = "something for one reader"
    directory(client)
    directory(headers={"HX-Request": "true"})
    assert not visitor_pages._pages


def test_answers_that_are_no_pages_are_not_kept() -> None:
    assert Client().get(reverse("dashboards:public", args=["nobody"])).status_code == 404
    assert not visitor_pages._pages


def test_least_used_pages_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor_pages, "MOST_PAGES", 2)
    for number in range(4):
        directory(query_params={"page": str(number)})
    assert len(visitor_pages._pages) == 2


def test_withdrawn_page_is_gone_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    town = an_organisation(is_public=True)
    a_finished_run(town, published_at=timezone.now())
    address = reverse("dashboards:public", args=[town.slug])
    assert Client().get(address).status_code == 200
    town.is_public = False
    town.save()
    later = visitor_pages.monotonic() + 31
    monkeypatch.setattr(visitor_pages, "monotonic", lambda: later)
    assert Client().get(address).status_code == 404
