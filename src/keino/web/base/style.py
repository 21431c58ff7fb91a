"""The living style page: every part that pages are made of, in all its states, with real words and numbers.

Its numbers are emission factors from the facts, with their source; what looks like somebody's data says that it isn't.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino.domain.carbon.uncertainty import interval
from keino.facts.read import read
from keino.web.base.choices import JobState
from keino.web.base.errors import Conflict, as_data
from keino.web.base.factor_charts import factors, largest_chart, largest_factors
from keino.web.base.forms import EveryField, ListFilter
from keino.web.base.models import Job
from keino.web.base.templatetags.keino import exact, to_read

#: The sum of the example on the page.
EUROS = 1_000_000


def style(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    rows, largest = factors(), largest_factors()[0]
    chart = largest_chart((get_language() or "fi")[:2])
    years = sorted({row["year"] for row in rows}, reverse=True)
    return render(
        request,
        "base/style.html",
        {
            "figure": chart,
            "factor": largest,
            "factor_value": to_read(float(largest["value"])),
            "factor_exact": exact(float(largest["value"])),
            "factor_source": chart.source,
            "factor_count": len(rows),
            "million": _million(float(largest["value"])),
            "table": factor_table(),
            "page_obj": Paginator(rows, 25).get_page(request.GET.get("page")),
            "empty_form": EveryField(),
            "wrong_form": EveryField(
                {"wrong-email": "no address", "wrong-residents": "-1", "wrong-language": "fi"}, prefix="wrong"
            ),
            "list_filter": ListFilter(request.GET or None, years=years),
            "steps": _steps(),
            "items": _todo(),
            "events": _events(),
            "jobs": _jobs(),
            "colours": _colours(),
            "now": timezone.now(),
        },
    )


def _million(factor: float) -> dict[str, float]:
    """What a million euros cause, with the interval of a factor that fits exactly."""
    gsd = next(float(row["gsd"]) for row in read("factor_uncertainty").rows if row["cause"] == "exact")
    low, high = interval(factor, gsd)
    return {"footprint_kgco2e": factor * EUROS, "low_kgco2e": low * EUROS, "high_kgco2e": high * EUROS}


def factor_table() -> dict[str, Any]:
    """The same factors as a table."""
    label = f"label_{(get_language() or 'fi')[:2]}"
    return {
        "caption": _("Largest emission factors"),
        "head": [_("Product group"), _("Year"), "kg CO₂e / €"],
        "rows": [[row[label], row["year"], to_read(float(row["value"]))] for row in largest_factors()],
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
