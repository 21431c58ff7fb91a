"""How one file is to be understood: which column is what, and the styles of its numbers and dates.

A layout is the meeting point of guesses (``keino.domain.ledgers.mapping``), a saved mapping file and the options of the
command line. The saved mapping always wins; the command line wins over both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from keino.columns import LEDGER

DATE_COLUMNS = ("posting_date", "doc_date", "payment_date")
PERIOD_COLUMNS = ("period", "fiscal_year")
VOUCHER_COLUMNS = ("voucher_id", "invoice_id")
WHO_AND_WHAT_COLUMNS = ("supplier_name", "supplier_id", "supplier_business_id", "account_code", "account_name")


@dataclass(frozen=True)
class Layout:
    """One file's layout. ``columns`` sends a ledger column (``keino.columns.LEDGER``) to a cell index."""

    columns: dict[str, int] = field(hash=False)
    width: int
    header: tuple[str, ...]
    header_row: int
    decimal: str  # "," or "."
    thousands: str  # marks that group thousands in this file, for example " " or "."
    date_formats: dict[str, tuple[str, ...]] = field(hash=False)  # ledger column -> strptime formats, commonest first
    amount_basis: str  # net or gross
    currency: str
    file_year: int | None = None  # for rows without a date of their own
    code_and_name: tuple[str, ...] = ()  # columns whose cells hold "4340 Expert services"
    float_codes: tuple[str, ...] = ()  # code columns printed as "4340.0"
    has_cents: bool = False  # amounts are printed with decimals

    def cell(self, column: str) -> str | None:
        """The text column that holds ``column``; None when the ledger has no such column."""
        index = self.columns.get(column)
        return None if index is None else f"c{index}"

    def header_of(self, column: str) -> str:
        """The header of a mapped column as printed; its number where it has no name."""
        index = self.columns[column]
        printed = self.header[index].strip() if index < len(self.header) else ""
        return printed or f"column {index + 1}"

    @property
    def dates(self) -> tuple[str, ...]:
        """Mapped date columns in the order they are believed."""
        return tuple(column for column in DATE_COLUMNS if column in self.columns)

    @property
    def identity(self) -> tuple[str, ...]:
        """Columns that a true line fills and a row of totals leaves empty."""
        mapped = (*self.dates, *(c for c in VOUCHER_COLUMNS if c in self.columns))
        return mapped or tuple(c for c in WHO_AND_WHAT_COLUMNS if c in self.columns)

    def is_in_place(self, cells: Sequence[str]) -> bool:
        """Do amount and date stand in their columns, though the row has too many cells?

        Cells that were added at the end change nothing; a delimiter inside a text moves everything behind it. The row
        is in place when amount and date read well where they belong and the cells that would hold them if the row were
        moved do not.
        """
        extra = len(cells) - self.width
        amounts = [self.columns.get(column) for column in ("amount_net", "amount_vat", "amount_gross")]
        if not all(_is_date(cells[self.columns[column]]) for column in self.dates[:1]):
            return False
        if all(index is not None for index in amounts):
            net, vat, gross = (self._number(cells[index]) for index in amounts if index is not None)
            return None not in (net, vat, gross) and abs(net + vat - gross) < Decimal("0.02")  # type: ignore[operator]  # None is excluded just before
        amount = amounts[0] if amounts[0] is not None else amounts[2]
        return amount is not None and self._is_amount(cells[amount]) and not self._is_amount(cells[amount + extra])

    def _is_amount(self, text: str) -> bool:
        """Does the text look like this ledger's amounts? Where those have cents, a number without is a code."""
        return bool(_AMOUNT.fullmatch(text.strip())) and (self.decimal in text or not self.has_cents)

    def _number(self, text: str) -> Decimal | None:
        plain = re.sub(r"[^\d,.-]", "", text).replace("." if self.decimal == "," else ",", "").replace(",", ".")
        try:
            return Decimal(plain)
        except InvalidOperation:
            return None

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Named header cells that carry no meaning for keino."""
        used = set(self.columns.values())
        named = (text.strip() for index, text in enumerate(self.header) if index not in used)
        return tuple(text for text in named if text)


_AMOUNT = re.compile(
    r"[-+(\u2212]?\s*[€£]?\s*(\d{1,3}([\s.,'\u00a0\u202f]\d{3})+([.,]\d+)?|\d+([.,]\d+)?)\s*([€£]|EUR|GBP)?\)?-?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[-./ ]?[\dA-Za-z]{1,9}[-./ ]?\d{2,4}([ T][\d:.]+)?")


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text.strip()))


TEXT_COLUMNS = tuple(column.name for column in LEDGER.values() if column.type == "text" and column.name != "currency")
