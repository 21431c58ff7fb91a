"""Dashboards in a real browser: no barriers at 320 px, readable in the dark, usable without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.factories.dashboards import a_link, a_run_with_lines
from tests.factories.web import a_finished_run, an_organisation, someone_who_is
from tests.web.browser import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def is_too_wide(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_footprint_and_hotspots_have_no_barriers_on_a_phone(open_page: Any, language: str) -> None:
    town = an_organisation("Example parish", slug="parish", kind="parish", population=3000)
    person = someone_who_is("member", town)
    a_finished_run(town)
    for address in ("/o/parish/footprint/", "/o/parish/hotspots/", "/o/parish/"):
        page = open_page(address, person=person, language=language, width=320)
        assert axe_violations(page) == []
        assert page.complaints == []
        assert not is_too_wide(page)


def test_shared_and_public_pages_have_no_barriers_in_the_dark(open_page: Any) -> None:
    town = an_organisation("Example parish", slug="parish", is_public=True)
    run = a_finished_run(town, published_at=timezone.now())
    _, token = a_link(run, kind="units")
    for address in (f"/share/{token}/", "/public/parish/", "/public/", "/measurement/"):
        page = open_page(address, language="fi", width=320, dark=True)
        assert axe_violations(page) == []
        assert page.complaints == []
        assert not is_too_wide(page)
    page = open_page("/public/parish/", dark=True)
    fills = page.evaluate(
        "[...document.querySelectorAll('.drawing text')].map(text => getComputedStyle(text).fill)"
        ".filter(fill => fill === 'rgb(29, 35, 41)')"
    )
    assert fills == []  # no dark letters on dark ground


def test_drill_to_the_lines_works_without_javascript(open_page: Any) -> None:
    town = an_organisation("Example parish", slug="parish", kind="parish", population=3000)
    person = someone_who_is("member", town)
    a_run_with_lines(town)
    page = open_page("/o/parish/footprint/", person=person, language="en", javascript=False)
    page.click("#main-categories a[href*='category=HEAT']")
    page.click("#units a[href*='unit=']")
    assert page.locator("nav[aria-label='What you chose'] li").count() == 3
    page.click("text=See the 3 lines behind this")
    assert "/o/parish/lines/?" in page.url
    assert page.locator("table").count() >= 1


def test_choice_is_made_by_keyboard_alone(open_page: Any) -> None:
    town = an_organisation("Example parish", slug="parish", kind="parish", population=3000)
    person = someone_who_is("member", town)
    a_run_with_lines(town)
    page = open_page("/o/parish/footprint/", person=person, language="en", javascript=False)
    page.focus("summary:has-text('Choose year')")
    page.keyboard.press("Enter")
    page.focus("select[name=year]")
    page.keyboard.type("2022")
    page.focus("form.filter button")
    page.keyboard.press("Enter")
    page.wait_for_url("**year=2022**")
    assert "This choice is 3 lines" in page.inner_text("main")
