"""The quadrant chart: how much is spent against how much each unit of money emits."""

from __future__ import annotations

import json
import math
from itertools import product
from typing import TYPE_CHECKING, Any

from keino.report import codes
from keino.report.drawing import ACCENT, INK, MUTED, REST, WIDTH, Picture, Records, data, draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keino.engine.results import QuadrantLimits
    from keino.report.tables import View

#: Left, top, right and bottom in pixels.
Box = tuple[float, float, float, float]

HEIGHT = 460
NAMES_SHOWN = 14
LETTER_WIDTH = 6.4  # average width of a character at 12 px, for keeping names apart
LINE_HEIGHT = 14
#: Shape and colour of each quadrant; the shape alone tells them apart.
SIGNS = {
    "act_first": ("triangle-up", ACCENT),
    "volume": ("square", REST),
    "intensity": ("diamond", REST),
    "watch": ("circle", REST),
}


def quadrant(view: View) -> Picture | None:
    """Points of categories by spend and intensity on logarithmic axes; named, with a shape for each quadrant."""
    import altair as alt

    records = _records(view)
    if len(records) < 2:
        return None
    limits = view.result.limits
    spend = _reach(records, "spend", limits.spend if limits else 0.0)
    intensity = _reach(records, "intensity", limits.intensity if limits else 0.0)
    _place_names(records, spend, intensity, limits)
    x = alt.X(
        "spend:Q", scale=alt.Scale(type="log", domain=spend, nice=False), axis=_axis(view, spend, _spend_title(view))
    )
    y = alt.Y(
        "intensity:Q",
        scale=alt.Scale(type="log", domain=intensity, nice=False),
        axis=_axis(view, intensity, view.speech.text("kg CO₂e per {currency}", currency=view.currency())),
    )
    names = [codes.words(view.speech, codes.QUADRANTS, code) for code in SIGNS]
    legend = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=560, symbolSize=110)
    shape = alt.Shape("quadrant:N", scale=alt.Scale(domain=names, range=[s for s, _ in SIGNS.values()]), legend=legend)
    colour = alt.Color("quadrant:N", scale=alt.Scale(domain=names, range=[c for _, c in SIGNS.values()]), legend=legend)
    base = alt.Chart(data(records))
    points = base.mark_point(filled=True, size=110, opacity=1, stroke=INK, strokeWidth=0.6).encode(x, y, shape, colour)
    layers = [*_borders(limits), points, *(_names(base, records, x, y))]
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT + 110)
    title = view.speech.text("Where money and emissions meet")
    return draw(chart, "chart-quadrant", title, _words(view, title, records), view.speech)


def _records(view: View) -> Records:
    """One record for each hotspot that a logarithmic axis can show: positive spend and positive intensity."""
    parts = {str(part.keys["category"]): part for part in view.result.by_category}
    records: Records = []
    for spot in sorted(view.result.hotspots, key=lambda spot: spot.rank_footprint):
        part = parts[spot.category]
        if part.spend > 0 and (part.intensity_kgco2e_per_unit or 0) > 0:
            records.append(
                {
                    "name": view.short(spot.category),
                    "full": view.short(spot.category),
                    "rank": str(spot.rank_footprint),
                    "code": spot.quadrant,
                    "spend": float(part.spend),
                    "intensity": part.intensity_kgco2e_per_unit,
                    "quadrant": codes.words(view.speech, codes.QUADRANTS, spot.quadrant),
                }
            )
    return records


def _reach(records: Records, name: str, limit: float) -> list[float]:
    """The ends of an axis, with room around the points and the line between the quadrants."""
    values = [record[name] for record in records] + ([limit] if limit > 0 else [])
    low, high = min(values), max(values)
    room = max((high / low) ** 0.12, 1.3)
    return [low / room, high * room]


def _axis(view: View, reach: list[float], title: str) -> Any:
    import altair as alt

    steps = [step * 10.0**power for power in range(-6, 13) for step in (1, 2, 5)]
    values = [value for value in steps if reach[0] <= value <= reach[1]]
    if len(values) > 7:
        values = [value for value in values if f"{value:e}"[0] == "1"] or values
    labels = [view.speech.to_read(value / _size(reach)) for value in values]
    lookup = json.dumps({_key(value): label for value, label in zip(values, labels, strict=True)}, ensure_ascii=False)
    return alt.Axis(values=values, labelExpr=f"{lookup}[datum.value]", title=title, grid=True)


def _key(value: float) -> str:
    """A number as Vega turns it into text."""
    return f"{value:.12g}" if value < 1 or value != int(value) else str(int(value))


def _size(reach: list[float]) -> float:
    """Spend is shown in thousands; intensities, always far smaller, as they are."""
    return 1000.0 if reach[1] > 1000 else 1.0


def _spend_title(view: View) -> str:
    return view.speech.text("Spend, thousand {currency}", currency=view.currency())


def _borders(limits: QuadrantLimits | None) -> list[Any]:
    """Lines between the quadrants."""
    import altair as alt

    lines = []
    for name in ("spend", "intensity"):
        value = getattr(limits, name, 0.0)
        if value > 0:  # a logarithmic axis has no place for zero
            rule = alt.Chart(data([{name: value}])).mark_rule(color=MUTED, strokeDash=[4, 4])
            lines.append(rule.encode(x="spend:Q") if name == "spend" else rule.encode(y="intensity:Q"))
    return lines


#: Where a name may stand: pixels to the right and down from its point, and which end of it is there.
_PLACES = {
    "right": (10, 0, "left"),
    "left": (-10, 0, "right"),
    "above": (0, -14, "center"),
    "below": (0, 15, "center"),
    "above right": (4, -14, "left"),
    "above left": (-4, -14, "right"),
    "below right": (4, 15, "left"),
    "below left": (-4, 15, "right"),
}


def _place_names(records: Records, spend: list[float], intensity: list[float], limits: QuadrantLimits | None) -> None:
    """Give each point the first place for its name that no other name or point takes, if it can be, off the lines."""
    for record in records:
        record["px"] = _pixel(record["spend"], spend, WIDTH - 60)
        record["py"] = HEIGHT - _pixel(record["intensity"], intensity, HEIGHT)
    taken = [(r["px"] - 7, r["py"] - 7, r["px"] + 7, r["py"] + 7) for r in records]
    lines = _line_boxes(spend, intensity, limits)
    for record in records[:NAMES_SHOWN]:
        free = list(_free_places(record, taken))
        if free:
            name, place, box = min(
                free, key=lambda found: (found[0] != record["name"], any(_meet(found[2], line) for line in lines))
            )
            record |= {"name": name, "place": place}
            taken.append(box)


def _free_places(record: dict[str, Any], taken: Sequence[Box]) -> Iterator[tuple[str, str, Box]]:
    """Names and places that meet no other name or point, best first."""
    for name, place in product(_names_of(record), _PLACES):
        box = _box({**record, "name": name}, place)
        if _fits(box) and not any(_meet(box, other) for other in taken):
            yield name, place, box


def _line_boxes(spend: list[float], intensity: list[float], limits: QuadrantLimits | None) -> list[Box]:
    boxes: list[Box] = []
    if limits and limits.spend > 0:
        x = _pixel(limits.spend, spend, WIDTH - 60)
        boxes.append((x, 0.0, x, float(HEIGHT)))
    if limits and limits.intensity > 0:
        y = HEIGHT - _pixel(limits.intensity, intensity, HEIGHT)
        boxes.append((0.0, y, float(WIDTH), y))
    return boxes


def _names_of(record: dict[str, Any]) -> tuple[str, ...]:
    """What may stand beside a point, best first: its name, its rank in the table."""
    return record["name"], record["rank"]


def _pixel(value: float, reach: list[float], pixels: float) -> float:
    return pixels * math.log(value / reach[0]) / math.log(reach[1] / reach[0])


def _box(record: dict[str, Any], place: str) -> Box:
    right, down, align = _PLACES[place]
    width = LETTER_WIDTH * len(record["name"])
    left = record["px"] + right - {"left": 0.0, "right": width, "center": width / 2}[align]
    middle = record["py"] + down
    return left, middle - LINE_HEIGHT / 2, left + width, middle + LINE_HEIGHT / 2


def _fits(box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH - 60 and box[3] <= HEIGHT


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _names(base: Any, records: Records, x: Any, y: Any) -> list[Any]:
    used = {record["place"] for record in records if "place" in record}
    return [
        base.transform_filter(f"datum.place === '{place}'")
        .mark_text(dx=right, dy=down, align=align, color=INK, fontSize=12)
        .encode(x, y, text="name:N")
        for place, (right, down, align) in _PLACES.items()
        if place in used
    ]


def _words(view: View, title: str, records: Records) -> str:
    first = [record["full"] for record in records if record["code"] == "act_first"]
    if not first:
        return view.speech.text("Scatter chart. {title}. The table below has all numbers.", title=title)
    return view.speech.text(
        "Scatter chart. {title}. Much money and high emissions: {named}. The table below has all numbers.",
        title=title,
        named=view.speech.listing(first),
    )
