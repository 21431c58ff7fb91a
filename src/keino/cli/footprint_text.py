"""A footprint in words for a terminal: coverage first, then three sentences, then a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keino.report.cells import UNKNOWN
from keino.report.coverage_tables import exclusion_label
from keino.report.footprint_tables import rest_of
from keino.report.language import translator
from keino.report.sentences import coverage_sentence, three_sentences
from keino.report.tables import View

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult, Slice
    from keino.report.language import Translator

NAME_WIDTH = 60


def footprint_text(result: FootprintResult, language: str, *, by: str, top: int, report: Path | None) -> str:
    """Return what the terminal shows of a result."""
    view = View(result, translator(language))
    parts = [_coverage(view), _excluded(view), "", *three_sentences(result, language), "", *_table(view, by, top)]
    if report is not None:
        parts += ["", view.speech.text("The report is in {path}", path=report)]
    return "\n".join(part for part in parts if part is not None)


def _coverage(view: View) -> str:
    speech = view.speech
    rows = sum(reading.rows for reading in view.result.readings)
    rejected = sum(reading.rejected for reading in view.result.readings)
    if rejected:
        read = speech.text(
            "{rows} rows read, {rejected} rejected (`keino check` says why).",
            rows=speech.number(rows),
            rejected=speech.number(rejected),
        )
    else:
        read = speech.text("{rows} rows read, none rejected.", rows=speech.number(rows))
    return f"{read} {coverage_sentence(view.result, speech.language)}"


def _excluded(view: View) -> str | None:
    parts = [
        f"{exclusion_label(view, str(part.keys['exclusion_reason']))} "
        f"{view.speech.amount_to_read(part.spend, view.result.currency)}"
        for part in sorted(view.result.coverage.excluded, key=lambda part: -abs(part.spend))
    ]
    return (
        view.speech.text("Left out, because it is not purchases: {parts}.", parts="; ".join(parts)) if parts else None
    )


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
        return view.short(str(part.keys["category"]))
    if by == "year":
        return str(part.keys["year"])
    return str(part.keys["unit_name" if by == "unit" else "supplier_name"]) or view.speech.text("No name")


def _table(view: View, by: str, top: int) -> list[str]:
    speech, total = view.speech, view.result.total
    shown = _rows(view, by)[:top]
    rows = [("", speech.text("Spend"), speech.text("tCO₂e"), speech.text("95% interval"))]
    rows += [_row(view, _name(view, part, by)[:NAME_WIDTH], part) for part in shown]
    rest = rest_of(total, shown)
    if rest.lines or rest.spend:
        rows.append(_row(view, speech.text("All others"), rest))
    rows.append(_row(view, speech.text("Total"), total))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return [
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}".rstrip()
        for row in rows
    ]


def _row(view: View, name: str, part: Slice) -> tuple[str, str, str, str]:
    speech = view.speech
    return (
        name,
        speech.amount(part.spend, view.result.currency),
        UNKNOWN if part.footprint_kgco2e is None else speech.tonnes(part.footprint_kgco2e),
        _interval(speech, part),
    )


def _interval(speech: Translator, part: Slice) -> str:
    if part.low_kgco2e is None or part.high_kgco2e is None:
        return ""
    return f"{speech.tonnes(part.low_kgco2e)} – {speech.tonnes(part.high_kgco2e)}"
