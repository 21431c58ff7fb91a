"""From a result to what a page shows: the report's tables and charts, with the site's addresses in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from keino.report.cells import shown
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from keino.report.drawing import Picture
    from keino.report.tables import Kind, Row, Table, Value, View

#: Tables with more rows than this open on request.
LONG = 12


@dataclass(frozen=True)
class Links:
    """Addresses around a result. An empty one means that the reader can't go there."""

    footprint: str = ""  # the page that filters and drills
    factors: str = ""  # where factors and sources stand; empty = on the same page
    lines: str = ""  # the lines behind a number

    def drill(self, **chosen: object) -> str:
        """The footprint page with a filter; empty where nobody may drill."""
        return f"{self.footprint}?{urlencode(chosen)}" if self.footprint else ""


@dataclass(frozen=True)
class Cell:
    """One cell: its text, whether it is a number, where it leads."""

    text: str
    is_number: bool = False
    url: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether it leads to another site."""
        return self.url.startswith(("https:", "http:"))


@dataclass(frozen=True)
class ShownRow:
    """A row: its name, its other cells, its anchors."""

    name: Cell
    cells: tuple[Cell, ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownTable:
    """A table ready for the template."""

    key: str
    title: str
    head: tuple[tuple[str, bool], ...]  # label, whether numbers stand below
    rows: tuple[ShownRow, ...]
    total: ShownRow | None
    note: str
    is_long: bool


@dataclass(frozen=True)
class Chart:
    """A chart as the component shows it."""

    key: str
    title: str
    alt: str
    svg: SafeString


def chart(picture: Picture | None) -> Chart | None:
    """A picture of the report as a chart of the page."""
    if picture is None:
        return None
    svg = mark_safe(picture.svg)  # noqa: S308  # drawn by the report, its texts escaped
    return Chart(picture.key, picture.title, picture.alternative, svg)


def table(view: View, made: Table, links: Links, drills: Sequence[str] = (), *, exact: bool = False) -> ShownTable:
    """A table of the report for a page. ``drills`` are the addresses behind the rows' names, in their order."""
    rows = tuple(
        _row(view, made, row, links, drill or "", exact=exact)
        for row, drill in zip_longest(made.rows, tuple(drills)[: len(made.rows)])
    )
    total = _row(view, made, made.total, links, "", exact=exact) if made.total else None
    head = tuple((column.label, number > 0 and column.kind != "text") for number, column in enumerate(made.columns))
    return ShownTable(made.key, made.title, head, rows, total, made.note, len(rows) > LONG)


def _row(view: View, made: Table, row: Row, links: Links, drill: str, *, exact: bool) -> ShownRow:
    cells = [
        Cell(
            exactly(view, column.kind, value) if exact else shown(view, column.kind, value),
            column.kind != "text",
            "" if value is None else _address(row.link(number), value, links),
        )
        for number, (column, value) in enumerate(zip(made.columns, row.values, strict=True))
    ]
    return ShownRow(Cell(cells[0].text, url=drill), tuple(cells[1:]), row.anchors)


def _address(address: str, value: Value, links: Links) -> str:
    """Where a value leads: a factor or source on its page, a table on this page, a publication on its own site."""
    if address.startswith(("#factor", "#source")):
        return f"{links.factors}{address}"
    if not address and isinstance(value, str) and value.startswith(("https://", "http://")):
        return value
    return address


def exactly(view: View, kind: Kind, value: Value) -> str:
    """A number with every digit that is known; money to the cent, tonnes to the gram."""
    if value is None or isinstance(value, str) or kind in {"year", "text", "count"}:
        return shown(view, kind, value)
    if kind == "tonnes":
        return view.speech.number(float(value) / KG_PER_TONNE, 6)
    if kind == "share":
        return view.speech.percent(float(value), 4)
    return view.speech.number(value, 2 if kind in {"money", "cents"} else 6)
