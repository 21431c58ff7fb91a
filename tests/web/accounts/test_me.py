"""One's own account: name, sessions, tokens, data, erasure."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from keino.web.accounts import queries, services
from keino.web.accounts.devices import device_name
from keino.web.accounts.errors import ErasureBlocked
from keino.web.accounts.models import ApiToken
from keino.web.accounts.services import erasure
from keino.web.base import mail
from keino.web.base.audit import acting, trail_of
from keino.web.base.models import Mail, Person
from keino.web.base.owned import Owned
from keino.web.base.personal_data import registers
from tests.factories.accounts import PASSWORD, a_token, an_account, ask_for_link, is_in, mailed_link, with_second_factor
from tests.factories.web import a_role, an_organisation
from tests.web.accounts.nothing_left import assert_nothing_is_left

pytestmark = pytest.mark.django_db

PAGES = ("/me/", "/me/log-in/", "/me/sessions/", "/me/tokens/", "/me/data/", "/me/erase/")


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def in_as(person: Person) -> Client:
    """A browser in which the person logged in by mail."""
    client = Client()
    ask_for_link(Client(), person.email)
    client.post(mailed_link())
    cache.clear()
    assert is_in(client)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_page_is_for_who_is_logged_in(page: str) -> None:
    assert Client().get(page)["Location"].startswith("/account/login/?next=")
    client = Client()
    client.force_login(an_account())
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES[1:-2])
def test_page_shows_nothing_of_others(page: str) -> None:
    other = an_account("other.person@city.example", name="Other Person")
    a_token(other, name="Others token")
    in_as(other)
    client = Client()
    client.force_login(an_account())
    text = client.get(page).content.decode()
    assert not any(secret in text for secret in ("other.person", "Other Person", "Others token"))


# ---- name and language


def test_name_language_and_wishes_are_saved_and_the_language_counts_at_once() -> None:
    person = an_account()
    client = Client()
    client.force_login(person)
    answer = client.post("/me/", {"name": " Åsa  ", "language": "sv", "digest": "weekly"})
    person.refresh_from_db()
    assert (person.name, person.language, person.digest) == ("Åsa", "sv", "at_once")
    assert (answer["Location"], answer.cookies["keino_language"].value) == ("/me/", "sv")


def test_html_in_a_name_is_shown_as_typed() -> None:
    client = Client()
    client.force_login(an_account())
    client.post("/me/", {"name": "<b>Bold</b>", "language": "en"})
    text = client.get("/me/").content.decode()
    assert "<b>Bold</b>" not in text
    assert "&lt;b&gt;Bold" in text


def test_change_of_name_leaves_no_name_in_the_trail() -> None:
    person = an_account(name="Old Name")
    services.change_me(name="New Name", language="sv", by=person)
    changes = "".join(str(entry.changes) for entry in trail_of(person))
    assert "language" in changes
    assert "Name" not in changes


# ---- sessions


def test_sessions_are_listed_with_device_and_one_is_ended() -> None:
    person = an_account()
    here, there = in_as(person), Client(HTTP_USER_AGENT="Old phone")
    ask_for_link(Client(), person.email)
    there.post(mailed_link())
    page = here.get("/me/sessions/").content.decode()
    assert "Old phone" in page
    number = UserSession.objects.get(user_agent="Old phone").pk
    assert here.post(f"/me/sessions/{number}/end/").status_code == 302
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_nobody_ends_somebody_elses_session() -> None:
    victim = in_as(an_account())
    attacker = in_as(an_account())
    number = UserSession.objects.get(session_key=victim.session.session_key).pk
    assert attacker.post(f"/me/sessions/{number}/end/").status_code == 404
    assert victim.get("/me/").status_code == 200


def test_log_out_everywhere_but_here_and_everywhere() -> None:
    person = an_account()
    first, second = in_as(person), in_as(person)
    second.post("/me/sessions/end-others/")
    assert (first.get("/me/").status_code, second.get("/me/").status_code) == (302, 200)
    third = in_as(person)
    third.post("/me/sessions/end-all/")
    assert (second.get("/me/").status_code, third.get("/me/").status_code) == (302, 302)


def test_change_of_password_logs_the_other_sessions_out() -> None:
    person = an_account(password=PASSWORD)
    other = in_as(person)
    here = Client()
    here.post("/account/login/", {"login": person.email, "password": PASSWORD})
    new = "another-horse-staple"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (other.get("/me/").status_code, here.get("/me/").status_code) == (302, 200)


def test_last_seen_is_written_every_ten_minutes_only() -> None:
    client = in_as(an_account())
    client.get("/me/log-in/")
    before = UserSession.objects.get().last_seen_at
    client.get("/me/log-in/")
    assert UserSession.objects.get().last_seen_at == before
    session = client.session
    session["accounts_seen_at"] = int(timezone.now().timestamp()) - 601
    session.save()
    client.get("/me/log-in/")
    assert UserSession.objects.get().last_seen_at > before


# ---- tokens


def test_token_is_shown_once_and_kept_as_a_fingerprint() -> None:
    person = an_account()
    client = Client()
    client.force_login(person)
    page = client.post("/me/tokens/", {"name": "Upload", "scope": "write", "days": "30"}).content.decode()
    token = ApiToken.objects.get()
    raw = next(word for word in page.replace("<", " ").replace(">", " ").split() if word.startswith("keino_"))
    assert queries.person_of_token(raw) == person
    assert raw not in client.get("/me/tokens/").content.decode()
    assert raw not in str(list(ApiToken.objects.values()))
    assert (token.expires_at - timezone.now()).days in (29, 30)


def test_token_does_what_its_scope_says_until_it_expires_or_is_stopped() -> None:
    person = an_account()
    reads, raw_read = a_token(person)
    _, raw_write = a_token(person, scope="write")
    assert queries.person_of_token(raw_read, "read") == person
    assert queries.person_of_token(raw_read, "write") is None
    assert queries.person_of_token(raw_write, "write") == person
    assert queries.person_of_token(raw_write[:-1] + "x") is None
    assert queries.person_of_token("") is None
    services.revoke_token(reads, by=person)
    assert queries.person_of_token(raw_read) is None
    ApiToken.objects.update(expires_at=timezone.now())
    assert queries.person_of_token(raw_write) is None


def test_token_of_somebody_inactive_or_without_the_needed_second_factor_is_refused() -> None:
    person = an_account()
    _, raw = a_token(person)
    Person.objects.update(is_staff=True)
    assert queries.person_of_token(raw) is None
    with_second_factor(person)
    assert queries.person_of_token(raw) == person
    Person.objects.update(is_active=False)
    assert queries.person_of_token(raw) is None


def test_nobody_stops_somebody_elses_token() -> None:
    token, _ = a_token(an_account())
    client = Client()
    client.force_login(an_account())
    assert client.post(f"/me/tokens/{token.public_id}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.is_open


def test_use_of_a_token_is_noted_every_ten_minutes() -> None:
    token, _ = a_token(an_account())
    services.note_use(token)
    token.refresh_from_db()
    first = token.last_used_at
    services.note_use(token)
    token.refresh_from_db()
    assert first is not None
    assert token.last_used_at == first


@pytest.mark.parametrize("page", ["/me/tokens/", "/me/sessions/"])
def test_list_costs_the_same_for_one_and_three_rows(page: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person = an_account()
    client = in_as(person)
    a_token(person)
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    a_token(person)
    a_token(person)
    with CaptureQueriesContext(connection) as three:
        client.get(page)
    assert len(one) == len(three)


# ---- one's own data


def test_my_data_holds_every_register_and_no_secret() -> None:
    person = an_account("aino@town.example", name="Aino", password=PASSWORD)
    _, raw = a_token(person, name="Calendar")
    client = in_as(person)
    answer = client.get("/me/data/")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    data = json.loads(answer.content)["registers"]
    assert set(data) == {register.key for register in registers()}
    assert data["person"]["data"]["email"] == "aino@town.example"
    assert data["tokens"]["data"][0]["name"] == "Calendar"
    text = answer.content.decode()
    person.refresh_from_db()
    hidden = (raw, person.password, mailed_link(), client.session.session_key)
    assert not any(secret in text for secret in hidden)


def test_my_data_holds_nothing_of_others() -> None:
    other = an_account("secret.other@city.example", name="Secret Other")
    in_as(other)
    a_token(other, name="Others token")
    text = in_as(an_account()).get("/me/data/").content.decode()
    assert not any(found in text for found in ("secret.other", "Secret Other", "Others token"))


# ---- erasure


def test_erasing_takes_name_and_address_out_of_everything() -> None:
    person = an_account("maki.aino@town.example", name="Aino Mäki-Äijälä", password=PASSWORD)
    SocialAccount.objects.create(user=person, provider="town", uid="s", extra_data={"userinfo": {"name": person.name}})
    token, raw = a_token(person, name="Aino's upload")
    with acting(person, act="made"):
        services.add_person(email="colleague@town.example", name="Colleague")
    entry = LogEntry.objects.filter(actor=person).latest("pk")
    entry.changes = {"note": ["", f"asked by {person.name}, Ainola street"]}
    entry.serialized_data = {"who": person.email}
    entry.object_repr = f"{person.name}: member"
    entry.save()
    client = in_as(person)
    old = (person.email, person.name)
    answer = client.post("/me/erase/", {"email": "Maki.Aino@town.example"})
    assert (answer.status_code, answer["Location"], is_in(client)) == (302, "/", False)
    assert_nothing_is_left(old)
    person.refresh_from_db()
    entry.refresh_from_db()
    assert entry.actor_id == person.pk
    assert entry.changes["note"][1].endswith(", Ainola street")
    assert person.erased_at is not None
    assert not ApiToken.objects.filter(pk=token.pk).exists()
    assert queries.person_of_token(raw) is None


def test_erased_person_can_not_log_in_and_is_called_a_former_user() -> None:
    person = an_account("gone@town.example", password=PASSWORD)
    services.erase_person(person, by=person)
    person.refresh_from_db()
    client = Client()
    client.post("/account/login/", {"login": "gone@town.example", "password": PASSWORD})
    ask_for_link(Client(), "gone@town.example")
    assert not is_in(client)
    assert Mail.objects.latest("pk").template == "accounts/mail/no_account.txt"
    assert "gone" not in str(person)
    assert mail.send_later("accounts/mail/no_account.txt", to=person) is None
    assert an_account("gone@town.example").pk != person.pk  # the address is free again


def test_erasing_twice_is_harmless() -> None:
    person = an_account()
    services.erase_person(person, by=person)
    person.refresh_from_db()
    when = person.erased_at
    services.erase_person(person, by=person)
    person.refresh_from_db()
    assert person.erased_at == when


def test_erasing_asks_for_ones_own_address() -> None:
    person = an_account("me@town.example")
    client = in_as(person)
    assert client.post("/me/erase/", {"email": "you@town.example"}).status_code == 200
    person.refresh_from_db()
    assert person.erased_at is None


def test_what_needs_a_new_owner_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    person = an_account("sole@town.example")
    thing = Owned("organisation:1", "organisation", "City of Example", "/o/city/people/", lambda _to: None)
    monkeypatch.setattr(erasure, "_BLOCKERS", [lambda who: [thing] if who == person else []])
    client = in_as(person)
    page = client.get("/me/erase/").content.decode()
    assert "City of Example" in page
    assert 'name="email"' not in page
    assert client.post("/me/erase/", {"email": "sole@town.example"}).status_code == 409
    with pytest.raises(ErasureBlocked):
        services.erase_person(person, by=person)
    person.refresh_from_db()
    assert person.email == "sole@town.example"


def test_a_register_that_fails_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    def fail(_person: Person) -> None:
        raise RuntimeError

    broken = replace(registers()[-1], erase=fail)
    monkeypatch.setattr(erasure, "registers", lambda: (*registers(), broken))
    person = an_account()
    a_token(person)
    with pytest.raises(RuntimeError):
        services.erase_person(person, by=person)
    person.refresh_from_db()
    assert (person.erased_at, ApiToken.objects.count(), EmailAddress.objects.count()) == (None, 1, 1)


def test_opening_the_page_erases_nothing() -> None:
    person = an_account()
    in_as(person).get("/me/erase/", {"email": person.email})
    person.refresh_from_db()
    assert person.erased_at is None


def test_the_only_responsible_person_hands_over_first() -> None:
    person, colleague, city = an_account(), an_account(), an_organisation("City of Example")
    a_role(person, "responsible_person", city)
    [thing] = services.erasure_preview(person).in_the_way
    assert "City of Example" in thing.title
    assert thing.url.startswith(f"/o/{city.slug}/")
    a_role(colleague, "responsible_person", city)
    assert services.erasure_preview(person).in_the_way == ()
    services.erase_person(person, by=person)
    assert not person.roles.on(timezone.localdate()).exists()
    assert person.roles.count() == 1  # who held it when stays


def test_a_member_need_not_hand_over_the_responsibility() -> None:
    person, city = an_account(), an_organisation()
    a_role(an_account(), "responsible_person", city)
    a_role(person, "member", city)
    assert services.erasure_preview(person).in_the_way == ()


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
                "Safari/537.36 Edg/138.0.0.0"
            ),
            "Edge on Windows",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "Version/18.5 Mobile/15E148 Safari/604.1"
            ),
            "Safari on iPhone",
        ),
        ("curl/8.9", "curl/8.9"),
        ("", "unknown device"),
    ],
)
def test_device_is_named_as_its_owner_knows_it(user_agent: str, name: str) -> None:
    with override("en"):
        assert device_name(user_agent) == name


def test_preview_tells_what_is_deleted_and_what_is_kept_without_a_name() -> None:
    client = in_as(an_account(language="en"))
    page = client.get("/me/erase/", headers={"accept-language": "en"})
    kept = {register.key for register in page.context["preview"].registers if register.stays}
    assert kept == {
        "trail",
        "roles",
        "invitations",
        "self_assessment",
        "forms",
        "events",
        "ledgers",
        "calculations",
        "contracts",
        "procurements",
        "actions",
        "plan_documents",
        "reduction_plans",
        "council_reports",
        "programmes",
        "applications",
        "selection",
        "cohorts",
        "sparring",
        "engagement_log",
        "dashboards",
        "feedback",
    }


def test_days_of_a_token_are_said_in_the_readers_language() -> None:
    client = Client()
    client.force_login(an_account())
    client.get("/me/tokens/", {"language": "sv"})
    assert "90 days" in client.get("/me/tokens/", {"language": "en"}).content.decode()
