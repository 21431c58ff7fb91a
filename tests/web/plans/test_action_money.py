"""Money of actions: sums by step, what lacks a decision, the days of the budget's steps."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from keino.web.plans.models import Action, BudgetDay
from keino.web.plans.queries.actions import budget_days, budget_sums, day_of
from tests.factories.actions import an_action, written
from tests.factories.web import an_organisation
from tests.web.plans.test_actions import as_a, at, text_of

pytestmark = pytest.mark.django_db


def test_b13_actions_without_a_budget_decision_are_reported_on_page_and_in_a_workbook() -> None:
    town, day = an_organisation(), timezone.localdate()
    lacking = an_action(
        town, title="=HYPERLINK(1)", budget_year=2028, budget_step="approval", investment_eur=Decimal("1234.50"),
        category_code="HEAT.OIL",
    )  # fmt: skip
    an_action(town, title="Done without money", state="done", done_on=day, evidence="x")
    an_action(town, title="Decided", decision="Council § 87", decided_on=day)
    an_action(town, title="Free of charge", has_no_budget_effect=True)
    an_action(town, title="Given up", state="cancelled", cancelled_on=day)
    an_action(an_organisation(), title="Somebody else's")
    client = as_a("member", town)
    shown = text_of(client.get(at("actions_undecided", town)))
    assert "2 actions have no budget decision." in shown
    assert "=HYPERLINK(1)" in shown
    assert "2028, approval of the budget by 31 December 2027" in shown
    for title in ("Decided", "Free of charge", "Given up", "else"):
        assert title not in shown
    book = load_workbook(io.BytesIO(client.get(at("actions_undecided_xlsx", town)).content))
    head, *rows = book.active.iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["=HYPERLINK(1)", "Done without money"]
    assert (rows[0][5], rows[0][7]) == (2028, 1234.5)
    assert book.active["A2"].data_type == "s"  # a text, no formula
    assert head[0] == "Action"
    # a decision noted on the action's page takes it off the report
    sent = written(
        title=lacking.title, deadline=lacking.deadline.isoformat(), version=lacking.version,
        decision="Kunnanvaltuusto § 87", decided_on=day.isoformat(), investment_eur="1234.50",
        budget_year="2028", budget_step="approval",
    )  # fmt: skip
    assert client.post(at("action_edit", town, action=lacking.public_id), sent).status_code == 302
    assert "1 action has no budget decision." in text_of(client.get(at("actions_undecided", town)))


def test_b13_an_action_says_decision_or_no_effect_and_every_one_done_is_told() -> None:
    town = an_organisation()
    client = as_a("member", town)
    assert "No actions yet" in text_of(client.get(at("actions_undecided", town)))
    client.post(at("action_new", town), written(has_no_budget_effect="on"))
    assert Action.objects.get().has_no_budget_effect
    assert "Every action has its budget decision, or needs none." in text_of(client.get(at("actions_undecided", town)))


def test_sums_by_year_and_step_count_what_is_unknown_and_leave_out_what_was_given_up() -> None:
    town = an_organisation()
    for step, year, amount in (("approval", 2027, 100), ("approval", 2027, 50), ("frame", 2027, None), ("", None, 7)):
        money = None if amount is None else Decimal(amount)
        an_action(town, budget_step=step, budget_year=year, investment_eur=money)
    an_action(
        town, budget_step="frame", budget_year=2027, running_eur_per_year=Decimal("-20.5"), decision="§ 1",
        decided_on=dt.date(2026, 1, 1),
    )  # fmt: skip
    an_action(
        town, budget_step="frame", budget_year=2027, investment_eur=Decimal(999), state="cancelled",
        cancelled_on=dt.date(2026, 1, 1),
    )  # fmt: skip
    sums = budget_sums(town)
    assert list(sums) == [2027, None]
    frame, approval = sums[2027]
    assert (frame.step, frame.actions, frame.investment_eur, frame.running_eur_per_year) == (
        "frame", 2, Decimal(0), Decimal("-20.5"),
    )  # fmt: skip
    assert (frame.without_amount, frame.undecided) == (1, 1)
    assert (approval.investment_eur, approval.undecided) == (Decimal(150), 2)
    shown = text_of(as_a("approver", town).get(at("action_budget", town))).replace("€ ", "€")
    assert "4 actions: €150 of investment" in shown
    assert "1 of them has no amount yet" in shown


def test_days_of_steps_are_usual_until_an_organisation_says_its_own() -> None:
    town = an_organisation()
    usual = budget_days(town)
    # Local Government Act 110 § and 113 §: the budget by the end of the year before, the accounts by the end of March
    assert day_of("approval", 2027, usual) == dt.date(2026, 12, 31)
    assert day_of("closing", 2027, usual) == dt.date(2028, 3, 31)
    client, address = as_a("responsible_person", town), at("budget_days", town)
    sent = {"frame": "15.6.", "proposal": "30.9.", "approval": "16.11", "mid_year": "31.8.", "closing": "31.3."}
    assert client.post(address, sent | {"frame": "31.2."}).status_code == 400
    assert client.post(address, sent | {"frame": "June"}).status_code == 400
    assert not BudgetDay.objects.exists()
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert BudgetDay.objects.count() == 2  # usual days are not kept
    assert day_of("approval", 2027, budget_days(town)) == dt.date(2026, 11, 16)
    assert client.post(address, sent | {"approval": "31.12.", "frame": "31.5."}).status_code == 302
    assert not BudgetDay.objects.exists()
