"""Pages: what they show, how many queries they ask, what bad input does to them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from tests.factories.accounts import with_second_factor
from tests.factories.organisations import an_invitation, days
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
NASTY = '<script>alert("x")</script>=HYPERLINK("http://x")'


@pytest.fixture
def town() -> Organisation:
    return an_organisation("Town", slug="town", region_code="MK06")


@pytest.fixture
def boss(town: Organisation) -> Person:
    return someone_who_is("responsible_person", town)


@pytest.fixture
def keeper() -> Person:
    return with_second_factor(someone_who_is("coordinator", an_organisation("Centre", kind="competence_centre")))


def page(client: Client, name: str, *, query: str = "", **arguments: Any) -> str:
    answer = client.get(reverse(f"organisations:{name}", kwargs=arguments) + query)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def queries(client: Client, url: str) -> int:
    client.get(url)  # content types and the like are asked once per process
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


# ---- the same number of queries for one row and for three


@pytest.mark.usefixtures("town")
def test_directory_asks_the_same_for_one_and_three(client: Client) -> None:
    one = queries(client, reverse("organisations:directory"))
    an_organisation("Second"), an_organisation("Third")
    assert queries(client, reverse("organisations:directory")) == one


def test_people_page_asks_the_same_for_one_and_three(client: Client, town: Organisation, boss: Person) -> None:
    client.force_login(boss)
    url = reverse("organisations:people", kwargs={"slug": "town"})
    an_invitation(town, by=boss)
    mentor = someone_who_is("mentor", an_organisation(kind="competence_centre"), about=town)
    one = queries(client, url)
    for _ in range(2):
        other = someone_who_is("approver", town)
        a_role(a_person(), "approver", town, deputy_of=other.roles.get())
        an_invitation(town, by=other)
        a_role(a_person(), "mentor", mentor.roles.get().organisation, about=town)
    assert queries(client, url) == one


def test_history_asks_the_same_for_one_and_three(client: Client, town: Organisation, boss: Person) -> None:
    client.force_login(boss)
    url = reverse("organisations:people_history", kwargs={"slug": "town"})
    someone_who_is("member", town, valid_to=days(-1), given_by=boss)
    one = queries(client, url)
    someone_who_is("member", town, valid_to=days(-1), given_by=a_person())
    someone_who_is("member", town, valid_to=days(-2), given_by=a_person())
    assert queries(client, url) == one


def test_audit_asks_the_same_for_one_and_three(client: Client, town: Organisation, boss: Person) -> None:
    client.force_login(boss)
    url = reverse("organisations:audit", kwargs={"slug": "town"})
    one = queries(client, url)
    for _ in range(3):
        someone_who_is("member", town, given_by=boss)
    assert queries(client, url) == one


@pytest.mark.parametrize("name", ["desk", "desk_people", "coverage", "region", "desk_translations"])
def test_desk_asks_the_same_for_one_and_three(name: str, client: Client, keeper: Person, town: Organisation) -> None:
    client.force_login(keeper)
    url = reverse(f"organisations:{name}")
    someone_who_is("change_agent", town, regions=["MK06"])
    one = queries(client, url)
    for _ in range(2):
        other = an_organisation(region_code="MK06")
        someone_who_is("change_agent", other, regions=["MK06", "MK01"])
        someone_who_is("responsible_person", other)
    assert queries(client, url) == one


def test_directory_is_quick_with_ten_thousand(client: Client) -> None:
    Organisation.objects.bulk_create(
        Organisation(slug=f"o-{number}", kind="municipality", name_fi=f"Kunta {number:05}", region_code="MK06")
        for number in range(10_000)
    )
    url = reverse("organisations:directory")
    client.get(url)
    for query in ("", "?page=200", "?search=kunta+09999", "?kind=municipality&region=MK06&page=77"):
        start = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url + query)
        assert answer.status_code == 200
        assert len(asked) <= 3
        assert time.process_time() - start < 1.0  # of the processor; docs/performance.md has the target
    assert "Kunta 09999" in client.get(url + "?search=kunta+09999").content.decode()
    assert "Kunta 09999" in client.get(url + "?page=200").content.decode()


# ---- finding


@pytest.mark.usefixtures("town")
def test_directory_finds_by_name_in_any_language_kind_and_region(client: Client) -> None:
    an_organisation("Äänekoski", name_sv="Ämekoski", region_code="MK13", business_id="0164308-3")
    an_organisation("Firma", kind="company", region_code="MK13")
    for query in ("?search=äänekoski", "?search=ÄMEKOSKI", "?search=0164308-3", "?region=MK13&kind=municipality"):
        text = page(client, "directory", query=query)
        assert "Äänekoski" in text
        assert "Firma" not in text
        assert ">Town" not in text


def test_directory_leaves_out_what_has_ended_unless_asked(client: Client) -> None:
    an_organisation("Nastola", valid_to=days(-1))
    assert "Nastola" not in page(client, "directory")
    assert "Nastola" in page(client, "directory", query="?ended=on")


@pytest.mark.parametrize(
    "query", ["?page=99999", "?page=x", "?kind=evil", "?region=%00", "?search=" + "ä" * 5000, "?search=%27+OR+1=1--"]
)
@pytest.mark.usefixtures("town")
def test_directory_survives_bad_input(query: str, client: Client) -> None:
    page(client, "directory", query=query)


@pytest.mark.usefixtures("town")
def test_directory_shows_nothing_of_people(client: Client, boss: Person) -> None:
    text = page(client, "directory")
    assert boss.name not in text
    assert boss.email not in text


@pytest.mark.usefixtures("town")
def test_change_agent_sees_the_own_regions_only(client: Client) -> None:
    agent = with_second_factor(someone_who_is("change_agent", an_organisation("Host"), regions=["MK06"]))
    an_organisation("Elsewhere", region_code="MK01")
    client.force_login(agent)
    for query in ("", "?region=MK06", "?region=MK01"):
        text = page(client, "region", query=query)
        assert "Town" in text
        assert "Elsewhere" not in text


def test_coverage_page_names_regions_without_agent(client: Client, keeper: Person) -> None:
    client.force_login(keeper)
    text = page(client, "coverage", query="?on=2021-06-01&language=fi")
    assert "Päijät-Häme" in text
    assert page(client, "coverage", query="?on=nonsense")


# ---- bad input


def test_html_and_formulas_in_every_text_are_shown_as_text(
    client: Client, town: Organisation, boss: Person, keeper: Person
) -> None:
    fields = {f"{name}_{code}": NASTY[:60] for name in ("name", "short_name", "about") for code in ("fi", "sv", "en")}
    Organisation.objects.filter(pk=town.pk).update(**fields)
    Person.objects.filter(pk=boss.pk).update(name=NASTY)
    an_invitation(town, by=boss, token="secret")
    someone_who_is("member", town, given_by=boss, valid_to=days(-1))
    client.force_login(boss)
    at_home = ("people", "people_history", "settings", "login", "invite", "audit", "translations")
    texts = [page(client, name, slug="town") for name in at_home]
    texts.append(page(client, "hand_over", slug="town", public_id=boss.public_id))
    texts.append(page(client, "directory"))
    client.logout()
    texts.append(page(client, "invitation", token="secret"))
    client.force_login(keeper)
    texts += [page(client, name) for name in ("desk", "desk_people", "coverage", "region", "desk_translations")]
    for text in texts:
        assert "<script>alert" not in text
    assert "&lt;script&gt;" in texts[0]


def test_settings_keep_the_text_when_somebody_else_was_quicker(
    client: Client, town: Organisation, boss: Person
) -> None:
    client.force_login(boss)
    url = reverse("organisations:settings", kwargs={"slug": "town"})
    form = {
        "name_fi": "Town", "original_language": "fi", "is_compared": "on", "about_fi": "My long text 4711", "seen": "1"
    }  # fmt: skip
    Organisation.objects.filter(pk=town.pk).update(about_fi="Their text 4712", version=2)
    answer = client.post(url, form)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "My long text 4711" in text
    assert "Their text 4712" in text
    assert 'name="seen" value="2"' in text
    town.refresh_from_db()
    assert town.about_fi == "Their text 4712"
    assert client.post(url, {**form, "seen": "2"}).status_code == 302
    town.refresh_from_db()
    assert (town.about_fi, town.version) == ("My long text 4711", 3)


def test_settings_pressed_twice_save_once(client: Client, town: Organisation, boss: Person) -> None:
    client.force_login(boss)
    url = reverse("organisations:settings", kwargs={"slug": "town"})
    form = {"name_fi": "New name", "original_language": "fi", "is_compared": "on", "seen": "1"}
    assert client.post(url, form).status_code == 302
    assert client.post(url, form).status_code == 302
    town.refresh_from_db()
    assert (town.name_fi, town.version) == ("New name", 2)


def test_settings_ignore_fields_that_arent_the_persons_own(client: Client, town: Organisation, boss: Person) -> None:
    client.force_login(boss)
    form = {
        "name_fi": "Town", "original_language": "fi", "is_compared": "on", "seen": "1", "kind": "ministry",
        "business_id": "0164308-3", "slug": "stolen", "is_example": "on", "version": "99", "login_method": "oidc",
    }  # fmt: skip
    client.post(reverse("organisations:settings", kwargs={"slug": "town"}), form)
    town.refresh_from_db()
    assert (town.kind, town.business_id, town.slug, town.is_example) == ("municipality", "", "town", False)
    assert (town.version, town.login_method) == (1, "any")


@pytest.mark.usefixtures("town")
def test_settings_say_what_is_wrong_at_the_field(client: Client, keeper: Person) -> None:
    client.force_login(keeper)
    form = {"kind": "municipality", "name_fi": "Town", "original_language": "fi", "seen": "1", "region_code": "MK06"}
    url = reverse("organisations:settings", kwargs={"slug": "town"}) + "?language=en"
    answer = client.post(url, {**form, "business_id": "0164308-4", "about_sv": "Kept text 991"})
    text = answer.content.decode()
    assert "0164308-4 is not a Finnish business ID" in text
    assert "Kept text 991" in text
    answer = client.post(url, {**form, "parent": "no-such-place"})
    assert "No organisation has this address or business ID" in answer.content.decode()


def test_add_page_pressed_twice_adds_one(client: Client, keeper: Person) -> None:
    client.force_login(keeper)
    url = reverse("organisations:create")
    key = client.get(url).context["key"]
    form = {"key": key, "kind": "parish", "name_fi": "Seurakunta", "original_language": "fi"}
    first, second = client.post(url, form), client.post(url, form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"] == "/o/seurakunta/people/"
    assert Organisation.objects.filter(name_fi="Seurakunta").count() == 1


@pytest.mark.parametrize("key", ["", "x", "../../etc/passwd"])
def test_add_page_survives_a_wrong_key(key: str, client: Client, keeper: Person) -> None:
    client.force_login(keeper)
    form = {"key": key, "kind": "parish", "name_fi": "Seurakunta", "original_language": "fi"}
    answer = client.post(reverse("organisations:create"), form)
    assert answer.status_code in {200, 302}
    assert Organisation.objects.filter(name_fi="Seurakunta").count() <= 1


@pytest.mark.usefixtures("town")
def test_role_page_of_another_organisation_isnt_found(client: Client, boss: Person) -> None:
    foreign = someone_who_is("member").roles.get()
    client.force_login(boss)
    for name in ("role", "deputy"):
        url = reverse(f"organisations:{name}", kwargs={"slug": "town", "public_id": foreign.public_id})
        assert client.get(url).status_code == 404


def test_role_page_ends_a_role(client: Client, town: Organisation, boss: Person) -> None:
    role = someone_who_is("member", town).roles.get()
    client.force_login(boss)
    url = reverse("organisations:role", kwargs={"slug": "town", "public_id": role.public_id})
    assert client.post(url, {"form": "end", "last_day": days(-5).isoformat()}).status_code == 200
    role.refresh_from_db()
    assert role.valid_to is None
    assert client.post(url, {"form": "end", "last_day": days(5).isoformat()}).status_code == 302
    role.refresh_from_db()
    assert role.valid_to == days(5)


def test_log_in_by_an_own_provider_needs_one(client: Client, town: Organisation, boss: Person) -> None:
    client.force_login(boss)
    url = reverse("organisations:login", kwargs={"slug": "town"})
    assert client.post(url, {"form": "method", "login_method": "oidc", "seen": "1"}).status_code == 200
    assert client.post(url, {"form": "method", "login_method": "link", "seen": "1"}).status_code == 302
    town.refresh_from_db()
    assert town.login_method == "link"


@pytest.mark.usefixtures("town")
def test_only_the_centre_enters_a_provider(client: Client, boss: Person, keeper: Person) -> None:
    from keino.web.accounts.models import LogInProvider

    url = reverse("organisations:login", kwargs={"slug": "town"})
    form = {
        "form": "provider", "name": "Town log-in", "issuer": "https://login.town.example", "client_id": "keino",
        "secret": "s3cret", "domains": "town.example, staff.town.example", "is_active": "on",
    }  # fmt: skip
    client.force_login(boss)
    client.post(url, form)
    assert LogInProvider.objects.count() == 0
    client.force_login(keeper)
    assert client.post(url, form).status_code == 302
    provider = LogInProvider.objects.get(provider_id="town")
    assert sorted(provider.domains.values_list("domain", flat=True)) == ["staff.town.example", "town.example"]
    assert "s3cret" not in client.get(url).content.decode()
    client.force_login(boss)
    assert client.post(url, {"form": "method", "login_method": "oidc", "seen": "1"}).status_code == 302


def test_desk_tells_the_state_of_people(client: Client, keeper: Person) -> None:
    full, empty = an_organisation("Full town"), an_organisation("Empty town")
    boss = someone_who_is("responsible_person", full)
    a_role(boss, "approver", full)
    someone_who_is("member", full)
    someone_who_is("responsible_person", full, valid_to=days(-1))
    an_invitation(full, by=boss)
    an_invitation(empty, by=boss, withdrawn_at=boss.joined_at)
    client.force_login(keeper)
    rows = {str(one): state for one, state in client.get(reverse("organisations:desk")).context["rows"]}
    assert (rows["Full town"].responsible, rows["Full town"].people, rows["Full town"].invited) == (1, 2, 1)
    assert (rows["Empty town"].responsible, rows["Empty town"].people, rows["Empty town"].invited) == (0, 0, 0)
    assert "Full town" not in page(client, "desk", query="?only=nobody")
    assert "Empty town" not in page(client, "desk", query="?only=invited")
    assert "Full town" in page(client, "desk", query="?only=invited")
