"""From invoices to the rows of a file: title, header, lines with their dirt, blank, rejected, total and footer rows.

A cell is text, or a whole number of cents or a date that a workbook stores as such. Rows know what they are, so that
the answers can be written down while the file is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Literal

from keino.towns import dirt
from keino.towns.answers import FileAnswers, Tally, euros

if TYPE_CHECKING:
    from keino.towns.buyers import Buyer
    from keino.towns.invoices import Invoice, Posting
    from keino.towns.layouts import Layout
    from keino.towns.suppliers import Supplier

Kind = Literal["title", "header", "line", "rejected", "blank", "total", "footer"]
OPTIONAL_FIELDS = ("service_class", "description")
NO_AMOUNT = {
    "fi": ("", "ei tiedossa", "#ARVO!", "tarkistettava", "puuttuu"),
    "sv": ("", "uppgift saknas", "#VÄRDEFEL!", "kontrolleras", "saknas"),
}
REMARKS = ("Tilaus {} A; B", 'Kohde "{}"; lisätyö')


@dataclass(frozen=True)
class Cents:
    """An amount that a workbook stores as a number and a text file prints plainly."""

    cents: int


Cell = str | Cents | date


@dataclass(frozen=True)
class Row:
    """One row of a file."""

    kind: Kind
    cells: tuple[Cell, ...]


class Sheet:
    """The rows of one file while they are made, and the tally of its answers."""

    def __init__(self, buyer: Buyer, own: Supplier, layout: Layout, year: int) -> None:
        self.buyer, self.own, self.layout, self.year = buyer, own, layout, year
        self.rng = Random(f"{buyer.key}/{year}/print")
        self.tally = Tally()
        self.rows: list[Row] = []
        self.is_unicode = layout.encoding != "cp1252"
        self.is_workbook = not layout.delimiter
        self.optional = self._optional_columns()

    def _optional_columns(self) -> int:
        """Number of last columns that a row may lack without losing anything that counts."""
        fields = [name for _, name in self.layout.columns]
        return sum(name in OPTIONAL_FIELDS for name in fields[-len(OPTIONAL_FIELDS) :])

    def fill(self, invoices: list[Invoice]) -> None:
        """Make all rows of the file."""
        self.rows += [Row("title", (text,)) for text in self.layout.title_rows]
        self.rows.append(Row("header", tuple(header for header, _ in self.layout.columns)))
        lines = [
            (voucher, invoice, posting)
            for voucher, invoice in enumerate(invoices, 200_000_001 + 10_000_000 * (self.year - 2020))
            for posting in invoice.postings
        ]
        blanks = set(self.rng.sample(range(10, len(lines)), self.rng.randint(4, 8)))
        rejects = set(self.rng.sample(range(10, len(lines)), self.rng.randint(3, 6)))
        for number, line in enumerate(lines):
            if number in blanks:
                self._add_blank()
            if number in rejects:
                self._add_rejected(*line)
            self._add_line(*line)
        self._add_end()

    def _add_line(self, voucher: int, invoice: Invoice, posting: Posting) -> None:
        fields, tags = self._fields(voucher, invoice, posting)
        cells = [fields[name] for _, name in self.layout.columns]
        if not self.is_workbook:
            texts, row_tags = dirt.ragged([self._text(cell) for cell in cells], self.optional, self.rng)
            cells = list(texts)
            tags += row_tags
        self.rows.append(Row("line", tuple(cells)))
        self.tally.add(invoice, posting, tags)

    def _text(self, cell: Cell) -> str:
        if isinstance(cell, Cents):
            return dirt.plain_amount(cell.cents, self.layout.decimal)
        if isinstance(cell, date):
            return dirt.plain_date(cell)
        return cell

    def _fields(self, voucher: int, invoice: Invoice, posting: Posting) -> tuple[dict[str, Cell], dirt.Tags]:
        """All printable fields of a line, and the dirt in those that the layout shows."""
        language = self.buyer.language
        amount, amount_tags = dirt.dirty_amount(
            posting.cents, self.layout.decimal, is_unicode=self.is_unicode, rng=self.rng
        )
        day, day_tags = dirt.dirty_date(invoice.day, is_workbook=self.is_workbook, rng=self.rng)
        supplier_name, name_tags = dirt.dirty_supplier(invoice.supplier, language, self.rng)
        supplier_id, id_tags = dirt.dirty_business_id(invoice.supplier, self.rng)
        description, description_tags = self._description(posting)
        fields: dict[str, Cell] = {
            **self._fixed_fields(posting),
            "voucher": str(voucher),
            "day": day or invoice.day,
            "supplier_name": supplier_name,
            "supplier_id": supplier_id,
            "supplier_country": invoice.supplier.country,
            "net": amount or Cents(posting.cents),
            "vat": Cents(_vat(posting)),
            "gross": Cents(posting.cents + _vat(posting)),
            "description": description,
        }
        return fields, amount_tags + day_tags + name_tags + id_tags + description_tags

    def _fixed_fields(self, posting: Posting) -> dict[str, Cell]:
        """Fields that say who bought and on which account."""
        language, account, unit = self.buyer.language, posting.account, posting.unit
        return {
            "buyer_name": self.buyer.name[language],
            "buyer_number": self.buyer.number,
            "buyer_business_id": self.own.business_id,
            "account_code": account.code,
            "account_name": account.name[language],
            "account": f"{account.code} {account.name['fi']}",
            "unit": unit.name[language],
            "unit_code": unit.code,
            "subunit": unit.subunit[language],
            "subunit_code": unit.code,
            "parent_code": "EXA",
            "parent_name": "Esimerkkiministeriö",
            "sector": "Valtio",
            "service_class": unit.service_class,
            "category_group": account.category_group,
            "category": account.category,
        }

    def _description(self, posting: Posting) -> tuple[str, dirt.Tags]:
        """The line's own text, or now and then one with the delimiter and quotes in it."""
        has_column = any(name == "description" for _, name in self.layout.columns)
        if self.is_workbook or not has_column or self.rng.random() > 0.003:
            return posting.description, ()
        return self.rng.choice(REMARKS).format(self.rng.randint(100, 999)), ("quoted_delimiter",)

    def _add_blank(self) -> None:
        is_bare = self.is_workbook or self.rng.random() < 0.5
        self.rows.append(Row("blank", () if is_bare else ("",) * len(self.layout.columns)))

    def _add_rejected(self, voucher: int, invoice: Invoice, posting: Posting) -> None:
        """A row like a line whose amounts are missing, text or cut off."""
        fields = self._fixed_fields(posting) | {
            "voucher": str(voucher),
            "day": invoice.day,
            "supplier_name": invoice.supplier.name,
            "supplier_id": invoice.supplier.business_id,
            "supplier_country": invoice.supplier.country,
            "net": self.rng.choice(NO_AMOUNT[self.buyer.language]),
            "vat": "",
            "gross": "",
            "description": "",
        }
        cells = tuple(fields[name] for _, name in self.layout.columns)
        if not self.is_workbook and self.rng.random() < 0.25:
            cells = cells[: [name for _, name in self.layout.columns].index("net")]
        self.rows.append(Row("rejected", cells))

    def _add_end(self) -> None:
        """Total row, then the footer after a blank row."""
        names = [name for _, name in self.layout.columns]
        if self.layout.total_row != "none":
            cells: list[Cell] = ["" for _ in names]
            cells[names.index("net")] = Cents(self.tally.cents)
            if self.layout.total_row == "labelled":
                cells[0] = "Totalt"
            self.rows.append(Row("total", tuple(cells)))
        for text in self.layout.footer_rows:
            self.rows.append(Row("blank", ()))
            self.rows.append(Row("footer", (text,)))

    def text_rows(self) -> list[list[str]]:
        """All rows as text, for files with delimiters."""
        return [[self._text(cell) for cell in row.cells] for row in self.rows]

    def answers(self, file: str) -> FileAnswers:
        """Return the answers of the file as filled."""
        starts = self._row_numbers()
        numbers = {
            kind: [number for number, row in zip(starts, self.rows, strict=True) if row.kind == kind]
            for kind in ("header", "rejected", "blank", "total", "footer")
        }
        tally = self.tally
        total_row = numbers["total"][0] if numbers["total"] else None
        return FileAnswers(
            file=file,
            year=self.year,
            encoding=self.layout.encoding,
            delimiter=self.layout.delimiter,
            decimal=self.layout.decimal,
            header_row=numbers["header"][0],
            rows_in_file=len(self.rows),
            true_lines=tally.lines,
            amount_total=euros(tally.cents),
            negative_lines=tally.negative,
            rejected_rows=tuple(numbers["rejected"]),
            total_row=total_row,
            total_row_amount=None if total_row is None else euros(tally.cents),
            blank_rows=len(numbers["blank"]),
            footer_rows=len(numbers["footer"]),
            dirt=dict(sorted(tally.dirt.items())),
            shapes=dict(sorted(tally.shapes.items())),
            lines_by_account=dict(sorted(tally.lines_by_account.items())),
            amount_by_account=tally.amounts("account"),
            amount_by_nature=tally.amounts("nature"),
            amount_by_month=tally.amounts("month"),
            amount_by_category=tally.amounts("category"),
        )

    def _row_numbers(self) -> list[int]:
        """The number of each row's first line in the file; a header cell with a line break takes two lines."""
        numbers, number = [], 1
        for row in self.rows:
            numbers.append(number)
            breaks = sum(cell.count("\n") for cell in row.cells if isinstance(cell, str))
            number += 1 + (0 if self.is_workbook else breaks)
        return numbers


def _vat(posting: Posting) -> int:
    """Value added tax of a posting in cents, rounded half away from zero."""
    cents = (abs(posting.cents) * posting.account.vat_percent + 50) // 100
    return cents if posting.cents >= 0 else -cents
