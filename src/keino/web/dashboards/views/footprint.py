"""The footprint of an organisation: coverage first, then by category, year, unit and supplier; filter and drill."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keino.web.base.addresses import address_or_none
from keino.web.dashboards import parts, whole_results
from keino.web.dashboards.forms import FilterForm
from keino.web.dashboards.queries.results import Chosen, chosen_result
from keino.web.dashboards.shown import Links
from keino.web.dashboards.views.common import lines_address, run_facts, wants_exact
from keino.web.dashboards.whole_results import links_of, part
from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import current_run, run_result
from keino.web.measurement.store import has_lines
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page


def _without_result(request: HttpRequest, organisation: Organisation, step: str) -> HttpResponse:
    context = {
        "organisation": organisation,
        "step": step,
        "ledgers_url": address_or_none("measurement:ledgers", slug=organisation.slug),
    }
    return render(request, "dashboards/no_result.html", context)


@organisation_page("measurement.see_results")
def footprint(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The whole footprint, or a choice of it."""
    run = current_run(organisation)
    if run is None:
        return _without_result(request, organisation, "footprint")
    links = links_of(organisation)
    asked = {name: request.GET[name] for name in FilterForm.base_fields if request.GET.get(name)}
    context = {
        "organisation": organisation,
        "step": "footprint",
        **run_facts(request, run),
        **(_chosen(request, run, links, asked) if asked and has_lines(run) else _whole(request, run)),
        "may_see_lines": request.user.has_perm("measurement.see_lines", organisation),
    }
    chosen = context["chosen"]
    context["lines_url"] = lines_address(organisation, chosen) if has_lines(run) and chosen is not None else ""
    return render(request, "dashboards/footprint.html", context)


def _whole(request: HttpRequest, run: Run) -> dict[str, Any]:
    drawn = whole_results.footprint(run, exact=wants_exact(request))
    return {"part": drawn, "chosen": Chosen(), "filter": whole_results.filter_form(run)}


def _chosen(request: HttpRequest, run: Run, links: Links, asked: dict[str, str]) -> dict[str, Any]:
    everything = run_result(run)
    form = FilterForm(asked, everything)
    chosen = form.chosen()
    if chosen is None:
        return {"part": "", "chosen": None, "filter": form}
    result, exact = chosen_result(run, chosen), wants_exact(request)

    def draw() -> str:
        return parts.footprint(result, links, whole=everything, chosen=chosen, exact=exact)

    drawn = part(run, f"chosen:{exact}:{chosen}", links, draw) if chosen.is_common else draw()
    return {
        "part": drawn,
        "chosen": chosen,
        "filter": form,
        "drill": _drill(form, chosen, links, everything),
        "lines": result.total.lines,
    }


def _drill(form: FilterForm, chosen: Chosen, links: Links, everything: Any) -> list[tuple[str, str]]:
    """The way down to here: (words, address) of each step, the whole first; the last one is here."""
    steps = [("", links.footprint)]
    fields: dict[str, str] = {}
    label = everything.categories.get(chosen.category)
    if label and label.parent:
        steps.append((str(form.words("category", label.parent)), links.drill(category=label.parent)))
    for name in ("category", "unit", "supplier", "year", "basis"):
        value = getattr(chosen, name)
        if value:
            fields[name] = value
            steps.append((form.words(name, value), links.drill(**fields)))
    return steps


@organisation_page("measurement.see_results")
def factors(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Method, emission factors and sources of the footprint."""
    run = current_run(organisation)
    if run is None:
        return _without_result(request, organisation, "footprint")
    context = {
        "organisation": organisation,
        "step": "footprint",
        **run_facts(request, run),
        "part": whole_results.factors(run, exact=wants_exact(request)),
    }
    return render(request, "dashboards/factors.html", context)


@organisation_page("measurement.see_results")
def hotspots(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Where the footprint concentrates, and what would change it."""
    run = current_run(organisation)
    if run is None:
        return _without_result(request, organisation, "hotspots")
    context = {
        "organisation": organisation,
        "step": "hotspots",
        **run_facts(request, run),
        "part": whole_results.hotspots(run, exact=wants_exact(request)),
    }
    return render(request, "dashboards/hotspots.html", context)
