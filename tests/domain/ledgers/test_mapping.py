from __future__ import annotations

import json
import re
import time
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.columns import LEDGER
from keino.domain.ledgers.headers import find_header
from keino.domain.ledgers.mapping import ColumnMapping, map_columns
from tests.domain.ledgers.ledger_files import UK_FILES, mapped, names, rows_of, words

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def business_id(seed: int) -> str:
    """A Finnish business id by the published rule: weights 7 9 10 5 8 4 2, sum modulo 11, check digit 11 - r."""
    while True:
        digits = f"{seed:07d}"
        rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
        if rest != 1:
            return f"{digits}-{0 if rest == 0 else 11 - rest}"
        seed += 1


def generated(columns: dict[str, str], number: int, seed: int) -> list[list[str]]:
    """Rows of plausible values for header → column, with a decimal comma and Finnish dates."""
    draw = Random(seed)
    return [[line[column] for column in columns.values()] for line in (_line(draw, at) for at in range(number))]


def _line(draw: Random, at: int) -> dict[str, str]:
    account, supplier, unit = draw.randrange(40), draw.randrange(60), draw.randrange(12)
    net = Decimal(draw.randrange(-20_000, 900_000)) / 100
    vat = (net * Decimal("0.24")).quantize(Decimal("0.01"))
    day = f"{draw.randrange(1, 29)}.{draw.randrange(1, 13)}.2021"
    line = {
        "amount_net": f"{net}".replace(".", ","),
        "amount_vat": f"{vat}".replace(".", ","),
        "amount_gross": f"{net + vat}".replace(".", ","),
        "posting_date": day,
        "doc_date": day,
        "account_code": str(4300 + account),
        "account_name": f"Tili {chr(65 + account % 26)} palvelut {account}",
        "account_group": ("Palvelujen ostot", "Aineet, tarvikkeet ja tavarat")[account % 2],
        "account_code_standard": str(4300 + account // 2 * 2),
        "account_name_standard": f"Standardin tili {account // 2}",
        "supplier_name": f"Yritys {supplier} Oy",
        "supplier_id": str(100_000 + supplier),
        "supplier_business_id": business_id(1_000_000 + 7 * supplier),
        "supplier_country": "FI" if supplier % 9 else "SE",
        "supplier_postcode": f"{40000 + 10 * supplier:05d}",
        "unit_name": f"Yksikkö {unit}",
        "unit_code": str(1000 + unit),
        "subunit_name": f"Tulosyksikkö {unit}",
        "cost_centre": str(200_000 + unit),
        "buyer_name": ("Kaupunki", "Liikelaitos")[at % 2],
        "buyer_code": str(564 + at % 2),
        "buyer_business_id": business_id(187_690),
        "parent_name": "Valtiovarainministeriö",
        "parent_code": "28",
        "sector": "Valtio",
        "category_group": ("Palvelut", "Tavarat")[at % 2],
        "category": ("ICT-palvelut", "Kalusto", "Elintarvikkeet")[at % 3],
        "service_class": str(3000 + 10 * unit + 1),
        "voucher_id": str(200_000_000 + at // 2),
        "invoice_id": str(700_000 + 3 * at),
        "vat_code": ("24", "10", "0")[at % 3],
    }
    assert set(line) <= set(LEDGER)
    return line


def schemas(shared_data: Path) -> list[dict[str, object]]:
    return json.loads((shared_data / "ledgers" / "fi" / "real_schemas.json").read_text(encoding="utf-8"))["schemas"]


def assert_mapped_as_annotated(columns: dict[str, str], changes: dict[str, str] | None = None) -> ColumnMapping:
    rows = generated(columns, 300, seed=7)
    places = {column: place for place, column in enumerate(columns.values())}
    for column, change in (changes or {}).items():
        for row in rows:
            row[places[column]] = change.format(row[places[column]]) if change else ""
    mapping = map_columns(list(columns), rows, words())
    assert mapping.columns == {column: places[column] for column in LEDGER if column in places}
    return mapping


@pytest.mark.parametrize("number", range(7))
def test_real_finnish_headers_map_as_annotated(shared_data: Path, number: int) -> None:
    schema = schemas(shared_data)[number]
    mapping = assert_mapped_as_annotated(schema["columns"])
    assert (mapping.amount_basis, mapping.currency, mapping.amount_decimal) == ("net", "EUR", ",")
    assert mapping.is_decided


def paimio_variants(columns: dict[str, str]) -> list[dict[str, str]]:
    """Each name of each column once, the others at their first name; the last variant is 2025's, without units."""
    by_column: dict[str, list[str]] = {}
    for header, column in columns.items():
        by_column.setdefault(column, []).append(header)
    longest = max(map(len, by_column.values()))
    chosen = [
        {names[min(turn, len(names) - 1)]: column for column, names in by_column.items()} for turn in range(longest)
    ]
    without_units = {
        header: column for header, column in chosen[-1].items() if column not in ("unit_name", "subunit_name")
    }
    return [*chosen, without_units]


def test_every_variant_of_paimio_maps_as_annotated(shared_data: Path) -> None:
    columns = next(s for s in schemas(shared_data) if s["organisation"] == "Paimion kaupunki")["columns"]
    variants = paimio_variants(columns)
    assert {header for variant in variants for header in variant} == set(columns)
    for variant in variants:
        assert_mapped_as_annotated(variant)


def test_oulu_maps_with_its_quirks(shared_data: Path) -> None:
    """Dates are YYMMDD and the service class is empty (real_schemas.json, quirks)."""
    columns = schemas(shared_data)[0]["columns"]
    rows = generated(columns, 300, seed=3)
    order = list(columns.values())
    for number, row in enumerate(rows):
        row[order.index("doc_date")] = f"2112{number % 28 + 1:02d}"
        row[order.index("service_class")] = ""
    mapping = map_columns(list(columns), rows, words())
    assert mapping.columns == {column: order.index(column) for column in LEDGER if column in order}
    assert mapping.date_formats == {"doc_date": ("%y%m%d",)}


def test_jyvaskyla_2021_maps_with_codes_read_as_numbers(shared_data: Path) -> None:
    changes = dict.fromkeys(("buyer_code", "account_code", "account_code_standard"), "{}.0")
    mapping = assert_mapped_as_annotated(schemas(shared_data)[2]["columns"], changes)
    assert set(mapping.float_codes) == set(changes)


def test_state_accounts_with_code_and_name_in_one_cell_are_split(shared_data: Path) -> None:
    mapping = assert_mapped_as_annotated(
        schemas(shared_data)[1]["columns"], {"account_code": "{} Asiantuntijapalvelut"}
    )
    assert mapping.splits == {"account_code": "code_and_name"}


def test_units_with_code_and_name_are_split() -> None:
    rows = [["100, Konsernihallinto", "4340", "12,50"], ["200, Sivistys", "4341", "1,20"]] * 10
    mapping = map_columns(["Vastuualue", "Tili", "Netto"], rows, words())
    assert mapping.splits == {"unit_name": "code_and_name"}


def test_vastuualue_with_service_class_codes_is_the_service_class() -> None:
    rows = [["3051", "4340", "12,50"], ["3021", "4341", "1,20"]] * 10
    mapping = map_columns(["Vastuualue", "Tili", "Netto"], rows, words())
    assert names(mapping)["service_class"] == "Vastuualue"


def test_paimio_file_maps_without_help(shared_data: Path) -> None:
    mapping, _ = mapped(shared_data / "ledgers" / "fi" / "paimio_2020_2023_part.csv", ";")
    assert names(mapping) == {
        "amount_net": "Summa (alv 0%)",
        "period": "Tositekuukausi",
        "account_code": "Tilinumero",
        "account_name": "Tilin nimi",
        "supplier_name": "Toimittajan nimi",
        "supplier_business_id": "Y-tunnus",
        "unit_name": "Toimielin",
        "subunit_name": "Tulosalue",
        "voucher_id": "Tositenumero",
    }
    assert (mapping.amount_decimal, mapping.currency, mapping.is_decided) == (",", "EUR", True)


@pytest.mark.parametrize("name", UK_FILES)
def test_uk_files_map_without_help(shared_data: Path, name: str) -> None:
    """Amount, supplier and unit in all; a date in all but Darlington 2013, which prints none."""
    mapping, _ = mapped(shared_data / "ledgers" / "uk" / name)
    assert {"amount_net", "supplier_name", "unit_name"} <= set(mapping.columns)
    assert mapping.missing == (("date",) if name == "darlington_2013-02.csv" else ())
    assert mapping.amount_decimal == "."


#: Where the independent mapping took another column than we do, and why ours is right.
TWIN_IS_WRONG = {
    ("salford_2014-11", "Amount"): "the twin took Gross, which includes VAT",
    ("salford_2022-05", "Amount"): "the twin took Gross, which includes VAT",
    ("leeds_2011-03", "Amount"): "the twin lost every minus sign",
    ("leeds_2012-12", "Amount"): "the twin lost the minus signs and dropped the TOTAL row",
}
TWIN_COLUMNS = {
    "Payment Date": ("posting_date", "doc_date", "payment_date"),
    "Amount": ("amount_net",),
    "Organisational Unit": ("unit_name",),
    "Beneficiary Name": ("supplier_name",),
    "Benificiary Name": ("supplier_name",),
    "Company Number": ("supplier_business_id",),
    "Charity Number": ("supplier_charity_id",),
}
TWINS = sorted({name.rsplit(".", 1)[0].removesuffix("_raw") for name in UK_FILES} - {
    *("darlington_2013-02", "devon_201104", "devon_202503", "exeter_2022")
})  # fmt: skip


@pytest.mark.parametrize("name", TWINS)
def test_mapped_columns_hold_what_the_independent_twin_holds(shared_data: Path, name: str) -> None:
    folder = shared_data / "ledgers" / "uk"
    mapping, body = mapped(folder / (f"{name}_raw.csv" if name == "leeds_2011-03" else f"{name}.csv"))
    heading, *lines = rows_of(folder / "mapped" / f"{name}.mapped.csv")
    for theirs, ours in TWIN_COLUMNS.items():
        values = [line[heading.index(theirs)] for line in lines] if theirs in heading else [""]
        if not any(values):
            continue
        column = next(column for column in ours if column in mapping.columns)
        cells = [row[mapping.columns[column]] for row in body][: len(lines)]
        agrees = [_same(cell, value) for cell, value in zip(cells, values, strict=True)]
        assert all(agrees) != ((name, theirs) in TWIN_IS_WRONG), (theirs, column)


def _same(ours: str, theirs: str) -> bool:
    """Equal, apart from blanks, the way a date is printed and letters that the twin decoded twice."""
    if re.fullmatch(r"\d{2}-[A-Z][a-z]{2}-\d{4}", ours):
        ours = datetime.strptime(ours, "%d-%b-%Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
    return re.sub("[^!-~]+", "", ours) == re.sub("[^!-~]+", "", theirs)


def test_salford_is_net_by_arithmetic(shared_data: Path) -> None:
    for name in ("salford_2014-11.csv", "salford_2022-05.csv"):
        mapping, _ = mapped(shared_data / "ledgers" / "uk" / name)
        assert mapping.amount_basis == "net"
        assert [names(mapping)[c] for c in ("amount_net", "amount_vat", "amount_gross")] == ["Net", "VAT", "Gross"]


def test_exeter_as_first_printed_maps_too(shared_data: Path) -> None:
    rows = rows_of(shared_data / "ledgers" / "uk" / "exeter_2022.parquet")
    records = [json.loads(row[rows[0].index("raw")]) for row in rows[1:501]]
    mapping = map_columns(list(records[0]), [list(record.values()) for record in records], words())
    assert names(mapping) == {
        "amount_net": "Net Amount",
        "posting_date": "Trans Date",
        "account_name": "Expense Description",
        "category": "Category",
        "supplier_name": "Supplier Name",
        "unit_name": "Service Code",
        "voucher_id": "Trans Ref/No",
    }


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("fi_2014-2020.csv", ",", "utf-8"),
        ("fi_2007-2013_part.csv", ",", "cp1252"),
        ("dk_2014-2020.csv", ";", "cp1252"),
        ("de_sachsen_2014-2020.csv", ",", "utf-8"),
        ("pl_esf_2014-2020.csv", ";", "cp1250"),
    ],
)
def test_beneficiary_lists_have_no_invented_amount(shared_data: Path, name: str, delimiter: str, encoding: str) -> None:
    mapping, _ = mapped(shared_data / "ledgers" / "eu_lists" / name, delimiter, encoding)
    assert not {"amount_net", "amount_vat", "amount_gross"} & set(mapping.columns)
    assert "amount_net" in mapping.missing
    assert mapping.candidates["amount_net"]


def test_beneficiary_list_with_funding_that_adds_up_has_no_invented_amount() -> None:
    """EU share + national share = total looks like net + VAT = gross, but no header speaks of an amount."""
    rows = [[f"Hanke {at}", f"{800 + at},00", f"{200 + at},00", f"{1000 + 2 * at},00"] for at in range(30)]
    mapping = map_columns(["Hanke", "EU-rahoitus", "Valtion rahoitus", "Rahoitus"], rows, words())
    assert "amount_net" in mapping.missing


def three_amounts(number: int = 40) -> list[tuple[str, str, str]]:
    """(net, VAT at 24 % or nothing, gross) as text."""
    lines = []
    for at in range(number):
        net = Decimal(1000 + 317 * at) / 100
        vat = (net * Decimal("0.24")).quantize(Decimal("0.01")) if at % 3 else Decimal("0.00")
        lines.append((str(net), str(vat), str(net + vat)))
    return lines


def test_exchanged_labels_of_amounts_are_set_right_by_arithmetic() -> None:
    rows = [[f"{at + 1}.2.2021", net, vat, gross] for at, (net, vat, gross) in enumerate(three_amounts(28))]
    mapping = map_columns(["Date", "Gross", "VAT", "Net"], rows, words())
    assert [mapping.columns[c] for c in ("amount_net", "amount_vat", "amount_gross")] == [1, 2, 3]
    assert [choice.code for choice in mapping.choices] == ["amount_words_contradicted"]
    assert mapping.choices[0].is_decided_by_evidence


def test_vague_amounts_are_told_apart_by_arithmetic() -> None:
    rows = [[f"{at + 1}.2.2021", gross, net, vat] for at, (net, vat, gross) in enumerate(three_amounts(28))]
    mapping = map_columns(["Pvm", "Summa", "Määrä euroina", "Osuus"], rows, words())
    assert [mapping.columns[c] for c in ("amount_net", "amount_vat", "amount_gross")] == [2, 3, 1]
    assert mapping.is_decided


def test_summa_alone_is_net_but_not_decided() -> None:
    mapping = map_columns(["Tili", "Summa"], [["4340", "12,50"], ["4341", "7,10"]], words())
    (choice,) = [choice for choice in mapping.choices if choice.code == "amount_net_or_gross"]
    assert (choice.chosen, choice.alternatives, choice.is_decided_by_evidence) == ("net", ("gross",), False)
    assert not mapping.is_decided


@pytest.mark.parametrize(("place", "basis"), [(0, "net"), (2, "gross")])
def test_tax_column_decides_a_vague_amount(place: int, basis: str) -> None:
    """24 % of the net amount is 19.35 % of the gross one: only one of them is a rate of value added tax."""
    lines = [
        (str(Decimal(net) * 10), str(Decimal(vat) * 10), str(Decimal(gross) * 10))
        for net, vat, gross in three_amounts()
    ]
    mapping = map_columns(["Pvm", "Summa", "ALV"], [["3.2.2021", line[place], line[1]] for line in lines], words())
    assert mapping.amount_basis == basis
    assert mapping.is_decided


def test_total_beside_a_net_amount_is_gross_when_never_smaller() -> None:
    rows = [["3.2.2021", net, gross] for net, _, gross in three_amounts()]
    mapping = map_columns(["Pvm", "Netto", "Summa"], rows, words())
    assert (mapping.columns["amount_net"], mapping.columns["amount_gross"]) == (1, 2)


def test_gross_alone_is_gross_and_says_so() -> None:
    rows = [["3.2.2021", gross] for _, _, gross in three_amounts()]
    mapping = map_columns(["Pvm", "EUR, brutto"], rows, words())
    assert (mapping.amount_basis, mapping.columns["amount_gross"], mapping.missing) == ("gross", 1, ())
    assert [choice.code for choice in mapping.choices] == ["amount_gross_only"]


def test_exchanged_labels_of_supplier_date_and_amount_follow_the_values() -> None:
    rows = [[f"{at + 1}.2.2021", "12,50", f"Firma {at} Oy"] for at in range(20)]
    mapping = map_columns(["Toimittajan nimi", "Kirjauspäivä", "Netto"], rows, words())
    assert {c: mapping.columns[c] for c in ("posting_date", "amount_net", "supplier_name")} == {
        "posting_date": 0,
        "amount_net": 1,
        "supplier_name": 2,
    }
    codes = {choice.code for choice in mapping.choices}
    assert codes == {"values_over_words"}


def test_exchanged_account_labels_follow_the_values() -> None:
    rows = [["Asiantuntijapalvelut", "4340", "1,50"], ["Toimistopalvelut", "4341", "2,50"]] * 10
    mapping = map_columns(["Tili", "Tilin nimi", "Netto"], rows, words())
    assert (mapping.columns["account_name"], mapping.columns["account_code"]) == (0, 1)


def test_running_number_is_no_amount() -> None:
    rows = [[str(at), "3.2.2021", "Apem Oy"] for at in range(1, 40)]
    mapping = map_columns(["Summa", "Pvm", "Toimittaja"], rows, words())
    assert "amount_net" in mapping.missing


def test_wider_rows_than_the_header_keep_their_places() -> None:
    rows = [["3.2.2021", "1,50", "x"], ["4.2.2021", "2,50", "y"]]
    mapping = map_columns(["Pvm", "Netto"], rows, words())
    assert mapping.header == ("Pvm", "Netto", "")
    assert mapping.unmapped == (2,)


def test_ledger_without_header_is_guessed_from_values_and_not_decided() -> None:
    columns = {c: c for c in ("voucher_id", "doc_date", "account_code", "account_name", "supplier_business_id")}
    columns |= {c: c for c in ("supplier_name", "amount_net")}
    rows = generated(columns, 200, seed=1)
    assert find_header(rows, words()) is None
    mapping = map_columns((), rows, words())
    expected = {"posting_date": 1, "account_code": 2, "account_name": 3, "supplier_business_id": 4}
    assert mapping.columns == {"amount_net": 6, **expected, "supplier_name": 5}
    assert not mapping.is_decided


def test_open_order_of_dates_is_a_choice_unless_another_date_settles_it() -> None:
    rows = [["01/02/2021", "5.50"], ["03/04/2021", "6.50"]]
    mapping = map_columns(["Posting date", "Net amount"], rows, words())
    assert [choice.code for choice in mapping.choices] == ["date_order"]
    rows = [["01/02/2021", "02/13/2021", "5.50"], ["03/04/2021", "03/17/2021", "6.50"]]
    mapping = map_columns(["Posting date", "Payment date", "Net amount"], rows, words())
    assert mapping.date_formats == {"posting_date": ("%m/%d/%Y",), "payment_date": ("%m/%d/%Y",)}
    assert mapping.choices == ()


def test_open_decimal_mark_is_a_choice() -> None:
    mapping = map_columns(["Pvm", "Netto"], [["1.2.2021", "1,234"], ["2.2.2021", "2,500"]], words())
    assert [choice.code for choice in mapping.choices] == ["decimal_mark"]


def test_two_equally_named_amounts_are_a_choice() -> None:
    rows = [["1.2.2021", "1,50", "7,50"], ["2.2.2021", "2,25", "1,10"]]
    mapping = map_columns(["Pvm", "Netto", "Netto"], rows, words())
    (choice,) = mapping.choices
    assert (choice.code, mapping.columns["amount_net"], choice.is_decided_by_evidence) == (
        "one_of_several_columns",
        1,
        False,
    )


def test_swedish_ledger_maps() -> None:
    header = "Verifikat Bokföringsdatum Konto Kontonamn Leverantör FO-nummer "
    header += "Nettobelopp Moms Bruttobelopp Enhet Kostnadsställe"
    order = ("voucher_id", "posting_date", "account_code", "account_name", "supplier_name", "supplier_business_id")
    order += ("amount_net", "amount_vat", "amount_gross", "unit_name", "cost_centre")
    columns = dict(zip(header.split(), order, strict=True))
    mapping = assert_mapped_as_annotated(columns)
    assert mapping.currency == "EUR"


@pytest.mark.parametrize(
    ("header", "value", "currency"),
    [
        ("Summa €", "1,50", "EUR"),
        ("Net Amount £", "1.50", "GBP"),
        ("Belopp SEK", "1,50", "SEK"),
        ("Net amount", "£1.50", "GBP"),
        ("Net amount", "1.50", None),
    ],
)
def test_currency_by_signs(header: str, value: str, currency: str | None) -> None:
    assert map_columns(["Date", header], [["2021-01-31", value]], words()).currency == currency


def test_currency_column_decides_when_it_has_one_value() -> None:
    rows = [["2021-01-31", "1.50", "SEK"], ["2021-01-30", "2.50", "SEK"]]
    assert map_columns(["Date", "Net amount", "Currency"], rows, words()).currency == "SEK"
    rows[0][2] = "EUR"
    assert map_columns(["Date", "Net amount", "Currency"], rows, words()).currency is None


def test_empty_and_ragged_samples_do_not_fail() -> None:
    assert map_columns(["Pvm", "Netto"], [], words()).columns == {"amount_net": 1, "doc_date": 0}
    assert map_columns((), [], words()).missing == ("amount_net", "date")
    assert map_columns(["Pvm"], [[], ["", ""], ["1.2.2021"]], words()).columns == {"doc_date": 0}


def test_wide_sample_is_mapped_in_less_than_a_third_of_a_second() -> None:
    """40 columns of 500 rows; CPU time, best of three, doubled for slow machines."""
    known = {column: column for column in _line(Random(1), 0)}
    rows = [
        row + [f"lisätieto {at} {extra}" for extra in range(40 - len(known))]
        for at, row in enumerate(generated(known, 500, 5))
    ]
    header = [*known, *(f"Lisäsarake {extra}" for extra in range(40 - len(known)))]
    words()
    spent = []
    for _ in range(3):
        start = time.process_time()
        map_columns(header, rows, words())
        spent.append(time.process_time() - start)
    assert min(spent) < 0.6


cells = st.sampled_from(["", "4340", "1.2.2021", "12,50", "-3.10", "Netto", "Summa", "Pvm", "ALV", "Tili"]) | st.text(
    max_size=12
)


@given(st.lists(cells, max_size=6), st.lists(st.lists(cells, max_size=7), max_size=12))
def test_any_cells_give_a_mapping_with_each_source_used_once(header: list[str], rows: list[list[str]]) -> None:
    mapping = map_columns(header, rows, words())
    places = list(mapping.columns.values())
    assert len(places) == len(set(places))
    assert sorted([*places, *mapping.unmapped]) == list(range(len(mapping.header)))
    assert set(mapping.date_formats) == {"posting_date", "doc_date", "payment_date"} & set(mapping.columns)
    found = find_header(rows, words())
    assert found is None or found.first_data_row <= len(rows)


def test_ten_thousand_columns_and_a_very_long_cell_are_bearable() -> None:
    start = time.process_time()
    rows = [["1" * 1_000_000, *["12,50"] * 9_999]] * 3
    header = ["Pvm" * 300_000, *["Summa"] * 9_999]
    assert find_header([header, *rows], words()) is not None
    assert "amount_net" in map_columns(header, rows, words()).columns
    assert time.process_time() - start < 20
