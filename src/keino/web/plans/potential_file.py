"""The potential as a workbook: exact numbers, assumptions and sources. Nothing in it can run."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keino.report.sheets import cell_text
from keino.units import KG_PER_TONNE
from keino.web.measurement.names import category_name
from keino.web.plans.queries.measures import publications, published_measure
from keino.web.plans.reduction_words import ASSUMPTIONS, CATEGORY_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keino.domain.plans.estimates import Estimate
    from keino.domain.plans.potential import Potential

#: No clock in a workbook: the same potential gives the same bytes.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # the format knows no time zones
_WIDE = 34


def potential_workbook(found: Potential, *, title: str) -> bytes:
    """The ranking, what it rests on and its sources, as .xlsx."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": cell_text(title), "created": CREATED})
        _sheet(book, _("Potential"), _potential_head(), (_potential_row(row) for row in found.rows))
        _sheet(book, _("Assumptions"), [_("Category"), _("Assumption")], _assumptions(found))
        _sheet(book, _("Sources"), [_("Source"), _("Title"), _("Address")], _sources(found))
    return stream.getvalue()


def _potential_head() -> list[str]:
    bounds = (_("low"), _("middle"), _("high"))
    return [
        _("Rank"), _("Code"), _("Category"), _("Footprint, t CO₂e"),
        *(f"{name}, {bound}" for name in (_("Technical share"), _("Influence"), _("Timing")) for bound in bounds),
        *(f"{_('Potential, t CO₂e a year')}, {bound}" for bound in bounds),
        _("Measures"), _("Why not assessed"),
    ]  # fmt: skip


def _potential_row(row: Any) -> list[Any]:
    reach = row.reach
    return [
        row.rank,
        row.category,
        category_name(row.category),
        None if row.footprint_kgco2e is None else row.footprint_kgco2e.mid / KG_PER_TONNE,
        *_bounds(row.technical_share),
        *_bounds(reach.influence if reach else None),
        *_bounds(reach.timing if reach else None),
        *_bounds(row.potential_kgco2e, KG_PER_TONNE),
        "; ".join(measure_name(code) for code in row.measures),
        str(CATEGORY_REASONS[row.not_assessed]) if row.not_assessed else "",
    ]


def _bounds(value: Estimate | None, unit: float = 1.0) -> list[float | None]:
    return [None] * 3 if value is None else [value.low / unit, value.mid / unit, value.high / unit]


def measure_name(code: str) -> str:
    """A published measure's name in the reader's language."""
    found = published_measure(code)
    return found.name if found else code


def _assumptions(found: Potential) -> Iterable[list[Any]]:
    for each in found.assumptions:
        text = str(ASSUMPTIONS[each.code]).format(measure=measure_name(each.measure))
        yield [category_name(each.category) if each.category else "", text]


def _sources(found: Potential) -> Iterable[list[Any]]:
    for each in publications(key for row in found.rows for key in row.sources):
        yield [each["key"], each.get("title", ""), each.get("url", "")]


def _sheet(book: Any, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    page = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for column, text in enumerate(head):
        page.write_string(0, column, cell_text(text), bold)
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(place, column, cell_text(value))
            elif value is not None:
                page.write_number(place, column, value)
    page.set_column(0, len(head) - 1, 14)
    page.set_column(2, 2, _WIDE)
    page.freeze_panes(1, 0)
