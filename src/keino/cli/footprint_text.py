"""A footprint in words for a terminal: coverage first, then three sentences, then a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keino.report import codes
from keino.report.coverage_tables import exclusion_label
from keino.report.language import translator
from keino.report.sentences import three_sentences
from keino.report.tables import View

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult, Slice


def footprint_text(result: FootprintResult, language: str, *, by: str, top: int, report: Path | None) -> str:
    """Return what the terminal shows of a result."""
    view = View(result, translator(language))
    parts = [_coverage(view), _excluded(view), "", *three_sentences(result, language), "", *_table(view, by, top)]
    if report is not None:
        parts += ["", view.speech.text("The report is in {path}", path=report)]
    return "\n".join(part for part in parts if part is not None)


def _coverage(view: View) -> str:
    shares = []
    for part in sorted(view.result.coverage.by_basis, key=lambda part: -part.spend):
        basis = str(part.keys["category_basis"])
        share = view.result.coverage.share(basis)
        if share is not None:
            shares.append(f"{view.speech.percent_to_read(share)} {codes.words(view.speech, codes.BASES, basis)}")
    files = sum(reading.rows for reading in view.result.readings)
    rejected = sum(reading.rejected for reading in view.result.readings)
    read = view.speech.text(
        "{rows} rows read, {rejected} rejected.", rows=view.speech.number(files), rejected=view.speech.number(rejected)
    )
    return f"{read} " + view.speech.text("What the categories come from: {shares}.", shares=", ".join(shares))


def _excluded(view: View) -> str | None:
    parts = [
        f"{exclusion_label(view, str(part.keys['exclusion_reason']))} "
        f"{view.speech.amount_to_read(part.spend, view.result.currency)}"
        for part in sorted(view.result.coverage.excluded, key=lambda part: -abs(part.spend))
    ]
    return view.speech.text("Left out as no purchases: {parts}.", parts="; ".join(parts)) if parts else None


def _rows(view: View, by: str) -> tuple[Slice, ...]:
    result = view.result
    return {
        "category": result.by_category,
        "main": result.by_main_category,
        "year": result.by_year,
        "unit": result.by_unit,
        "supplier": result.by_supplier,
    }[by]


def _name(view: View, part: Slice, by: str) -> str:
    if by in ("category", "main"):
        return view.category(str(part.keys["category"]))
    if by == "year":
        return str(part.keys["year"])
    return str(part.keys["unit_name" if by == "unit" else "supplier_name"]) or "–"


def _table(view: View, by: str, top: int) -> list[str]:
    speech, currency = view.speech, view.result.currency
    header = ("", speech.text("Spend"), speech.text("tCO₂e"), speech.text("95% interval"))
    rows = [header]
    for part in _rows(view, by)[:top]:
        known = part.footprint_kgco2e is not None
        low, high = part.low_kgco2e or 0.0, part.high_kgco2e or 0.0
        rows.append(
            (
                _name(view, part, by)[:60],
                speech.amount(part.spend, currency),
                speech.tonnes(part.footprint_kgco2e or 0.0) if known else "–",
                f"{speech.tonnes(low)} – {speech.tonnes(high)}" if known else "–",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return [
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}".rstrip()
        for row in rows
    ]
