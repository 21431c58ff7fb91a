"""The pages of programmes: the front, the call, its calendar file, history; the desk's list, parts and people."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from keino.web.base.models import Mail
from keino.web.programmes.choices import EditionPersonKind, EditionState
from keino.web.programmes.models import Edition
from keino.web.programmes.on_record import on_record
from keino.web.programmes.services.sessions import hold_sessions
from tests.factories.accounts import with_second_factor
from tests.factories.programmes import a_date, an_edition, named_in
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(client: Client) -> Any:
    centre = an_organisation("Osaamiskeskus", kind="competence_centre")
    person = with_second_factor(someone_who_is("coordinator", centre))
    client.force_login(person)
    return person


@pytest.fixture
def draft(by: Any) -> Edition:
    return an_edition(by.roles.get().organisation, state="draft", slug="luonnos", name_fi="Luonnosakatemia")


def _page(address: str, **query: str) -> str:
    return Client().get(address, {"language": "en", **query}).content.decode()


# ---- for everyone


def test_front_shows_open_calls_first_then_coming_going_on_and_past_and_no_drafts() -> None:
    for state in ("completed", "running", "published", "open", "draft"):
        an_edition(state=state, name_fi=f"Akatemia {state}", slug=state)
    page = _page("/programmes/")
    places = [page.index(f"Akatemia {state}") for state in ("open", "published", "running", "completed")]
    assert places == sorted(places)
    assert "Akatemia draft" not in page
    assert "Apply by" in page


def test_front_without_programmes_says_so() -> None:
    assert "No call is open now." in _page("/programmes/")


@pytest.mark.parametrize("address", ["/ohjelmat/", "/akatemiat/", "/program/", "/akademier/"])
def test_finnish_and_swedish_addresses_lead_to_the_front(address: str) -> None:
    assert Client().get(address)["Location"].startswith("/programmes/?language=")


def test_call_page_says_for_whom_what_what_is_required_how_and_when() -> None:
    edition = an_edition(
        slug="akatemia",
        for_whom_fi="Kunnille",
        benefits_fi="Sparrausta",
        requirements_fi="Aikaa",
        how_to_apply_fi="Täytä lomake",
        contact_email="kysy@keino.example",
        hosts="Osaamiskeskus ja liitto",
    )
    page = Client().get("/programmes/akatemia/", {"language": "fi"}).content.decode()
    for said in ("Kunnille", "Sparrausta", "Aikaa", "Täytä lomake", "kysy@keino.example", "Osaamiskeskus ja liitto"):
        assert said in page
    assert "Hankinnoista vastaava" in page  # the role of the team
    for criterion in edition.criteria.all():
        assert criterion.name_fi in page
    assert "/programmes/akatemia/calendar.ics" in page
    assert f"{edition.dates.count()}" in str(len(re.findall(r"<tr><th scope=\"row\">", page)))


def test_text_that_nobody_translated_is_offered_as_the_original_marked_with_its_language() -> None:
    an_edition(slug="akatemia", benefits_fi="Sparrausta")
    page = Client().get("/programmes/akatemia/", {"language": "sv"}).content.decode()
    assert re.search(r'lang="fi">\s*<p>Sparrausta</p>', page)


def test_call_page_without_the_call_open_has_no_button_to_apply() -> None:
    an_edition(slug="akatemia", state=EditionState.RUNNING)
    assert "/programmes/akatemia/apply/" not in _page("/programmes/akatemia/")
    edition = an_edition(slug="myohassa")
    edition.dates.filter(kind="form_deadline").update(
        starts_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), ends_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    )
    assert "/programmes/myohassa/apply/" not in _page("/programmes/myohassa/")


def test_calendar_file_has_every_date_with_the_key_of_its_session_s_event() -> None:
    edition = an_edition(slug="akatemia", parts=False)
    kick_off = a_date(edition, "kick_off", days=60, hours=6, mode="online")
    deadline = a_date(edition, "form_deadline", days=14, is_whole_day=True)
    hold_sessions(edition, by=None)
    answer = Client().get("/programmes/akatemia/calendar.ics")
    entries = {str(entry["uid"]): entry for entry in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert set(entries) == {str(kick_off.public_id), str(deadline.public_id)}
    kick_off.refresh_from_db()
    assert str(kick_off.event.public_id) in entries
    assert entries[str(kick_off.public_id)]["dtstart"].dt == kick_off.starts_at
    whole_day = entries[str(deadline.public_id)]["dtstart"].dt
    assert isinstance(whole_day, dt.date)
    assert not isinstance(whole_day, dt.datetime)


def test_history_names_the_source_of_every_programme_on_record() -> None:
    page = _page("/programmes/history/")
    for found in on_record():
        assert found.name_in("en") in page
        assert str(found.source["year"]) in page
    assert "27 of 49 that applied" in " ".join(page.split())


# ---- the desk


def test_people_see_on_the_desk_only_the_programmes_they_are_named_in() -> None:
    mine, other = (an_edition(state="draft", name_fi=f"Luonnos {number}", slug=f"l-{number}") for number in (1, 2))
    expert = with_second_factor(named_in(mine, "expert"))
    client = Client()
    client.force_login(expert)
    page = client.get("/desk/programmes/").content.decode()
    assert (mine.name_fi in page, other.name_fi in page) == (True, False)
    assert [client.get(f"/desk/programmes/{each.slug}/").status_code for each in (mine, other)] == [200, 403]


def test_criterion_is_added_changed_and_taken_out(client: Client, by: Any, draft: Edition) -> None:
    url = "/desk/programmes/luonnos/parts/criteria/"
    data = {"name_fi": "Vaikuttavuus", "kind": "scored", "weight": 3, "seen": draft.version}
    assert client.post(f"{url}new/", data).status_code == 302
    made = draft.criteria.get(code="vaikuttavuus")
    assert (made.weight, made.kind) == (3, "scored")
    version = Edition.objects.get(pk=draft.pk).version
    assert client.post(f"{url}vaikuttavuus/", data | {"weight": 5, "seen": version}).status_code == 302
    assert draft.criteria.get(code="vaikuttavuus").weight == 5
    for _ in range(2):  # pressed twice
        assert client.post(f"{url}vaikuttavuus/remove/").status_code == 302
    assert not draft.criteria.filter(code="vaikuttavuus").exists()


@pytest.mark.parametrize(
    "wrong",
    [{"weight": 0}, {"weight": -1}, {"weight": "x"}, {"kind": "other"}, {"name_fi": ""}, {"name_fi": "x" * 151}],
)
def test_wrong_criterion_is_refused_and_kept_in_the_form(
    client: Client, by: Any, draft: Edition, wrong: dict[str, Any]
) -> None:
    data = {"name_fi": "Uusi", "kind": "scored", "weight": 1, "guidance_fi": "Ohje", "seen": draft.version} | wrong
    answer = client.post("/desk/programmes/luonnos/parts/criteria/new/", data)
    assert (answer.status_code, draft.criteria.count()) == (422, 3)
    assert "Ohje" in answer.content.decode()


def test_rule_of_kinds_needs_a_kind(client: Client, by: Any, draft: Edition) -> None:
    url = "/desk/programmes/luonnos/parts/eligibility/new/"
    data = {"question_fi": "Olemme seurakunta", "kind": "organisation_kind", "seen": draft.version}
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"organisations": ["parish"]}).status_code == 302
    assert draft.eligibility_rules.get(code="olemme-seurakunta").values == ["parish"]


def test_person_is_named_once_told_and_taken_away(client: Client, by: Any, draft: Edition) -> None:
    expert = someone_who_is("expert", draft.organisation)
    url = "/desk/programmes/luonnos/people/"
    for _ in range(2):
        assert client.post(url, {"person": expert.pk, "kind": EditionPersonKind.REVIEWER}).status_code == 302
    named = draft.people.get()
    assert Mail.objects.filter(template="programmes/mail/named.txt", person=expert).count() == 1
    assert client.post(f"{url}{named.pk}/remove/").status_code == 302
    assert not draft.people.exists()


def test_only_people_of_the_centre_can_be_named(client: Client, by: Any, draft: Edition) -> None:
    for stranger in (a_person(), someone_who_is("member", an_organisation())):
        answer = client.post("/desk/programmes/luonnos/people/", {"person": stranger.pk, "kind": "reviewer"})
        assert answer.status_code == 422
    assert not draft.people.exists()


def test_desk_tells_what_is_missing_before_it_can_be_published(client: Client, by: Any, draft: Edition) -> None:
    page = client.get("/desk/programmes/luonnos/", {"language": "en"}).content.decode()
    assert "Before everyone can see the programme, this is missing:" in page
    assert "In short" in page
    assert "/desk/programmes/luonnos/move/published/" not in page
