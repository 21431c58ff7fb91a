"""An organisation's procurements: the list with its choices, the board by state, the summary by theme."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.procurements.choices import PATH, ProcurementState, Theme
from keino.web.procurements.forms.procurements import ProcurementFilter
from keino.web.procurements.queries.procurements import board_of, procurements_of, themes_of

PER_PAGE = 50


@require_safe
@organisation_page("procurements.see")
def procurements(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """All procurements; filtered, sorted and paged in the database."""
    form = ProcurementFilter(request.GET, organisation=organisation)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = procurements_of(organisation, {**chosen, "order": request.GET.get("order")})
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "step": "procurements",
        "form": form,
        "page_obj": page,
        "rows": [{"procurement": each, "category": category_name(each.category)} for each in page],
        "is_chosen": any(chosen.values()),
        "may_work": request.user.has_perm("procurements.work", organisation),
    }
    return render(request, "procurements/list.html", context)


@require_safe
@organisation_page("procurements.see")
def board(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The procurements that go on, one column for each state."""
    columns = board_of(organisation)
    context = {
        "organisation": organisation,
        "step": "procurements",
        "columns": columns,
        "count": sum(column.count for column in columns),
        "may_work": request.user.has_perm("procurements.work", organisation),
    }
    return render(request, "procurements/board.html", context)


@require_safe
@organisation_page("procurements.see")
def themes(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Number and value of procurements by theme and state."""
    summaries = themes_of(organisation)
    names = dict(Theme.choices)
    states = [
        ProcurementState(state) for state in (*PATH, ProcurementState.FAILED_COMPETITION, ProcurementState.APPEALED)
    ]
    used = [state for state in states if any(state in summary.by_state for summary in summaries)]
    context = {
        "organisation": organisation,
        "step": "procurements",
        "states": used,
        "rows": [
            {
                "theme": summary.theme,
                "name": names.get(summary.theme, ""),
                "whole": summary.whole,
                "cells": [{"state": state, "share": summary.by_state.get(state)} for state in used],
            }
            for summary in summaries
            if summary.theme or summary.whole.count
        ],
        "count": sum(summary.whole.count for summary in summaries),
        "may_work": request.user.has_perm("procurements.work", organisation),
    }
    return render(request, "procurements/themes.html", context)
