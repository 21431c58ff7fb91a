"""The same expression on DuckDB and on Polars: equal results, exact money, nothing lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa
import pytest

from keino.domain.carbon.footprint import COEFFICIENT_SCHEMA, coefficient_columns, footprint, totals
from tests.domain.carbon.examples import coefficient, part

LINES = pa.table(
    {
        "line": pa.array([1, 2, 3, 4, 5, 6, 7]),
        "category_code": pa.array(["FOOD.MEAT", "FOOD.MEAT", "FOOD.MEAT", None, "", "ICT.TELECOM", "FOOD.MEAT"]),
        "year": pa.array([2022, 2023, 2023, 2023, 2023, 2023, 2023], pa.int32()),
        "amount_net": pa.array(
            [Decimal(text) for text in ("1.25", "10.10", "-4.05", "100.00", "7.77", "33.33", "50.00")],
            pa.decimal128(18, 2),
        ),
        "exclusion_reason": pa.array([None, "", None, "salary", None, None, "transfer"], pa.string()),
    }
)
COEFFICIENTS = [
    coefficient("FOOD.MEAT", 2022, part("C10", 1.0, 1.24)),
    coefficient("FOOD.MEAT", 2023, part("C10", 0.5, 1.0), part("A01", 0.5, 2.0)),
]


@pytest.fixture(params=["duckdb", "polars"])
def backend(request: pytest.FixtureRequest) -> Any:
    pytest.importorskip(request.param)
    return getattr(ibis, request.param).connect()


def with_footprint(coefficients: list[Any] = COEFFICIENTS, lines: pa.Table = LINES) -> Any:
    return footprint(purchases(lines), coefficient_table(coefficients))


def purchases(lines: pa.Table = LINES) -> Any:
    return ibis.memtable(lines)


def coefficient_table(coefficients: list[Any] = COEFFICIENTS) -> Any:
    types = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in COEFFICIENT_SCHEMA.items()])
    return ibis.memtable(pa.table(coefficient_columns(coefficients), schema=schema))


def rows(backend: Any, table: Any) -> list[dict[str, Any]]:
    return backend.to_pyarrow(table).to_pylist()


def test_footprint_multiplies_amount_and_factor(backend):
    found = {row["line"]: row for row in rows(backend, with_footprint())}
    assert found[1]["footprint_kgco2e"] == pytest.approx(1.25 * 1.24)  # 1.55; as decimals engines disagree
    assert found[2]["footprint_kgco2e"] == pytest.approx(15.15)
    assert found[3]["footprint_kgco2e"] == pytest.approx(-6.075)  # a credit note takes emissions back
    assert (found[2]["factor_product"], found[2]["factor_match"]) == ("C10 + A01", "exact")


def test_footprint_keeps_lines_without_factor(backend):
    found = {row["line"]: row for row in rows(backend, with_footprint())}
    assert len(found) == 7
    for line in (4, 5, 6, 7):
        assert found[line]["footprint_kgco2e"] is None
        assert found[line]["factor_kgco2e_per_unit"] is None
        assert found[line]["factor_match"] == "none"
    assert {name for name in found[1] if name.startswith("_")} == set()


def test_footprint_estimates_unclassified_purchases_but_never_exclusions(backend):
    average = coefficient("", 2023, part("C10", 1.0, 0.5))
    found = {row["line"]: row for row in rows(backend, with_footprint([*COEFFICIENTS, average]))}
    assert found[5]["footprint_kgco2e"] == pytest.approx(7.77 * 0.5)
    assert found[4]["footprint_kgco2e"] is None  # salary
    assert found[7]["footprint_kgco2e"] is None  # transfer, although it has a category


def test_footprint_of_sums_equals_the_sum_of_footprints(backend):
    lines = purchases()
    keys = ["category_code", "year", "exclusion_reason"]
    sums = lines.group_by(keys).aggregate(lines=lines.count(), amount_net=lines.amount_net.sum())
    from_sums = totals(footprint(sums, coefficient_table()), ["year"]).order_by("year")
    from_lines = totals(footprint(lines, coefficient_table()), ["year"]).order_by("year")
    assert rows(backend, from_sums) == [pytest.approx(row) for row in rows(backend, from_lines)]


def test_totals_add_up_exactly(backend):
    first, second = rows(backend, totals(with_footprint(), ["year"]).order_by("year"))
    assert (first["year"], first["lines"], first["spend"]) == (2022, 1, Decimal("1.25"))
    assert (second["lines"], second["spend"]) == (6, Decimal("197.15"))
    assert second["spend_without_factor"] == Decimal("191.10")
    assert second["footprint_kgco2e"] == pytest.approx(9.075)


def test_totals_say_nothing_where_no_line_has_a_factor(backend):
    found = {row["category_code"]: row for row in rows(backend, totals(with_footprint(), ["category_code"]))}
    assert found["ICT.TELECOM"]["footprint_kgco2e"] is None
    assert found["ICT.TELECOM"]["spend_without_factor"] == found["ICT.TELECOM"]["spend"] == Decimal("33.33")


def test_totals_without_groups_give_the_whole(backend):
    (whole,) = rows(backend, totals(with_footprint(), []))
    assert (whole["lines"], whole["spend"]) == (7, Decimal("198.40"))
    assert whole["footprint_kgco2e"] == pytest.approx(9.075 + 1.55)


def test_footprint_works_without_exclusions_and_without_coefficients(backend):
    lines = LINES.drop_columns(["exclusion_reason"])
    found = rows(backend, with_footprint([], lines))
    assert [row["factor_match"] for row in found] == ["none"] * 7
