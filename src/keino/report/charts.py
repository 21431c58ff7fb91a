"""The charts of a report. Each has a title and a text alternative; the table with the same numbers follows it.

Colour is never the only sign: bars carry their number, points a shape and a name, stacked parts a letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keino.report.drawing import (
    ACCENT,
    INK,
    MUTED,
    PAPER,
    REST,
    STACK,
    WIDTH,
    Picture,
    Records,
    data,
    draw,
    lines_of,
    named_axis,
    scale_with_room,
)
from keino.report.quadrant import quadrant
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from keino.engine.results import Slice
    from keino.report.tables import View

#: What a report shows. ``by_category`` is for pages that show one main category.
__all__ = ["by_main_category", "by_unit", "by_year", "effects", "pareto", "quadrant"]

BARS_SHOWN = 15
PARTS_SHOWN = 5


def by_main_category(view: View) -> Picture | None:
    """Bars of tonnes by main category with their 95 % intervals."""
    title = view.speech.text("Footprint by main category, tonnes CO₂e with 95% interval")
    return _bars(view, "chart-main", title, view.result.by_main_category, lambda p: view.short(str(p.keys["category"])))


def by_category(view: View) -> Picture | None:
    """Bars of tonnes by category: what a main category consists of."""
    title = view.speech.text("Footprint by category, tonnes CO₂e with 95% interval")
    parts = view.result.by_category
    return _bars(view, "chart-categories", title, parts, lambda p: view.short(str(p.keys["category"])))


def by_unit(view: View) -> Picture | None:
    """Bars of tonnes by unit of the buyer."""
    title = view.speech.text("Footprint by unit, tonnes CO₂e with 95% interval")
    return _bars(
        view,
        "chart-units",
        title,
        view.result.by_unit,
        lambda p: str(p.keys["unit_name"]) or view.speech.text("No name"),
    )


def _bars(view: View, key: str, title: str, parts: Iterable[Slice], name: Callable[[Slice], str]) -> Picture | None:
    known = [part for part in parts if part.footprint_kgco2e is not None]
    largest = sorted(known, key=lambda part: -(part.footprint_kgco2e or 0))[:BARS_SHOWN]
    if not largest:
        return None
    records = [_bar(view, part, name(part), rank) for rank, part in enumerate(largest)]
    return draw(_bars_chart(view, records), key, title, _largest_in_words(view, title, records), view.speech)


def _bar(view: View, part: Slice, name: str, rank: int) -> dict[str, Any]:
    tonnes = (part.footprint_kgco2e or 0) / KG_PER_TONNE
    low, high = part.low_kgco2e, part.high_kgco2e
    return {
        "name": lines_of(name),
        "full": name,
        "rank": rank,
        "tonnes": tonnes,
        "low": tonnes if low is None else low / KG_PER_TONNE,
        "high": tonnes if high is None else high / KG_PER_TONNE,
        "label": _label(view, tonnes),
        "colour": ACCENT if rank < 3 else REST,
    }


def _label(view: View, tonnes: float) -> str:
    """Tonnes with three digits, but no finer than the tables show them."""
    if abs(tonnes) < 10.0**-view.tonne_decimals:
        return view.speech.never_zero(tonnes, view.tonne_decimals)
    return view.speech.to_read(tonnes)


def _bars_chart(view: View, records: Records) -> Any:
    import altair as alt

    names = alt.Y("rank:O", axis=named_axis(records), title=None)
    base = alt.Chart(data(records)).encode(y=names)
    for record in records:
        record["end"] = max(record["high"], record["tonnes"], 0)
    scale = scale_with_room([record[name] for record in records for name in ("low", "tonnes", "end")], left=0)
    axis = alt.Axis(format=",~f", tickCount=5, title=view.speech.text("tonnes CO₂e"))
    bar = base.mark_bar(height=16).encode(
        x=alt.X("tonnes:Q", axis=axis, scale=scale), color=alt.Color("colour:N", scale=None)
    )
    halo = base.mark_rule(color=PAPER, strokeWidth=4).encode(x="low:Q", x2="high:Q")
    whisker = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    ends = [base.mark_tick(color=INK, thickness=1.5, height=9).encode(x=f"{end}:Q") for end in ("low", "high")]
    text = base.mark_text(align="left", dx=8, color=INK, fontSize=13, fontWeight=600).encode(x="end:Q", text="label:N")
    return alt.layer(bar, halo, whisker, *ends, text).properties(width=WIDTH, height=36 * len(records) + 50)


def _largest_in_words(view: View, title: str, records: Records) -> str:
    named = view.speech.listing(f"{record['full']} {record['label']}" for record in records[:3])
    return view.speech.text(
        "Bar chart. {title}. Largest: {named}. The table below has all numbers.", title=title, named=named
    )


def pareto(view: View) -> Picture | None:
    """Bars of each category's share with the running share as a line."""
    import altair as alt

    spots = sorted(view.result.hotspots, key=lambda spot: spot.rank_footprint)[:BARS_SHOWN]
    if len(spots) < 2:
        return None
    records: Records = [
        {
            "name": view.short(s.category),
            "rank": n,
            "share": s.share_of_footprint,
            "running": s.cumulative_share,
            "label": view.speech.percent(s.cumulative_share),
            "colour": ACCENT if n < 3 else REST,
        }
        for n, s in enumerate(spots)
    ]
    title = view.speech.text("How few categories make most of the footprint")
    base = alt.Chart(data(records)).encode(y=alt.Y("rank:O", axis=named_axis(records), title=None))
    axis = alt.Axis(format="~%", tickCount=5, title=view.speech.text("Share of footprint; the line adds them up"))
    scale = alt.Scale(
        domain=[min(0.0, *(s.share_of_footprint for s in spots)), max(1.0, *(s.cumulative_share for s in spots))]
    )
    bar = base.mark_bar(height=14).encode(
        x=alt.X("share:Q", axis=axis, scale=scale), color=alt.Color("colour:N", scale=None)
    )
    line = base.mark_line(color=INK, strokeWidth=1.5).encode(x="running:Q", order="rank:Q")
    point = base.mark_point(color=INK, filled=True, size=45, opacity=1).encode(x="running:Q")
    text = base.mark_text(align="left", dx=9, color=INK, fontSize=13).encode(x="running:Q", text="label:N")
    chart = alt.layer(bar, line, point, text).properties(width=WIDTH, height=30 * len(records) + 50)
    return draw(chart, "chart-pareto", title, _pareto_words(view, title), view.speech)


def _pareto_words(view: View, title: str) -> str:
    spots = sorted(view.result.hotspots, key=lambda spot: spot.rank_footprint)
    enough = next((n for n, spot in enumerate(spots, 1) if spot.cumulative_share >= 0.8), len(spots))
    share = view.speech.percent_to_read(min(1.0, spots[enough - 1].cumulative_share))
    return view.speech.plural(
        "Bars with a running line. {title}: {count} category of {all} makes {share} of it. "
        "The table below has all numbers.",
        "Bars with a running line. {title}: {count} categories of {all} make {share} of it. "
        "The table below has all numbers.",
        enough,
        title=title,
        all=view.speech.number(len(spots)),
        share=share,
    )


def by_year(view: View) -> Picture | None:
    """Bars of tonnes by year, stacked by main category; parts carry the letters of the legend."""
    import altair as alt

    if len(view.result.years) < 2 or not view.result.by_category_year:
        return None
    names, records = _stacked(view)
    years = [str(part.keys["year"]) for part in view.result.by_year]
    legend = alt.Legend(title=None, orient="bottom", columns=2, symbolType="square", symbolSize=160)
    colours = alt.Scale(domain=names, range=[STACK[n][0] for n in range(len(names))])
    base = alt.Chart(data(records)).encode(
        y=alt.Y("year:O", sort=years, title=None, axis=alt.Axis(ticks=False, domain=False))
    )
    axis = alt.Axis(format=",~f", tickCount=5, title=view.speech.text("tonnes CO₂e"))
    scale = scale_with_room([record[name] for record in records for name in ("start", "end")], left=0)
    bar = base.mark_bar(height=34, stroke=MUTED, strokeWidth=1).encode(
        x=alt.X("start:Q", axis=axis, scale=scale), x2="end:Q", color=alt.Color("name:N", scale=colours, legend=legend)
    )
    letter = base.mark_text(fontSize=13, fontWeight=700).encode(
        x="middle:Q", text="letter:N", color=alt.Color("ink:N", scale=None)
    )
    totals = alt.Chart(data(_year_totals(view, records))).mark_text(
        align="left", dx=8, fontSize=13, fontWeight=600, color=INK
    )
    total = totals.encode(y=alt.Y("year:O", sort=years), x="end:Q", text="label:N")
    title = view.speech.text("Footprint by year and main category, tonnes CO₂e")
    chart = alt.layer(bar, letter, total).resolve_scale(color="independent")
    chart = chart.properties(width=WIDTH, height=60 * len(years) + 130)
    return draw(chart, "chart-years", title, _years_words(view, title), view.speech)


def _stacked(view: View) -> tuple[list[str], Records]:
    """Names of the parts, and one record for each part of each year: the largest main categories, then the others."""
    tonnes: dict[tuple[str, int], float] = {}
    for part in view.result.by_category_year:
        key = view.main_code(str(part.keys["category"])), int(part.keys["year"])
        tonnes[key] = tonnes.get(key, 0.0) + (part.footprint_kgco2e or 0.0) / KG_PER_TONNE
    size: dict[str, float] = {}
    for (code, _), value in tonnes.items():
        size[code] = size.get(code, 0.0) + value
    largest = sorted((code for code in size if code and size[code] > 0), key=lambda code: -size[code])[:PARTS_SHOWN]
    names = [*(view.short(code) for code in largest), view.speech.text("All others")]
    names = [f"{letter}  {name}" for letter, name in zip("ABCDEF", names, strict=False)]
    reach = max((sum(v for (_, y), v in tonnes.items() if y == year) for year in view.result.years), default=0.0)
    records: Records = []
    for year in view.result.years:
        values = [tonnes.get((code, year), 0.0) for code in largest]
        values.append(sum(v for (code, y), v in tonnes.items() if y == year and code not in largest))
        records += _one_bar(str(year), names, values, reach)
    return names, records


def _one_bar(year: str, names: list[str], values: list[float], reach: float) -> Records:
    records: Records = []
    ends = {True: 0.0, False: 0.0}  # negative parts grow to the left of zero
    for number, (name, value) in enumerate(zip(names, values, strict=True)):
        start = ends[value >= 0]
        ends[value >= 0] = start + value
        shows_letter = reach > 0 and abs(value) / reach > 0.04
        records.append(
            {
                "year": year,
                "name": name,
                "start": start,
                "end": start + value,
                "middle": start + value / 2,
                "letter": name[0] if shows_letter else "",
                "ink": STACK[number][1],
            }
        )
    return records


def _year_totals(view: View, records: Records) -> Records:
    ends: dict[str, float] = {}
    for record in records:
        ends[record["year"]] = max(ends.get(record["year"], 0.0), record["end"])
    return [
        {
            "year": str(p.keys["year"]),
            "end": ends[str(p.keys["year"])],
            "label": view.speech.tonnes(p.footprint_kgco2e or 0.0),
        }
        for p in view.result.by_year
    ]


def _years_words(view: View, title: str) -> str:
    named = view.speech.listing(
        f"{p.keys['year']} {view.speech.tonnes(p.footprint_kgco2e or 0.0)}" for p in view.result.by_year
    )
    return view.speech.text(
        "Stacked bars. {title}. In all: {named}. The table below has all numbers.", title=title, named=named
    )


def effects(view: View) -> Picture | None:
    """Bars of what changed the footprint from year to year: volume, intensity and both together."""
    import altair as alt

    records = _effect_records(view)
    if not records:
        return None
    title = view.speech.text("What changed the footprint from year to year, tonnes CO₂e")
    base = alt.Chart(data(records)).encode(y=alt.Y("rank:O", axis=named_axis(records), title=None))
    scale = scale_with_room([record["tonnes"] for record in records], left=0.13)
    axis = alt.Axis(format=",~f", tickCount=5, title=view.speech.text("tonnes CO₂e, price changes taken out"))
    bar = base.mark_bar(height=16).encode(
        x=alt.X("tonnes:Q", axis=axis, scale=scale), color=alt.Color("colour:N", scale=None)
    )
    zero = base.mark_rule(color=MUTED).encode(x=alt.datum(0))
    grown = base.transform_filter("datum.tonnes >= 0").mark_text(align="left", dx=6, color=INK, fontSize=13)
    shrunk = base.transform_filter("datum.tonnes < 0").mark_text(align="right", dx=-6, color=INK, fontSize=13)
    texts = [mark.encode(x="tonnes:Q", text="label:N") for mark in (grown, shrunk)]
    chart = alt.layer(bar, zero, *texts).properties(width=WIDTH, height=32 * len(records) + 50)
    words = view.speech.listing(f"{record['name']} {record['label']}" for record in records)
    alternative = view.speech.text(
        "Bar chart. {title}: {named}. The table below has all numbers.", title=title, named=words
    )
    return draw(chart, "chart-effects", title, alternative, view.speech)


def _effect_records(view: View) -> Records:
    text = view.speech.text
    records: Records = []
    for change in view.result.changes:
        if change.category or change.volume_effect_kgco2e is None or change.intensity_effect_kgco2e is None:
            continue
        period = f"{change.year_from}–{change.year_to}"
        for name, exact, colour in (
            (text("Volume {years}", years=period), change.volume_effect_kgco2e, REST),
            (text("Intensity {years}", years=period), change.intensity_effect_kgco2e, REST),
            (text("Together {years}", years=period), change.footprint_change_kgco2e, ACCENT),
        ):
            kg = round(exact, 3)  # below a gram it is the noise of adding up, not a change
            label = ("+" if kg > 0 else "") + view.speech.tonnes(kg)
            records.append(
                {"name": name, "rank": len(records), "tonnes": kg / KG_PER_TONNE, "label": label, "colour": colour}
            )
    return records
