"""An organisation's own log-in, against a real OpenID provider that runs beside the test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from keino.web.accounts import services
from keino.web.accounts.models import LogInProvider
from keino.web.accounts.oidc.issuer import described_by
from keino.web.base.models import Mail, Person
from tests.factories.accounts import (
    PASSWORD,
    a_provider,
    an_account,
    ask_for_link,
    is_in,
    mailed_link,
    with_second_factor,
)
from tests.factories.web import a_person

pytestmark = pytest.mark.django_db

LOGIN = "/account/oidc/town/login/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def local_issuers(settings: Any) -> None:
    settings.OIDC_MAY_BE_LOCAL = True
    cache.clear()


def told(issuer: str, subject: str, **claims: Any) -> None:
    """What the provider says of one of its people."""
    httpx.put(f"{issuer}/users/{subject}", json=claims).raise_for_status()


def sent_to(client: Client, path: str = LOGIN) -> str:
    """Where the site sends the person."""
    answer = client.get(path)
    assert answer.status_code == 302
    return answer["Location"]


def signed_in_there(url: str, subject: str) -> str:
    """The person signs in at the provider, which sends them back: the path of the callback."""
    answer = httpx.post(url, data={"sub": subject})
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    assert back.path == "/account/oidc/town/login/callback/"
    return f"{back.path}?{back.query}"


def logged_in(client: Client, subject: str) -> Any:
    """The whole dance."""
    return client.get(signed_in_there(sent_to(client), subject))


# ---- who is let in


def test_typed_address_leads_to_the_organisations_log_in(issuer: str) -> None:
    a_provider(issuer, is_required=True)
    client = Client()
    asked = ask_for_link(client, "aino@town.example", next="/me/tokens/")
    assert asked["Location"] == "/account/organisation/town/?next=%2Fme%2Ftokens%2F"
    page = client.get(asked["Location"])
    assert page["Refresh"] == f"0; url={LOGIN}?next=%2Fme%2Ftokens%2F"
    assert Mail.objects.count() == 0


def test_new_person_gets_an_account_with_the_name_their_organisation_knows(issuer: str) -> None:
    a_provider(issuer)
    told(issuer, "s-1", email="Aino@town.example", email_verified=True, name="Aino Example")
    client = Client()
    answer = logged_in(client, "s-1")
    assert (answer.status_code, answer["Location"]) == (302, "/home/")
    person = Person.objects.get(email="aino@town.example")
    assert (person.name, client.session["_auth_user_id"]) == ("Aino Example", str(person.pk))
    assert EmailAddress.objects.get(user=person).verified


def test_known_person_is_found_by_address_once_and_by_subject_then(issuer: str) -> None:
    a_provider(issuer)
    person = an_account("eero@town.example")
    told(issuer, "s-2", email="eero@town.example", email_verified=True)
    logged_in(Client(), "s-2")
    assert SocialAccount.objects.get(user=person).uid == "s-2"
    told(issuer, "s-2", email="eero.new-name@town.example", email_verified=True)
    client = Client()
    logged_in(client, "s-2")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Person.objects.filter(email__endswith="town.example").count() == 1


def test_log_in_goes_on_to_the_page_that_was_wanted_and_never_off_the_site(issuer: str) -> None:
    a_provider(issuer)
    told(issuer, "s-3", email="a@town.example", email_verified=True)
    found = {}
    for wanted in ("/me/tokens/", "https://evil.example/", "//evil.example"):
        client = Client()
        found[wanted] = client.get(signed_in_there(sent_to(client, f"{LOGIN}?next={wanted}"), "s-3"))["Location"]
    assert found == {"/me/tokens/": "/me/tokens/", "https://evil.example/": "/home/", "//evil.example": "/home/"}


def test_second_factor_is_still_asked(issuer: str) -> None:
    a_provider(issuer)
    with_second_factor(an_account("staff@town.example", is_staff=True))
    told(issuer, "s-4", email="staff@town.example", email_verified=True)
    client = Client()
    assert logged_in(client, "s-4")["Location"] == "/account/2fa/authenticate/"
    assert not is_in(client)


def test_entra_style_answer_without_the_claim_counts_only_where_set_up_so(issuer: str) -> None:
    told(issuer, "s-5", email="entra@town.example")
    a_provider(issuer, vouches_without_claim=False)
    refused, let_in = Client(), Client()
    logged_in(refused, "s-5")
    a_provider(issuer, vouches_without_claim=True)
    logged_in(let_in, "s-5")
    assert (is_in(refused), is_in(let_in)) == (False, True)


# ---- attacks


def test_unverified_address_does_not_open_an_account(issuer: str) -> None:
    a_provider(issuer, vouches_without_claim=True)
    an_account("boss@town.example")
    told(issuer, "attacker", email="boss@town.example", email_verified=False)
    client = Client()
    answer = logged_in(client, "attacker")
    assert (answer["Location"], is_in(client), SocialAccount.objects.count()) == ("/account/login/", False, 0)


@pytest.mark.parametrize(
    "address", ["mayor@city.example", "boss@town.example.evil.example", "boss@sub.town.example", "x@xtown.example"]
)
def test_address_of_a_foreign_domain_does_not_open_an_account(issuer: str, address: str) -> None:
    a_provider(issuer, vouches_without_claim=True)
    an_account(address)
    told(issuer, "attacker-2", email=address, email_verified=True)
    client = Client()
    logged_in(client, "attacker-2")
    assert (is_in(client), SocialAccount.objects.count()) == (False, 0)


def test_new_account_of_a_foreign_domain_is_not_made(issuer: str) -> None:
    a_provider(issuer)
    told(issuer, "attacker-3", email="somebody@city.example", email_verified=True)
    client = Client()
    logged_in(client, "attacker-3")
    assert (is_in(client), Person.objects.filter(email="somebody@city.example").exists()) == (False, False)


def test_wrong_state_is_refused(issuer: str) -> None:
    a_provider(issuer)
    told(issuer, "s-6", email="state@town.example", email_verified=True)
    victim, attacker = Client(), Client()
    sent_to(victim)
    victim.get(signed_in_there(sent_to(attacker), "s-6"))  # the attacker's own answer, slipped to the victim
    assert not is_in(victim)


def test_missing_state_is_refused(issuer: str) -> None:
    a_provider(issuer)
    told(issuer, "s-7", email="state2@town.example", email_verified=True)
    client = Client()
    back = signed_in_there(sent_to(client), "s-7")
    client.get(re.sub(r"state=[^&]*&?", "", back))
    assert not is_in(client)


def test_wrong_nonce_is_refused(issuer: str) -> None:
    a_provider(issuer)
    told(issuer, "s-8", email="nonce@town.example", email_verified=True)
    client = Client()
    url = sent_to(client)
    nonce = parse_qs(urlsplit(url).query)["nonce"][0]
    client.get(signed_in_there(url.replace(nonce, "another-nonce"), "s-8"))
    assert not is_in(client)
    logged_in(client, "s-8")  # the same person with the right nonce
    assert is_in(client)


def test_replayed_code_is_refused(issuer: str) -> None:
    a_provider(issuer)
    told(issuer, "s-9", email="replay@town.example", email_verified=True)
    client = Client()
    back = signed_in_there(sent_to(client), "s-9")
    client.get(back)
    assert is_in(client)
    client.post("/account/logout/")
    client.get(back)
    assert not is_in(client)


def test_code_of_another_log_in_is_refused(issuer: str) -> None:
    """A stolen code with one's own state: PKCE and nonce bind the code to the browser that asked."""
    a_provider(issuer)
    told(issuer, "victim", email="victim@town.example", email_verified=True)
    told(issuer, "thief", email="thief@town.example", email_verified=True)
    stolen = parse_qs(urlsplit(signed_in_there(sent_to(Client()), "victim")).query)["code"][0]
    thief = Client()
    own = signed_in_there(sent_to(thief), "thief")
    thief.get(re.sub(r"code=[^&]*", f"code={stolen}", own))
    assert not is_in(thief)


def test_nobody_is_connected_to_who_happens_to_be_logged_in(issuer: str) -> None:
    a_provider(issuer)
    victim = an_account("victim2@city.example")
    told(issuer, "attacker-4", email="attacker@town.example", email_verified=True)
    client = Client()
    client.force_login(victim)
    client.get(signed_in_there(sent_to(client, f"{LOGIN}?process=connect"), "attacker-4"))
    assert not SocialAccount.objects.filter(user=victim).exists()


def test_page_address_can_not_add_to_what_is_asked_of_the_provider(issuer: str) -> None:
    a_provider(issuer)
    url = sent_to(Client(), f"{LOGIN}?scope=offline_access&auth_params=redirect_uri%3Dhttps://evil.example%26nonce%3Dx")
    asked = parse_qs(urlsplit(url).query)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["redirect_uri"] == ["http://testserver/account/oidc/town/login/callback/"]
    assert asked["nonce"] != ["x"]
    assert asked["code_challenge_method"] == ["S256"]


def test_subject_that_is_a_personal_identity_code_is_turned_away(issuer: str) -> None:
    a_provider(issuer)
    told(issuer, "131052-308T", email="hetu@town.example", email_verified=True)
    client = Client()
    logged_in(client, "131052-308T")
    assert (is_in(client), Person.objects.filter(email="hetu@town.example").exists()) == (False, False)


def test_only_what_is_needed_is_kept_of_the_answer(issuer: str) -> None:
    a_provider(issuer)
    told(
        issuer,
        "s-10",
        email="kept@town.example",
        email_verified=True,
        name="Kept",
        groups=["payroll"],
        national_id="131052-308T",
    )
    logged_in(Client(), "s-10")
    kept = SocialAccount.objects.get(uid="s-10").extra_data
    assert kept == {"userinfo": {"sub": "s-10", "email": "kept@town.example", "email_verified": True, "name": "Kept"}}


TRUE = {
    "issuer": "https://login.town.example",
    "authorization_endpoint": "https://login.town.example/authorize",
    "token_endpoint": "https://login.town.example/token",
    "jwks_uri": "https://login.town.example/keys",
}


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://login.town.example/token"},
        {"jwks_uri": "https://10.0.0.1/keys"},
        {"userinfo_endpoint": "https://localhost.localhost/"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_issuer_that_describes_itself_wrongly_is_not_called(lie: dict[str, str], settings: Any) -> None:
    settings.OIDC_MAY_BE_LOCAL = False
    assert described_by(TRUE, "https://login.town.example") == TRUE
    with pytest.raises(OAuth2Error):
        described_by(TRUE | lie, "https://login.town.example")


def test_issuer_that_does_not_answer_is_said_and_nothing_breaks(issuer: str) -> None:
    a_provider(issuer)
    LogInProvider.objects.update(issuer=f"{issuer}/nowhere")
    client = Client()
    answer = client.get(LOGIN, follow=True)
    assert answer.redirect_chain == [("/account/login/", 302)]
    assert len(list(answer.context["messages"])) == 1


def test_unknown_or_switched_off_log_in_is_not_found(issuer: str) -> None:
    provider = a_provider(issuer)
    assert Client().get("/account/oidc/nobody/login/").status_code == 404
    LogInProvider.objects.filter(pk=provider.pk).update(is_active=False)
    assert Client().get(LOGIN).status_code == 404
    assert Client().get("/account/organisation/town/").status_code == 404


# ---- where it is required


def test_required_log_in_shuts_the_other_ways(issuer: str) -> None:
    person = an_account("only@town.example", password=PASSWORD)
    ask_for_link(Client(), person.email)
    link = mailed_link()
    a_provider(issuer, is_required=True)
    by_password, by_link, by_mail = Client(), Client(), Client()
    assert by_password.post("/account/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    assert by_link.post(link)["Location"] == "/account/organisation/town/"
    assert by_mail.post("/account/login/code/", {"email": person.email}).status_code == 200
    assert not any(is_in(client) for client in (by_password, by_link, by_mail))
    told(issuer, "s-12", email="only@town.example", email_verified=True)
    client = Client()
    logged_in(client, "s-12")
    assert is_in(client)


def test_offered_log_in_leaves_the_mail_open(issuer: str) -> None:
    person = an_account("both@town.example")
    a_provider(issuer)
    client = Client()
    asked = ask_for_link(client, person.email)
    page = client.get(asked["Location"])
    assert "Refresh" not in page
    assert "/account/login/code/" in page.content.decode()
    client.post("/account/login/code/", {"email": person.email})
    assert is_in_by(mailed_link())


def is_in_by(link: str) -> bool:
    client = Client()
    client.post(link)
    return is_in(client)


def test_person_of_a_required_domain_does_not_leave_it_by_changing_the_address(issuer: str) -> None:
    person = an_account("stays@town.example")
    a_provider(issuer, is_required=True)
    client = Client()
    client.force_login(person)
    client.post("/account/email/", {"action_add": "", "email": "private@city.example"})
    assert list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)) == ["stays@town.example"]


def test_another_issuer_cuts_the_old_connections(issuer: str) -> None:
    provider = a_provider(issuer)
    told(issuer, "s-13", email="cut@town.example", email_verified=True)
    logged_in(Client(), "s-13")
    assert SocialAccount.objects.filter(provider="town").count() == 1
    services.set_provider(
        provider_id="town",
        name=provider.name,
        issuer="https://elsewhere.example",
        client_id="keino",
        secret=None,
        domains=["town.example"],
        by=a_person(),
    )
    assert SocialAccount.objects.filter(provider="town").count() == 0
