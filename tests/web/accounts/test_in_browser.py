"""Log-in and one's own account in a real browser, under our own policy of what a page may do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.core.cache import cache
from oidc_provider_mock import run_server_in_thread

from keino.web.base.models import Person
from tests.factories.accounts import a_provider, a_token, an_account, ask_for_link, mailed, mailed_link
from tests.web.browser import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Any]


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


def ask(page: Any, address: str) -> None:
    page.locator("input[name=login]").fill(address)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("javascript", [True, False])
def test_code_from_the_mail_logs_in(open_page: OpenPage, javascript: bool) -> None:
    person = an_account("aino@town.example")
    page = open_page("/account/login/?next=/me/", javascript=javascript, width=320)
    ask(page, person.email)
    assert axe_violations(page) == []
    page.locator("input[name=code]").fill(mailed("log_in")["_secret_code"])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/me/$"))
    assert "aino@town.example" in page.locator("main").inner_text()


def test_link_from_the_mail_logs_in_on_a_phone(open_page: OpenPage) -> None:
    from django.test import Client

    person = an_account("eero@town.example", language="sv")
    ask_for_link(Client(), person.email, next="/me/sessions/")
    page = open_page(mailed_link(), width=320, javascript=False)
    assert axe_violations(page) == []
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/me/sessions/$"))
    assert page.locator("html").get_attribute("lang") == "sv"
    again = open_page(mailed_link(), width=320, javascript=False)
    assert axe_violations(again) == []
    assert again.locator("main form input[name=csrfmiddlewaretoken]").count() == 0


@pytest.mark.parametrize("is_required", [True, False])
def test_organisations_own_log_in_works_under_our_policy(
    open_page: OpenPage, issuer: str, settings: Any, is_required: bool
) -> None:
    settings.OIDC_MAY_BE_LOCAL = True
    a_provider(issuer, is_required=is_required)
    httpx.put(f"{issuer}/users/s-1", json={"email": "oidc@town.example", "email_verified": True, "name": "Oidc"})
    page = open_page("/account/login/?next=/me/")
    ask(page, "oidc@town.example")
    if not is_required:
        assert axe_violations(page) == []
        page.locator("main a[href*='/account/oidc/town/login/']").click()
    page.wait_for_url(re.compile(re.escape(issuer)))
    page.locator("input[name=sub]").first.fill("s-1")
    page.locator("form button[type=submit], form input[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/me/$"))
    assert "oidc@town.example" in page.locator("main").inner_text()
    assert Person.objects.get(email="oidc@town.example").name == "Oidc"


@pytest.mark.parametrize("path", ["/me/", "/me/log-in/", "/me/sessions/", "/me/tokens/", "/me/erase/"])
def test_own_pages_have_no_barriers_with_much_in_them(open_page: OpenPage, path: str) -> None:
    person = an_account("a.very.long.address.of.somebody@procurement.of.the.town.example", name="Nimi " * 20)
    for number in range(3):
        a_token(person, name=f"Hankintatietojärjestelmänkuukausisiirto {number} <b>")
    page = open_page(path, person=person, width=320, javascript=False)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.complaints == []


def test_new_token_is_shown_and_its_page_has_no_barriers(open_page: OpenPage) -> None:
    page = open_page("/me/tokens/", person=an_account(), width=320, javascript=False)
    page.locator("input[name=name]").fill("Calendar")
    page.locator("form:has(input[name=name]) button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("main code", has_text="keino_").count() >= 1
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_second_factor_is_set_up_under_our_policy(open_page: OpenPage) -> None:
    page = open_page("/me/", person=an_account(is_staff=True), width=320, javascript=False)
    assert page.url.endswith("/account/second-factor/")
    assert axe_violations(page) == []
    page.locator("main a[href='/account/2fa/totp/activate/']").click()
    page.wait_for_load_state()
    assert axe_violations(page) == []
    shown = page.locator("main img").first.evaluate("image => image.naturalWidth")
    assert shown > 50
    assert page.complaints == []
