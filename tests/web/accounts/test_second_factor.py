"""A second factor for staff and the centre: nothing else opens before it is set up."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from keino.web.accounts import second_factor
from keino.web.base.models import Person
from tests.factories.accounts import PASSWORD, an_account, ask_for_link, is_in, mailed_link, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def in_as(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("page", ["/", "/me/", "/me/tokens/", "/me/data/", "/home/"])
def test_staff_without_second_factor_open_nothing_but_its_set_up(page: str) -> None:
    answer = in_as(an_account(is_staff=True)).get(page)
    assert (answer.status_code, answer["Location"]) == (302, "/account/second-factor/")


@pytest.mark.parametrize("page", ["/me/tokens/", "/me/erase/", "/me/"])
def test_staff_without_second_factor_change_nothing(page: str) -> None:
    person = an_account(is_staff=True)
    data = {"name": "X", "language": "sv", "digest": "never", "scope": "write", "days": "30", "email": person.email}
    assert in_as(person).post(page, data)["Location"] == "/account/second-factor/"
    person.refresh_from_db()
    assert (person.name == "X", person.api_tokens.count(), person.erased_at) == (False, 0, None)


def test_others_need_none() -> None:
    assert in_as(an_account()).get("/me/").status_code == 200


def test_an_app_to_the_right_adds_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_factor, "_REASONS", list(second_factor._REASONS))
    second_factor.required_when(lambda person: person.name == "Expert of the centre")
    expert, member = an_account(name="Expert of the centre"), an_account(name="Member")
    assert in_as(expert).get("/me/").status_code == 302
    assert in_as(member).get("/me/").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth tells of it after the commit
def test_set_up_from_the_first_log_in_to_the_open_page() -> None:
    person = an_account(is_staff=True)
    client = Client()
    ask_for_link(Client(), person.email)
    client.post(mailed_link())
    assert client.get("/account/second-factor/").status_code == 200
    page = client.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    before = client.session.session_key
    client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    assert client.session.session_key != before
    assert client.get("/me/").status_code == 200
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert client.get("/account/2fa/recovery-codes/").status_code == 200


def test_key_and_recovery_codes_are_encrypted() -> None:
    person = with_second_factor(an_account())
    row = Authenticator.objects.get(user=person, type="totp")
    assert re.fullmatch(r"gAAAA[\w=-]+", row.data["secret"])


def with_key(**fields: Any) -> tuple[Person, str]:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    person, secret = an_account(**fields), generate_totp_secret()
    TOTP.activate(person, secret)
    return person, secret


@pytest.mark.parametrize("way", ["link", "password"])
def test_log_in_asks_for_the_code_and_takes_it_once(way: str) -> None:
    person, secret = with_key(password=PASSWORD)
    client = Client()
    if way == "link":
        ask_for_link(Client(), person.email)
        answer = client.post(mailed_link())
    else:
        answer = client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert (answer["Location"], is_in(client)) == ("/account/2fa/authenticate/", False)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    code = code_for(secret)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert is_in(client)
    again = Client()
    again.post("/account/login/", {"login": person.email, "password": PASSWORD})
    again.post("/account/2fa/authenticate/", {"code": code})
    assert not is_in(again)


def test_who_needs_it_can_not_switch_it_off() -> None:
    person, secret = with_key(is_staff=True)
    client = in_as(person)
    client.post("/account/2fa/reauthenticate/", {"code": code_for(secret)})
    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_who_needs_none_switches_it_off() -> None:
    person, secret = with_key()
    client = in_as(person)
    client.post("/account/2fa/reauthenticate/", {"code": code_for(secret)})
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person, type="totp").exists()


def test_recovery_codes_alone_are_no_second_factor() -> None:
    person = an_account(is_staff=True)
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    assert second_factor.lacks_second_factor(person)
