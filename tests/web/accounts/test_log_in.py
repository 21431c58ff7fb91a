"""Logging in by mailed link, by mailed code and by password; what must not let anybody in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from keino.web.accounts.models import LogInLink
from keino.web.base.models import Mail, Person
from tests.factories.accounts import PASSWORD, a_provider, an_account, ask_for_link, is_in, mailed, mailed_link
from tests.factories.web import a_person, a_role, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def test_link_logs_in_after_its_button_only() -> None:
    person = an_account("aino@town.example")
    ask_for_link(Client(), person.email)
    phone = Client()
    opened = phone.get(mailed_link())
    assert (opened.status_code, is_in(phone)) == (200, False)
    assert "aino@town.example" in opened.content.decode()
    pressed = phone.post(mailed_link())
    assert (pressed.status_code, pressed["Location"], is_in(phone)) == (302, "/home/", True)


def test_link_works_once() -> None:
    ask_for_link(Client(), an_account().email)
    link = mailed_link()
    assert is_in(_pressed(link))
    second = Client()
    assert (second.post(link).status_code, second.get(link).status_code, is_in(second)) == (410, 410, False)


def _pressed(link: str) -> Client:
    client = Client()
    client.post(link)
    return client


def test_link_is_not_used_up_by_a_mail_scanner() -> None:
    ask_for_link(Client(), an_account().email)
    for _ in range(3):
        Client().get(mailed_link())
        Client().head(mailed_link())
    assert is_in(_pressed(mailed_link()))


def test_expired_link_is_refused() -> None:
    ask_for_link(Client(), an_account().email)
    LogInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client = Client()
    assert (client.get(mailed_link()).status_code, client.post(mailed_link()).status_code) == (410, 410)
    assert not is_in(client)


def test_invented_link_is_refused() -> None:
    ask_for_link(Client(), an_account().email)
    client = Client()
    assert client.post("/account/link/" + "x" * 43 + "/").status_code == 410
    assert not is_in(client)


def test_a_newer_mail_makes_the_older_link_useless() -> None:
    person = an_account()
    ask_for_link(Client(), person.email)
    older = mailed_link()
    ask_for_link(Client(), person.email)
    assert mailed_link() != older
    assert not is_in(_pressed(older))
    assert is_in(_pressed(mailed_link()))


def test_code_logs_in_the_browser_that_asked() -> None:
    client = Client()
    person = an_account()
    asked = ask_for_link(client, person.email)
    assert asked["Location"] == "/account/login/code/confirm/"
    client.post("/account/login/code/confirm/", {"code": mailed("log_in")["_secret_code"]})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_code_is_useless_in_another_browser() -> None:
    ask_for_link(Client(), an_account().email)
    stranger = Client()
    stranger.post("/account/login/code/confirm/", {"code": mailed("log_in")["_secret_code"]})
    assert not is_in(stranger)


def test_code_can_not_be_replayed() -> None:
    client = Client()
    ask_for_link(client, an_account().email)
    code = mailed("log_in")["_secret_code"]
    before = dict(client.session)
    client.post("/account/login/code/confirm/", {"code": code})
    assert is_in(client)
    client.post("/account/logout/")
    thief = Client()  # has a copy of the half-open session
    session = thief.session
    session.update(before)
    session.save()
    thief.cookies["sessionid"] = session.session_key
    thief.post("/account/login/code/confirm/", {"code": code})
    assert not is_in(thief)


def test_using_the_link_uses_up_the_code() -> None:
    client = Client()
    ask_for_link(client, an_account().email)
    code = mailed("log_in")["_secret_code"]
    assert is_in(_pressed(mailed_link()))
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_in(client)


def test_using_the_code_uses_up_the_link() -> None:
    client = Client()
    ask_for_link(client, an_account().email)
    client.post("/account/login/code/confirm/", {"code": mailed("log_in")["_secret_code"]})
    assert is_in(client)
    assert not is_in(_pressed(mailed_link()))


def test_three_wrong_codes_end_the_try() -> None:
    client = Client()
    ask_for_link(client, an_account().email)
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "BCDF-GHJK"})
    client.post("/account/login/code/confirm/", {"code": mailed("log_in")["_secret_code"]})
    assert not is_in(client)


def test_link_and_code_are_not_stored() -> None:
    ask_for_link(Client(), an_account().email)
    link, code = mailed_link(), mailed("log_in")["_secret_code"]
    row = LogInLink.objects.values().get()
    kept = " ".join(str(value) for value in row.values()).lower()
    assert link.split("/")[-2].lower() not in kept
    assert code.replace("-", "").lower() not in kept


def test_unknown_address_gets_the_same_answer_as_a_known_one() -> None:
    known, unknown = Client(), Client()
    answers = [ask_for_link(known, an_account().email), ask_for_link(unknown, "nobody@town.example")]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, "/account/login/code/confirm/")}
    pages = [client.get("/account/login/code/confirm/").content.decode() for client in (known, unknown)]
    assert _masked(pages[0]) == _masked(pages[1])
    assert Mail.objects.latest("pk").template == "accounts/mail/no_account.txt"


def _masked(page: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    return re.sub(r"\S+@\S+", "ADDRESS", page)


def test_signing_up_with_a_known_address_answers_as_with_a_new_one() -> None:
    known = an_account()
    answers = [Client().post("/account/signup/", {"email": email}) for email in (known.email, "new@town.example")]
    assert len({(a.status_code, a["Location"]) for a in answers}) == 1
    assert Mail.objects.filter(template="accounts/mail/account_exists.txt", address=known.email).count() == 1


def test_signing_up_confirms_the_address_by_code_and_logs_in() -> None:
    client = Client()
    client.post("/account/signup/?language=sv", {"email": "New.Person@Town.example", "name": "New Person"})
    person = Person.objects.get(email="new.person@town.example")
    assert (person.name, person.language, is_in(client)) == ("New Person", "sv", False)
    client.post("/account/confirm-email/", {"code": mailed("confirm_address")["_secret_code"]})
    assert is_in(client)
    assert EmailAddress.objects.get(user=person).verified


def test_unverified_address_is_not_let_in_by_password() -> None:
    person = an_account(confirmed=False, password=PASSWORD)
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert not is_in(client)


def test_password_logs_in_and_a_wrong_one_does_not() -> None:
    person = an_account(password=PASSWORD)
    wrong, right = Client(), Client()
    answer = wrong.post("/account/login/", {"login": person.email, "password": PASSWORD + "!"})
    right.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert (answer.status_code, is_in(wrong), is_in(right)) == (200, False, True)


def test_guessing_passwords_is_stopped() -> None:
    person = an_account(password=PASSWORD)
    client = Client()
    for _ in range(6):
        client.post("/account/login/", {"login": person.email, "password": "wrong-wrong-wrong"})
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert not is_in(client)


def test_asking_for_mail_is_limited() -> None:
    person = an_account()
    for _ in range(6):
        ask_for_link(Client(), person.email)
    assert Mail.objects.filter(address=person.email).count() == 3


def test_too_many_tries_get_a_page_that_says_so() -> None:
    client = Client()
    answers = [client.post("/account/link/" + "x" * 43 + "/") for _ in range(31)]
    assert [answer.status_code for answer in answers] == [410] * 30 + [429]
    assert answers[-1].templates[0].name == "429.html"


@pytest.mark.parametrize("length", [11, 12])
def test_password_has_twelve_characters(length: int) -> None:
    person = an_account()
    client = Client()
    client.force_login(person)
    password = "kq7#vbz!2mxw9"[:length]
    client.post("/account/password/set/", {"password1": password, "password2": password})
    person.refresh_from_db()
    assert person.has_usable_password() is (length == 12)


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]
)
def test_log_in_never_leads_off_the_site(bad: str) -> None:
    person = an_account(password=PASSWORD)
    client = Client()
    answer = client.post("/account/login/", {"login": person.email, "password": PASSWORD, "next": bad})
    assert (answer.status_code, answer["Location"]) == (302, "/home/")
    other = an_account()
    ask_for_link(Client(), other.email, next=bad)
    assert Client().post(mailed_link())["Location"] == "/home/"


def test_link_goes_on_to_the_page_that_was_wanted() -> None:
    ask_for_link(Client(), an_account().email, next="/me/tokens/")
    assert Client().post(mailed_link())["Location"] == "/me/tokens/"


def test_log_in_changes_the_session_key_and_sets_the_persons_language() -> None:
    client = Client()
    client.get("/account/login/")
    ask_for_link(client, an_account(language="sv").email)
    before = client.session.session_key
    answer = client.post("/account/login/code/confirm/", {"code": mailed("log_in")["_secret_code"]})
    assert client.session.session_key != before
    assert answer.cookies["keino_language"].value == "sv"


def test_person_without_a_confirmed_row_is_confirmed_by_the_link() -> None:
    person = a_person()
    ask_for_link(Client(), person.email)
    assert is_in(_pressed(mailed_link()))
    assert EmailAddress.objects.get(user=person).verified


def test_a_link_while_somebody_else_is_logged_in_changes_to_its_person() -> None:
    other, person = an_account(), an_account()
    ask_for_link(Client(), person.email)
    client = Client()
    client.force_login(other)
    client.post(mailed_link())
    assert client.session["_auth_user_id"] == str(person.pk)


def test_inactive_person_is_not_let_in() -> None:
    person = an_account()
    ask_for_link(Client(), person.email)
    person.is_active = False
    person.save()
    assert not is_in(_pressed(mailed_link()))


def test_new_address_counts_when_it_is_confirmed_and_not_before() -> None:
    person = an_account("old@town.example")
    client = Client()
    client.force_login(person)
    client.post("/account/email/", {"action_add": "", "email": "New@town.example"})
    person.refresh_from_db()
    assert person.email == "old@town.example"
    assert Mail.objects.latest("pk").address == "new@town.example"
    client.post("/account/confirm-email/", {"code": mailed("confirm_address")["_secret_code"]})
    person.refresh_from_db()
    assert person.email == "new@town.example"
    assert list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)) == ["new@town.example"]


def test_address_of_somebody_else_can_not_be_taken() -> None:
    other, person = an_account("other@town.example"), an_account("me@town.example")
    client = Client()
    client.force_login(person)
    client.post("/account/email/", {"action_add": "", "email": other.email})
    client.post("/account/confirm-email/", {"code": mailed("confirm_address")["_secret_code"]})  # even with the code
    person.refresh_from_db()
    assert person.email == "me@town.example"


def test_organisation_without_passwords_takes_none() -> None:
    person = an_account(password=PASSWORD)
    town = an_organisation(login_method="link")
    a_role(person, "member", town)
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert not is_in(client)
    ask_for_link(client, person.email)
    assert is_in(_pressed(mailed_link()))
    town.login_method = "any"
    town.save()
    other = Client()
    other.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert is_in(other)


def test_organisation_that_wants_its_own_log_in_gets_it_where_it_has_one() -> None:
    person = an_account("aino@town.example")
    a_role(person, "member", an_organisation(login_method="oidc"))
    ask_for_link(Client(), person.email)
    without = mailed_link()
    assert is_in(_pressed(without))
    ask_for_link(Client(), person.email)
    a_provider()
    client = Client()
    assert client.post(mailed_link())["Location"].startswith("/account/organisation/town/")
    assert not is_in(client)
