"""Questions to stored lines, against the run's own result and against sums made by another program."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from keino.domain.carbon.factors import coefficients
from keino.engine.coefficient_file import read_coefficients, write_coefficients
from keino.engine.factor_sets import choose_factors
from keino.engine.ingest.mapping_file import mapping_from_text
from keino.engine.ingest.reading import ReadOptions
from keino.engine.results import FootprintResult, Slice
from keino.engine.run import RunOptions, run_footprint
from keino.engine.stored import (
    EVERYTHING,
    Filter,
    combinations,
    copy_lines,
    each_line,
    line_of,
    lines_page,
    rule_effects,
    slices_of,
    total_of,
)
from keino.engine.what_if import moved
from keino.towns import write_towns

Stored = tuple[Path, FootprintResult]
HOSTILE = "'; DROP TABLE lines; --\" = 1+1"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """The example town's five years, stored."""
    folder = tmp_path_factory.mktemp("towns")
    write_towns(folder)
    store = folder / "store"
    rules = [{"account_code": "4410", "supplier_name": "A*", "category": "FOOD.CATERING", "exclusion_reason": ""}]
    options = RunOptions(out=store, is_stored=True, by=("unit", "supplier"), rules=rules)
    return store, run_footprint([folder / "ostoniemi"], options)


@pytest.fixture(scope="module")
def lines(town: Stored) -> pl.DataFrame:
    return pl.read_parquet(town[0] / "lines.parquet")


def same(found: Sequence[Slice], expected: Sequence[Slice], keys: dict[str, str]) -> None:
    """Equal sums and intervals, ``keys`` naming the run's keys by those of the question."""
    assert len(found) == len(expected)
    wanted = {tuple(part.keys[name] for name in keys.values()): part for part in expected}
    for part in found:
        other = wanted[tuple(part.keys[name] for name in keys)]
        assert (part.lines, part.spend, part.spend_without_factor) == (
            other.lines,
            other.spend,
            other.spend_without_factor,
        )
        for name in ("footprint_kgco2e", "low_kgco2e", "high_kgco2e"):
            ours, theirs = getattr(part, name), getattr(other, name)
            assert ours == (None if theirs is None else pytest.approx(theirs, rel=1e-9)), (name, part, other)


def test_unfiltered_slices_equal_the_run_with_their_intervals(town: Stored) -> None:
    store, result = town
    same(slices_of(store, ("category",)), result.by_category, {"category": "category"})
    same(slices_of(store, ("main_category",)), result.by_main_category, {"main_category": "category"})
    same(slices_of(store, ("year",)), result.by_year, {"year": "year"})
    pair = {"category": "category", "year": "year"}
    same(slices_of(store, ("category", "year")), result.by_category_year, pair)
    same(slices_of(store, ("unit",)), result.by_unit, {"unit_name": "unit_name"})
    named = {"supplier_name": "supplier_name", "supplier_business_id": "supplier_business_id"}
    same(slices_of(store, ("supplier",), top=200), result.by_supplier, named)
    same(slices_of(store, ("basis",)), result.coverage.by_basis, {"category_basis": "category_basis"})
    left_out = slices_of(store, ("exclusion",), Filter(scope="excluded"))
    same(left_out, result.coverage.excluded, {"exclusion_reason": "exclusion_reason"})
    same([total_of(store)], [result.total], {})


def test_slices_come_in_the_runs_order(town: Stored) -> None:
    store, result = town
    found = [part.keys["category"] for part in slices_of(store, ("category",))]
    assert found == [part.keys["category"] for part in result.by_category]


@pytest.mark.parametrize(
    ("where", "expression"),
    [
        (Filter(years=(2021, 2023)), pl.col("year").is_in([2021, 2023])),
        (Filter(categories=("FOOD", "ELEC.MIXED")), pl.col("category_code").str.contains(r"^(FOOD\.|ELEC\.MIXED$)")),
        (Filter(units=("Tekninen lautakunta",)), pl.col("unit_name") == "Tekninen lautakunta"),
        (Filter(suppliers=("8036373-2",)), pl.col("supplier_business_id") == "8036373-2"),
        (Filter(bases=("text",)), (pl.col("category_basis") == "text") & (pl.col("category_code") != "")),
        (Filter(text="sähkö"), pl.col("account_name").str.to_lowercase().str.contains("sähkö")),
        (Filter(at_least=Decimal("5000.50")), pl.col("amount_net").abs() >= Decimal("5000.50")),
        (Filter(categories=("",)), pl.col("category_code") == ""),
        (Filter(files=("ostolaskut_2022.csv",)), pl.col("source_file") == "ostolaskut_2022.csv"),
        (
            Filter(years=(2022,), units=("Tekninen lautakunta",), at_least=Decimal(100)),
            (pl.col("year") == 2022)
            & (pl.col("unit_name") == "Tekninen lautakunta")
            & (pl.col("amount_net").abs() >= 100),
        ),
    ],
)
def test_filters_find_what_another_program_finds(
    town: Stored, lines: pl.DataFrame, where: Filter, expression: pl.Expr
) -> None:
    expected = lines.filter(pl.col("exclusion_reason") == "").filter(expression)
    total = total_of(town[0], where)
    assert (total.lines, total.spend) == (expected.height, expected["amount_net"].sum() or 0)
    known = expected["footprint_kgco2e"].drop_nulls()
    assert total.footprint_kgco2e == (pytest.approx(known.sum(), rel=1e-9) if known.len() else None)
    by_year = {part.keys["year"]: part.lines for part in slices_of(town[0], ("year",), where)}
    assert by_year == dict(expected.group_by("year").len().iter_rows())
    assert lines_page(town[0], where).total_lines == expected.height


def test_excluded_lines_are_asked_by_reason_and_carry_no_footprint(town: Stored, lines: pl.DataFrame) -> None:
    total = total_of(town[0], Filter(exclusions=("transfer",)))
    expected = lines.filter(pl.col("exclusion_reason") == "transfer")
    assert (total.lines, total.spend) == (expected.height, expected["amount_net"].sum())
    assert total.footprint_kgco2e is None
    everything = total_of(town[0], Filter(scope="all"))
    assert (everything.lines, everything.spend) == (lines.height, lines["amount_net"].sum())


def test_pages_of_every_order_hold_each_line_once(town: Stored, lines: pl.DataFrame) -> None:
    where = Filter(categories=("FOOD",), years=(2023,))
    expected = lines.filter(
        pl.col("category_code").str.starts_with("FOOD.") & (pl.col("year") == 2023) & (pl.col("exclusion_reason") == "")
    )
    for order in ("row", "amount", "-amount", "-footprint", "date", "supplier", "unit", "category"):
        pages = -(-expected.height // 50)
        rows = [row for number in range(1, pages + 1) for row in lines_page(town[0], where, order, number, 50).rows]
        keys = [(row.source_file, row.source_row) for row in rows]
        assert len(set(keys)) == len(keys) == expected.height
    assert [row.amount_net for row in rows] != sorted(row.amount_net for row in rows)
    largest = [row.amount_net for row in lines_page(town[0], where, "-amount", 1, 50).rows]
    assert largest == expected["amount_net"].sort(descending=True).head(50).to_list()


def test_one_line_carries_its_cells_and_interval(town: Stored, lines: pl.DataFrame) -> None:
    row = lines.filter(pl.col("category_code") == "CARE.MIXED").sort("amount_net").row(-1, named=True)
    line = line_of(town[0], row["source_file"], row["source_row"])
    assert line is not None
    assert (line.amount_net, line.footprint_kgco2e) == (row["amount_net"], row["footprint_kgco2e"])
    assert dict(line.cells)["voucher_id"] == row["voucher_id"]
    # one line of a category and year has that slice's relative interval: the errors are those of the factor
    (slice_,) = slices_of(town[0], ("category", "year"), Filter(categories=("CARE.MIXED",), years=(row["year"],)))
    assert line.low_kgco2e is not None
    assert slice_.low_kgco2e is not None
    assert line.low_kgco2e / line.footprint_kgco2e == pytest.approx(slice_.low_kgco2e / slice_.footprint_kgco2e)
    assert line_of(town[0], row["source_file"], 10**9) is None
    assert line_of(town[0], "../../etc/passwd", 1) is None
    assert line_of(town[0], row["source_file"], 2**70) is None


def test_hostile_values_are_only_values(tmp_path: Path) -> None:
    ledger = tmp_path / "hostile.csv"
    header = "Tilinumero;Tilin nimi;Toimielin;Toimittajan nimi;Tositepvm;Summa (alv 0%)"
    cells = (HOSTILE.replace('"', '""'), "=cmd|' /C calc'!A0")
    rows = [
        f'4520;Elintarvikkeet;"{cells[0]}";"{cells[1]}";5.1.2023;10,00',
        '4520;Elintarvikkeet;Muu;"Muu Oy";5.1.2023;20,00',
    ]
    ledger.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    store = tmp_path / "a'b \"c"
    run_footprint([ledger], RunOptions(out=store, is_stored=True))
    for where in (Filter(units=(HOSTILE,)), Filter(suppliers=(cells[1].upper(),)), Filter(text="DROP TABLE")):
        assert total_of(store, where).spend == Decimal(10)
        assert [row.amount_net for row in lines_page(store, where).rows] == [Decimal(10)]
    assert total_of(store, Filter(units=("' OR 1=1 --",))).lines == 0
    assert total_of(store, Filter(text="%")).lines == 0
    assert total_of(store, Filter(text="\0")).lines == 0
    assert {part.keys["unit_name"] for part in slices_of(store, ("unit",))} == {HOSTILE, "Muu"}
    copied = copy_lines(store, Filter(units=(HOSTILE,)), tmp_path / "it's.csv", "csv")
    with copied.open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream, delimiter=";")
    assert row["supplier_name"] == f"'{cells[1]}"
    assert row["unit_name"] == f"'{HOSTILE}" or row["unit_name"] == HOSTILE
    with pytest.raises(ValueError, match="no rule"):
        total_of(store, Filter(rules=((("1=1; --", "x"),),)))
    with pytest.raises(ValueError, match="no columns"):
        combinations(store, EVERYTHING, ("supplier_name) --",))


def test_copies_hold_the_filtered_lines_exactly(town: Stored, lines: pl.DataFrame, tmp_path: Path) -> None:
    where = Filter(units=("Tekninen lautakunta",), years=(2022,))
    copied = pl.read_parquet(copy_lines(town[0], where, tmp_path / "lines.parquet", "parquet"))
    expected = lines.filter(
        (pl.col("unit_name") == "Tekninen lautakunta") & (pl.col("year") == 2022) & (pl.col("exclusion_reason") == "")
    )
    assert copied.sort("source_file", "source_row").equals(
        expected.sort("source_file", "source_row").select(copied.columns)
    )
    assert not {"unit", "supplier", "description_key"} & set(copied.columns)
    assert sum(1 for _ in each_line(town[0], where)) == expected.height


def test_coefficients_come_back_equal(tmp_path: Path) -> None:
    basis = choose_factors("fi", "EUR").basis
    spend = {("FOOD.CATERING", 2023): 10.0, ("ELEC.MIXED", 2025): 5.0}
    made = coefficients(
        ["FOOD.CATERING", "ELEC.MIXED"], [2023, 2025], basis, currency="EUR", unclassified="average", spend=spend
    )
    write_coefficients(made, tmp_path)
    assert read_coefficients(tmp_path) == made


def test_rules_of_a_filter_take_the_lines_that_the_run_gave_them(town: Stored, lines: pl.DataFrame) -> None:
    store, _ = town
    where = Filter(rules=((("account_code", "4410"), ("supplier_name", "a*")),), scope="all")
    expected = lines.filter(
        (pl.col("account_code") == "4410") & pl.col("supplier_name").str.to_lowercase().str.starts_with("a")
    )
    assert expected.height > 0
    assert set(expected["category_basis"]) == {"rule"}
    assert total_of(store, where).lines == expected.height
    effect = rule_effects(store)
    assert list(effect) == [2]
    assert (effect[2].lines, effect[2].spend) == (expected.height, expected["amount_net"].sum())
    same([effect[2]], [total_of(store, where)], {})


def test_moving_lines_gives_what_a_run_with_the_rule_gives(town: Stored, tmp_path: Path) -> None:
    store, result = town
    rule = {"supplier_business_id": "8036373-2"}
    where = Filter(rules=(tuple(rule.items()),), scope="all")
    guess = moved(store, where, category="FOOD.MEAT", factors="fi@2026-1", currency="EUR")
    rules = [{**rule, "category": "FOOD.MEAT", "exclusion_reason": ""}]
    ledgers = store.parent / "ostoniemi"
    run = run_footprint([ledgers], RunOptions(out=tmp_path / "again", is_stored=True, rules=rules))
    truth = total_of(tmp_path / "again", where)
    same([guess], [truth], {})
    assert guess.lines > 0
    assert run.total.spend == result.total.spend
    left_out = moved(store, where, category="", factors="fi@2026-1", currency="EUR")
    assert (left_out.lines, left_out.footprint_kgco2e) == (guess.lines, None)


def test_each_file_is_read_in_its_own_way(tmp_path: Path) -> None:
    header = "Tilinumero;Tilin nimi;A;B"
    paths = []
    for name in ("one.csv", "two.csv"):
        path = tmp_path / name
        path.write_text(f"{header}\n4520;Elintarvikkeet;1,00;20,00\n", encoding="utf-8")
        paths.append(path)
    reads = {
        path: ReadOptions(mapping=mapping_from_text(f'[columns]\namount_net = "{column}"\n'), year=year)
        for path, column, year in zip(paths, ("A", "B"), (2022, 2023), strict=True)
    }
    result = run_footprint(paths, RunOptions(reads=reads))
    assert {part.keys["year"]: part.spend for part in result.by_year} == {2022: Decimal(1), 2023: Decimal(20)}


def test_equal_ledgers_store_equal_bytes(small_ledger: Path, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        run_footprint([small_ledger], RunOptions(out=folder, is_stored=True))
    names = sorted(path.name for path in folders[0].iterdir())
    assert names == sorted(path.name for path in folders[1].iterdir())
    assert names == ["coefficients.json", "cube.parquet", "lines.parquet", "rejected-pieni.csv"]
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name
