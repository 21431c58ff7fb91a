"""Emission factors as pictures: what a euro causes. Their numbers are facts, and the pictures name their source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from keino.facts.read import read, sources
from keino.report.drawing import ACCENT, INK, data, draw, lines_of
from keino.report.language import translator

FACTOR_SET = "fi_figaro"
#: Product groups that everybody knows, for the front page; the numbers decide their order.
FAMILIAR = ("C10T12", "D35", "F", "H49", "J62_63", "Q86")
LARGEST = 8


@dataclass(frozen=True)
class Figure:
    """A chart as ``components/chart.html`` takes it, with the source of its numbers."""

    title: str
    svg: SafeString
    alt: str
    table: SimpleNamespace
    source: dict[str, str]
    source_key: str


def factors() -> list[dict[str, str]]:
    """All factors of the Finnish set."""
    return [row for row in read("emission_factors").rows if row["factor_set"] == FACTOR_SET]


def newest_factors() -> list[dict[str, str]]:
    """The factors of the newest year, largest first."""
    rows = factors()
    newest = max(int(row["year"]) for row in rows)
    return sorted((row for row in rows if int(row["year"]) == newest), key=lambda row: -float(row["value"]))


def largest_factors() -> list[dict[str, str]]:
    """The largest factors of the newest year."""
    return newest_factors()[:LARGEST]


@cache
def largest_chart(language: str) -> Figure:
    """The largest factors as bars. Drawn once per language: facts don't change while the site runs."""
    with override(language):
        title = _("Largest emission factors of {year}, kg CO₂e for a euro")
        return _chart("factors-largest", language, largest_factors(), title, width=640)


@cache
def familiar_chart(language: str) -> Figure:
    """What a euro causes in six things that every public buyer pays for."""
    rows = [row for row in newest_factors() if row["product"] in FAMILIAR]
    with override(language):
        return _chart("factors-familiar", language, rows, _("What a euro causes, kg CO₂e ({year})"), width=360)


def _chart(key: str, language: str, rows: list[dict[str, str]], title: str, *, width: int) -> Figure:
    label, speech = f"label_{language}", translator(language)
    title = title.format(year=rows[0]["year"])
    values = [float(row["value"]) for row in rows]
    words = _("{largest} cause the most: {most} kg CO₂e for a euro; {smallest} the least: {least} kg.").format(
        largest=rows[0][label],
        most=speech.number(values[0], 2),
        smallest=rows[-1][label],
        least=speech.number(values[-1], 2),
    )
    records = [
        {"rank": rank, "value": value, "written": speech.number(value, 2), "name": lines_of(row[label])}
        for rank, (row, value) in enumerate(zip(rows, values, strict=True))
    ]
    picture = draw(_bars(records, width), key, title, words, speech)
    table = SimpleNamespace(
        head=[_("Product group"), "kg CO₂e / €"],
        rows=[[row[label], speech.number(value, 2)] for row, value in zip(rows, values, strict=True)],
    )
    source_key = rows[0]["source"]
    return Figure(title, SafeString(picture.svg), words, table, sources()[source_key], source_key)


def _bars(records: list[dict[str, Any]], width: int) -> Any:
    import json

    import altair as alt

    names = json.dumps([record["name"] for record in records], ensure_ascii=False)
    axis = alt.Axis(labelExpr=f"{names}[datum.value]", ticks=False, domain=False, grid=False, title=None)
    scale = alt.Scale(domain=[0, max(record["value"] for record in records) * 1.35], nice=False)
    base = alt.Chart(data(records)).encode(y=alt.Y("rank:O", axis=axis))
    bars = base.mark_bar(height=16, color=ACCENT).encode(x=alt.X("value:Q", axis=None, scale=scale))
    text = base.mark_text(align="left", dx=8, color=INK, fontSize=13, fontWeight=600).encode(
        x="value:Q", text="written:N"
    )
    return alt.layer(bars, text).properties(width=width, height=36 * len(records) + 10)
