"""From a chart to SVG inside a page: no network, the same bytes every time, ids that don't meet.

Colours are few and named here. The page's style sheet swaps them for the dark ones by their hex value, so a chart
follows the reader's preference without a script.
"""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from html import escape
from typing import Any

from keino.report.language import Translator
from keino.report.number_style import STYLES

INK = "#1d2329"
MUTED = "#55606b"
GRID = "#dde2e6"
PAPER = "#ffffff"
ACCENT = "#00695f"
REST = "#7b8794"

#: Fill and text colour of stacked parts; borders and letters keep them apart in grey print.
STACK = (
    ("#00463f", "#fffffe"),
    ("#2e8b80", "#1a1a1b"),
    ("#8fcfc6", "#1a1a1b"),
    ("#4a5561", "#fffffe"),
    ("#9aa5b0", "#1a1a1b"),
    ("#e3e8ec", "#1a1a1b"),
)

WIDTH = 640
#: Characters that fit beside an axis on one line, and the lines that fit beside a bar.
LABEL_LENGTH = 36
LABEL_LINES = 2

Records = list[dict[str, Any]]


@dataclass(frozen=True)
class Picture:
    """A chart ready for the page: its key, title, text alternative and SVG."""

    key: str
    title: str
    alternative: str
    svg: str


def lines_of(name: str) -> list[str]:
    """Return ``name`` as the lines that an axis shows; only a name too long for all of them is cut.

    >>> lines_of("Sivistystoimi"), lines_of("Keskustan ja saariston varhaiskasvatusyksiköt")
    (['Sivistystoimi'], ['Keskustan ja saariston', 'varhaiskasvatusyksiköt'])
    """
    return textwrap.wrap(name, LABEL_LENGTH, max_lines=LABEL_LINES, placeholder=" …") or [""]


def _config() -> dict[str, Any]:
    font = "Helvetica Neue, Arial, Liberation Sans, sans-serif"
    axis = {
        "labelColor": INK,
        "titleColor": MUTED,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": MUTED,
        "tickColor": GRID,
        "labelLimit": 300,
        "titleLimit": 620,
        "labelPadding": 6,
        "titlePadding": 8,
    }
    return {
        "aria": False,
        "font": font,
        "background": None,
        "view": {"stroke": None},
        "axis": axis,
        "legend": {"labelColor": INK, "labelFontSize": 13, "labelLimit": 300, "symbolStrokeColor": MUTED},
    }


def draw(chart: Any, key: str, title: str, alternative: str, speech: Translator) -> Picture:
    """Return ``chart`` (an Altair chart) as a picture."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg(
        {
            **chart.to_dict(validate=False),
            "config": _config(),
            "autosize": {"type": "fit", "contains": "padding"},
            "padding": 4,
        },
        vl_version="6.4" if "6.4" in vl_convert.get_vegalite_versions() else None,
        allowed_base_urls=[],
        format_locale=_number_locale(speech.language),
    )
    return Picture(key, title, alternative, _inline(svg, key, title, alternative))


def _number_locale(language: str) -> dict[str, Any]:
    style = STYLES[language]
    return {
        "decimal": style.decimal,
        "thousands": style.thousands,
        "grouping": [3],
        "currency": ["", ""],
        "percent": style.percent,
        "minus": "\u2212",
    }


def _inline(svg: str, key: str, title: str, alternative: str) -> str:
    """Give an SVG its name and description, ids of its own and a width that follows the page."""
    svg = re.sub(r' (role|aria-[a-z]+)="[^"]*"', "", svg)  # one picture with one description, not hundreds of parts
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{key}-\1"', svg)
    view_box = re.search(r'viewBox="([^"]+)"', svg)
    head = (
        f'<svg class="drawing" role="img" aria-labelledby="{key}-title {key}-desc" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="{view_box.group(1) if view_box else "0 0 640 400"}">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(alternative)}</desc>'
    )
    return head + svg[svg.index(">", svg.index("<svg")) + 1 :]


def data(records: Records) -> Any:
    """Return records as Altair data inside the chart."""
    import altair as alt

    return alt.Data(values=records)  # type: ignore[no-untyped-call]  # Altair leaves this one untyped


def scale_with_room(values: list[float], *, left: float, right: float = 0.13) -> Any:
    """A scale from the smallest to the largest value and zero, with room for the numbers beside the marks."""
    import altair as alt

    low, high = min(0.0, *values), max(0.0, *values)
    width = (high - low) or 1.0
    return alt.Scale(domain=[low - width * (left if low < 0 else 0), high + width * right], nice=False)


def named_axis(records: Records) -> Any:
    """An axis of ranks that shows names, so that two categories with one name stay apart."""
    import altair as alt

    names = json.dumps([record["name"] for record in records], ensure_ascii=False)
    return alt.Axis(labelExpr=f"{names}[datum.value]", ticks=False, domain=False, grid=False, title=None)
