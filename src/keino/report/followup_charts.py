"""The charts of a follow-up: what the change is made of, and the way to the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keino.report.drawing import (
    ACCENT,
    INK,
    MUTED,
    REST,
    WIDTH,
    Picture,
    Records,
    data,
    draw,
    named_axis,
    scale_with_room,
)
from keino.report.followup_words import PARTS, Split, part_of, signed_tonnes
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from keino.report.language import Translator


@dataclass(frozen=True)
class PathYear:
    """One year on the way to the target, kgCO2e: measured with its interval, asked by the target, and by the plan."""

    year: int
    measured_kgco2e: float | None = None
    low_kgco2e: float | None = None
    high_kgco2e: float | None = None
    target_kgco2e: float | None = None
    planned_kgco2e: float | None = None


def waterfall(speech: Translator, split: Split, before_kgco2e: float, years: tuple[int, int]) -> Picture:
    """From the footprint of one year to that of the other, part by part: each bar begins where the last one ended."""
    import altair as alt

    records = _steps(speech, split, before_kgco2e, years)
    title = speech.text(
        "From {year_from} to {year_to}: what changed the footprint, tonnes CO₂e", year_from=years[0], year_to=years[1]
    )
    base = alt.Chart(data(records)).encode(y=alt.Y("rank:O", axis=named_axis(records), title=None))
    scale = _around(records)
    axis = alt.Axis(format=",~f", tickCount=5, title=speech.text("tonnes CO₂e"))
    bar = base.mark_bar(height=18, clip=True).encode(
        x=alt.X("start:Q", axis=axis, scale=scale), x2="end:Q", color=alt.Color("colour:N", scale=None)
    )
    text = base.mark_text(align="left", dx=6, color=INK, fontSize=13).encode(x="right:Q", text="label:N")
    chart = alt.layer(bar, text).properties(width=WIDTH, height=32 * len(records) + 50)
    named = speech.listing(f"{record['name']} {record['label']}" for record in records)
    alternative = speech.text("Bar chart. {title}: {named}. The table below has all numbers.", title=title, named=named)
    return draw(chart, "chart-waterfall", title, alternative, speech)


def _steps(speech: Translator, split: Split, before: float, years: tuple[int, int]) -> Records:
    records: Records = [_bar(speech, str(years[0]), 0.0, before, is_whole=True)]
    level = before
    for name, (word, _) in PARTS.items():
        part = part_of(split, name)
        if part and round(part, 3):
            records.append(_bar(speech, speech.text(word), level, level + part, is_whole=False))
            level += part
    records.append(_bar(speech, str(years[1]), 0.0, before + split.change_kgco2e, is_whole=True))
    return [record | {"rank": rank} for rank, record in enumerate(records)]


def _bar(speech: Translator, name: str, start: float, end: float, *, is_whole: bool) -> dict[str, Any]:
    return {
        "name": name,
        "start": start / KG_PER_TONNE,
        "end": end / KG_PER_TONNE,
        "right": max(start, end) / KG_PER_TONNE,
        "label": speech.tonnes(end) if is_whole else signed_tonnes(speech, end - start),
        "colour": ACCENT if is_whole else REST,
        "is_whole": is_whole,
    }


def _around(records: Records) -> Any:
    """A scale that begins near the parts, where they would be too small to see beside the whole."""
    import altair as alt

    inner = [record[name] for record in records if not record["is_whole"] for name in ("start", "end")]
    inner += [record["end"] for record in records if record["is_whole"]]
    low, high = min(inner), max(inner)
    if low <= 0 or high - low > high / 4:
        return scale_with_room([0.0, *inner], left=0)
    room = (high - low) or high / 10
    return alt.Scale(domain=[max(0.0, low - room), high + room * 0.3], nice=False, zero=False)


def path(speech: Translator, years: Sequence[PathYear], *, height: int = 260) -> Picture | None:
    """Measured years as points with their intervals, the target as a line, the plan as a dashed one."""
    import altair as alt

    known = [each for each in years if each.measured_kgco2e is not None]
    if not known:
        return None
    title = speech.text("Measured footprint and the way to the target, tonnes CO₂e")
    scale = alt.Scale(domain=[0, 1.12 * max(_numbers(years))], nice=False)
    first, last = min(each.year for each in years), max(each.year for each in years)
    across = alt.Scale(domain=[first - 0.5, last + 0.5], nice=False)
    axes = {
        "x": alt.X(
            "year:Q", scale=across, axis=alt.Axis(format="d", tickMinStep=1, grid=False, title=None, tickCount=8)
        )
    }
    down = alt.Axis(format=",~f", tickCount=5, title=speech.text("tonnes CO₂e"))
    layers = []
    for name, dash in (("target", [1, 0]), ("planned", [5, 4])):
        records = _line(years, name)
        if len(records) > 1:
            line = alt.Chart(data(records)).mark_line(color=MUTED, strokeDash=dash, strokeWidth=2)
            layers.append(line.encode(**axes, y=alt.Y("tonnes:Q", axis=down, scale=scale)))
    points = alt.Chart(data([_point(speech, each) for each in known]))
    layers += [
        points.mark_rule(color=ACCENT, strokeWidth=1.5).encode(**axes, y=alt.Y("low:Q", scale=scale), y2="high:Q"),
        points.mark_point(color=ACCENT, filled=True, size=80, opacity=1).encode(
            **axes, y=alt.Y("tonnes:Q", axis=down, scale=scale)
        ),
        points.mark_text(align="left", dx=8, dy=-8, color=INK, fontSize=13, fontWeight=600).encode(
            **axes, y=alt.Y("tonnes:Q", scale=scale), text="label:N"
        ),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=height)
    return draw(chart, "chart-path", title, _path_words(speech, title, years), speech)


def _numbers(years: Sequence[PathYear]) -> list[float]:
    found = [
        value
        for each in years
        for value in (each.measured_kgco2e, each.high_kgco2e, each.target_kgco2e, each.planned_kgco2e)
    ]
    return [value / KG_PER_TONNE for value in found if value is not None]


def _line(years: Sequence[PathYear], name: str) -> Records:
    values = [(each.year, getattr(each, f"{name}_kgco2e")) for each in years]
    return [{"year": year, "tonnes": value / KG_PER_TONNE} for year, value in values if value is not None]


def _point(speech: Translator, each: PathYear) -> dict[str, Any]:
    measured = each.measured_kgco2e or 0.0
    ends = {"low": each.low_kgco2e, "high": each.high_kgco2e}
    return {
        "year": each.year,
        "tonnes": measured / KG_PER_TONNE,
        "label": speech.tonnes(measured),
        **{name: (measured if value is None else value) / KG_PER_TONNE for name, value in ends.items()},
    }


def _path_words(speech: Translator, title: str, years: Sequence[PathYear]) -> str:
    measured = speech.listing(
        f"{each.year} {speech.tonnes(each.measured_kgco2e)}" for each in years if each.measured_kgco2e is not None
    )
    words = [speech.text("{title}. Points with intervals are measured: {named}.", title=title, named=measured)]
    asked = [each for each in years if each.target_kgco2e is not None]
    if len(asked) > 1:
        end = asked[-1]
        words.append(
            speech.text(
                "The line leads to {tonnes} t in {year}, as the target asks.",
                tonnes=speech.tonnes(end.target_kgco2e or 0.0),
                year=end.year,
            )
        )
    if sum(each.planned_kgco2e is not None for each in years) > 1:
        words.append(speech.text("The dashed line is the chosen plan."))
    return " ".join(words)
