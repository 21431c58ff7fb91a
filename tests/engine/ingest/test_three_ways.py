"""The three ways of reading text give the same rows, and every row and cent is accounted for (property tests)."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.engine.ingest.ledgers import Read, read

COLUMNS = ("Tositenumero", "Tositepäivämäärä", "Tilinumero", "Toimittajan nimi", "Selite", "Netto")
#: A row that must be read with this note (its amount counts), or be rejected for this reason (it does not count).
GOOD = ("plain", "plain", "plain", "plain", "negative", "quoted", "quoted_break", "padded", "padded_date")
REPAIRED = {
    "parentheses": "parentheses",
    "trailing_minus": "trailing_minus",
    "unicode_minus": "unicode_minus",
    "currency_sign": "currency_sign",
    "iso_date": "date_style",
    "compact_date": "date_style",
    "no_date": "year_from_file",
    "broken_quotes": "broken_quotes",
    "extra_cell": "extra_cells",
}
REJECTED = {
    "no_amount": "no_amount",
    "words": "bad_amount",
    "huge": "amount_out_of_range",
    "bad_date": "bad_date",
    "ancient": "date_out_of_range",
    "header_again": "repeated_header",
    "cut": "no_amount",
}
KINDS = (*GOOD, *REPAIRED, *REJECTED, "blank", "empty_line", "remark")


#: Each example writes and reads a file; looking for a smaller failing one would take minutes.
FILES = settings(deadline=None, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))


@dataclass
class Book:
    """What the generator knows of the file that it wrote."""

    text: str = ""
    notes: dict[int, str] = field(default_factory=dict)
    cents: dict[int, int] = field(default_factory=dict)  # row -> cents of rows whose amount can be read
    blank: set[int] = field(default_factory=set)
    rows: int = 0  # below the header
    total: Decimal | None = None


@dataclass(frozen=True)
class Style:
    order: tuple[int, ...]
    decimal: str
    delimiter: str
    encoding: str
    end: str
    groups: bool
    title_rows: int
    total: str
    ends_with_break: bool


styles = st.builds(
    Style,
    order=st.permutations(range(len(COLUMNS))).map(tuple),
    decimal=st.sampled_from([",", "."]),
    delimiter=st.sampled_from([";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
    groups=st.booleans(),
    title_rows=st.sampled_from([0, 0, 2]),
    total=st.sampled_from(["", "", "bare", "labelled"]),
    ends_with_break=st.booleans(),
)
amounts = st.integers(-9_999_999, 99_999_999).filter(bool)
dirty = st.lists(st.tuples(st.sampled_from(KINDS), amounts), max_size=25)


def printed(cents: int, style: Style) -> str:
    """-123456 → -1 234,56 where the style groups thousands by blanks."""
    whole, part = divmod(abs(cents), 100)
    digits = f"{whole:,}".replace(",", " ") if style.groups else str(whole)
    return f"{'-' if cents < 0 else ''}{digits}{style.decimal}{part:02d}"


def with_amount(kind: str, cents: int, style: Style) -> str:
    plain, positive = printed(cents, style), printed(abs(cents), style)
    return {
        "negative": printed(-abs(cents), style),
        "padded": f" {plain} ",
        "parentheses": f"({positive})",
        "trailing_minus": f"{positive}-",
        "unicode_minus": f"\u2013{positive}",
        "currency_sign": f"{plain} €",
        "no_amount": "",
        "words": "ei tiedossa",
        "huge": "1000000000000" + style.decimal + "00",
        "cut": "",
    }.get(kind, plain)


def counted_cents(kind: str, cents: int) -> int | None:
    """What the row is worth; None when its amount can't be read."""
    if kind in ("negative", "parentheses", "trailing_minus", "unicode_minus"):
        return -abs(cents)
    return None if kind in ("no_amount", "words", "huge", "header_again", "cut") else cents


def cells_of(kind: str, number: int, cents: int, style: Style) -> list[str]:
    date = {
        "padded_date": " 05.03.2023 ",
        "iso_date": "2023-03-05",
        "compact_date": "20230305",
        "no_date": "",
        "bad_date": "31.2.2023",
        "ancient": "5.3.1066",
    }.get(kind, f"{number % 28 + 1}.{number % 12 + 1}.2023")
    text = {"quoted": f'se{style.delimiter}li "te"', "quoted_break": "rivi\ntoinen"}.get(kind, f"selite {number}")
    amount = with_amount(kind, cents, style)
    if kind == "header_again":
        return list(COLUMNS)
    return [str(20_000 + number), date, str(4300 + number % 40), f"Yritys Äö {number % 7} Oy", text, amount]


def line_of(kind: str, number: int, cents: int, style: Style) -> str:
    cells = cells_of(kind, number, cents, style)
    if kind == "blank":
        cells = [""] * len(COLUMNS)
    if kind == "remark":
        cells = ["Tulostettu 3.1.2024", *[""] * (len(COLUMNS) - 1)]
    if kind == "empty_line":
        return ""
    ordered = [cells[at] for at in style.order]
    if kind == "cut":
        date = style.order.index(1)
        return style.delimiter.join([*[""] * date, ordered[date]])
    if kind == "extra_cell":
        ordered.append("x")
    out = io.StringIO()
    csv.writer(out, delimiter=style.delimiter, lineterminator="\n").writerow(ordered)
    line = out.getvalue().removesuffix("\n")
    # A quote inside an unquoted cell is a character; one that opens and never closes must not swallow what follows.
    return line.replace(f"selite {number}", f'"selite {number}') if kind == "broken_quotes" else line


def book(style: Style, odd: list[tuple[str, int]]) -> Book:
    """A ledger of sixty good rows with the odd ones strewn in."""
    kinds = [("plain", 1_000 + 37 * n) for n in range(60)]
    for at, row in enumerate(odd):
        kinds.insert((at * 17) % len(kinds) + 1, row)
    written = Book()
    rows = [style.delimiter.join(["Ostolaskut", *[""] * 5])] * style.title_rows
    rows.append(style.delimiter.join(COLUMNS[at] for at in style.order))
    number = len(rows) + 1
    for kind, cents in kinds:
        rows.append(line_of(kind, number, cents, style))
        _enter(written, kind, number, cents)
        number += 2 if kind == "quoted_break" else 1
    _total(written, style, rows)
    written.rows = len(rows) - style.title_rows - 1
    written.text = style.end.join(rows) + (style.end if style.ends_with_break else "")
    return written


def _enter(written: Book, kind: str, number: int, cents: int) -> None:
    if kind in ("blank", "empty_line", "remark"):
        written.blank.add(number)
        return
    note = f"repaired {REPAIRED[kind]}" if kind in REPAIRED else ""
    note = f"rejected {REJECTED[kind]}" if kind in REJECTED else note
    if note:
        written.notes[number] = note
    if (worth := counted_cents(kind, cents)) is not None:
        written.cents[number] = worth


def _total(written: Book, style: Style, rows: list[str]) -> None:
    lines = [worth for row, worth in written.cents.items() if not written.notes.get(row, "").startswith("rejected")]
    if not style.total or not sum(lines):
        return
    written.total = Decimal(sum(lines)) / 100
    cells = ["", "", "", "Yhteensä" if style.total == "labelled" else "", "", printed(sum(lines), style)]
    rows.append(style.delimiter.join(cells[at] for at in style.order))


def read_book(written: Book, style: Style, way: str = "") -> Read:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ostot.csv"
        path.write_bytes(written.text.encode(style.encoding, errors="replace"))
        return read(path, way)


def assert_reconciled(written: Book, found: Read) -> None:
    """Rows and cents equal the generator's own books."""
    reading = found.reading
    notes = {row.number: row.note for row in found.rows if row.note and row.note.split()[0] in ("repaired", "rejected")}
    assert notes == written.notes
    assert {row.number for row in found.rows if row.note == "blank"} == written.blank
    assert {row.number: row.amount for row in found.rows if row.amount is not None and row.note != "total"} == {
        row: Decimal(cents) / 100 for row, cents in written.cents.items()
    }
    assert [total.amount for total in reading.total_rows] == ([written.total] if written.total is not None else [])
    assert reading.rows + reading.blank_rows + len(reading.total_rows) == written.rows
    assert reading.amount_total == Decimal(sum(written.cents.values())) / 100
    assert sum(group.lines for group in found.groups) == reading.accepted + reading.repaired


@settings(FILES, max_examples=35)
@given(styles, dirty)
def test_rows_and_cents_reconcile_for_any_dirt(style: Style, odd: list[tuple[str, int]]) -> None:
    written = book(style, odd)
    assert_reconciled(written, read_book(written, style))


@settings(FILES, max_examples=12)
@given(styles.filter(lambda style: not style.groups), dirty)
def test_typed_text_and_careful_reading_agree(style: Style, odd: list[tuple[str, int]]) -> None:
    odd = [(kind, cents) for kind, cents in odd if kind != "quoted_break"]
    written = book(style, odd)
    ways = [read_book(written, style, way) for way in ("typed", "text", "careful")]
    for found in ways:
        assert_reconciled(written, found)
    assert ways[0].rows == ways[1].rows == ways[2].rows
    assert ways[2].way == "careful"


@pytest.mark.parametrize("kind", sorted({*REPAIRED, *REJECTED}))
def test_every_kind_of_dirt_is_met(kind: str) -> None:
    style = Style(
        tuple(range(6)), ",", ";", "utf-8", "\n", groups=False, title_rows=0, total="bare", ends_with_break=True
    )
    written = book(style, [(kind, 12_345)])
    assert written.notes
    assert_reconciled(written, read_book(written, style))
