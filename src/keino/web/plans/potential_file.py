"""The potential as a workbook: exact numbers, assumptions and sources. Nothing in it can run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keino.report.plain_book import Cell, PlainPage, plain_book
from keino.units import KG_PER_TONNE
from keino.web.measurement.names import category_name
from keino.web.plans.queries.measures import publications, published_measure
from keino.web.plans.reduction_words import ASSUMPTIONS, CATEGORY_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keino.domain.plans.estimates import Estimate
    from keino.domain.plans.potential import Potential


def potential_workbook(found: Potential, *, title: str) -> bytes:
    """The ranking, what it rests on and its sources, as .xlsx."""
    ranking = (_potential_row(row) for row in found.rows)
    pages = (
        PlainPage(_("Potential"), _potential_head(), ranking, width=14, widths=((2, 34),), decimals="General"),
        PlainPage(_("Assumptions"), [_("Category"), _("Assumption")], _assumptions(found), widths=((0, 34), (1, 90))),
        PlainPage(_("Sources"), [_("Source"), _("Title"), _("Address")], _sources(found), widths=((1, 60), (2, 60))),
    )
    return plain_book(pages, title=title)


def _potential_head() -> list[str]:
    bounds = (_("low"), _("middle"), _("high"))
    return [
        _("Rank"), _("Code"), _("Category"), _("Footprint, t CO₂e"),
        *(f"{name}, {bound}" for name in (_("Technical share"), _("Influence"), _("Timing")) for bound in bounds),
        *(f"{_('Potential, t CO₂e a year')}, {bound}" for bound in bounds),
        _("Measures"), _("Why not assessed"),
    ]  # fmt: skip


def _potential_row(row: Any) -> list[Cell]:
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


def _assumptions(found: Potential) -> Iterable[list[Cell]]:
    for each in found.assumptions:
        text = str(ASSUMPTIONS[each.code]).format(measure=measure_name(each.measure))
        yield [category_name(each.category) if each.category else "", text]


def _sources(found: Potential) -> Iterable[list[Cell]]:
    for each in publications(key for row in found.rows for key in row.sources):
        yield [each["key"], each.get("title", ""), each.get("url", "")]
