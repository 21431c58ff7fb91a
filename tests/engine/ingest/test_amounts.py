"""Amounts as ledgers print them. Expected values are what a person reads."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.engine.ingest.ledgers import HEADER, lines, read
from tests.engine.ingest.ledgers import ledger as write

COMMA = {
    "1234,50": ("1234.50", None),
    "-5,00": ("-5", None),
    "+5,00": ("5", None),
    ",5": ("0.5", None),
    "12": ("12", None),
    "  7,25 ": ("7.25", None),
    "1 234,50": ("1234.50", None),
    "1\u00a0234\u00a0567,50": ("1234567.50", None),
    "1\u202f234,50": ("1234.50", None),
    "1'234,50": ("1234.50", None),
    "1.234,50": ("1234.50", None),
    "1.234.567": ("1234567", None),
    "-1.234,50": ("-1234.50", None),
    "12,50-": ("-12.50", "repaired trailing_minus"),
    "(12,50)": ("-12.50", "repaired parentheses"),
    "(1 234,50)": ("-1234.50", "repaired parentheses"),
    "\u221212,50": ("-12.50", "repaired unicode_minus"),
    "\u201312,50": ("-12.50", "repaired unicode_minus"),
    "12,50 €": ("12.50", "repaired currency_sign"),
    "EUR 12,50": ("12.50", "repaired currency_sign"),
    "-12,50 eur": ("-12.50", "repaired currency_sign"),
    "(12,50 €)": ("-12.50", "repaired parentheses currency_sign"),
    "12.50": ("12.50", "repaired decimal_mark"),
    "1,234.50": ("1234.50", "repaired decimal_mark"),
    "999999999999,99": ("999999999999.99", None),
    "1000000000000,00": (None, "rejected amount_out_of_range"),
    "1000000000000000": (None, "rejected amount_out_of_range"),
    "9" * 45: (None, "rejected amount_out_of_range"),
    "1.234": (None, "rejected ambiguous_amount"),
    "": (None, "rejected no_amount"),
    "   ": (None, "rejected no_amount"),
    "ei tiedossa": (None, "rejected bad_amount"),
    "#ARVO!": (None, "rejected bad_amount"),
    "12 50": (None, "rejected bad_amount"),
    "1 2345,00": (None, "rejected bad_amount"),
    "--5,00": (None, "rejected bad_amount"),
    "(5,00": (None, "rejected bad_amount"),
    "-5,00-": (None, "rejected bad_amount"),
    "1,2,3": (None, "rejected bad_amount"),
    "1.2.2023": (None, "rejected bad_amount"),
    "nan": (None, "rejected bad_amount"),
    "inf": (None, "rejected bad_amount"),
    "0x12": (None, "rejected bad_amount"),
    "12%": (None, "rejected bad_amount"),
    "-": (None, "rejected bad_amount"),
    ",": (None, "rejected bad_amount"),
    "Netto": (None, "rejected repeated_header"),
}
POINT = {
    "1234.50": ("1234.50", None),
    "1,234.50": ("1234.50", None),
    "-1,234,567.50": ("-1234567.50", None),
    "1 234.50": ("1234.50", None),
    "£12.50": ("12.50", "repaired currency_sign"),
    "-£1,234.50": ("-1234.50", "repaired currency_sign"),
    "(12.50)": ("-12.50", "repaired parentheses"),
    "12.50-": ("-12.50", "repaired trailing_minus"),
    "12,50": ("12.50", "repaired decimal_mark"),
    "1.234,50": ("1234.50", "repaired decimal_mark"),
    "1,234": (None, "rejected ambiguous_amount"),
    "1.2.3": (None, "rejected bad_amount"),
    "REDACTED": (None, "rejected bad_amount"),
}


@pytest.mark.parametrize("way", ["typed", "text", "careful"])
@pytest.mark.parametrize(("decimal", "cases"), [(",", COMMA), (".", POINT)])
def test_each_amount_is_read_as_a_person_would(tmp_path: Path, way: str, decimal: str, cases: dict) -> None:
    good = [line.replace(",", decimal) for line in lines(400)]
    odd = [f'30000;1.2.2023;4300;Firma Oy;"{text}"' for text in cases]
    # The odd ones stand behind the rows that the sample is made of, so that they don't decide the file's style.
    found = read(write(tmp_path / "l.csv", [*good, *odd]), way)
    got = {
        text: (None if row.amount is None else row.amount, row.note)
        for text, row in zip(cases, found.rows[400:], strict=True)
    }
    assert got == {text: (None if amount is None else Decimal(amount), note) for text, (amount, note) in cases.items()}
    assert found.way == way


def test_ledger_that_groups_thousands_reads_them_plainly(tmp_path: Path) -> None:
    odd = [f"30000;1.2.2023;4300;Firma Oy;{text}" for text in ("1.234,50", "12.345,00", "1.234", "12.345.678")]
    found = read(write(tmp_path / "l.csv", [*lines(60), *odd * 5]))
    assert [str(row.amount) for row in found.rows[60:64]] == ["1234.5000", "12345.0000", "1234.0000", "12345678.0000"]
    assert found.reading.rejected == 0


def test_gross_and_tax_give_net(tmp_path: Path) -> None:
    header = HEADER.replace("Netto", "Brutto;ALV")
    rows = [
        f"{n};{n % 28 + 1}.3.2023;4300;Firma Oy;{n * 1.24:.2f};{n * 0.24:.2f}".replace(".", ",", 0)
        for n in range(100, 160)
    ]
    rows = [
        ";".join(cell.replace(".", ",") if at > 3 else cell for at, cell in enumerate(row.split(";"))) for row in rows
    ]
    rows.append("900;1.3.2023;4300;Firma Oy;124,00;ei tiedossa")
    found = read(write(tmp_path / "l.csv", rows, header))
    assert found.reading.amount_basis == "net"
    assert found.reading.amount_accepted == sum(range(100, 160))
    assert found.notes() == {62: "rejected bad_vat"}
