"""The effect of one edition, and of all: numbers worked out in the background, in words, as charts and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from keino.web.base.addresses import address_or_none
from keino.web.base.who_asks import the_person
from keino.web.cohorts.effect.numbers import content_from_json
from keino.web.cohorts.effect.words import ContentWords
from keino.web.cohorts.queries.effect.reports import reports_to_read
from keino.web.cohorts.services.effect import numbers_of
from keino.web.cohorts.tasks.effect import job_of, start_numbers
from keino.web.organisations.pages import permitted_page
from keino.web.programmes.edition_pages import edition_page

if TYPE_CHECKING:
    from keino.web.cohorts.models import EffectNumbers
    from keino.web.programmes.models import Edition

PER_PAGE = 25


def _shown(request: HttpRequest, numbers: EffectNumbers, edition: Edition | None) -> dict[str, Any]:
    """What both pages show: the numbers in words, how far newer ones are, the reports."""
    reports = Paginator(reports_to_read(the_person(request), edition), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "edition": edition,
        "numbers": numbers,
        "words": ContentWords(content_from_json(numbers.content)) if numbers.content else None,
        "job": job_of(numbers),
        "page_obj": reports,
        "may_report": request.user.has_perm("programmes.manage"),
        "methods_url": address_or_none("about:methods"),
    }


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    if context["job"] is not None and not context["job"].is_over:
        response["Refresh"] = "3"  # also without JavaScript the page shows the end
    return response


@require_GET
@edition_page("cohorts.see_edition_effect")
def edition_effect(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What an edition took and what came of it."""
    context = _shown(request, numbers_of(edition), edition)
    context["sees_log"] = request.user.has_perm("programmes.see_edition", edition)
    return _answer(request, "cohorts/effect/edition.html", context)


@require_POST
@edition_page("cohorts.see_edition_effect")
def edition_count(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Work an edition's numbers out anew."""
    with transaction.atomic():
        start_numbers(numbers_of(edition), by=the_person(request))
    return redirect("cohorts:edition_effect", edition=edition.slug)


@require_GET
@permitted_page("programmes.see_effect")
def national(request: HttpRequest) -> HttpResponse:
    """What all programmes took and what can be told of each."""
    return _answer(request, "cohorts/effect/national.html", _shown(request, numbers_of(None), None))


@require_POST
@permitted_page("programmes.see_effect")
def national_count(request: HttpRequest) -> HttpResponse:
    """Work the numbers of all programmes out anew."""
    with transaction.atomic():
        start_numbers(numbers_of(None), by=the_person(request))
    return redirect("cohorts:effect")
