"""Homes, public pages and visits."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from keino.web.dashboards.drawn import folder_of_drawings
from keino.web.measurement.models import Run, Visit
from keino.web.measurement.result_json import result_as_json
from keino.web.organisations.models import Invitation
from keino.web.plans.services.category_approval import publish_version, withdraw_publication
from tests.factories.accounts import with_second_factor
from tests.factories.actions import an_action
from tests.factories.dashboards import a_link
from tests.factories.plan_documents import an_approved_plan
from tests.factories.results import footprint_result
from tests.factories.web import a_finished_run, a_ledger, a_person, a_role, an_organisation, someone_who_is


def words(answer: Any) -> str:
    text = strip_tags(answer.content.decode()).replace("&#x27;", "'").replace("\u202f", " ")
    return re.sub(r"\s+", " ", text)


def entering(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["keino_language"] = "en"
    return client


def an_invitation(organisation: Any, email: str, days: int) -> Invitation:
    return Invitation.objects.create(
        organisation=organisation,
        email=email,
        kind="member",
        language="en",
        token_hash=email,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )


def test_home_says_what_needs_a_member_first(town: Any, reader: Client) -> None:
    a_ledger(town, title="Purchases A", state="read")
    a_ledger(town, title="Purchases B", state="failed")
    a_ledger(town, title="Purchases C", state="confirmed")
    page = words(reader.get("/o/parish/"))
    assert page.index("Waiting for you") < page.index("Look at how “Purchases A” was read")
    assert page.index("“Purchases B” could not be read") < page.index("Waiting for others")
    assert page.index("Waiting for others") < page.index("“Purchases C” waits for an approver")
    assert page.index("What needs you") < page.index("Where we stand")
    assert "Calculate the footprint of the ledgers you confirmed" in page


def test_home_asks_an_approver_to_approve_and_nothing_else(town: Any) -> None:
    a_ledger(town, title="Purchases A", state="read")
    a_ledger(town, title="Purchases C", state="confirmed")
    page = words(entering(someone_who_is("approver", town)).get("/o/parish/"))
    assert "Compare “Purchases C” with the books and approve it" in page
    assert "Purchases A" not in page


def test_home_shows_three_sentences_and_numbers(town: Any, reader: Client) -> None:
    a_finished_run(town)
    page = words(reader.get("/o/parish/"))
    assert "caused about 10,100 tonnes" in page
    assert "The largest sources are" in page
    assert "95% interval 6,530–15,700" in page


def test_home_tells_of_new_factors(town: Any, reader: Client) -> None:
    a_finished_run(town, options={"factors": "fi@2020-1"})
    assert "New emission factors are out" in words(reader.get("/o/parish/"))
    a_finished_run(town, options={"factors": "fi@2026-1"})
    assert "New emission factors are out" not in words(reader.get("/o/parish/"))


def test_home_of_a_responsible_person_tells_of_people_and_dates(town: Any) -> None:
    boss = someone_who_is("responsible_person", town)
    an_invitation(town, "late@example.org", -1)
    an_invitation(town, "soon@example.org", 5)
    leaver = a_person("Leaving Person")
    a_role(leaver, "member", town, valid_to=timezone.localdate() + dt.timedelta(days=3))
    a_link(a_finished_run(town), by=boss, days=7)
    page = words(entering(boss).get("/o/parish/"))
    assert page.index("Overdue") < page.index("late@example.org was not answered in time") < page.index("Due this week")
    assert "Leaving Person stops as member: who goes on?" in page
    assert "Your link “Council” stops working" in page
    assert "Last day to answer the invitation of soon@example.org" in page.partition("Next dates")[2]


def test_home_shows_the_six_nearest_dates_and_leads_to_the_others(town: Any, reader: Client) -> None:
    today = timezone.localdate()
    for days in (70, 10, 20, 30, 40, 50, 60):  # the farthest isn't the newest
        an_action(town, title=f"Action in {days} days", deadline=today + dt.timedelta(days=days))
    dates = reader.get("/o/parish/").content.decode().partition("Next dates")[2]
    assert re.findall(r"Action in (\d+) days", dates) == ["10", "20", "30", "40", "50", "60"]
    assert 'href="/o/parish/plan/actions/calendar/"' in dates


@pytest.mark.django_db
def test_home_leads_nobody_to_dates_that_they_may_not_see() -> None:
    company = an_organisation("Supplier", slug="supplier", kind="company")
    an_invitation(company, "soon@example.org", 5)
    page = entering(someone_who_is("responsible_person", company)).get("/o/supplier/").content.decode()
    assert "invitation of soon@example.org" in page.partition("Next dates")[2]
    assert "plan/actions/calendar/" not in page


def test_administrator_sees_the_home_without_results(town: Any) -> None:
    a_finished_run(town)
    administrator = a_person(is_superuser=True)
    answer = entering(administrator).get("/o/parish/")
    if answer.status_code == 302:  # a second factor is asked for first
        assert "second-factor" in answer.headers["Location"]
        return
    assert "10,100" not in words(answer)


def test_home_of_a_person_lists_organisations_with_numbers(town: Any) -> None:
    person = someone_who_is("member", town)
    other = an_organisation("Second town")
    a_role(person, "approver", other)
    a_finished_run(town)
    a_ledger(other, title="Books", state="confirmed")
    page = words(entering(person).get("/home/"))
    assert "Second town: Compare “Books” with the books" in page
    assert "5,120" in page  # t CO2e of the newest year
    assert page.index("What needs you") < page.index("Your organisations")


@pytest.mark.django_db
def test_home_of_a_person_without_organisation_says_the_next_step() -> None:
    page = words(entering(a_person("Newcomer")).get("/home/"))
    assert "You belong to no organisation yet" in page
    assert "Try it with a ledger" in page


@pytest.mark.django_db
def test_home_of_those_who_work_on_programmes_leads_to_them() -> None:
    centre = an_organisation("Centre", kind="competence_centre")
    for person, is_theirs in (
        (with_second_factor(someone_who_is("expert", centre)), True),
        (someone_who_is("responsible_person"), False),
    ):
        assert ("/desk/programmes/" in entering(person).get("/home/").content.decode()) is is_theirs


def test_homes_ask_as_much_for_one_row_as_for_three(town: Any) -> None:
    person = someone_who_is("responsible_person", town)
    client = entering(person)

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    def add(organisation: Any) -> None:
        a_finished_run(organisation)
        a_ledger(organisation, state="read")
        an_invitation(organisation, f"{organisation.pk}-{Invitation.objects.count()}@example.org", 5)
        a_link(a_finished_run(organisation), by=person, days=7)

    add(town)
    one = queries("/home/"), queries("/o/parish/")
    for _ in range(2):
        another = an_organisation()
        a_role(person, "responsible_person", another)
        add(another)
        add(town)
    assert (queries("/home/"), queries("/o/parish/")) == one


# ---- public pages


def a_public_town(**fields: Any) -> Any:
    organisation = an_organisation("Open town", is_public=True, **fields)
    a_finished_run(organisation, published_at=timezone.now())
    return organisation


@pytest.mark.django_db
def test_public_page_shows_categories_and_sources_but_no_units_and_suppliers() -> None:
    a_public_town(slug="open")
    page = Client().get("/public/open/?language=en").content.decode()
    assert "District heat" in page
    assert 'id="source-example-factors"' in page
    assert "CC BY 4.0" in page
    assert "Tekninen toimi" not in page
    assert "Esimerkkitoimittaja" not in page
    assert "ostolaskut-2022" not in page
    assert 'href="/o/' not in page


@pytest.mark.django_db
def test_public_page_is_there_only_by_choice_and_publication() -> None:
    closed = an_organisation("Closed", slug="closed", is_public=False)
    a_finished_run(closed, published_at=timezone.now())
    waiting = an_organisation("Waiting", slug="waiting", is_public=True)
    a_finished_run(waiting)
    for slug in ("closed", "waiting", "nobody"):
        assert Client().get(f"/public/{slug}/").status_code == 404
    listed = Client().get("/public/").content.decode()
    assert "Closed" not in listed
    assert "Waiting" not in listed


@pytest.mark.django_db
def test_public_page_shows_the_published_run_not_a_newer_one() -> None:
    town = a_public_town(slug="open")
    result = footprint_result()
    a_finished_run(town, result=replace(result, total=replace(result.total, spend=Decimal(99000000))))
    page = words(Client().get("/public/open/?language=en"))
    assert "€99 million" not in page
    assert "€37.4 million" in page


@pytest.mark.django_db
def test_public_page_leads_to_published_category_plans_and_asks_once_for_them() -> None:
    town = a_public_town(slug="open")
    shown, again, kept = (an_approved_plan(town, code) for code in ("FOOD.CATERING", "HEAT.DISTRICT", "ELEC.POWER"))
    publish_version(shown, by=a_person())
    client = Client()

    def queries() -> int:
        client.get("/public/open/?language=en")
        with CaptureQueriesContext(connection) as found:
            client.get("/public/open/?language=en")
        return len(found)

    one = queries()
    page = client.get("/public/open/?language=en").content.decode()
    assert 'href="/public/open/plan/FOOD.CATERING/"' in page
    assert "ELEC.POWER/" not in page
    assert kept.versions.get().published_at is None
    publish_version(again, by=a_person())
    assert queries() == one
    assert "/public/open/plan/HEAT.DISTRICT/" in client.get("/public/open/?language=en").content.decode()
    withdraw_publication(shown, by=a_person())
    assert "/public/open/plan/FOOD.CATERING/" not in client.get("/public/open/?language=en").content.decode()


@pytest.mark.django_db
def test_public_list_asks_as_much_for_one_as_for_three() -> None:
    a_public_town()
    client = Client()
    client.get("/public/")
    with CaptureQueriesContext(connection) as one:
        client.get("/public/")
    a_public_town()
    a_public_town()
    with CaptureQueriesContext(connection) as three:
        client.get("/public/")
    assert len(one) == len(three)


# ---- visits


@pytest.fixture
def visitor(db: None, client: Client) -> Client:  # the database is wanted, not its value
    """A browser in which a visit without account has its footprint."""
    visit = Visit.objects.create(expires_at=timezone.now() + dt.timedelta(hours=2))
    Run.objects.create(
        visit=visit,
        state="done",
        folder="none",
        finished_at=timezone.now(),
        result=result_as_json(footprint_result()),
        manifest={},
    )
    session = client.session
    session["visit"] = str(visit.public_id)
    session.save()
    client.cookies["keino_language"] = "en"
    return client


def test_visit_sees_coverage_footprint_and_three_hotspots(visitor: Client) -> None:
    page = words(visitor.get("/footprint/result/"))
    assert "caused about 10,100 tonnes" in page
    assert "Coverage: how far the answer can be trusted" in page
    assert "1,960 t CO₂e (95% interval 503–7,620 t)" in page
    assert "Make an account to keep it" in page


def test_visit_goes_on_to_hotspots_factors_and_files(visitor: Client) -> None:
    assert "What would change this?" in words(visitor.get("/footprint/result/hotspots/"))
    assert 'id="factor-HEAT.DISTRICT-2023"' in visitor.get("/footprint/result/factors/").content.decode()
    for wanted in ("xlsx", "ods", "csv", "html"):
        assert visitor.get(f"/footprint/result/file/{wanted}/").status_code == 200
    assert visitor.get("/footprint/result/file/lines.csv/").status_code == 404


def test_nothing_drawn_for_a_visit_is_kept(visitor: Client) -> None:
    visitor.get("/footprint/result/")
    visitor.get("/footprint/result/file/html/")
    assert not (folder_of_drawings() / str(Run.objects.get().public_id)).exists()


def test_visit_is_seen_by_nobody_else_and_not_after_its_end(visitor: Client) -> None:
    assert Client().get("/footprint/result/").status_code == 302
    Visit.objects.update(expires_at=timezone.now())
    assert visitor.get("/footprint/result/").status_code == 302
    assert visitor.get("/footprint/result/file/csv/").status_code == 404
