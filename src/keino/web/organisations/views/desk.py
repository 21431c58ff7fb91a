"""The centre's desk: organisations and their people, coverage of regions, the change agent's own page."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keino.web.base.translated import reader_language
from keino.web.base.who_asks import the_person
from keino.web.organisations.codes import divisions, region_name, regions
from keino.web.organisations.forms.organisations import DeskFilter, PeopleFilter
from keino.web.organisations.pages import permitted_page
from keino.web.organisations.queries.organisations import desk_list, in_regions, people_states
from keino.web.organisations.queries.people import coverage as coverage_on
from keino.web.organisations.queries.people import people as find_people
from keino.web.organisations.queries.people import regions_of

PER_PAGE = 50


def day_asked(request: HttpRequest, otherwise: dt.date) -> dt.date:
    """The day of ``?on=2022-03-01``; another text counts as no wish."""
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return otherwise


@require_safe
@permitted_page("organisations.see_desk")
def desk(request: HttpRequest) -> HttpResponse:
    """Organisations with the state of their people."""
    form = DeskFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = desk_list(
        language=reader_language(),
        day=timezone.localdate(),
        search=chosen.get("search", ""),
        only=chosen.get("only", ""),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    states = people_states([organisation.pk for organisation in page], timezone.localdate())
    without = coverage_on(timezone.localdate()).without_agent
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(organisation, states[organisation.pk]) for organisation in page],
        "regions_without": len(without),
    }
    return render(request, "organisations/desk.html", context)


@require_safe
@permitted_page("organisations.see_desk")
def desk_people(request: HttpRequest) -> HttpResponse:
    """Find a person and their roles."""
    form = PeopleFilter(request.GET)
    search = form.cleaned_data["search"] if form.is_valid() else ""
    page = Paginator(find_people(search), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [
        {
            "person": person,
            "roles": [
                role
                for role in person.roles.all()
                if role.withdrawn_at is None
                and role.valid_from <= today
                and (role.valid_to is None or role.valid_to >= today)
            ],
        }
        for person in page
    ]
    return render(request, "organisations/desk_people.html", {"form": form, "page_obj": page, "rows": rows})


@require_safe
@permitted_page("organisations.see_desk")
def coverage(request: HttpRequest) -> HttpResponse:
    """Which region has which change agent on a day, and which has none."""
    day = day_asked(request, timezone.localdate())
    found, language = coverage_on(day), reader_language()
    rows = []
    for code, name in regions(language):
        area = found.division.area_of(code) if found.division else None
        together = [region_name(other, language) for other in area.regions if other != code] if area else []
        rows.append({"name": name, "area": area, "together": together, "agents": found.agents.get(code, [])})
    problems = {
        "without_agent": [region_name(code, language) for code in found.without_agent],
        "without_area": [region_name(code, language) for code in found.without_area],
        "in_several": [region_name(code, language) for code in found.in_several_areas],
    }
    context = {"day": day, "coverage": found, "rows": rows, "problems": problems, "divisions": divisions()}
    return render(request, "organisations/coverage.html", context)


@require_safe
@permitted_page("organisations.work_in_regions")
def region(request: HttpRequest) -> HttpResponse:
    """The buyers of a change agent's regions; the centre's keepers choose any region."""
    language, today = reader_language(), timezone.localdate()
    mine = regions_of(the_person(request), today)
    if the_person(request).has_perm("organisations.see_desk"):
        mine = mine or [code for code, _name in regions(language)]
    asked = request.GET.get("region", "")
    chosen = [asked] if asked in mine else mine
    page = Paginator(in_regions(chosen, language=language, day=today), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "choices": [(code, region_name(code, language)) for code in mine],
        "chosen": asked if asked in mine else "",
        "names": dict(regions(language)),
    }
    return render(request, "organisations/region.html", context)
