"""The tables that categorise agree with their sources: the tree, reasons for exclusion, accounts, CPV codes, words."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from keino.facts.read import Row, read

LEAVES = {row["code"] for row in read("categories").rows if row["parent"]}
SPOKEN_OF = "HEAT ELEC BUILD INFRA MAINT MOVE FOOD CLEAN FUEL MED ICT FURN TEXT EXP RENT"
REASONS = {row["code"] for row in read("exclusion_reasons").rows}
ACCOUNTS = [row for row in read("account_categories").rows if row["chart"] == "fi_municipal"]


def read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def chart(shared_data: Path) -> dict[str, set[str]]:
    """Account → its names 2021-2023 in the chart of Finnish municipalities, balance sheet and income statement."""
    names: dict[str, set[str]] = {}
    for row in read_csv(shared_data / "ledgers/fi_reference/kuntien_tililuettelo_2021_2023.csv"):
        names.setdefault(row["number"], set()).add(" ".join(row["name"].split()))
    return names


@pytest.fixture(scope="module")
def paimio(shared_data: Path) -> dict[str, str]:
    rows = read_csv(shared_data / "ledgers/fi_reference/paimio_tilit.csv")
    return {row["tili"]: row["nimi"] for row in rows}


@pytest.fixture(scope="module")
def cpv_names(shared_data: Path) -> dict[str, str]:
    return {row["code"][:8]: row["en"] for row in read_csv(shared_data / "codelists/cpv_2008_fi_sv_en.csv")}


def rows_of(account: str) -> list[Row]:
    return [row for row in ACCOUNTS if row["account_from"] <= account <= row["account_to"]]


def decided(row: Row) -> str:
    return row["category"] or f"!{row['exclusion_reason']}"


# ------------------------------------------------------------------------------------------------- the tree, reasons


def test_tree_has_two_levels_and_a_leaf_under_every_main_category() -> None:
    rows = read("categories").rows
    main = {row["code"] for row in rows if not row["parent"]}
    assert {row["parent"] for row in rows if row["parent"]} == main
    assert all(row["code"].partition(".")[0] == row["parent"] for row in rows if row["parent"])
    assert 60 <= len(LEAVES) <= 90


# The categories that the field speaks of, as in DOMAIN 4.2.
def test_tree_keeps_the_codes_of_the_field() -> None:
    assert set(SPOKEN_OF.split()) <= {row["code"] for row in read("categories").rows}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_labels_differ_within_a_language(language: str) -> None:
    leaves = [row for row in read("categories").rows if row["parent"]]
    assert max(Counter(row[f"label_{language}"] for row in leaves).values()) == 1


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_short_names_fit_a_chart_and_differ_within_their_level(language: str) -> None:
    rows = read("categories").rows
    assert all(0 < len(row[f"short_{language}"]) <= 32 and "(" not in row[f"short_{language}"] for row in rows)
    for is_leaf in (True, False):
        names = Counter(row[f"short_{language}"] for row in rows if bool(row["parent"]) is is_leaf)
        assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_explanation_is_one_sentence(language: str) -> None:
    for row in read("exclusion_reasons").rows:
        assert row[f"explanation_{language}"].count(".") == 1, row["code"]
        assert row[f"explanation_{language}"].endswith(".")


# ----------------------------------------------------------------------------------------------------- the accounts


def test_ranges_cover_the_chart_without_overlap() -> None:
    """1000 to 8899 in order, each number exactly once."""
    expected = 1000
    for row in ACCOUNTS:
        assert row["account_from"] == str(expected), row
        assert row["account_to"] >= row["account_from"]
        expected = int(row["account_to"]) + 1
    assert expected == 8900


def test_every_account_of_the_chart_is_decided_exactly_once(chart: dict[str, set[str]]) -> None:
    assert len(chart) > 250
    for account, names in chart.items():
        rows = rows_of(account)
        assert len(rows) == 1, account
        assert rows[0]["account_from"] == rows[0]["account_to"] == account
        assert rows[0]["label_fi"] in names


def test_accounts_only_paimio_has_are_decided(paimio: dict[str, str]) -> None:
    for account, name in paimio.items():
        assert [row["account_to"] for row in rows_of(account)] == [account], name


def test_each_account_has_a_category_or_a_reason_and_not_both() -> None:
    for row in ACCOUNTS:
        assert (row["category"] in LEAVES) != (row["exclusion_reason"] in REASONS), row
        assert bool(row["category"]) != bool(row["exclusion_reason"]), row


# Treatment as in research on ledgers, section 4: capitalisation entries, transfers, taxes, losses and income are no
# purchases; services from public bodies stay.
TREATMENT = {
    "!capitalised": ["4480", "4640", "4899", "4990"],
    "!transfer": ["4450", "4712", "4713", "4721", "4739", "4742"],
    "!tax": ["4901", "4910"],
    "!loss": ["4920", "4921", "4930"],
    "!stock_change": ["4670"],
    "!salary": ["4000", "4110", "4210"],
    "!income": ["3005", "3295", "5000", "5501"],
    "!depreciation": ["7170", "7240"],
    "!financial": ["6255", "6380"],
    "!balance": ["1204", "1720", "2545", "1900"],
    "!land": ["1100"],
    "CARE.PUBLIC": ["4460"],
    "CARE.MIXED": ["4300", "4315", "4430"],
    "HEAT.MIXED": ["4568"],
    "ELEC.MIXED": ["4569"],
    "FUEL.MOTOR": ["4560"],
    "MED.MEDICINES": ["4533"],
    "RENT.PREMISES": ["4820", "4822"],
    "RENT.ICT": ["4831"],
}


@pytest.mark.parametrize(("treatment", "account"), [(key, each) for key, codes in TREATMENT.items() for each in codes])
def test_account_is_treated_as_what_it_is(treatment: str, account: str) -> None:
    assert [decided(row) for row in rows_of(account)] == [treatment]


@pytest.mark.parametrize("account", ["1005", "1115", "1116", "1130", "1160", "1165", "1166", "1170", "1195"])
def test_purchase_on_the_balance_sheet_is_an_investment(account: str) -> None:
    (row,) = rows_of(account)
    assert row["category"] in LEAVES
    assert row["is_investment"] == "1"


def test_only_the_balance_sheet_holds_investments() -> None:
    for row in ACCOUNTS:
        assert (row["is_investment"] == "1") == bool(row["category"] and row["account_from"] < "1200"), row


def test_services_of_public_bodies_say_where_the_footprint_lies() -> None:
    for account in ("4300", "4330", "4460"):
        (row,) = rows_of(account)
        assert "footprint lies with the body that produces the service" in row["note"]


def test_sub_account_falls_back_to_its_range_with_less_confidence() -> None:
    (account,), (sub_account,) = rows_of("4390"), rows_of("4391")
    assert (sub_account["account_from"], sub_account["account_to"]) == ("4391", "4399")
    assert sub_account["category"] == account["category"]
    assert float(sub_account["confidence"]) < float(account["confidence"])


# -------------------------------------------------------------------------------------------------------------- CPV


def test_cpv_codes_exist_under_their_names(cpv_names: dict[str, str]) -> None:
    for row in read("cpv_categories").rows:
        assert cpv_names[row["cpv_prefix"].ljust(8, "0")] == row["label_en"]
        assert row["category"] in LEAVES


def test_every_cpv_division_has_a_category(cpv_names: dict[str, str]) -> None:
    divisions = {row["cpv_prefix"] for row in read("cpv_categories").rows if len(row["cpv_prefix"]) == 2}
    assert divisions == {code[:2] for code in cpv_names}
    assert len(divisions) == 45


def test_longer_cpv_prefix_says_something_else_than_the_one_above() -> None:
    rows = {row["cpv_prefix"]: row for row in read("cpv_categories").rows}
    for prefix, row in rows.items():
        above = next(
            (rows[prefix[:length]] for length in range(len(prefix) - 1, 1, -1) if prefix[:length] in rows), None
        )
        if above:
            assert (row["category"], row["confidence"]) != (above["category"], above["confidence"]), prefix


# ------------------------------------------------------------------------------------------------------------ words


def test_words_are_lower_case_with_stars_only_at_the_end() -> None:
    for row in read("category_words").rows:
        words = row["words"].split()
        assert words == row["words"].casefold().split()
        assert all("*" not in word[:-1] and word.rstrip("*").isalnum() for word in words), row["words"]


def test_words_have_a_category_or_a_reason_and_a_known_scope() -> None:
    for row in read("category_words").rows:
        assert bool(row["category"]) != bool(row["exclusion_reason"]), row["words"]
        assert row["category"] in LEAVES | {""}
        assert row["exclusion_reason"] in REASONS | {""}
        assert row["applies_to"] in {"any", "account", "category", "description"}
        assert row["language"] in {"en", "fi", "sv"}


def test_same_words_stand_once_whatever_their_order_and_language() -> None:
    seen = Counter((tuple(sorted(row["words"].split())), row["applies_to"]) for row in read("category_words").rows)
    assert [words for words, times in seen.items() if times > 1] == []
