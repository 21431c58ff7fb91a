"""The buyer's own rules: what they win over, how they match, and how faults in them are told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from keino.domain.ledgers.categories import CategoryRules, Decision, parse_buyer_rules
from keino.errors import UsageError
from keino.facts.read import read

ACCOUNTS = read("account_categories").rows
WORDS = read("category_words").rows
LEAVES = read("categories").rows
REASONS = read("exclusion_reasons").rows


def answer(decision: Decision) -> str:
    return decision.category_code or (f"!{decision.exclusion_reason}" if decision.exclusion_reason else "")


def rules_from(*rows: Mapping[str, str]) -> CategoryRules:
    parsed = parse_buyer_rules(rows, categories=LEAVES, exclusion_reasons=REASONS)
    return CategoryRules(accounts=ACCOUNTS, words=WORDS, chart="fi_municipal", buyer_rules=parsed)


def test_buyers_rule_wins_over_everything_and_names_its_row() -> None:
    rules = rules_from({"supplier_name": "Lämpö Oy*", "category": "HEAT.DISTRICT"})
    found = rules.decide({"account_code": "4470", "supplier_name": "LÄMPÖ OY AB"})
    assert found == Decision("HEAT.DISTRICT", "rule", 1.0, "rule row 2", "", False)


def test_first_matching_rule_wins_and_every_filled_cell_must_match() -> None:
    rules = rules_from(
        {"supplier_name": "Oma Oy", "unit_name": "Tekninen*", "category": "ELEC.GAS"},
        {"supplier_name": "oma oy", "unit_name": "", "category": "elec.power"},
        {"supplier_name": "Oma*", "category": "FUEL.MOTOR"},
    )
    assert answer(rules.decide({"supplier_name": "Oma Oy", "unit_name": "Tekninen toimi"})) == "ELEC.GAS"
    assert answer(rules.decide({"supplier_name": "Oma Oy", "unit_name": "Sivistys"})) == "ELEC.POWER"
    assert answer(rules.decide({"supplier_name": "Omakoti", "unit_name": "Sivistys"})) == "FUEL.MOTOR"
    assert answer(rules.decide({"supplier_name": "Muu"})) == ""


def test_rule_can_leave_lines_out_and_keeps_the_mark_of_investment() -> None:
    rules = rules_from(
        {"cost_centre": "900", "exclusion_reason": "internal"}, {"cost_centre": "1*", "category": "BUILD.NEW"}
    )
    assert answer(rules.decide({"cost_centre": "900", "account_code": "1116"})) == "!internal"
    assert rules.decide({"cost_centre": "12", "account_code": "1116"}).is_investment


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"account_code": "4340", "category": "EXP.CONSULTING"}, "EXP.CONSULT"),
        ({"account_code": "4340", "category": "HEAT"}, "HEAT.DISTRICT, HEAT.OIL"),
        ({"account_code": "4340", "exclusion_reason": "salaries"}, "Near it: salary"),
        ({"acount_code": "4340", "category": "EXP.LEGAL"}, "Near it: account_code"),
        ({"account_code": "4340"}, "Row 2 has neither a category nor an exclusion reason"),
        ({"account_code": "4340", "category": "EXP.LEGAL", "exclusion_reason": "tax"}, "Row 2 has both"),
        ({"account_code": "", "category": "EXP.LEGAL"}, "Row 2 has no condition"),
    ],
)
def test_faulty_rule_is_told_with_its_remedy(row: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_buyer_rules([row], categories=LEAVES, exclusion_reasons=REASONS)
    assert words in str(caught.value)


def test_all_faults_are_told_at_once_and_empty_rows_are_passed_over() -> None:
    rows = [{"account_code": "1", "category": "NOPE"}, {"account_code": "", "category": ""}, {"account_code": "2"}]
    with pytest.raises(UsageError) as caught:
        parse_buyer_rules(rows, categories=LEAVES, exclusion_reasons=REASONS)
    assert "Row 2 names the category NOPE" in str(caught.value)
    assert "Row 4 has neither" in str(caught.value)
    assert "Row 3" not in str(caught.value)


def test_rules_ask_for_their_columns_only() -> None:
    assert "supplier_name" in rules_from({"supplier_name": "A", "category": "ELEC.GAS"}).columns
    assert "supplier_name" not in rules_from({"unit_name": "A", "category": "ELEC.GAS"}).columns
