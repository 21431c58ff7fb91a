"""The answer for a visit without an account: the same pages, until it is kept or forgotten."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keino.web.base.addresses import address_or_none
from keino.web.dashboards import parts
from keino.web.dashboards.choices import QUICK_FORMATS, ExportFormat
from keino.web.dashboards.shown import Links
from keino.web.dashboards.views.exports import quick_file
from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import run_of_visit, run_result
from keino.web.measurement.services.visits import live_visit


def _run(request: HttpRequest) -> Run | None:
    visit = live_visit(str(request.session.get("visit", "")))
    return run_of_visit(visit) if visit is not None else None


def _try_again() -> HttpResponse:
    return redirect(address_or_none("measurement:try") or "/")


@never_cache
@require_safe
def visit_footprint(request: HttpRequest) -> HttpResponse:
    """Coverage, footprint with its interval, three hotspots in plain words; then: keep it, take it, forget it."""
    run = _run(request)
    if run is None:
        return _try_again()
    result, links = run_result(run), Links(factors=reverse("dashboards:visit_factors"))
    context = {
        "run": run,
        "part": parts.footprint(result, links),
        "hotspots": parts.first_hotspots(result, links),
        **_doors(),
    }
    return render(request, "dashboards/visit_footprint.html", context)


def _doors() -> dict[str, object]:
    """Where a visit can go on: an account to keep it, a file to take it, or nothing left."""
    return {
        "keep_url": address_or_none("measurement:keep_visit") or address_or_none("account_signup"),
        "forget_url": address_or_none("measurement:forget_visit"),
        "formats": [(format_.value, format_.label) for format_ in ExportFormat if format_ in QUICK_FORMATS],
    }


@never_cache
@require_safe
def visit_hotspots(request: HttpRequest) -> HttpResponse:
    """The hotspots of a visit."""
    run = _run(request)
    if run is None:
        return _try_again()
    links = Links(factors=reverse("dashboards:visit_factors"))
    context = {"run": run, "part": parts.hotspots(run_result(run), links), **_doors()}
    return render(request, "dashboards/visit_hotspots.html", context)


@never_cache
@require_safe
def visit_factors(request: HttpRequest) -> HttpResponse:
    """Method, factors and sources of a visit's footprint."""
    run = _run(request)
    if run is None:
        return _try_again()
    return render(
        request, "dashboards/visit_factors.html", {"run": run, "part": parts.factors(run_result(run), Links())}
    )


@never_cache
@require_safe
def visit_download(request: HttpRequest, wanted: str) -> HttpResponse:
    """The report of a visit as a file."""
    run = _run(request)
    if run is None or wanted not in {format_.value for format_ in QUICK_FORMATS}:
        raise Http404
    return quick_file(request, run, ExportFormat(wanted))
