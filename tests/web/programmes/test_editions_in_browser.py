"""The call and the desk of programmes in a browser: no barriers, no scripts needed, a date changed after a look."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from keino.web.programmes.models import Edition
from keino.web.programmes.services.editions import create_edition
from keino.web.programmes.services.states import move_edition
from tests.factories.accounts import with_second_factor
from tests.factories.programmes import named_in
from tests.factories.web import an_organisation, someone_who_is
from tests.web.browser import axe_violations, scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Any]


def _whole() -> tuple[Any, Edition, Edition]:
    """A coordinator, an open call and a draft, both made from the circular academy."""
    centre = an_organisation("Osaamiskeskus", kind="competence_centre")
    by = with_second_factor(someone_who_is("coordinator", centre))
    made = [
        create_edition(
            organisation=centre,
            template="circular-2023",
            first_day=timezone.localdate() + dt.timedelta(weeks=20),
            by=by,
            contact_email="akatemia@keino.example",
            slug=slug,
        )
        for slug in ("avoin", "luonnos")
    ]
    return by, move_edition(made[0], to="open", by=by), made[1]


def _look(page: Any, name: str, width: int) -> None:
    if folder := os.environ.get("KEINO_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    assert not scrolls_sideways(page), name
    assert axe_violations(page) == [], name


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_programmes_have_no_barriers(open_page: OpenPage, width: int) -> None:
    by, _opened, draft = _whole()
    for name, address in (
        ("front", "/programmes/"),
        ("call", "/programmes/avoin/"),
        ("history", "/programmes/history/"),
    ):
        _look(open_page(address, language="fi", width=width, javascript=False), name, width)
    desk = "/desk/programmes/"
    date = draft.dates.get(kind="kick_off").public_id
    for name, address in (
        ("desk", desk),
        ("new", f"{desk}new/"),
        ("new-from", f"{desk}new/circular-2023/"),
        ("edition", f"{desk}luonnos/"),
        ("texts", f"{desk}luonnos/texts/sv/"),
        ("settings", f"{desk}luonnos/settings/"),
        ("people", f"{desk}luonnos/people/"),
        ("dates", f"{desk}luonnos/dates/"),
        ("all-dates", f"{desk}luonnos/dates/change/"),
        ("date", f"{desk}luonnos/dates/{date}/"),
        ("kind", f"{desk}luonnos/dates/new/"),
        ("criterion", f"{desk}luonnos/parts/criteria/capacity/"),
        ("eligibility", f"{desk}luonnos/parts/eligibility/kind/"),
        ("publish", f"{desk}luonnos/move/published/"),
    ):
        _look(open_page(address, person=by, language="fi", width=width, javascript=False), name, width)


def test_a_date_is_changed_after_a_look_at_whom_it_tells(open_page: OpenPage) -> None:
    by, opened, _draft = _whole()
    reviewer = named_in(opened)
    kick_off = opened.dates.get(kind="kick_off")
    page = open_page(f"/desk/programmes/avoin/dates/{kick_off.public_id}/", person=by, language="en", javascript=False)
    day = timezone.localtime(kick_off.starts_at).date() + dt.timedelta(days=1)
    page.locator("#id_day").fill(day.isoformat())
    page.locator("form[novalidate] button[type=submit]").click()
    assert str(reviewer) in page.locator("main").inner_text()
    _look(page, "preview", 1280)
    page.get_by_role("button", name="Save and tell them").click()
    page.wait_for_url("**/desk/programmes/avoin/dates/")
    kick_off.refresh_from_db()
    assert timezone.localtime(kick_off.starts_at).date() == day
