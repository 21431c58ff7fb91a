"""Comparison with anonymous peers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keino.report.tables import View
from keino.web.base.addresses import address_or_none
from keino.web.base.templatetags.keino import speaker
from keino.web.dashboards.queries.peers import comparison
from keino.web.measurement.queries.runs import current_run, run_result
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.peer_groups import FEWEST


@organisation_page("measurement.see_results")
def peers(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The organisation beside others of its kind and size, who see the same numbers of it."""
    run = current_run(organisation)
    found = comparison(organisation, run) if run and organisation.is_compared else None
    context = {
        "organisation": organisation,
        "step": "footprint",
        "run": run,
        "comparison": found,
        "fewest": FEWEST,
        "others": found.group.size - 1 if found else 0,
        "currency": "",
        "categories": [],
        "settings_url": address_or_none("organisations:settings", slug=organisation.slug),
    }
    if run and found and found.is_shown:
        result = run_result(run)
        view = View(result, speaker())
        context["currency"] = result.currency
        context["categories"] = [(view.category(each.category), each) for each in found.categories]
    return render(request, "dashboards/peers.html", context)
