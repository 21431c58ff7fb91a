"""Innovation, the risk register, criteria, themes across categories, lessons."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from keino.web.procurements.models import ChosenCriterion, Lesson, Procurement, Risk
from keino.web.procurements.queries.procurements import lessons_of, themes_of
from tests.factories.procurements import (
    a_criterion,
    a_procurement,
    a_risk,
    a_whole_procurement,
    criterion_data,
    evaluation_data,
    risk_data,
)
from tests.factories.web import an_organisation, someone_who_is
from tests.web.procurements.test_procurement_pages import as_a, page, text_of

pytestmark = pytest.mark.django_db


# ---- innovation and risks


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("none", "What is bought: nothing new."),
        ("new_to_buyer", "What is bought: new to us."),
        ("new_to_market", "What is bought: new to the market."),
        ("developed", "What is bought: developed in the procurement."),
    ],
)
def test_b33_what_is_new_is_told_apart_from_a_new_way_of_buying(code: str, words: str) -> None:
    procurement = a_procurement()
    client = as_a("member", procurement.organisation)
    sent = {"seen": 1, "innovation_class": code, "is_process_innovation": "on", "innovation_note": "Paid by outcome."}
    assert client.post(page("procurement_edit", procurement, part="newness"), sent).status_code == 302
    procurement.refresh_from_db()
    assert (procurement.innovation_class, procurement.is_process_innovation) == (code, True)
    shown = text_of(client.get(page("procurement", procurement)))
    assert f"{words} The way of buying is new to us, too. Paid by outcome." in shown


def test_b33_risks_of_all_four_sources_stand_in_the_register_the_greatest_open_one_first() -> None:
    procurement = a_procurement()
    client = as_a("member", procurement.organisation)
    keeper = someone_who_is("member", procurement.organisation)
    rows = [
        ("object", "The ovens fail", "2", "5", "open"),  # 10
        ("parties", "Nobody has time", "4", "4", "open"),  # 16
        ("process", "The appeal takes a year", "5", "5", "accepted"),  # 25, but not open
        ("market", "One tender only", "3", "1", "open"),  # 3
    ]
    for source, text, likelihood, effect, state in rows:
        data = risk_data(source=source, text=text, likelihood=likelihood, effect=effect, state=state, owner=keeper.pk)
        for _ in range(2):  # pressed twice
            assert client.post(page("risk_new", procurement), data).status_code == 302
    assert Risk.objects.count() == 4
    shown = text_of(client.get(page("procurement", procurement)))
    order = [shown.index(text) for text in ("Nobody has time", "The ovens fail", "One tender only", "The appeal takes")]
    assert order == sorted(order)
    assert "the buyer and the supplier 4 × 4 = 16" in shown
    assert str(keeper) in shown


@pytest.mark.parametrize(
    ("field", "value"),
    [("likelihood", "0"), ("likelihood", "6"), ("effect", "-1"), ("effect", ""), ("source", "stars"), ("text", "")],
)
def test_a_risk_outside_the_scales_is_refused(field: str, value: str) -> None:
    procurement = a_procurement()
    answer = as_a("member", procurement.organisation).post(page("risk_new", procurement), risk_data(**{field: value}))
    assert answer.status_code == 422
    assert not Risk.objects.exists()


def test_a_risk_is_mitigated_by_something() -> None:
    risk = a_risk(a_procurement())
    client = as_a("member", risk.procurement.organisation)
    address = page("risk_edit", risk.procurement, risk=risk.public_id)
    answer = client.post(address, risk_data(seen=1, state="mitigated", measure=" "))
    assert answer.status_code == 422
    assert "Say what was done about the risk" in text_of(answer)
    assert client.post(address, risk_data(seen=1, state="mitigated", measure="Asked three.")).status_code == 302
    assert client.post(address, risk_data(seen=1, state="accepted", measure="Other.")).status_code == 422
    risk.refresh_from_db()
    assert (risk.state, risk.measure, risk.version) == ("mitigated", "Asked three.", 2)


# ---- criteria


def test_criteria_stand_on_the_page_with_their_verification() -> None:
    procurement = a_procurement()
    client = as_a("member", procurement.organisation)
    data = criterion_data(weight_percent="15.5")
    for _ in range(2):
        assert client.post(page("criterion_new", procurement), data).status_code == 302
    shown = text_of(client.get(page("procurement", procurement)))
    assert "1 criterion" in shown
    start = shown.index("Deliveries by zero-emission vans.")
    assert "award criterion front-runner level Registration certificates" in shown[start:]
    assert shown[start:].split("before the start. ")[1].startswith("15.5")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"verification": ""}, "This field is required."),
        ({"kind": "contract_term"}, "Only award criteria have a weight."),
        ({"weight_percent": "101"}, "less than or equal to 100"),
        ({"weight_percent": "60.5"}, "the weights of the award criteria would be"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_a_criterion_that_cannot_be_is_refused(fields: dict[str, str], said: str) -> None:
    procurement = a_procurement()
    a_criterion(procurement, kind="award_criterion", weight_percent=Decimal(40))
    answer = as_a("member", procurement.organisation).post(page("criterion_new", procurement), criterion_data(**fields))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert ChosenCriterion.objects.count() == 1


@pytest.mark.parametrize("state", ["published", "evaluation", "awarded", "contract", "closed"])
def test_once_the_tender_is_out_its_criteria_stay(state: str) -> None:
    procurement = a_procurement(state=state)
    criterion = a_criterion(procurement)
    client = as_a("member", procurement.organisation)
    assert client.post(page("criterion_new", procurement), criterion_data()).status_code == 422
    address = page("criterion_edit", procurement, criterion=criterion.public_id)
    assert client.post(address, criterion_data(seen=1)).status_code == 422
    client.post(page("criterion_remove", procurement, criterion=criterion.public_id))
    criterion.refresh_from_db()
    assert (ChosenCriterion.objects.count(), criterion.version) == (1, 1)
    assert "can’t be changed any more" in text_of(client.get(page("procurement", procurement)))


def test_a_criterion_is_taken_out_after_a_question_and_twice_is_harmless() -> None:
    procurement = a_procurement()
    criterion = a_criterion(procurement)
    client = as_a("member", procurement.organisation)
    address = page("criterion_remove", procurement, criterion=criterion.public_id)
    assert "Take this criterion out?" in text_of(client.get(address))
    assert client.post(address).status_code == 302
    assert not ChosenCriterion.objects.exists()
    assert client.post(address).status_code == 404


# ---- themes


def test_b34_themes_are_chosen_across_categories_and_filter_the_list() -> None:
    town = an_organisation()
    client = as_a("member", town)
    for title, category, themes in (
        ("Lunches", "FOOD", ["low_carbon", "social"]),
        ("Laptops", "ICT.HARDWARE", ["low_carbon", "circular"]),
        ("Data hub", "ICT", ["data", "digital", "innovation"]),
    ):
        sent = {"key": str(uuid.uuid4()), "title": title, "category": category, "themes": themes}
        assert client.post(page("procurement_new", town), sent).status_code == 302

    def found(theme: str) -> set[str]:
        return {
            row["procurement"].title for row in client.get(page("procurements", town), {"theme": theme}).context["rows"]
        }

    assert found("low_carbon") == {"Lunches", "Laptops"}
    assert found("circular") == {"Laptops"}
    assert found("social") == {"Lunches"}
    assert found("digital") == found("data") == found("innovation") == {"Data hub"}
    lunches = Procurement.objects.get(title="Lunches")
    client.post(page("procurement_edit", lunches, part="basics"), {"seen": 1, "title": "Lunches", "themes": ["social"]})
    assert found("low_carbon") == {"Laptops"}


def test_b34_the_summary_counts_number_and_value_by_theme_and_state() -> None:
    """Worked out by hand: low carbon 100 000 + 50 000 (idea) + 30 000 (contract) = 180 000, one without an estimate."""
    town = an_organisation()

    def add(state: str, value: int | None, *themes: str) -> None:
        a_procurement(town, state=state, estimated_value_eur=value, themes=themes)

    add("idea", 100_000, "low_carbon", "social")
    add("idea", 50_000, "low_carbon")
    add("contract", 30_000, "low_carbon")
    add("published", None, "low_carbon")
    add("cancelled", 999_000, "low_carbon")
    add("closed", 7_000)
    a_procurement(estimated_value_eur=5, themes=("low_carbon",))  # of another town
    summaries = {each.theme: each for each in themes_of(town)}
    low_carbon = summaries["low_carbon"]
    assert (low_carbon.whole.count, low_carbon.whole.value_eur, low_carbon.whole.without_value) == (4, 180_000, 1)
    assert {state: (share.count, share.value_eur) for state, share in low_carbon.by_state.items()} == {
        "idea": (2, 150_000),
        "contract": (1, 30_000),
        "published": (1, 0),
    }
    assert (summaries["social"].whole.count, summaries["social"].whole.value_eur) == (1, 100_000)
    assert (summaries[""].whole.count, summaries[""].whole.value_eur) == (1, 7_000)
    assert summaries["digital"].whole.count == 0
    shown = text_of(as_a("approver", town).get(page("themes", town)))
    assert "Low carbon : 4 procurements, €180,000 (1 of them without an estimate)" in shown
    assert "Without a theme: 1 procurement, €7,000" in shown
    assert "€0" not in shown


# ---- what was learnt


def test_an_evaluation_feeds_its_lesson_to_the_category() -> None:
    town = an_organisation()
    procurement = a_whole_procurement(town, state="contract", category="FOOD.MEAT")
    client = as_a("member", town)
    assert "Evaluate the procurement" in text_of(client.get(page("procurement", procurement)))
    data = evaluation_data(category="FOOD.MEAT", lesson="Ask for menus earlier.", indicator="Waste", result="12 g")
    for _ in range(2):
        assert client.post(page("evaluate", procurement), data).status_code == 302
    assert Lesson.objects.count() == 1
    assert [each.lesson for each in lessons_of(town, "FOOD.MEAT")] == ["Ask for menus earlier."]
    assert lessons_of(town, "FOOD").count() == 1
    assert lessons_of(town, "FOOD.FISH").count() == 0
    assert lessons_of(an_organisation(), "FOOD").count() == 0
    assert "Indicator Waste: 12 g" in text_of(client.get(page("procurement", procurement)))


def test_an_evaluation_needs_its_lesson_and_something_to_evaluate() -> None:
    procurement = a_whole_procurement(state="contract")
    client = as_a("member", procurement.organisation)
    assert client.post(page("evaluate", procurement), evaluation_data(lesson="")).status_code == 422
    idea = a_whole_procurement(procurement.organisation, state="idea")
    answer = client.post(page("evaluate", idea), evaluation_data())
    assert answer.status_code == 422
    assert "because it is “idea”" in text_of(answer)
    assert not Lesson.objects.exists()
