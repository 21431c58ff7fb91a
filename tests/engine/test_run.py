"""The path from files to hotspots, against sums worked out by hand or by another program."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from keino.engine.ingest.mapping_file import SavedMapping
from keino.engine.ingest.reading import ReadOptions
from keino.engine.manifest import manifest
from keino.engine.results import FootprintResult
from keino.engine.run import MixedCurrencies, NothingToCount, RunOptions, UndecidedReading, read_ledgers, run_footprint
from keino.errors import UsageError


def _spend(result: FootprintResult, category: str) -> Decimal:
    return next(part.spend for part in result.by_category if part.keys["category"] == category)


def test_footprint_of_a_small_ledger_is_spend_times_factor(small_ledger: Path, shared_data: Path) -> None:
    result = run_footprint([small_ledger], RunOptions())
    factors = {}
    with (shared_data / "factors" / "figaro_fi_purchaser_price_factors_2015_2023.csv").open() as stream:
        for row in csv.DictReader(stream):
            if row["year"] == "2023":
                factors[row["nace_code"]] = float(row["total_purchaser_prices_with_margins_kgco2e_per_keur"]) / 1000
    # 4569 electricity and gas is D35, 4520 food is C10T12: 900.00 € and 500.50 €
    assert _spend(result, "ELEC.MIXED") == Decimal("900.00")
    assert _spend(result, "FOOD.MIXED") == Decimal("500.50")
    expected = 900.0 * factors["D35"] + 500.5 * factors["C10T12"]
    assert result.total.footprint_kgco2e == pytest.approx(expected, rel=1e-9)
    assert result.total.spend == Decimal("1400.50")


def test_exclusions_are_named_and_not_counted(small_ledger: Path) -> None:
    result = run_footprint([small_ledger], RunOptions())
    excluded = {part.keys["exclusion_reason"]: part.spend for part in result.coverage.excluded}
    assert excluded == {"transfer": Decimal("200.00"), "capitalised": Decimal("-50.00")}
    assert "capitalised_twice" in result.caveats


def test_rows_and_cents_reconcile(small_ledger: Path) -> None:
    (counted,) = read_ledgers([small_ledger], RunOptions())
    reading = counted.reading
    assert (reading.rows, reading.accepted, reading.repaired, reading.rejected) == (6, 5, 0, 1)
    assert reading.amount_total == reading.amount_accepted == Decimal("1550.50")


def test_interval_holds_the_estimate(small_ledger: Path) -> None:
    total = run_footprint([small_ledger], RunOptions()).total
    assert total.low_kgco2e is not None
    assert total.high_kgco2e is not None
    assert total.footprint_kgco2e is not None
    assert 0 < total.low_kgco2e < total.footprint_kgco2e < total.high_kgco2e


def test_written_lines_carry_the_same_sums(small_ledger: Path, tmp_path: Path) -> None:
    quick = run_footprint([small_ledger], RunOptions())
    written = run_footprint([small_ledger], RunOptions(out=tmp_path / "out"))
    assert [(p.keys, p.spend, p.footprint_kgco2e) for p in written.by_category] == [
        (p.keys, p.spend, p.footprint_kgco2e) for p in quick.by_category
    ]
    found = duckdb.sql(
        f"SELECT count(*), sum(amount_net), sum(footprint_kgco2e), list(source_row ORDER BY source_row) "
        f"FROM read_parquet('{tmp_path / 'out' / 'lines.parquet'}')"
    ).fetchall()[0]
    assert found[:2] == (5, Decimal("1550.5000"))
    assert found[2] == pytest.approx(quick.total.footprint_kgco2e)
    assert found[3] == [2, 3, 4, 5, 7]


def test_slices_by_unit_and_supplier_add_up(small_ledger: Path) -> None:
    result = run_footprint([small_ledger], RunOptions(by=("unit", "supplier")))
    units = {part.keys["unit_name"]: part.spend for part in result.by_unit}
    assert units == {"Tekninen lautakunta": Decimal("900.00"), "Sivistyslautakunta": Decimal("500.50")}
    assert sum((part.spend for part in result.by_supplier), Decimal(0)) == result.total.spend
    assert sum(part.footprint_kgco2e or 0 for part in result.by_unit) == pytest.approx(result.total.footprint_kgco2e)


def test_rejected_rows_can_be_mended_and_fed_back(small_ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = run_footprint([small_ledger], RunOptions(out=out))
    rejects = out / "rejected-pieni.csv"
    text = rejects.read_text(encoding="utf-8-sig")
    assert "bad_amount" in text
    mended = tmp_path / "mended.csv"
    mended.write_text(text.replace("ei tiedossa", "99,50"), encoding="utf-8")
    after = run_footprint([small_ledger, mended], RunOptions())
    assert after.total.spend - before.total.spend == Decimal("99.50")
    assert after.readings[1].rejected == 0


def test_a_mended_file_is_never_replaced(small_ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_footprint([small_ledger], RunOptions(out=out))
    run_footprint([small_ledger], RunOptions(out=out))
    rejects = out / "rejected-pieni.csv"
    assert [path.name for path in out.glob("rejected*")] == ["rejected-pieni.csv"]
    mended = rejects.read_text(encoding="utf-8-sig").replace("ei tiedossa", "99,50")
    rejects.write_text(mended, encoding="utf-8")
    run_footprint([small_ledger, rejects], RunOptions(out=out))
    assert rejects.read_text(encoding="utf-8") == mended
    assert "ei tiedossa" in (out / "rejected-pieni-2.csv").read_text(encoding="utf-8")


def test_rejects_of_two_files_of_one_name_stand_side_by_side(small_ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "toinen" / "pieni.csv"
    other.parent.mkdir()
    other.write_text(small_ledger.read_text(encoding="utf-8").replace("ei tiedossa", "puuttuu"), encoding="utf-8")
    for path in (small_ledger, other):
        read_ledgers([path], RunOptions(), rejects=tmp_path / "rejects")
    found = sorted(path.name for path in (tmp_path / "rejects").iterdir())
    assert found == ["rejected-pieni-2.csv", "rejected-pieni.csv"]


def test_same_inputs_give_the_same_bytes(small_ledger: Path, tmp_path: Path) -> None:
    folders = (tmp_path / "one", tmp_path / "two")
    results = [run_footprint([small_ledger], RunOptions(out=folder)) for folder in folders]
    assert manifest(results[0]) == manifest(results[1])
    for name in ("lines.parquet", "lines.csv"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_manifest_says_what_went_in(small_ledger: Path, tmp_path: Path) -> None:
    import hashlib

    content = manifest(run_footprint([small_ledger], RunOptions(out=tmp_path / "out")))
    assert content["files"][0]["sha256"] == hashlib.sha256(small_ledger.read_bytes()).hexdigest()
    assert content["factor_edition"] == "fi_figaro 2026-1"
    assert content["files"][0]["mapping"]["amount_net"] == "Summa (alv 0%)"
    assert {factor["source"] for factor in content["factors"]} <= set(content["sources"])
    json.dumps(content)


def test_formulas_in_the_ledger_are_harmless_in_lines_csv(tmp_path: Path) -> None:
    ledger = tmp_path / "kaava.csv"
    ledger.write_text(
        "Tositepvm;Tilinumero;Tilin nimi;Toimittajan nimi;Summa (alv 0%)\n"
        '1.2.2023;4520;Elintarvikkeet;"=HYPERLINK(""http://x"")";10,00\n'
        "2.2.2023;4520;Elintarvikkeet;@SUM(A1);-5,00\n",
        encoding="utf-8",
    )
    run_footprint([ledger], RunOptions(out=tmp_path / "out"))
    with (tmp_path / "out" / "lines.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert [row["supplier_name"][:2] for row in rows] == ["'=", "'@"]
    assert [Decimal(row["amount_net"]) for row in rows] == [Decimal(10), Decimal(-5)]


def test_description_decides_where_the_account_is_vague(tmp_path: Path) -> None:
    ledger = tmp_path / "selite.csv"
    ledger.write_text(
        "Tositepvm;Tilinumero;Tilin nimi;Toimittajan nimi;Selite;Summa (alv 0%)\n"
        "1.2.2023;4470;Muut palvelut;A Oy;Siivouspalvelu helmikuu;10,00\n"
        "2.2.2023;4470;Muut palvelut;B Oy;Vuosilasku;20,00\n"
        "3.2.2023;4520;Elintarvikkeet;C Oy;Siivouspalvelu;40,00\n",
        encoding="utf-8",
    )
    quick = run_footprint([ledger], RunOptions())
    written = run_footprint([ledger], RunOptions(out=tmp_path / "out"))
    expected = {"CLEAN.CLEANING": Decimal(10), "OTHER.SERVICES": Decimal(20), "FOOD.MIXED": Decimal(40)}
    for result in (quick, written):
        assert {part.keys["category"]: part.spend for part in result.by_category} == expected


def test_millions_of_descriptions_need_no_more_memory(tmp_path: Path) -> None:
    """Every line has a text of its own; only what the texts decide is kept."""
    ledger = tmp_path / "tekstit.csv"
    rows = "".join(
        f"1.2.2023;4470;Muut palvelut;{'Siivouspalvelu' if number % 2 else 'Lasku'} {number};1,00\n"
        for number in range(3000)
    )
    ledger.write_text(f"Tositepvm;Tilinumero;Tilin nimi;Selite;Summa (alv 0%)\n{rows}", encoding="utf-8")
    quick = run_footprint([ledger], RunOptions())
    written = run_footprint([ledger], RunOptions(out=tmp_path / "out"))
    for result in (quick, written):
        spend = {part.keys["category"]: part.spend for part in result.by_category}
        assert spend == {"CLEAN.CLEANING": Decimal(1500), "OTHER.SERVICES": Decimal(1500)}


def test_ledger_without_any_category_is_shown_as_unknown(tmp_path: Path) -> None:
    ledger = tmp_path / "outo.csv"
    ledger.write_text("Tositepvm;Tilin nimi;Summa (alv 0%)\n1.2.2023;Xyzzy;10,00\n", encoding="utf-8")
    result = run_footprint([ledger], RunOptions())
    assert result.total.footprint_kgco2e is None
    assert result.coverage.share("none") == 1


def test_own_rules_win(small_ledger: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.csv"
    rules.write_text("supplier_name,category,note\nKeksitty Tukku*,FOOD.CATERING,frame agreement\n", encoding="utf-8")
    result = run_footprint([small_ledger], RunOptions(rules=rules))
    assert _spend(result, "FOOD.CATERING") == Decimal("500.50")
    assert {p.keys["category_basis"]: p.spend for p in result.coverage.by_basis}["rule"] == Decimal("500.50")


def test_own_factors_are_used_and_named(small_ledger: Path, tmp_path: Path) -> None:
    factors = tmp_path / "own.csv"
    factors.write_text(
        "category,year,value,unit,currency,price_basis,gsd,source\nFOOD,2023,0.5,kgCO2e/EUR,EUR,purchaser,1.3,contract\n",
        encoding="utf-8",
    )
    result = run_footprint([small_ledger], RunOptions(factors=str(factors)))
    assert result.total.footprint_kgco2e == pytest.approx(250.25)
    assert result.factor_set == "own.csv"
    assert result.coverage.without_factor == Decimal("900.00")


def test_one_year_can_be_asked_for(tmp_path: Path) -> None:
    ledger = tmp_path / "vuodet.csv"
    ledger.write_text(
        "Tositepvm;Tilinumero;Tilin nimi;Summa (alv 0%)\n"
        "1.5.2022;4520;Elintarvikkeet;10,00\n1.5.2023;4520;Elintarvikkeet;20,00\n",
        encoding="utf-8",
    )
    assert run_footprint([ledger], RunOptions(year=2022)).total.spend == Decimal(10)
    with pytest.raises(NothingToCount):
        run_footprint([ledger], RunOptions(year=2019))


def test_neighbour_dates_belong_to_the_accounting_year(tmp_path: Path) -> None:
    lines = [f"{day}.6.2023;4520;Elintarvikkeet;10,00" for day in range(1, 21)]
    ledger = tmp_path / "kirjanpito.csv"
    text = "Tositepvm;Tilinumero;Tilin nimi;Summa (alv 0%)\n29.12.2022;4520;Elintarvikkeet;1,00\n"
    ledger.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    result = run_footprint([ledger], RunOptions())
    assert result.years == (2023,)
    assert "accounting_year" in {choice.code for choice in result.readings[0].choices}


def test_files_of_two_currencies_are_not_added_up(tmp_path: Path) -> None:
    one, other = tmp_path / "eur.csv", tmp_path / "gbp.csv"
    one.write_text("Tositepvm;Tilin nimi;Summa (alv 0%) EUR\n1.5.2023;Elintarvikkeet;10,00\n", encoding="utf-8")
    other.write_text("Date,Expense Type,Net Amount (£)\n01/05/2023,Food,10.00\n", encoding="utf-8")
    with pytest.raises(MixedCurrencies, match="EUR, GBP"):
        run_footprint([one, other], RunOptions())


def test_strict_refuses_an_open_choice_and_a_mapping_settles_it(tmp_path: Path) -> None:
    ledger = tmp_path / "summa.csv"
    ledger.write_text("Pvm;Tilin nimi;Summa\n1.5.2023;Elintarvikkeet;10,00\n", encoding="utf-8")
    with pytest.raises(UndecidedReading, match="whether amounts include VAT"):
        run_footprint([ledger], RunOptions(strict=True))
    saved = SavedMapping(columns={"amount_net": "Summa"}, currency="EUR")
    settled = run_footprint([ledger], RunOptions(strict=True, read=ReadOptions(mapping=saved)))
    assert settled.total.spend == Decimal(10)


def test_cluster_is_refused_with_a_sentence(small_ledger: Path) -> None:
    with pytest.raises(UsageError, match="comes in a later release"):
        run_footprint([small_ledger], RunOptions(engine="sc://localhost:15002"))


def test_paimio_is_categorised_by_its_accounts(shared_data: Path) -> None:
    result = run_footprint([shared_data / "ledgers" / "fi" / "paimio_2020_2023_part.csv"], RunOptions())
    assert result.total.spend == Decimal("732293.25")
    share = result.coverage.share("account")
    assert share is not None
    assert share >= 0.95


def test_every_uk_ledger_has_coverage(shared_data: Path) -> None:
    folder = shared_data / "ledgers" / "uk"
    for path in [*sorted(folder.glob("*.csv")), *sorted(folder.glob("*.parquet"))]:
        result = run_footprint([path], RunOptions(factors="uk", read=ReadOptions(currency="GBP")))
        shares = [result.coverage.share(str(part.keys["category_basis"])) for part in result.coverage.by_basis]
        assert sum(share or 0 for share in shares) == pytest.approx(1), path.name
        lines = result.total.lines + sum(part.lines for part in result.coverage.excluded)
        assert lines == sum(reading.accepted + reading.repaired for reading in result.readings), path.name
