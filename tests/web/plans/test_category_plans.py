"""Category plans: from the list of hotspots to a plan in force; what is missing is named; numbers stay as approved."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from keino.domain.plans.estimates import Estimate
from keino.domain.plans.potential import CategoryPotential
from keino.errors import KeinoError
from keino.web.base.frozen import DocumentIsFinal
from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.models import Run
from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.plans.document_errors import ApprovedBefore
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion, PlanComment
from keino.web.plans.queries import category_numbers
from keino.web.plans.services.category_approval import approve_plan
from tests.factories.plan_documents import (
    CATEGORY,
    a_goal,
    a_plan_draft,
    a_reviewed_plan,
    a_tender,
    a_whole_plan,
    an_approved_plan,
    version_of,
)
from tests.factories.web import a_finished_run, a_ledger, an_organisation, someone_who_is
from tests.web.plans.document_browsing import as_a, client_of, hidden, page, rows_data, text_of

pytestmark = pytest.mark.django_db

#: Spend and kgCO2e of meals in 2023, as tests/factories/results.py has them: 2 410 000 € × 0.305 kg/€.
SPEND, KG = Decimal("2410000.00"), 2_410_000 * 0.305
#: The largest footprints of 2023 there: 1 032 t, 1 029 t, 761 t, 735 t, 551 t.
LARGEST = ("HEAT.DISTRICT", "BUILD.REPAIR", "ELEC.POWER", CATEGORY, "INFRA.WORKS")
POTENTIAL = Estimate(100_000.0, 200_000.0, 300_000.0)


@pytest.fixture(autouse=True)
def potential(monkeypatch: pytest.MonkeyPatch) -> None:
    """Meals have a potential, power has none and says why; how it is reckoned is tested elsewhere."""
    rows = (
        CategoryPotential(1, CATEGORY, None, potential_kgco2e=POTENTIAL),
        CategoryPotential(2, "ELEC.POWER", None, not_assessed="no_cited_effect"),
    )
    monkeypatch.setattr(category_numbers, "potential_of", lambda _run: SimpleNamespace(rows=rows))


def plan_page(organisation: Organisation, name: str = "category_plan", **more: Any) -> str:
    return page(name, organisation, category=CATEGORY, **more)


# ---- the list


def test_the_list_shows_hotspots_first_with_their_numbers_and_what_has_no_plan() -> None:
    town = an_organisation()
    a_finished_run(town)
    an_approved_plan(town)
    client = as_a("member", town)
    said = text_of(client.get(page("category_plans", town))).partition("of 2023 first")[2]
    with override("en"):
        names = [category_name(code) for code in LARGEST]
    places = [said.index(name) for name in names]
    assert places == sorted(places)
    assert "200 t CO₂e" in said
    assert "not assessed" in said
    said = text_of(client.get(page("category_plans", town)))
    total = Run.objects.get().totals.get(year=2023).footprint_kgco2e
    assert total is not None
    assert f"make {100 * KG / total:.0f}% of the footprint of 2023" in said
    assert f"The largest without a plan: {names[0]} (" in said
    without = text_of(client.get(page("category_plans", town) + "?show=without"))
    assert names[0] in without.partition("of 2023 first")[2]
    assert names[3] not in without


def test_without_a_footprint_a_plan_can_be_begun_all_the_same() -> None:
    town = an_organisation()
    client = as_a("member", town)
    assert "There is no footprint yet" in text_of(client.get(page("category_plans", town)))
    for _ in range(2):  # pressed twice
        answer = client.post(page("category_plan_begin", town), {"category": CATEGORY})
        assert answer.url == plan_page(town)
    plan = CategoryPlan.objects.get()
    assert plan.owner is not None
    assert client.post(page("category_plan_begin", town), {"category": "NO.SUCH"}).status_code == 422
    assert CategoryPlan.objects.count() == 1


# ---- the gate


def test_b11_a_refusal_names_everything_missing_with_a_link_to_where_it_is_written() -> None:
    town = an_organisation()
    plan = a_plan_draft(town, owner=None)
    member, approver = as_a("member", town), as_a("approver", town)
    review = member.get(plan_page(town, "category_plan_review"))
    member.post(plan_page(town, "category_plan_review"), {"version": hidden(review, "version")})
    approve = plan_page(town, "category_plan_approve")
    answer = approver.post(approve, {"version": hidden(approver.get(approve), "version")})
    assert answer.status_code == 422
    said = text_of(answer)
    writers_page = member.get(plan_page(town, "category_plan")).content.decode()
    for lack, section in (
        ("The plan has no owner.", "scope"),
        ("No goal can be measured by a day to come.", "goals"),
        ("The calendar has no tendering.", "tenders"),
        ("Nothing is said of the budget.", "budget"),
    ):
        assert lack in said
        link = f'href="{plan_page(town, "category_plan_section", section=section)}"'
        assert link in writers_page
        assert link not in answer.content.decode()  # an approver who may not write sends the plan back instead
    assert f'action="{plan_page(town, "category_plan_reopen")}"' in answer.content.decode()
    plan.refresh_from_db()
    assert plan.state == "reviewed"
    assert not plan.versions.exists()


@pytest.mark.parametrize(
    ("lacking", "lack"),
    [
        ({"owner": None}, "The plan has no owner."),
        ({"goal": {"unit": ""}}, "No goal can be measured"),
        ({"goal": {"deadline": ""}}, "No goal can be measured"),
        ({"goal": {"deadline": "2020-01-01"}}, "No goal can be measured"),
        ({"no_budget_effect": False}, "Nothing is said of the budget."),
    ],
)
def test_b11_each_thing_that_is_missing_keeps_a_plan_from_being_approved(lacking: dict[str, Any], lack: str) -> None:
    town = an_organisation()
    if "goal" in lacking:
        lacking = {"goals": [a_goal(**lacking["goal"])]}
    plan = a_reviewed_plan(town, **lacking)
    answer = as_a("approver", town).post(plan_page(town, "category_plan_approve"), {"version": plan.version})
    assert answer.status_code == 422
    assert lack in text_of(answer)
    assert answer.content.decode().count("<li>The") + answer.content.decode().count("<li>No") == 1
    assert not CategoryPlanVersion.objects.exists()


def test_b11_without_a_tendering_no_approval() -> None:
    town = an_organisation()
    plan = a_reviewed_plan(town)
    plan.tenders.all().delete()
    answer = as_a("approver", town).post(plan_page(town, "category_plan_approve"), {"version": plan.version})
    assert answer.status_code == 422
    assert "The calendar has no tendering." in text_of(answer)


def test_b11_a_budget_link_is_as_good_as_no_effect_but_not_both() -> None:
    town = an_organisation()
    plan = a_whole_plan(town, no_budget_effect=False)
    client = as_a("member", town)
    address = plan_page(town, "category_plan_section", section="budget")
    both = {"version": plan.version, "budget_link": "Budget 2027, p. 41", "no_budget_effect": "on"}
    answer = client.post(address, both)
    assert answer.status_code == 422
    assert "You wrote where the money stands." in text_of(answer)
    assert client.post(address, {"version": plan.version, "budget_link": "Budget 2027, p. 41"}).status_code == 302
    plan.refresh_from_db()
    client.post(plan_page(town, "category_plan_review"), {"version": plan.version})
    plan.refresh_from_db()
    approve_plan(plan, by=someone_who_is("approver", town), seen=plan.version)
    assert version_of(plan).content["budget_link"] == "Budget 2027, p. 41"


# ---- from writing to in force


def test_b11_a_plan_is_written_reviewed_approved_and_put_in_force_on_the_pages() -> None:
    town = an_organisation()
    a_finished_run(town)
    member = someone_who_is("member", town)
    writing = client_of(member)
    writing.post(page("category_plan_begin", town), {"category": CATEGORY})

    def write(section: str, data: dict[str, Any]) -> None:
        address = plan_page(town, "category_plan_section", section=section)
        version = hidden(writing.get(address), "version")
        answer = writing.post(address, {"version": version, **data})
        assert answer.status_code == 302, text_of(answer)

    deadline = timezone.localdate() + dt.timedelta(days=400)
    write("scope", {"owner": str(member.pk), "scope": "All meals", "market_view": "Four companies"})
    goal = {"indicator": "Emissions", "baseline": "735,5", "target": "500.25", "unit": "t", "deadline": str(deadline)}
    empty = dict.fromkeys(goal, "")
    writing.cookies["keino_language"] = "fi"  # a decimal comma
    write("goals", rows_data([goal | {"target": "500,25"}, empty]))
    writing.cookies["keino_language"] = "en"
    write("measures", rows_data([{"code": "", "text": "More plants", "note": "Twice a week"}]))
    write(
        "criteria",
        rows_data([{"text": "Plant-based days", "link": "https://example.org/c", "source": "Criteria bank"}]),
    )
    write(
        "tenders", rows_data([{"title": "School meals", "year": "2027", "quarter": "2", "day": "", "procurement": ""}])
    )
    write("risks", rows_data([{"risk": "Few offers", "response": "Dialogue"}]))
    write("budget", {"budget_link": "Budget 2027, p. 41"})
    plan = CategoryPlan.objects.get()
    assert plan.goals == [
        {"indicator": "Emissions", "baseline": "735.5", "target": "500.25", "unit": "t", "deadline": str(deadline)}
    ]
    said = text_of(writing.get(plan_page(town)))
    assert "More plants Twice a week" in said
    assert "School meals Q2/2027" in said
    assert "In 2023 the purchases of this category came to €2.41 million." in said
    assert "Procurement could still take away 200 t CO₂e a year (100–300 t CO₂e)." in said
    assert "Missing before" not in said

    review = writing.get(plan_page(town, "category_plan_review"))
    writing.post(plan_page(town, "category_plan_review"), {"version": hidden(review, "version")})
    approver = someone_who_is("approver", town)
    reading = client_of(approver)
    preview = reading.get(plan_page(town, "category_plan_approve"))
    reading.post(plan_page(town, "category_plan_approve"), {"version": hidden(preview, "version")})
    assert f"Version 1 was approved by {approver} (approver)" in text_of(writing.get(plan_page(town)))
    for _ in range(2):  # pressed twice
        writing.post(plan_page(town, "category_plan_in_force"))
    assert "Version 1 has been in force since" in text_of(writing.get(plan_page(town)))
    close = plan_page(town, "category_plan_close")
    assert writing.post(close, {"closing_note": ""}).status_code == 422
    writing.post(close, {"closing_note": "Both goals were reached."})
    assert "Both goals were reached." in text_of(writing.get(plan_page(town)))
    plan.refresh_from_db()
    assert plan.state == "closed"
    history = text_of(writing.get(plan_page(town, "category_plan_history")))
    for deed in ("began", "reviewed", "approved", "put", "closed"):
        assert f"{deed} a category plan" in history


@pytest.mark.parametrize("role", ["responsible_person", "member"])
def test_b11_only_an_approver_approves(role: str) -> None:
    town = an_organisation()
    plan = a_reviewed_plan(town)
    address = plan_page(town, "category_plan_approve")
    assert as_a(role, town).post(address, {"version": plan.version}).status_code == 403
    assert not CategoryPlanVersion.objects.exists()


def test_changing_a_reviewed_plan_makes_it_a_draft_again() -> None:
    town = an_organisation()
    plan = a_reviewed_plan(town)
    address = plan_page(town, "category_plan_section", section="scope")
    answer = as_a("member", town).post(address, {"version": plan.version, "scope": "Less"}, follow=True)
    assert "The plan is a draft again" in text_of(answer)
    plan.refresh_from_db()
    assert (plan.state, plan.reviewed_by) == ("draft", None)


# ---- what was approved stays


def test_b11_the_numbers_of_the_day_of_approval_stay_with_their_edition() -> None:
    town = an_organisation()
    run = a_finished_run(town)
    plan = an_approved_plan(town)
    version = version_of(plan)
    assert version.run == run
    assert version.numbers["run"] == str(run.public_id)
    assert Decimal(version.numbers["spend"]) == SPEND
    assert version.numbers["footprint_kgco2e"] == pytest.approx(KG)
    assert version.numbers["potential"] == [100_000.0, 200_000.0, 300_000.0]
    assert version.numbers["editions"] == dict(category_numbers.run_result(run).editions)
    from dataclasses import replace

    from tests.factories.results import footprint_result

    result = footprint_result()
    halved = tuple(
        replace(part, footprint_kgco2e=part.footprint_kgco2e and part.footprint_kgco2e / 2)
        for part in result.by_category_year
    )
    a_finished_run(town, result=replace(result, by_category_year=halved))
    said = text_of(as_a("member", town).get(plan_page(town)))
    then = said.partition("When version 1 was approved")[2]
    assert "They caused 368 t CO₂e" in said.partition("When version 1 was approved")[0]  # 735.05 / 2
    assert "They caused 735 t CO₂e" in then


def test_b11_a_category_that_was_not_assessed_says_so() -> None:
    town = an_organisation()
    a_finished_run(town)
    plan = an_approved_plan(town, "ELEC.POWER")
    version = version_of(plan)
    assert (version.numbers["potential"], version.numbers["not_assessed"]) == (None, "no_cited_effect")
    address = page("category_plan_version", town, category="ELEC.POWER", number=1)
    said = text_of(as_a("member", town).get(address))
    assert "Potential not assessed: no source gives the effect of its measures as a share." in said


def test_b11_an_approved_version_is_never_changed() -> None:
    town = an_organisation()
    plan = an_approved_plan(town)
    version = version_of(plan)
    attempts: list[Callable[[], object]] = [
        version.save,
        version.delete,
        lambda: CategoryPlanVersion.objects.update(content={}),
        lambda: CategoryPlanVersion.objects.all().delete(),
    ]
    for attempt in attempts:
        with pytest.raises(DocumentIsFinal), transaction.atomic():
            attempt()
    client = as_a("member", town)
    address = plan_page(town, "category_plan_section", section="scope")
    assert client.get(address).url == plan_page(town)
    refused = client.post(address, {"version": plan.version, "scope": "Something else"})
    assert refused.status_code == 409
    assert "because it is “approved”" in text_of(refused)
    client.post(plan_page(town, "category_plan_reopen"))
    plan.refresh_from_db()
    client.post(address, {"version": plan.version, "scope": "Something else"})
    said = text_of(client.get(plan_page(town)))
    assert "You are writing version 2. Version 1 stays as it was approved." in said
    assert "Something else" not in text_of(client.get(plan_page(town, "category_plan_version", number=1)))
    compared = text_of(client.get(plan_page(town, "category_plan_comparison", number=1)))
    assert "What belongs to it (new)" in compared
    assert "Something else" in compared
    assert "The market" not in compared


# ---- people at the same time, numbers on the way


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.RUNNING])
def test_b11_no_approval_while_the_footprint_is_calculated(state: str) -> None:
    town = an_organisation()
    a_finished_run(town)
    plan = a_reviewed_plan(town)
    run = Run.objects.create(organisation=town, state=state)
    client = as_a("approver", town)
    address = plan_page(town, "category_plan_approve")
    assert "The footprint is being calculated anew" in text_of(client.get(address))
    answer = client.post(address, {"version": plan.version})
    assert answer.status_code == 409
    assert "Nothing was approved and nothing was lost." in text_of(answer)
    plan.refresh_from_db()
    assert plan.state == "reviewed"
    assert not plan.versions.exists()
    Run.objects.filter(pk=run.pk).update(state=RunState.FAILED)
    assert client.post(address, {"version": plan.version}).status_code == 302


def test_b11_no_approval_while_a_ledger_is_read() -> None:
    town = an_organisation()
    plan = a_reviewed_plan(town)
    a_ledger(town, state=LedgerState.READING)
    answer = as_a("approver", town).post(plan_page(town, "category_plan_approve"), {"version": plan.version})
    assert answer.status_code == 409
    assert not CategoryPlanVersion.objects.exists()


def test_b11_of_two_approvers_one_wins_and_the_other_is_told() -> None:
    town = an_organisation()
    plan = a_reviewed_plan(town)
    first, second = someone_who_is("approver", town), someone_who_is("approver", town)
    address = plan_page(town, "category_plan_approve")
    client_of(first).post(address, {"version": plan.version})
    told = client_of(second).post(address, {"version": plan.version}, follow=True)
    assert f"{first} approved this before you pressed the button" in text_of(told)
    client_of(first).post(address, {"version": plan.version})  # pressed twice
    assert version_of(plan).approved_by == first


@pytest.mark.django_db(transaction=True)
def test_b11_of_two_approvers_at_the_same_moment_one_wins() -> None:
    town = an_organisation()
    plan = a_reviewed_plan(town)
    approvers = [someone_who_is("approver", town), someone_who_is("approver", town)]
    start = threading.Barrier(2)
    told: list[KeinoError | None] = [None, None]

    def approve(number: int) -> None:
        try:
            start.wait()
            approve_plan(CategoryPlan.objects.get(pk=plan.pk), by=approvers[number], seen=plan.version)
        except KeinoError as error:
            told[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = approvers.index(version_of(plan).approved_by)
    assert told[winner] is None
    assert isinstance(told[1 - winner], ApprovedBefore)


def test_the_second_of_two_writers_keeps_their_rows() -> None:
    town = an_organisation()
    plan = a_plan_draft(town)
    address = plan_page(town, "category_plan_section", section="risks")
    as_a("member", town).post(
        address, {"version": plan.version, **rows_data([{"risk": "Mine was first", "response": ""}])}
    )
    answer = as_a("member", town).post(
        address, {"version": plan.version, **rows_data([{"risk": "Mine was second", "response": ""}])}
    )
    assert answer.status_code == 409
    assert "Mine was first" in text_of(answer)
    assert "Mine was second" in text_of(answer)
    plan.refresh_from_db()
    assert [row["risk"] for row in plan.risks] == ["Mine was first"]


# ---- comments, publication, lessons


def test_the_buyer_s_people_and_its_mentor_comment_once_each() -> None:
    town = an_organisation()
    a_plan_draft(town)
    client = as_a("member", town)
    key = hidden(client.get(plan_page(town)), "key")
    for _ in range(2):  # pressed twice
        client.post(plan_page(town, "category_plan_comment"), {"text": "<b>Well</b> put", "key": key})
    assert PlanComment.objects.get().text == "<b>Well</b> put"
    assert "<b>Well</b>" not in client.get(plan_page(town)).content.decode()
    assert "<b>Well</b> put" in text_of(client.get(plan_page(town)))
    too_long = client.post(plan_page(town, "category_plan_comment"), {"text": "x" * 5_001, "key": key})
    assert too_long.status_code == 422
    stranger = as_a("member", an_organisation())
    assert stranger.post(plan_page(town, "category_plan_comment"), {"text": "No", "key": key}).status_code == 403


def test_everyone_sees_what_was_approved_only_where_the_organisation_is_public_and_published_it() -> None:
    town = an_organisation(is_public=False)
    a_finished_run(town)
    owner = someone_who_is("member", town)
    plan = an_approved_plan(town, owner=owner, scope="What everyone may read")
    anyone = client_of(someone_who_is("member", an_organisation()))
    public = plan_page(town, "public_plan")
    responsible = as_a("responsible_person", town)
    assert as_a("member", town).post(plan_page(town, "category_plan_publish")).status_code == 403
    responsible.post(plan_page(town, "category_plan_publish"), {"publish": "yes"})
    assert anyone.get(public).status_code == 404  # the organisation isn't public
    town.is_public = True
    town.save()
    said = text_of(anyone.get(public))
    assert "What everyone may read" in said
    assert "They caused 735 t CO₂e" in said
    assert str(owner) not in said
    assert str(version_of(plan).approved_by) not in said
    responsible.post(plan_page(town, "category_plan_reopen"))
    plan.refresh_from_db()
    address = plan_page(town, "category_plan_section", section="scope")
    responsible.post(address, {"version": plan.version, "scope": "A draft that nobody may read"})
    assert "A draft" not in text_of(anyone.get(public))
    responsible.post(plan_page(town, "category_plan_publish"), {"publish": "no"})
    assert anyone.get(public).status_code == 404


def test_a_draft_cannot_be_published() -> None:
    town = an_organisation(is_public=True)
    a_plan_draft(town)
    answer = as_a("responsible_person", town).post(
        plan_page(town, "category_plan_publish"), {"publish": "yes"}, follow=True
    )
    assert "Only an approved version can be shown to everyone." in text_of(answer)


def test_lessons_of_evaluated_procurements_are_shown_in_the_plan_of_their_category() -> None:
    from keino.web.procurements.models import Lesson
    from tests.factories.procurements import a_procurement, a_record

    town = an_organisation()
    a_plan_draft(town)
    procurement = a_procurement(town, category=CATEGORY, title="School meals 2024")
    record = a_record(procurement, "evaluation")
    Lesson.objects.create(record=record, category=CATEGORY, lesson="Ask for plant-based days")
    Lesson.objects.create(record=record, category="ELEC.POWER", lesson="Of another category")
    said = text_of(as_a("member", town).get(plan_page(town)))
    assert "Ask for plant-based days" in said
    assert "School meals 2024" in said
    assert "Of another category" not in said


# ---- bad input


@pytest.mark.parametrize(
    ("section", "row", "field"),
    [
        ("goals", {"indicator": "E", "baseline": "many"}, "Value today"),
        ("goals", {"indicator": "E", "deadline": "31.31.2027"}, "Deadline"),
        ("goals", {"indicator": "", "target": "1"}, "Indicator"),
        ("tenders", {"title": "Meals"}, "Quarter"),
        ("tenders", {"title": "Meals", "year": "27", "quarter": "2"}, "Year"),
        ("tenders", {"title": "Meals", "year": "2027", "quarter": "5"}, "Quarter"),
        ("criteria", {"text": "C", "link": "javascript:alert(1)"}, "Link"),
        ("measures", {"code": "no_such_measure"}, "Of the measures bank"),
        ("measures", {"note": "Only a note"}, "In own words"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_saved(section: str, row: dict[str, str], field: str) -> None:
    town = an_organisation()
    plan = a_plan_draft(town)
    address = plan_page(town, "category_plan_section", section=section)
    answer = as_a("member", town).post(address, {"version": plan.version, **rows_data([row])})
    assert answer.status_code == 422
    assert f"{field}:" in text_of(answer)
    kept = CategoryPlan.objects.get()
    assert (kept.version, kept.goals, kept.criteria, kept.measures) == (plan.version, [], [], [])
    assert not kept.tenders.exists()


def test_a_procurement_of_somebody_else_cannot_be_chosen() -> None:
    from tests.factories.procurements import a_procurement

    town = an_organisation()
    plan = a_plan_draft(town)
    other = a_procurement(an_organisation())
    address = plan_page(town, "category_plan_section", section="tenders")
    row = {"title": "Meals", "year": "2027", "quarter": "2", "procurement": str(other.pk)}
    answer = as_a("member", town).post(address, {"version": plan.version, **rows_data([row])})
    assert answer.status_code == 422
    assert not plan.tenders.exists()


def test_a_tendering_on_a_day_knows_its_quarter_and_comes_to_the_home() -> None:
    from keino.web.plans.needs import coming_dates

    town = an_organisation()
    plan = a_plan_draft(town)
    day = timezone.localdate() + dt.timedelta(days=30)
    address = plan_page(town, "category_plan_section", section="tenders")
    member = someone_who_is("member", town)
    client_of(member).post(
        address, {"version": plan.version, **rows_data([{"title": "Meals", "day": day.isoformat()}])}
    )
    tender = plan.tenders.get()
    assert (tender.year, tender.quarter) == (day.year, (day.month - 1) // 3 + 1)
    a_tender(plan, title="Long ago", day=dt.date(2020, 5, 1))
    assert [(each.date, each.title) for each in coming_dates(member, town)] == [(day, "Tendering: Meals")]
