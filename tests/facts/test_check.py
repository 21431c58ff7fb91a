"""The checks of fact tables: a sound table passes, and every kind of mistake is told with its place."""

from __future__ import annotations

import copy

import pytest

from keino.facts import check
from keino.facts.read import FactTable

PUBLICATIONS = {"stat-2024": {"key": "stat-2024"}}
PROVENANCE = {"source": "stat-2024", "locator": "table 2", "note": "", "review_by": "2027-11-01"}


def column(kind: str = "text", unit: str = "", *, required: bool = True) -> dict[str, object]:
    return {"type": kind, "unit": unit, "meaning": "said", "required": required}


def table(name: str, columns: dict[str, dict[str, object]], keys: list[str], *rows: dict[str, str]) -> FactTable:
    """A table of which each row gives its own columns; the four columns of provenance are added."""
    last = {"source": column(), "locator": column(required=False), "note": column(required=False)}
    about = {
        "title_en": "T", "title_fi": "T", "title_sv": "T", "about": "A table.", "licence": "CC BY 4.0", "keys": keys,
        "columns": {**columns, **last, "review_by": column("date")},
    }  # fmt: skip
    return FactTable(name=name, edition="2026-1", about=about, rows=tuple({**row, **PROVENANCE} for row in rows))


def factors(**changes: str) -> FactTable:
    """One emission factor, changed as told."""
    columns = {
        "product": column(),
        "year": column("integer"),
        "value": column("number"),
        "unit": column(),
        "low": column("number", required=False),
        "high": column("number", required=False),
    }
    row = {"product": "C10", "year": "2020", "value": "0.5", "unit": "kgCO2e/EUR", "low": "0.4", "high": "0.7"}
    found = table("emission_factors", columns, ["product", "year"], row)
    found.rows[0].update(changes)
    return found


def problems_of(found: FactTable) -> list[str]:
    return list(check.table_problems(found, PUBLICATIONS))


def test_sound_table_has_no_problems() -> None:
    assert problems_of(factors()) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"value": "0,5"}, "value is '0,5', which is not a number."),
        ({"value": "nan"}, "value is 'nan', which is not a number."),
        ({"value": "1_000", "high": ""}, "value is '1_000', which is not a number."),
        ({"year": "2020.0"}, "year is '2020.0', which is not a integer."),
        ({"value": ""}, "value is empty."),
        ({"product": "C10 "}, "product has blanks around 'C10'."),
        ({"source": "stat-1999"}, "source stat-1999 is not in sources.csv."),
        ({"low": "0.6"}, "low 0.6 is above value 0.5."),
        ({"high": "0.45"}, "value 0.5 is above high 0.45."),
        ({"review_by": "11/2027"}, "review_by is '11/2027', which is not a date."),
    ],
)
def test_wrong_cell_is_told_with_its_row(changes: dict[str, str], problem: str) -> None:
    assert problems_of(factors(**changes)) == [f"emission_factors 2026-1, row 2: {problem}"]


def test_value_without_unit_is_told() -> None:
    assert "emission_factors 2026-1, row 2: value has no unit." in problems_of(factors(unit=""))


def test_empty_review_date_is_told() -> None:
    problem = "emission_factors 2026-1, row 2: review_by is empty: say when to look again."
    assert problem in problems_of(factors(review_by=""))


def test_cells_beyond_the_columns_are_told() -> None:
    found = factors()
    found.rows[0][None] = ["left over"]  # type: ignore[index, assignment]  # what csv.DictReader does with them
    assert problems_of(found) == [
        "emission_factors 2026-1, row 2: the number of cells differs from the number of columns."
    ]


def test_repeated_key_is_told_once() -> None:
    found = factors()
    repeated = FactTable(found.name, found.edition, found.about, found.rows * 3)
    assert problems_of(repeated) == ["emission_factors 2026-1: the key C10 · 2020 stands in 3 rows; it must be unique."]


def test_undeclared_column_is_told() -> None:
    found = factors()
    found.about["columns"] = {k: v for k, v in found.about["columns"].items() if k != "high"}
    (problem,) = problems_of(found)
    assert problem.startswith("emission_factors 2026-1: the columns are product, year, value, unit, low, high, source")


@pytest.mark.parametrize("key", check.TABLE_KEYS)
def test_incomplete_description_is_told(key: str) -> None:
    found = factors()
    del found.about[key]
    assert f"emission_factors 2026-1: table.toml has no {key}." in problems_of(found)


def test_number_without_unit_in_description_is_told() -> None:
    found = table("shares", {"share": column("number")}, ["share"], {"share": "0.5"})
    assert problems_of(found) == ["shares 2026-1: column share is a number without a unit; a pure number says 1."]


@pytest.mark.parametrize(("name", "text"), [("share", "1.2"), ("confidence", "-0.1"), ("gsd", "0.9")])
def test_number_out_of_bounds_is_told(name: str, text: str) -> None:
    (problem,) = problems_of(table("t", {name: column("number", "1")}, [name], {name: text}))
    assert problem.startswith(f"t 2026-1, row 2: {name} is {text}; it lies between")


def test_value_outside_closed_list_is_told() -> None:
    found = table("t", {"match": column()}, ["match"], {"match": "perfect"})
    assert problems_of(found) == ["t 2026-1, row 2: match is perfect; it may be exact, proxy, average."]


def test_source_without_licence_and_repeated_source_are_told() -> None:
    row = {"key": "a", "producer": "P", "title": "T", "edition": "1", "licence": "", "citation": "P: T"}
    assert list(check.source_problems([row, {**row, "licence": "CC0"}])) == [
        "sources.csv: a has no licence.",
        "sources.csv: a stands in more than one row.",
    ]


# ---- between tables


def categories(*codes: str) -> FactTable:
    rows = [{"code": code, "parent": code.rpartition(".")[0]} for code in codes]
    return table("categories", {"code": column(), "parent": column(required=False)}, ["code"], *rows)


def accounts(*rows: tuple[str, str, str, str]) -> FactTable:
    names = ("account_from", "account_to", "category", "exclusion_reason")
    columns = {name: column() for name in ("chart", *names)}
    return table(
        "account_categories", columns, ["account_from"],
        *({"chart": "fi", **dict(zip(names, row, strict=True))} for row in rows),
    )  # fmt: skip


def concordance(*rows: tuple[str, str, str]) -> FactTable:
    names = ("category", "product", "share")
    columns = {name: column() for name in ("factor_set", *names)}
    rows_by_name = ({"factor_set": "fi", **dict(zip(names, row, strict=True))} for row in rows)
    return table("category_products", columns, ["category", "product"], *rows_by_name)


def cross(*tables: FactTable) -> list[str]:
    return list(check.cross_problems({found.name: found for found in tables}))


def test_tables_that_agree_have_no_problems() -> None:
    assert cross(
        categories("HEAT", "HEAT.OIL"),
        accounts(("4300", "4399", "HEAT.OIL", ""), ("4400", "4400", "", "salaries")),
        concordance(("HEAT.OIL", "C19", "0.7"), ("HEAT.OIL", "G46", "0.3")),
    ) == []  # fmt: skip


def test_absent_tables_are_passed_over() -> None:
    assert cross() == []
    assert cross(accounts(("4300", "4399", "HEAT.OIL", ""))) == []


def test_leaf_without_main_category_is_told() -> None:
    assert cross(categories("HEAT.OIL")) == [
        "categories 2026-1, row 2: the parent HEAT of HEAT.OIL is not a main category."
    ]


def test_main_category_without_leaves_is_told() -> None:
    assert cross(categories("HEAT")) == ["categories 2026-1, row 2: the main category HEAT has no leaves."]


@pytest.mark.parametrize(
    ("category", "problem"),
    [
        ("HEAT.GAS", "there is no category HEAT.GAS."),
        ("HEAT", "HEAT is a main category; choose one of its leaves."),
    ],
)
def test_reference_to_no_leaf_is_told(category: str, problem: str) -> None:
    found = cross(categories("HEAT", "HEAT.OIL"), accounts(("4300", "4399", category, "")))
    assert found == [f"account_categories 2026-1, row 2: {problem}"]


@pytest.mark.parametrize("pair", [("", ""), ("HEAT.OIL", "salaries")])
def test_row_with_both_or_neither_of_category_and_exclusion_is_told(pair: tuple[str, str]) -> None:
    assert cross(accounts(("4300", "4399", *pair))) == [
        "account_categories 2026-1, row 2: a row gives either a category or an exclusion_reason."
    ]


def test_unknown_exclusion_reason_is_told() -> None:
    reasons = table("exclusion_reasons", {"code": column()}, ["code"], {"code": "salaries"})
    found = cross(reasons, accounts(("4300", "4399", "", "magic")))
    assert found == ["account_categories 2026-1, row 2: there is no exclusion reason magic."]


@pytest.mark.parametrize(("first", "last"), [("43", "4399"), ("4399", "4300")])
def test_account_range_that_is_none_is_told(first: str, last: str) -> None:
    (problem,) = cross(accounts((first, last, "HEAT.OIL", "")))
    assert problem.startswith(f"account_categories 2026-1, row 2: {first}–{last} is not a range")


def test_overlapping_account_ranges_are_told() -> None:
    found = cross(accounts(("4300", "4399", "HEAT.OIL", ""), ("4390", "4400", "HEAT.OIL", "")))
    assert found == [
        "account_categories 2026-1, row 3: account 4390 is already claimed by a range that ends at 4399."
    ]  # fmt: skip


def test_shares_that_do_not_add_up_are_told() -> None:
    found = cross(concordance(("HEAT.OIL", "C19", "0.7"), ("HEAT.OIL", "G46", "0.2")))
    assert found == ["category_products: the shares of HEAT.OIL in fi add up to 0.9, not 1."]


def test_product_without_factor_is_told() -> None:
    factor_table = copy.deepcopy(factors())
    factor_table.rows[0]["factor_set"] = "fi"
    found = cross(factor_table, concordance(("HEAT.OIL", "C19", "1")))
    assert found == ["category_products 2026-1, row 2: factor set fi has no product C19."]


def test_main_prints_and_exits_by_what_was_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "problems", lambda: ["This is wrong.", "That too."])
    assert check.main() == 1
    assert capsys.readouterr().out.splitlines()[:2] == ["This is wrong.", "That too."]
    monkeypatch.setattr(check, "problems", list)
    assert check.main() == 0


def test_the_tables_of_the_package_are_sound() -> None:
    assert check.problems() == []
