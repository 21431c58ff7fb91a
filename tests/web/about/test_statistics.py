"""Page views: counted by kind, day and language, in batches, and nothing about who looked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keino.web.about import middleware
from keino.web.about.models import PageViews
from keino.web.about.page_counter import PageCounter
from keino.web.about.services import add_views
from tests.factories.web import an_organisation

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def counter(settings: Any, monkeypatch: pytest.MonkeyPatch) -> PageCounter:
    settings.COUNT_PAGE_VIEWS = True
    made = PageCounter(add_views, most=3, seconds=3600)
    monkeypatch.setattr(middleware, "counter", made)
    return made


def counted() -> dict[tuple[str, str], int]:
    return {(row.page, row.language): row.views for row in PageViews.objects.all()}


def test_views_are_counted_by_kind_of_page_and_language(counter: PageCounter) -> None:
    client = Client()
    client.get("/about/", headers={"accept-language": "fi"})
    client.get("/about/", headers={"accept-language": "sv"})
    client.get("/about/sources/keino/", headers={"accept-language": "fi"})
    counter.write()
    assert counted() == {("about:front", "fi"): 1, ("about:front", "sv"): 1, ("about:source", "fi"): 1}
    assert set(PageViews.objects.values_list("day", flat=True)) == {timezone.localdate()}


@pytest.mark.parametrize("headers", [{"dnt": "1"}, {"sec-gpc": "1"}, {"hx-request": "true"}])
def test_browser_that_asks_not_to_be_counted_is_not(counter: PageCounter, headers: dict[str, str]) -> None:
    Client().get("/about/", headers=headers)
    counter.write()
    assert counted() == {}


@pytest.mark.parametrize(
    "path", ["/about/nothing/", "/robots.txt", "/api/v1/sources", "/data/regions.csv", "/desk/feedback/"]
)
def test_what_is_no_page_that_was_shown_is_not_counted(counter: PageCounter, path: str) -> None:
    Client().get(path)
    counter.write()
    assert counted() == {}


@pytest.mark.usefixtures("counter")
def test_request_writes_nothing_until_enough_have_come() -> None:
    client = Client()
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/about/methods/")
        assert not [one for one in asked.captured_queries if "pageviews" in one["sql"].lower()]
    client.get("/about/methods/")
    assert counted() == {("about:methods", "fi"): 3}


@pytest.mark.usefixtures("counter")
def test_no_cookie_comes_with_a_page() -> None:
    for path in ("/about/", "/about/statistics/", "/data/", "/api/"):
        assert not Client().get(path).cookies


def test_counts_add_up_and_are_never_overwritten() -> None:
    add_views({(DAY, "about:front", "fi"): 2})
    add_views({(DAY, "about:front", "fi"): 3, (DAY, "about:front", "sv"): 1})
    assert counted() == {("about:front", "fi"): 5, ("about:front", "sv"): 1}


def test_counts_wait_while_the_database_is_busy() -> None:
    written: list[dict[Any, int]] = []
    is_busy = [True]

    def write(counts: Any) -> None:
        if is_busy[0]:
            raise DatabaseError("database is locked")
        written.append(dict(counts))

    one = PageCounter(write, most=100, seconds=3600)
    one.count(DAY, "a", "fi")
    with pytest.raises(DatabaseError):
        one.write()
    is_busy[0] = False
    one.count(DAY, "a", "fi")
    one.write()
    assert written == [{(DAY, "a", "fi"): 2}]


def test_page_is_shown_although_the_counts_cannot_be_written(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_counts: Any) -> None:
        raise DatabaseError("database is locked")

    settings.COUNT_PAGE_VIEWS = True
    monkeypatch.setattr(middleware, "counter", PageCounter(busy, most=1))
    assert Client().get("/about/").status_code == 200


def test_page_with_an_organisation_in_its_address_is_counted_by_its_kind_alone(counter: PageCounter) -> None:
    organisation = an_organisation("Secret town")
    Client().get(f"/o/{organisation.slug}/")
    counter.write()
    assert not [page for page, _language in counted() if organisation.slug in page]


def test_statistics_page_shows_the_last_ninety_days() -> None:
    today = timezone.localdate()
    add_views({(today, "about:front", "fi"): 1234, (today - dt.timedelta(days=90), "too:old", "fi"): 7})
    page = Client().get("/about/statistics/").content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "1 234" in page
    assert "too:old" not in page
