"""What the pages share: the current run, addresses around it, parts kept in the reader's language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from keino.web.base.addresses import address_or_none
from keino.web.dashboards.queries.results import Chosen
from keino.web.measurement.models import Run
from keino.web.measurement.queries.lines import query_of
from keino.web.organisations.models import Organisation


def lines_address(organisation: Organisation, chosen: Chosen) -> str:
    """The lines behind a choice, under the same choice."""
    address = address_or_none("measurement:lines", slug=organisation.slug)
    return f"{address}?{query_of(chosen.filter())}" if address else ""


def wants_exact(request: HttpRequest) -> bool:
    """Whether every digit is asked for."""
    return request.GET.get("exact") == "1"


def exact_address(request: HttpRequest) -> str:
    """This page with every digit, or rounded again."""
    query = request.GET.copy()
    if wants_exact(request):
        del query["exact"]
    else:
        query["exact"] = "1"
    return f"{request.path}?{query.urlencode()}" if query else request.path


def run_facts(request: HttpRequest, run: Run) -> dict[str, Any]:
    """What a page says of the run it shows, and what can be done with it."""
    return {
        "run": run,
        "finished_at": run.finished_at,
        "exact": wants_exact(request),
        "exact_url": exact_address(request),
        "may_share": request.user.has_perm("measurement.work", run.organisation),
    }
