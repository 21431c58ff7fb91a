"""A footprint in words for a terminal: coverage first, then three sentences, then a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keino.report.coverage_tables import exclusion_label
from keino.report.footprint_tables import rest_of
from keino.report.language import translator
from keino.report.number_style import STYLES
from keino.report.sentences import coverage_sentence, three_sentences
from keino.report.tables import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keino.engine.results import FootprintResult, Slice

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
    parts = [(_name(view, part, by)[:NAME_WIDTH], part) for part in shown]
    rest = rest_of(total, shown)
    if rest.lines or rest.spend:
        parts.append((speech.text("All others"), rest))
    parts.append((speech.text("Total"), total))
    header = ("", speech.text("Spend"), speech.text("tCO₂e"), speech.text("95% interval"))
    spend = [speech.amount(part.spend, view.result.currency) for _, part in parts]
    footprint = _aligned(view, [part.footprint_kgco2e for _, part in parts])
    low, high = (_aligned(view, [getattr(part, f"{end}_kgco2e") for _, part in parts]) for end in ("low", "high"))
    interval = [
        f"{start} – {end}" if start.strip() and end.strip() else "" for start, end in zip(low, high, strict=True)
    ]
    return in_columns([header, *zip([name for name, _ in parts], spend, footprint, interval, strict=True)])


def _aligned(view: View, values: Sequence[float | None]) -> list[str]:
    """Tonnes with three digits, padded so that their decimal marks stand below each other; a missing one is blank."""
    mark = STYLES[view.speech.language].decimal
    split = [("" if kg is None else view.speech.tonnes(kg)).partition(mark) for kg in values]
    before, after = (max(len(parts[end]) for parts in split) for end in (0, 2))
    tail = after + 1 if after else 0
    return [f"{whole:>{before}}{(point + rest):<{tail}}" for whole, point, rest in split]


def in_columns(rows: Sequence[tuple[str, ...]], left: tuple[int, ...] = (0,)) -> list[str]:
    """Rows as lines: the columns ``left`` to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            f"{cell:<{width}}" if number in left else f"{cell:>{width}}"
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
