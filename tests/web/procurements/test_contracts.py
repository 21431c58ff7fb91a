"""Contracts, their terms and controls: pages, reminders, and what the plan to the target gets of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.domain.plans.influence import Contract as PlanContract
from keino.web.base.jobs import ask_for, run_waiting_jobs
from keino.web.base.mail_text import written
from keino.web.base.models import Mail
from keino.web.procurements.contract_choices import next_control
from keino.web.procurements.models import Contract, TermControl
from keino.web.procurements.needs import coming_dates, needs
from keino.web.procurements.queries.contracts import contracts_of
from keino.web.procurements.tasks.reminders import REMIND
from tests.factories.contracts import a_contract, a_control, a_term
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>'


def url(name: str, organisation: Any, **more: Any) -> str:
    return reverse(f"procurements:{name}", kwargs={"slug": organisation.slug, **more})


def client_of(person: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def contract_data(**changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "title": "Cleaning of schools",
        "supplier_name": "Imaginary Cleaning Ltd",
        "category": "FOOD",
        "yearly_value_eur": "12000",
        "valid_from": "2026-01-01",
        "ends_on": "2028-12-31",
        **changes,
    }


def remind() -> None:
    ask_for(REMIND)
    run_waiting_jobs()


def test_c7_a_control_due_today_without_evidence_reminds_once_and_with_evidence_not_at_all() -> None:
    town = an_organisation()
    owner = someone_who_is("member", town)
    contract = a_contract(town, owner=owner)
    client = client_of(owner)
    page = url("term_new", town, contract=contract.public_id)
    today = timezone.localdate().isoformat()
    for term in ("Without evidence", "With evidence"):
        data = {"key": str(uuid4()), "term": term, "control": "A report.", "repeats": "never", "first_on": today}
        assert client.post(page, data).status_code == 302
    bare, shown = TermControl.objects.order_by("pk")
    place = {"contract": contract.public_id, "control": shown.public_id}
    client.post(url("control", town, **place), {"evidence": "Report 12.", "seen": shown.version})
    remind()
    mail = Mail.objects.get(template="procurements/mail/control_due.txt")
    assert mail.person == owner
    assert str(bare.public_id) in written(mail).text
    assert "Without evidence" in written(mail).text
    remind()
    assert Mail.objects.filter(template="procurements/mail/control_due.txt").count() == 1
    assert [need.url for need in needs(owner, [town])] == [
        url("control", town, contract=contract.public_id, control=bare.public_id)
    ]
    place["control"] = bare.public_id
    client.post(url("control", town, **place), {"evidence": "Certificate 7.", "seen": bare.version})
    assert list(needs(owner, [town])) == []


@pytest.mark.parametrize(("days", "mails"), [(15, 0), (14, 1), (3, 1), (-1, 1), (-7, 1), (-40, 0)])
def test_a_control_reminds_two_weeks_and_three_days_before_and_weekly_after(days: int, mails: int) -> None:
    owner = someone_who_is("member", town := an_organisation())
    a_control(a_term(a_contract(town, owner=owner)), timezone.localdate() + dt.timedelta(days=days))
    remind()
    assert Mail.objects.filter(person=owner).count() == mails


def test_a_control_of_somebody_who_left_reminds_those_who_answer_for_the_buyer() -> None:
    town = an_organisation()
    responsible = someone_who_is("responsible_person", town)
    left = someone_who_is("member", town, valid_to=timezone.localdate() - dt.timedelta(days=1))
    a_control(a_term(a_contract(town, owner=left)))
    remind()
    assert [mail.person for mail in Mail.objects.all()] == [responsible]


def test_a_closed_control_of_a_repeated_term_is_planned_again_until_the_contract_ends() -> None:
    member = someone_who_is("member", town := an_organisation())
    today = timezone.localdate()
    contract = a_contract(town, ends_on=today + dt.timedelta(days=100))
    control = a_control(a_term(contract, repeats="quarterly"))
    client, whole = client_of(member), {"evidence": "Seen.", "finding": "kept", "is_closed": "on"}
    place = url("control", town, contract=contract.public_id, control=control.public_id)
    assert client.post(place, whole | {"seen": 1}).status_code == 302
    client.post(place, whole | {"seen": 2})  # a second press
    following = TermControl.objects.get(closed_at=None)
    assert following.due_on == next_control(today, "quarterly")
    place = url("control", town, contract=contract.public_id, control=following.public_id)
    client.post(place, whole | {"seen": 1})
    assert not TermControl.objects.filter(closed_at=None).exists()  # the next one would lie after the contract


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"finding": "kept"}, "closed on evidence"),
        ({"evidence": "Seen."}, "whether the term is kept"),
        ({"evidence": "Seen.", "finding": "broken"}, "what is done about it"),
    ],
)
def test_a_control_is_closed_only_with_evidence_finding_and_measure(data: dict[str, str], words: str) -> None:
    member = someone_who_is("member", town := an_organisation())
    control = a_control(a_term(contract := a_contract(town)))
    place = url("control", town, contract=contract.public_id, control=control.public_id)
    answer = client_of(member).post(place, data | {"is_closed": "on", "seen": 1})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    control.refresh_from_db()
    assert control.closed_at is None


def test_a_contract_is_added_once_however_often_its_button_is_pressed() -> None:
    member = someone_who_is("member", town := an_organisation())
    client, data = client_of(member), contract_data(title=HOSTILE, supplier_name="=cmd|' /C calc'!A0")
    for _press in range(2):
        assert client.post(url("contract_new", town), data).status_code == 302
    contract = Contract.objects.get(organisation=town)
    page = client.get(url("contract", town, contract=contract.public_id)).content.decode()
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "2025-12-31"}, "before it begins"),
        ({"ends_on": "", "extension_until": "2030-12-31"}, "An extension begins when the agreed term ends"),
        ({"notice_by": "2029-01-01"}, "nothing can be chosen any more"),
        ({"valid_from": "0201-01-01"}, "too far away"),
        ({"yearly_value_eur": "-1"}, "Yearly value"),
        ({"supplier_business_id": "1234567-2"}, "business ID"),
        ({"title": "x" * 201}, "200"),
    ],
)
def test_a_contract_that_does_not_hold_together_is_refused_and_nothing_is_saved(
    changes: dict[str, str], words: str
) -> None:
    member = someone_who_is("member", town := an_organisation())
    answer = client_of(member).post(url("contract_new", town), contract_data(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Contract.objects.exists()


def test_the_second_of_two_editors_keeps_their_text_and_sees_what_changed() -> None:
    member = someone_who_is("member", town := an_organisation())
    contract = a_contract(town)
    client, place = client_of(member), url("contract_edit", town, contract=contract.public_id)
    client.post(place, contract_data(title="First", seen=1))
    answer = client.post(place, contract_data(title="Second", seen=1))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Second"' in page
    assert "First" in page
    assert client.post(place, contract_data(title="Second", seen=2)).status_code == 302
    contract.refresh_from_db()
    assert (contract.title, contract.version) == ("Second", 3)


def test_the_plan_gets_the_contracts_in_force_with_the_day_on_which_each_reopens() -> None:
    town, day = an_organisation(), dt.date(2027, 1, 1)
    years = {year: dt.date(year, 12, 31) for year in range(2025, 2033)}
    value = Decimal("1000.00")
    common = {"yearly_value_eur": value, "valid_from": dt.date(2024, 1, 1)}
    a_contract(town, ends_on=years[2028], **common)
    a_contract(town, ends_on=years[2027], extension_until=years[2029], **common)
    a_contract(town, ends_on=None, notice_by=years[2030], **common)
    a_contract(town, ends_on=years[2026], **common)  # over
    a_contract(an_organisation(), ends_on=years[2028], **common)  # somebody else's
    found = contracts_of(town, on=day)
    assert found == (
        PlanContract("FOOD", value, years[2028], None),
        PlanContract("FOOD", value, years[2029], years[2027]),
        PlanContract("FOOD", value, None, years[2030]),
    )
    assert [each.reopens for each in found] == [years[2028], years[2027], years[2030]]


def test_renewals_come_up_on_the_home_in_time() -> None:
    member = someone_who_is("member", town := an_organisation())
    today = timezone.localdate()
    a_contract(town, title="Food", notice_by=today + dt.timedelta(days=60))
    a_contract(town, title="Later", notice_by=today + dt.timedelta(days=200))
    assert [need.due for need in needs(member, [town])] == [today + dt.timedelta(days=60)]
    assert [each.date for each in coming_dates(member, town)] == [
        today + dt.timedelta(days=60),
        today + dt.timedelta(days=365),
        today + dt.timedelta(days=200),
        today + dt.timedelta(days=365),
    ]


@pytest.mark.parametrize(
    ("day", "repeats", "following"),
    [
        (dt.date(2027, 1, 31), "monthly", dt.date(2027, 2, 28)),
        (dt.date(2027, 11, 30), "monthly", dt.date(2027, 12, 30)),
        (dt.date(2027, 12, 31), "monthly", dt.date(2028, 1, 31)),
        (dt.date(2027, 11, 30), "quarterly", dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 29), "yearly", dt.date(2029, 2, 28)),
        (dt.date(2027, 6, 15), "never", None),
    ],
)
def test_the_next_control_keeps_to_the_calendar(day: dt.date, repeats: str, following: dt.date | None) -> None:
    assert next_control(day, repeats) == following
