"""The living style page: every part that pages are made of, in all its states, with real words and numbers.

Its numbers are emission factors from the facts, with their source; what looks like somebody's data says that it isn't.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino.facts.read import read, sources
from keino.report.drawing import ACCENT, INK, WIDTH, data, draw, lines_of
from keino.web.base.choices import JobState
from keino.web.base.errors import Conflict, as_data
from keino.web.base.forms import EveryField, ListFilter
from keino.web.base.models import Job
from keino.web.base.templatetags.keino import exact, speaker

FACTOR_SET = "fi_figaro"
SHOWN = 8


def style(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    rows = _factors()
    years = sorted({row["year"] for row in rows}, reverse=True)
    return render(
        request,
        "base/style.html",
        {
            "figure": factor_chart((get_language() or "fi")[:2]),
            "factor": largest_factors()[0],
            "source": sources()[rows[0]["source"]],
            "table": factor_table(),
            "page_obj": Paginator(rows, 25).get_page(request.GET.get("page")),
            "empty_form": EveryField(),
            "wrong_form": EveryField({"name": "", "email": "no address", "residents": "-1"}, prefix="wrong"),
            "list_filter": ListFilter(request.GET or None, years=years),
            "steps": _steps(),
            "items": _todo(),
            "events": _events(),
            "jobs": _jobs(),
            "colours": _colours(),
            "now": timezone.now(),
        },
    )


@dataclass(frozen=True)
class Figure:
    """A chart as ``components/chart.html`` takes it."""

    title: str
    svg: SafeString
    alt: str
    table: SimpleNamespace


@cache
def factor_chart(language: str) -> Figure:
    """The largest emission factors of the newest year as bars. Drawn once per language: the facts don't change."""
    import altair as alt

    rows = largest_factors()
    label = f"label_{language}"
    records = [
        {
            "name": lines_of(row[label]),
            "rank": rank,
            "value": float(row["value"]),
            "written": exact(float(row["value"])),
        }
        for rank, row in enumerate(rows)
    ]
    names = [record["name"] for record in records]
    axis = alt.Axis(labelExpr=f"{names}[datum.value]", ticks=False, domain=False, grid=False, title=None)
    base = alt.Chart(data(records)).encode(y=alt.Y("rank:O", axis=axis))
    scale = alt.Scale(domain=[0, float(rows[0]["value"]) * 1.15], nice=False)
    bars = base.mark_bar(height=16, color=ACCENT).encode(
        x=alt.X("value:Q", axis=alt.Axis(tickCount=5, title="kg CO₂e / €"), scale=scale)
    )
    text = base.mark_text(align="left", dx=8, color=INK, fontSize=13, fontWeight=600).encode(
        x="value:Q", text="written:N"
    )
    title = _("Largest emission factors of {year}, kg CO₂e for a euro").format(year=rows[0]["year"])
    words = _("Of Finland's product groups, {name} has the largest factor: {value} kg CO₂e for a euro.").format(
        name=rows[0][label], value=records[0]["written"]
    )
    chart = alt.layer(bars, text).properties(width=WIDTH, height=36 * len(records) + 50)
    picture = draw(chart, "style-factors", title, words, speaker())
    table = SimpleNamespace(
        head=[_("Product group"), "kg CO₂e / €"],
        rows=[[row[label], exact(float(row["value"]))] for row in rows],
    )
    return Figure(title, SafeString(picture.svg), words, table)


def _factors() -> list[dict[str, str]]:
    return [row for row in read("emission_factors").rows if row["factor_set"] == FACTOR_SET]


def largest_factors() -> list[dict[str, str]]:
    """The largest factors of the newest year, largest first."""
    rows = _factors()
    newest = max(row["year"] for row in rows)
    return sorted((row for row in rows if row["year"] == newest), key=lambda row: -float(row["value"]))[:SHOWN]


def factor_table() -> dict[str, Any]:
    """The same factors as a table."""
    label = f"label_{(get_language() or 'fi')[:2]}"
    return {
        "caption": _("Largest emission factors"),
        "head": [_("Product group"), _("Year"), "kg CO₂e / €"],
        "rows": [[row[label], row["year"], exact(float(row["value"]))] for row in largest_factors()],
    }


def _steps() -> list[dict[str, str]]:
    return [
        {"title": _("Ledger"), "url": "#stepper", "state": "done"},
        {"title": _("Footprint"), "url": "#stepper", "state": "current"},
        {"title": _("Hotspots"), "url": "", "state": "todo"},
    ]


def _todo() -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {"kind": "overdue", "title": _("Approve last year's ledger"), "url": "#todo", "due": today - dt.timedelta(3)},
        {"kind": "week", "title": _("Mend 12 rejected rows"), "url": "#todo", "due": today + dt.timedelta(2)},
        {"kind": "you", "title": _("Look at how your ledger was read"), "url": "#todo"},
        {"kind": "others", "title": _("The approver compares the totals with the books"), "url": ""},
    ]


def _events() -> list[dict[str, Any]]:
    """Real events with their source: what happened to the consortium that keino takes after."""
    title = f"title_{(get_language() or 'fi')[:2]}"
    known = [row for row in read("consortium_events").rows if row["precision"] == "day"]
    rows = sorted(known, key=lambda row: row["date"])[:4]
    return [{"date": dt.date.fromisoformat(row["date"]), "title": row[title]} for row in rows]


def _jobs() -> list[Job]:
    """Background work in each of its states; these rows are shown and never stored."""
    return [
        Job(kind="style", state=JobState.WAITING),
        Job(kind="style", state=JobState.RUNNING, done=62, whole=100),
        Job(kind="style", state=JobState.FAILED, error=as_data(Conflict())),
        Job(kind="style", state=JobState.DONE),
    ]


def _colours() -> list[tuple[str, str]]:
    return [
        ("ink", _("Text")),
        ("muted", _("Quiet text")),
        ("line", _("Lines")),
        ("soft", _("Quiet ground")),
        ("paper", _("Ground")),
        ("accent", _("Accent")),
        ("info", _("Information")),
        ("success", _("Success")),
        ("alert", _("Warning")),
        ("error", _("Error")),
    ]
