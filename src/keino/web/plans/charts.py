"""Pictures of potential and plans; every picture has its words and the same numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from keino.report.drawing import ACCENT, INK, MUTED, REST, WIDTH, data, draw, lines_of
from keino.units import KG_PER_TONNE
from keino.web.base.templatetags.keino import number, percent, speaker, tonnes
from keino.web.measurement.names import category_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keino.domain.plans.potential import Potential

CURVE_SHOWN = 12
HEIGHT = 260


@dataclass(frozen=True)
class Figure:
    """A chart as ``components/chart.html`` takes it."""

    title: str
    svg: SafeString
    alt: str
    table: SimpleNamespace


def _figure(chart: Any, key: str, title: str, words: str, head: list[str], rows: list[list[str]]) -> Figure:
    picture = draw(chart, key, title, words, speaker())
    return Figure(title, SafeString(picture.svg), words, SimpleNamespace(head=head, rows=rows))


def potential_curve(found: Potential) -> Figure | None:
    """How the potential adds up, category by category; None where none is assessed."""
    import altair as alt

    points = found.curve
    if not points:
        return None
    shown = points[:CURVE_SHOWN]
    records: list[dict[str, Any]] = [
        {
            "rank": rank,
            "name": lines_of(category_name(point.category)),
            "low": point.cumulative_kgco2e.low / KG_PER_TONNE,
            "mid": point.cumulative_kgco2e.mid / KG_PER_TONNE,
            "high": point.cumulative_kgco2e.high / KG_PER_TONNE,
            "label": tonnes(point.cumulative_kgco2e.mid),
        }
        for rank, point in enumerate(shown)
    ]
    last = points[-1]
    title = _("How the potential adds up, t CO₂e a year")
    words = _(
        "{count} categories are assessed; together {mid} t a year ({low}–{high}), {share} of the footprint."
    ).format(
        count=number(len(points)),
        mid=tonnes(last.cumulative_kgco2e.mid),
        low=tonnes(last.cumulative_kgco2e.low),
        high=tonnes(last.cumulative_kgco2e.high),
        share=percent(last.share_of_footprint),
    )
    most = max(record["high"] for record in records) or 1.0
    base = alt.Chart(data(records)).encode(y=alt.Y("rank:O", axis=_names(records), title=None))
    axis = alt.Axis(format=",~f", tickCount=5, title=_("t CO₂e a year, this category and those above it"))
    scale = alt.Scale(domain=[0, most * 1.15], nice=False)
    bar = base.mark_bar(height=14, color=ACCENT).encode(x=alt.X("mid:Q", axis=axis, scale=scale))
    whisker = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    text = base.mark_text(align="left", dx=8, color=INK, fontSize=13, fontWeight=600).encode(x="high:Q", text="label:N")
    chart = alt.layer(bar, whisker, text).properties(width=WIDTH, height=34 * len(records) + 50)
    head = [_("Category"), _("Low, t"), _("Middle, t"), _("High, t"), _("Share of footprint")]
    rows = [
        [
            category_name(point.category),
            tonnes(point.cumulative_kgco2e.low),
            tonnes(point.cumulative_kgco2e.mid),
            tonnes(point.cumulative_kgco2e.high),
            percent(point.share_of_footprint),
        ]
        for point in points
    ]
    return _figure(chart, "potential-curve", title, words, head, rows)


def _names(records: list[dict[str, Any]]) -> Any:
    import json

    import altair as alt

    names = json.dumps([record["name"] for record in records], ensure_ascii=False)
    return alt.Axis(labelExpr=f"{names}[datum.value]", ticks=False, domain=False, grid=False, title=None)


def path_chart(result: Mapping[str, Any], key: str = "plan-path") -> Figure:
    """The footprint year by year as the plan has it, and what the targets allow."""
    import altair as alt

    baseline = result["baseline_kgco2e"] / KG_PER_TONNE
    years = result["years"]
    line = [{"year": result["baseline_year"], "tonnes": baseline}] + [
        {"year": year["year"], "tonnes": year["footprint_kgco2e"] / KG_PER_TONNE} for year in years
    ]
    targets = [
        {
            "year": year["year"],
            "tonnes": baseline - year["target_kgco2e"] / KG_PER_TONNE,
            "label": tonnes(result["baseline_kgco2e"] - year["target_kgco2e"]),
        }
        for year in years
        if year["target_kgco2e"] is not None
    ]
    title = _("Footprint on the plan's path, t CO₂e a year")
    words = _("From {first} t in {from_year} to {last} t in {to_year}.").format(
        first=tonnes(result["baseline_kgco2e"]),
        from_year=result["baseline_year"],
        last=tonnes(years[-1]["footprint_kgco2e"]),
        to_year=years[-1]["year"],
    )
    if targets:
        words += " " + _("Diamonds show what the targets allow.")
    scale = alt.Scale(domain=[0, max(baseline, *(each["tonnes"] for each in line)) * 1.1], nice=False)
    first, last = line[0]["year"], line[-1]["year"]
    every = [year for year in range(first, last + 1) if (year - first) % max(1, (last - first) // 8) == 0]
    axis = alt.Axis(format="d", values=every, grid=False, title=None)
    x = alt.X("year:Q", axis=axis, scale=alt.Scale(domain=[first, last], padding=18, nice=False))
    y = alt.Y("tonnes:Q", axis=alt.Axis(format=",~f", tickCount=5, title=_("t CO₂e a year")), scale=scale)
    path = alt.Chart(data(line)).mark_line(color=ACCENT, strokeWidth=2.5, point={"color": ACCENT, "size": 45})
    layers = [path.encode(x=x, y=y)]
    if targets:
        marks = alt.Chart(data(targets)).encode(x=x, y=y)
        layers.append(marks.mark_point(shape="diamond", size=130, color=INK, filled=True, opacity=1))
        layers.append(marks.mark_text(dy=-14, color=INK, fontSize=13, fontWeight=600).encode(text="label:N"))
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    head = [_("Year"), _("Footprint, t"), _("Reduction, t"), _("Target allows, t")]
    rows = [
        [
            str(year["year"]),
            tonnes(year["footprint_kgco2e"]),
            tonnes(year["reduction_kgco2e"]),
            "–" if year["target_kgco2e"] is None else tonnes(result["baseline_kgco2e"] - year["target_kgco2e"]),
        ]
        for year in years
    ]
    return _figure(chart, key, title, words, head, rows)


def abatement_chart(result: Mapping[str, Any], names: Mapping[str, str]) -> Figure | None:
    """What a tonne costs, cheapest first; the width of a bar is what the measure adds after the cheaper ones."""
    import altair as alt

    steps: Sequence[Mapping[str, Any]] = result["curve"]["steps"]
    if not steps:
        return None
    chosen = {each["measure"] for each in result["chosen"]}
    records = [
        {
            "start": step["cumulative_tonnes"] - step["tonnes_added"],
            "end": step["cumulative_tonnes"],
            "middle": step["cumulative_tonnes"] - step["tonnes_added"] / 2,
            "cost": step["cost_eur_per_tonne"],
            "colour": ACCENT if step["measure"] in chosen else REST,
            "number": str(place),
        }
        for place, step in enumerate(steps, start=1)
    ]
    title = _("Cost of a tonne by measure, cheapest first")
    cheapest, dearest = steps[0], steps[-1]
    words = _(
        "From {low} € a tonne ({cheapest}) to {high} € ({dearest}). Numbers are those of the table; the measures of "
        "this plan are darker."
    ).format(
        low=number(cheapest["cost_eur_per_tonne"]),
        cheapest=names.get(cheapest["measure"], cheapest["measure"]),
        high=number(dearest["cost_eur_per_tonne"]),
        dearest=names.get(dearest["measure"], dearest["measure"]),
    )
    base = alt.Chart(data(records))
    x_axis = alt.Axis(format=",~f", tickCount=6, grid=False, title=_("Tonnes a year, added up"))
    y_axis = alt.Axis(format=",~f", tickCount=5, title=_("€ a tonne"))
    bar = base.mark_rect(stroke=MUTED, strokeWidth=1).encode(
        x=alt.X("start:Q", axis=x_axis),
        x2="end:Q",
        y=alt.Y("cost:Q", axis=y_axis),
        y2=alt.datum(0),
        color=alt.Color("colour:N", scale=None),
    )
    text = base.mark_text(dy=-9, fontSize=13, fontWeight=600, color=INK).encode(
        x="middle:Q", y="cost:Q", text="number:N"
    )
    chart = alt.layer(bar, text).properties(width=WIDTH, height=HEIGHT)
    head = [_("Measure"), _("€ a tonne"), _("Tonnes a year alone"), _("Added"), _("Together"), _("In this plan")]
    rows = [
        [
            f"{place}. {names.get(step['measure'], step['measure'])}",
            number(step["cost_eur_per_tonne"]),
            tonnes(step["tonnes_alone"] * KG_PER_TONNE),
            tonnes(step["tonnes_added"] * KG_PER_TONNE),
            tonnes(step["cumulative_tonnes"] * KG_PER_TONNE),
            _("yes") if step["measure"] in chosen else _("no"),
        ]
        for place, step in enumerate(steps, start=1)
    ]
    return _figure(chart, "plan-abatement", title, words, head, rows)
