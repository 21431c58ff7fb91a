"""Homes: of a person, and of an organisation. What needs you comes first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keino.web.base.addresses import address_or_none
from keino.web.base.who_asks import the_person
from keino.web.dashboards import whole_results
from keino.web.dashboards.needs import as_items, coming_dates, needs_of
from keino.web.dashboards.queries.needs import Waiting, newest_totals
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.choices import BUYERS
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.queries.people import organisations_of_today

#: Coming dates that a home shows, the nearest first.
SHOWN_DATES = 6


@login_required
def person_home(request: HttpRequest) -> HttpResponse:
    """What needs the person, then their organisations."""
    person = the_person(request)
    own = sorted((each for each, _ in organisations_of_today(person)), key=lambda each: each.shown_name.casefold())
    with_results = [each for each in own if person.has_perm("measurement.see_results", each)]
    waiting = Waiting(own)
    seen = {each.pk for each in with_results}
    runs = {key: run for key, run in waiting.newest_runs.items() if key in seen} if seen else {}
    totals = newest_totals(runs) if runs else {}
    context = {
        "needs": as_items(needs_of(person, waiting), named=len(own) > 1),
        "organisations": [(each, totals.get(each.pk), each in with_results) for each in own],
        "try_url": address_or_none("measurement:try"),
        "may_see_national": person.has_perm("dashboards.see_national"),
        "effect_url": address_or_none("cohorts:effect") if person.has_perm("programmes.see_effect") else None,
        "programmes_url": address_or_none("programmes:desk_programmes") if person.has_perm("programmes.work") else None,
        "cohorts_url": address_or_none("cohorts:desk") if person.has_perm("programmes.work") else None,
        "log_url": address_or_none("cohorts:my_log") if person.has_perm("programmes.work") else None,
        "forms_url": address_or_none("surveys:forms") if person.has_perm("surveys.manage_forms") else None,
        "desk_url": address_or_none("organisations:desk") if person.has_perm("organisations.create") else None,
    }
    return render(request, "dashboards/person_home.html", context)


@organisation_page("organisations.see_home")
def home(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Where the organisation stands, what needs the person, the next dates."""
    sees_results = request.user.has_perm("measurement.see_results", organisation)
    run = current_run(organisation) if sees_results else None
    waiting = Waiting([organisation])
    context = {
        "organisation": organisation,
        "step": "home",
        "run": run,
        "buys": organisation.kind in BUYERS,
        "sees_results": sees_results,
        "answer": run and whole_results.answer(run),
        "needs": as_items(needs_of(the_person(request), waiting)),
        "dates": coming_dates(the_person(request), waiting)[:SHOWN_DATES],
        "dates_url": _calendar(request, organisation),
        "ledgers_url": address_or_none("measurement:ledgers", slug=organisation.slug),
    }
    return render(request, "dashboards/home.html", context)


def _calendar(request: HttpRequest, organisation: Organisation) -> str | None:
    """Where all dates stand, for those who may see it."""
    may_see = request.user.has_perm("plans.see", organisation)
    return address_or_none("plans:actions_month", slug=organisation.slug) if may_see else None
