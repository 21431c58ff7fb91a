"""The tables of a report as values: the page and the workbook show the same ones.

A table holds exact numbers; ``Column.kind`` says what they are, and the page or the workbook rounds them for display.
Footprints are in kgCO2e here and shown as tonnes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from keino.engine.results import CategoryLabel, FootprintResult, Slice
from keino.report.language import Translator
from keino.report.number_style import SYMBOLS
from keino.units import KG_PER_TONNE

Kind = Literal["text", "year", "count", "money", "cents", "tonnes", "share", "factor", "ratio"]
Value = str | int | float | Decimal | None

#: Columns of these kinds may be summed; low and high ends of intervals may not (errors are shared inside a factor).
ADDITIVE: tuple[Kind, ...] = ("count", "money", "cents", "tonnes", "share")


@dataclass(frozen=True)
class Column:
    """A column: its heading with the unit, what its numbers are, and whether its rows add up to the total."""

    label: str
    kind: Kind = "text"
    adds_up: bool = False


@dataclass(frozen=True)
class Row:
    """One row: its values, links of single values by column number, and its anchors on the page."""

    values: tuple[Value, ...]
    links: tuple[tuple[int, str], ...] = ()
    anchors: tuple[str, ...] = ()

    def link(self, column: int) -> str:
        """The address behind a value; empty when it has none."""
        return dict(self.links).get(column, "")


@dataclass(frozen=True)
class Table:
    """A table with its title; the first column names the rows. ``total`` is shown last."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str = ""


@dataclass(frozen=True)
class View:
    """A result seen in one language: names of categories, currency sign, decimals of tonnes."""

    result: FootprintResult
    speech: Translator

    @property
    def tonne_decimals(self) -> int:
        """Decimals that show tonnes with at least three digits in the largest number."""
        tonnes = abs(self.result.total.footprint_kgco2e or 0.0) / KG_PER_TONNE
        return 0 if tonnes >= 1000 else 1 if tonnes >= 10 else 3

    def category(self, code: str) -> str:
        """The name of a category, leaf or main; ``Not classified`` for the empty code."""
        if not code:
            return self.speech.text("Not classified")
        label = self.result.categories.get(code)
        return label.label(self.speech.language) if label else code

    def short(self, code: str) -> str:
        """The short name of a category, for sentences and charts."""
        label = self.result.categories.get(code)
        return label.short(self.speech.language) if label else self.category(code)

    def main_code(self, code: str) -> str:
        """The main category of a category; a main category is its own."""
        label: CategoryLabel | None = self.result.categories.get(code)
        return label.parent or code if label else code.partition(".")[0]

    def currency(self) -> str:
        """The currency's sign for headings."""
        return SYMBOLS.get(self.result.currency, self.result.currency)


def numbers(part: Slice) -> tuple[Value, ...]:
    """Lines, spend, footprint, low, high and intensity of one slice, in the order of ``number_columns``."""
    return (
        part.lines,
        part.spend,
        part.footprint_kgco2e,
        part.low_kgco2e,
        part.high_kgco2e,
        part.intensity_kgco2e_per_unit,
    )


def number_columns(view: View) -> tuple[Column, ...]:
    """Headings for ``numbers``."""
    text, sign = view.speech.text, view.currency()
    return (
        Column(text("Lines"), "count", adds_up=True),
        Column(text("Spend, {currency}", currency=sign), "money", adds_up=True),
        Column(text("Footprint, t CO₂e"), "tonnes", adds_up=True),
        Column(text("Low, t CO₂e"), "tonnes"),
        Column(text("High, t CO₂e"), "tonnes"),
        Column(text("kg CO₂e per {currency}", currency=sign), "factor"),
    )


def slice_table(view: View, key: str, title: str, head: Column, rows: tuple[Row, ...], note: str = "") -> Table:
    """Return a table of slices with the whole result as its last row; rows hold a name and ``numbers``."""
    total = Row((view.speech.text("Total"), *numbers(view.result.total)))
    return Table(key, title, (head, *number_columns(view)), rows, total, note)


def anchor(*parts: str | int) -> str:
    """Return an anchor on the page made of ``parts``; codes of a buyer's own rules may hold any character.

    >>> anchor("factor", "HEAT.DISTRICT", 2023), anchor("category", "my own")
    ('factor-HEAT.DISTRICT-2023', 'category-my-own')
    """
    return re.sub(r"[^\w.-]", "-", "-".join(str(part) for part in parts))


def place(key: str) -> str:
    """The address of a table's place on the page, which is there even while a long table is folded."""
    return f"#place-{key}"


def share_of(part: Decimal | float | None, whole: Decimal | float | None) -> float | None:
    """Return part / whole; None when either is missing or the whole is not positive."""
    if part is None or whole is None or whole <= 0:
        return None
    return float(part) / float(whole)
