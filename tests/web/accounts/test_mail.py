"""Log-in mail: who gets what in which language, and that its secrets go once it is sent."""

from __future__ import annotations

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.test import Client

from keino.web.base.mail_sending import send_due
from keino.web.base.mail_text import written
from keino.web.base.models import Mail
from tests.factories.accounts import PASSWORD, an_account, ask_for_link, mailed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def test_log_in_mail_holds_link_and_code_until_it_is_sent() -> None:
    ask_for_link(Client(), an_account("aino@town.example").email)
    values = mailed("log_in")
    link, code = values["_secret_link"], values["_secret_code"]
    send_due()
    sent = outbox.outbox[-1]
    assert sent.to == ["aino@town.example"]
    assert link in sent.body
    assert code in sent.body
    kept = str(Mail.objects.get().values)
    assert link not in kept
    assert code not in kept


def test_mail_speaks_the_persons_language() -> None:
    ask_for_link(Client(), an_account(language="sv").email)
    assert Mail.objects.get().language == "sv"


def test_mail_to_an_unknown_address_speaks_the_pages_language() -> None:
    Client().post("/account/login/?language=en", {"login": "nobody@town.example"})
    letter = Mail.objects.get()
    assert (letter.language, letter.person_id, letter.address) == ("en", None, "nobody@town.example")
    assert "nobody@town.example" in written(letter).text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_mail_can_be_written(language: str) -> None:
    known = an_account(language=language, password=PASSWORD)
    browser = Client(headers={"accept-language": language})
    ask_for_link(browser, known.email)
    ask_for_link(Client(), f"nobody-{language}@town.example")
    Client().post("/account/signup/", {"email": known.email})
    Client().post("/account/signup/", {"email": f"new-{language}@town.example"})
    Client().post("/account/password/reset/", {"email": known.email})
    browser.force_login(known)
    new = "another-horse-staple"
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    names = {letter.template.split("/")[-1] for letter in Mail.objects.all()}
    assert names == {
        "log_in.txt",
        "no_account.txt",
        "account_exists.txt",
        "confirm_address.txt",
        "reset_password.txt",
        "account_changed.txt",
    }
    for letter in Mail.objects.all():
        text = written(letter)
        assert text.subject
        assert "{" not in text.text
        assert len(text.text) > 150


def test_reset_link_in_the_mail_sets_a_new_password() -> None:
    person = an_account(password=PASSWORD)
    Client().post("/account/password/reset/", {"email": person.email})
    path = mailed("reset_password")["_secret_link"].partition("//")[2].partition("/")[2]
    client = Client()
    form = client.get(f"/{path}", follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "a-third-long-one", "password2": "a-third-long-one"})
    person.refresh_from_db()
    assert person.check_password("a-third-long-one")


def test_reset_for_an_unknown_address_says_the_same() -> None:
    known = an_account(password=PASSWORD)
    answers = [Client().post("/account/password/reset/", {"email": e}) for e in (known.email, "no@town.example")]
    assert len({(a.status_code, a["Location"]) for a in answers}) == 1
