"""The month's page, and the address for calendar programs: what is in it, for whom, and when it stops."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.accounts.models import ApiToken
from keino.web.base.calendar_entries import calendar_file
from keino.web.base.models import Person
from keino.web.plans.calendar_entry import entry_of
from keino.web.plans.models import CategoryPlan, PlannedTender
from keino.web.plans.queries.action_dates import Dated, calendar_of
from keino.web.procurements.models import Contract, ContractTerm, Procurement, TermControl
from tests.factories.accounts import a_token
from tests.factories.actions import a_calendar_token, an_action
from tests.factories.web import a_role, an_organisation, someone_who_is
from tests.web.plans.test_actions import DAY, as_a, at, text_of

pytestmark = pytest.mark.django_db


def feed(token: str) -> Any:
    return Client().get(reverse("plans:calendar_feed", kwargs={"token": token}))


def events(answer: Any) -> dict[str, Any]:
    """Events by summary, read by the library's own reader."""
    icalendar = pytest.importorskip("icalendar")
    book = icalendar.Calendar.from_ical(answer.content)
    return {str(event["summary"]): event for event in book.walk("VEVENT")}


def with_dates(town: Any, day: dt.date) -> None:
    an_action(town, title="Sähköautot; kaikki, nyt", deadline=day, budget_year=day.year + 1, budget_step="mid_year")
    Procurement.objects.create(organisation=town, title="Vans", procedure_starts_on=day)
    contract = Contract.objects.create(
        organisation=town, title="Heat", supplier_name="Oy", category="HEAT", yearly_value_eur=Decimal(1),
        valid_from=day - 400 * DAY, ends_on=day + DAY, notice_by=day,
    )  # fmt: skip
    term = ContractTerm.objects.create(contract=contract, term="Renewable heat only", control="Certificate")
    TermControl.objects.create(term=term, due_on=day)
    TermControl.objects.create(term=term, due_on=day - DAY, closed_at=timezone.now(), evidence="Seen.")


def test_the_feed_has_deadlines_procurements_and_controls_of_contracts() -> None:
    town, day = an_organisation("Ostola"), timezone.localdate() + 20 * DAY
    with_dates(town, day)
    person = someone_who_is("member", town)
    person.language = "en"
    person.save()
    answer = feed(a_calendar_token(person))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    found = events(answer)
    assert {name for name in found if "Budget" not in name} == {
        "Deadline: Sähköautot; kaikki, nyt (Ostola)",
        "Procedure starts: Vans (Ostola)",
        "Contract ends: Heat (Ostola)",
        "Last day to give notice: Heat (Ostola)",
        "Control of a contract term: Heat (Ostola)",
    }
    deadline = found["Deadline: Sähköautot; kaikki, nyt (Ostola)"]
    assert (deadline["dtstart"].dt, deadline["dtend"].dt) == (day, day + DAY)
    assert "/plan/actions/" in str(deadline["url"])
    again = events(feed(a_calendar_token(person)))
    assert {str(each["uid"]) for each in again.values()} == {str(each["uid"]) for each in found.values()}


def test_a_planned_tendering_leads_to_its_category_plan() -> None:
    town, day = an_organisation(), timezone.localdate() + DAY
    plan = CategoryPlan.objects.create(organisation=town, category="HEAT.OIL", language="en")
    PlannedTender.objects.create(plan=plan, title="Pellets", year=day.year, quarter=1, day=day)
    (found,) = calendar_of(someone_who_is("member", town), (day, day), day)
    assert found.url == reverse("plans:category_plan", kwargs={"slug": town.slug, "category": "HEAT.OIL"})


def test_what_a_person_may_see_is_asked_at_each_fetch() -> None:
    town, other = an_organisation("Seen town"), an_organisation("Other town")
    day = timezone.localdate() + DAY
    an_action(town, title="Seen", deadline=day)
    an_action(other, title="Hidden", deadline=day)
    person = someone_who_is("member", town)
    token = a_calendar_token(person)
    assert b"Seen" in feed(token).content
    assert b"Hidden" not in feed(token).content
    person.roles.update(valid_to=timezone.localdate() - DAY)
    answer = feed(token)
    assert answer.status_code == 200
    assert b"Seen" not in answer.content
    a_role(person, "approver", other)
    assert b"Hidden" in feed(token).content
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert feed(token).status_code == 404


def test_only_a_calendars_secret_opens_the_calendar_and_it_opens_nothing_else() -> None:
    person = someone_who_is("member")
    calendar = a_calendar_token(person)
    _token, raw = a_token(person)
    assert feed(raw).status_code == 404
    assert feed("keino_nonsense").status_code == 404
    api = Client().get("/api/v1/organisations/mine", headers={"Authorization": f"Bearer {calendar}"})
    assert api.status_code in {401, 404}
    mine = [
        path
        for path in api_paths()
        if Client().get(path, headers={"Authorization": f"Bearer {raw}"}).status_code == 200
    ]
    for path in mine:
        assert Client().get(path, headers={"Authorization": f"Bearer {calendar}"}).status_code == 401


def api_paths() -> list[str]:
    """Addresses of the interface that need a token and no arguments."""
    from keino.web.opendata.api.made import api

    found = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "{" not in path and methods.get("get", {}).get("security"):
            found.append(path)
    assert found
    return found


def test_the_address_is_shown_once_and_a_new_one_stops_the_old() -> None:
    person = someone_who_is("member", an_organisation("Ostola"))
    client = Client()
    client.force_login(person)
    client.cookies["keino_language"] = "en"
    page = reverse("plans:my_calendar")
    assert "Ostola" in text_of(client.get(page))
    first = client.post(page).context["address"]
    path = first.partition("://")[2].partition("/")[2]
    assert Client().get(f"/{path}").status_code == 200
    assert first not in client.get(page).content.decode()
    second = client.post(page).context["address"]
    assert Client().get(f"/{path}").status_code == 404
    assert second != first
    assert ApiToken.objects.filter(scope="calendar", revoked_at=None).count() == 1
    client.post(page, {"stop": "1"})
    assert not ApiToken.objects.filter(scope="calendar", revoked_at=None).exists()
    # a program's token can't be made for the calendar, nor a calendar's on the page of programs
    client.post(reverse("accounts:tokens"), {"name": "x", "scope": "calendar", "days": "30"})
    assert not ApiToken.objects.filter(scope="calendar", revoked_at=None).exists()


def test_the_file_is_icalendar_line_by_line() -> None:
    icalendar = pytest.importorskip("icalendar")
    dates = [
        Dated("action-1", dt.date(2027, 12, 31), "Pitkä; otsikko, " + "å" * 90, "/o/x/", "Kylä", "rivi\nrivi"),
    ]
    stamp = dt.datetime(2027, 1, 1, 8, tzinfo=dt.UTC)
    content = calendar_file([entry_of(date, site="https://keino.example") for date in dates], stamp=stamp, name="keino")
    lines = content.split(b"\r\n")
    # RFC 5545, 3.1: lines end with CRLF and have at most 75 octets; 3.3.11: commas, semicolons, line breaks are escaped
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    for wanted in (
        b"BEGIN:VCALENDAR", b"VERSION:2.0", b"UID:action-1@keino.example", b"DTSTAMP:20270101T080000Z",
        b"DTSTART;VALUE=DATE:20271231", b"DTEND;VALUE=DATE:20280101", rb"DESCRIPTION:rivi\nrivi",
        b"URL:https://keino.example/o/x/",
    ):  # fmt: skip
        assert wanted in lines, wanted
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert rf"SUMMARY:Pitkä\; otsikko\, {'å' * 90} (Kylä)" in unfolded
    assert icalendar.Calendar.from_ical(content)


def test_a_months_page_shows_its_days_in_a_grid_and_in_order() -> None:
    town = an_organisation()
    an_action(town, title="In May", deadline=dt.date(2027, 5, 31))
    an_action(town, title="In June", deadline=dt.date(2027, 6, 1))
    client = as_a("member", town)
    shown = text_of(client.get(at("actions_month", town), {"month": "2027-05"}))
    assert "Calendar: May 2027" in shown
    assert "1 date in this month." in shown
    assert shown.count("Deadline: In May") == 2
    assert "In June" not in shown
    for asked in ("2027-13", "x", "99999-01", "2027-05-01"):
        assert client.get(at("actions_month", town), {"month": asked}).status_code == 200


def test_dates_cost_the_same_number_of_queries_however_many_there_are(django_assert_num_queries: Any) -> None:
    town, day = an_organisation(), timezone.localdate() + DAY
    person = someone_who_is("member", town)
    with_dates(town, day)
    found = calendar_of(person, (day - 9 * DAY, day + 9 * DAY), day)
    assert len(found) == 5
    for _ in range(3):
        with_dates(town, day)
    with django_assert_num_queries(
        8
    ):  # organisations, deadlines, tenders, steps and their days, procurements, contracts, controls
        assert len(calendar_of(person, (day - 9 * DAY, day + 9 * DAY), day)) == 20
