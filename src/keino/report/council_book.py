"""One year's council report as a workbook: its words, and the exact numbers behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.report.council_words import sections, title
from keino.report.followup_words import PARTS, part_of
from keino.report.language import translator
from keino.report.number_style import SYMBOLS
from keino.report.sheets import Sheet
from keino.report.tables import Column, Row, Table
from keino.report.workbook import FirstSheet, write_book

if TYPE_CHECKING:
    from pathlib import Path

    from keino.report.council import CouncilContent, CouncilTexts
    from keino.report.language import Translator


def write_council_book(content: CouncilContent, texts: CouncilTexts, path: Path, language: str) -> None:
    """Write the workbook to ``path``."""
    speech = translator(language)
    heading = f"{content.organisation.name(language)}: {title(content, language)}"
    state = (
        speech.text("Approved on {day}", day=speech.date(texts.approved_on))
        if texts.approved_on
        else speech.text("Draft, not approved")
    )
    lines = [(content.organisation.name(language), "note"), (title(content, language), "title"), (state, "note")]
    for part in sections(content, texts, language):
        lines += [(part.title, "title"), *((line, "sentence") for line in (*part.sentences, *part.items))]
    numbers = Sheet(speech.text("Numbers"), tables(content, speech, language))
    first = FirstSheet(speech.text("Summary"), tuple(lines))
    write_book(path, first, [numbers], title=heading, code_version=content.code_version)


def tables(content: CouncilContent, speech: Translator, language: str) -> tuple[Table, ...]:
    """Years with the target, parts of the change, largest sources."""
    return (_years(content, speech), _change(content, speech), _hotspots(content, speech, language))


def _years(content: CouncilContent, speech: Translator) -> Table:
    text, sign = speech.text, SYMBOLS.get(content.currency, content.currency)
    columns = (
        Column(text("Year"), "year"),
        Column(text("Spend, {currency}", currency=sign), "money"),
        Column(text("Footprint, t CO₂e"), "tonnes"),
        Column(text("Low, t CO₂e"), "tonnes"),
        Column(text("High, t CO₂e"), "tonnes"),
        Column(text("Way to the target, t CO₂e"), "tonnes"),
    )
    target = content.target
    rows = tuple(
        Row(
            (
                each.year,
                each.spend,
                each.footprint_kgco2e,
                each.low_kgco2e,
                each.high_kgco2e,
                target.level_kgco2e(each.year) if target else None,
            )
        )
        for each in content.years
    )
    return Table("years", text("Footprint by year"), columns, rows)


def _change(content: CouncilContent, speech: Translator) -> Table:
    text, change = speech.text, content.change
    columns = (Column(text("Part of the change")), Column(text("t CO₂e"), "tonnes", adds_up=True))
    if change is None:
        return Table("change", text("Why it changed"), columns, ())
    rows = tuple(Row((text(word), part_of(change, name))) for name, (word, _) in PARTS.items())
    total = Row((text("Change"), change.change_kgco2e))
    return Table("change", text("Why it changed"), columns, rows, total)


def _hotspots(content: CouncilContent, speech: Translator, language: str) -> Table:
    text = speech.text
    columns = (
        Column(text("Category")),
        Column(text("Footprint, t CO₂e"), "tonnes"),
        Column(text("Low, t CO₂e"), "tonnes"),
        Column(text("High, t CO₂e"), "tonnes"),
        Column(text("Share of footprint"), "share"),
    )
    rows = tuple(
        Row((spot.names.name(language), spot.footprint_kgco2e, spot.low_kgco2e, spot.high_kgco2e, spot.share))
        for spot in content.hotspots
    )
    return Table("hotspots", text("Largest sources"), columns, rows)
