"""What the generator knows by construction: the truth that a reader of the files is compared with."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keino.towns.invoices import Invoice, Posting


def euros(cents: int) -> Decimal:
    """Return whole cents as a decimal number of euros with two decimals."""
    return Decimal(cents).scaleb(-2)


@dataclass(frozen=True)
class FileAnswers:
    """The answers of one file; amounts in euros without VAT, rows counted from 1 as a text editor or Excel counts them.

    ``true_lines`` are the lines to count; ``rejected_rows`` look like lines but have no readable amount; ``total_row``
    only sums the others. ``dirt`` counts lines by kind of dirt (``any``: lines with at least one), ``shapes`` lines by
    what happened to their invoice; ``rows_in_file`` counts a header with a line break inside as one row.
    ``amount_by_nature`` says what the lines are in truth: purchase, rent, investment, grant, transfer, tax, internal,
    capitalisation (the minus on 4480, 4640, 4990) and capitalised_cost (its plus on 1195).
    """

    file: str
    year: int
    encoding: str
    delimiter: str
    decimal: str
    header_row: int
    rows_in_file: int
    true_lines: int
    amount_total: Decimal
    negative_lines: int
    rejected_rows: tuple[int, ...]
    total_row: int | None
    total_row_amount: Decimal | None
    blank_rows: int
    footer_rows: int
    dirt: dict[str, int]
    shapes: dict[str, int]
    lines_by_account: dict[str, int]
    amount_by_account: dict[str, Decimal]
    amount_by_nature: dict[str, Decimal]
    amount_by_month: dict[str, Decimal]
    amount_by_category: dict[str, Decimal]


@dataclass
class Tally:
    """Counts while lines are printed."""

    lines: int = 0
    cents: int = 0
    negative: int = 0
    dirt: Counter[str] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    lines_by_account: Counter[str] = field(default_factory=Counter)
    cents_by: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, invoice: Invoice, posting: Posting, dirt: tuple[str, ...]) -> None:
        """Count one true line with its dirt."""
        self.lines += 1
        self.cents += posting.cents
        self.negative += posting.cents < 0
        self.dirt.update(dirt)
        self.dirt["any"] += bool(dirt)
        self.shapes.update(_shapes(invoice))
        self.lines_by_account[posting.account.code] += 1
        nature = "internal" if invoice.supplier.kind == "own" and posting.nature == "purchase" else posting.nature
        self.cents_by["account"][posting.account.code] += posting.cents
        self.cents_by["nature"][nature] += posting.cents
        self.cents_by["month"][f"{invoice.day:%Y-%m}"] += posting.cents
        if posting.account.category:
            self.cents_by["category"][posting.account.category] += posting.cents

    def amounts(self, kind: str) -> dict[str, Decimal]:
        """Return euros by account, nature, month or category, in order of the key."""
        return {key: euros(cents) for key, cents in sorted(self.cents_by[kind].items())}


def _shapes(invoice: Invoice) -> list[str]:
    shapes = [invoice.shape] if invoice.shape else []
    if len(invoice.postings) > 1 and not invoice.shape:
        shapes.append("split_invoice")
    if invoice.supplier.kind != "company":
        shapes.append(f"supplier_{invoice.supplier.kind}")
    return shapes
