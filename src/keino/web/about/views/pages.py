"""What we calculate, from which sources, what we hold of people, how pages are counted."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from keino.web.about.publications import find_publications, publication, tables_in_use
from keino.web.about.queries import views_of_days
from keino.web.base.personal_data import registers
from keino.web.base.visitor_pages import same_for_visitors

PER_PAGE = 20
DAYS = 90


@same_for_visitors
def front(request: HttpRequest) -> HttpResponse:
    """The pages about the site."""
    return render(request, "about/front.html")


@same_for_visitors
def methods(request: HttpRequest) -> HttpResponse:
    """What is calculated and how, in plain words."""
    return render(request, "about/methods.html", {"tables": tables_in_use()})


@same_for_visitors
def sources(request: HttpRequest) -> HttpResponse:
    """Every publication behind a number."""
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(find_publications(words), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "about/sources.html", {"page_obj": page, "words": words, "today": timezone.localdate().isoformat()}
    )


@same_for_visitors
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One publication: which tables rest on it, which places in it, when to look again."""
    found = publication(key)
    if found is None:
        raise Http404
    return render(request, "about/source.html", {"publication": found, "today": timezone.localdate().isoformat()})


def privacy(request: HttpRequest) -> HttpResponse:
    """The registers of personal data, from what the apps declare."""
    return render(request, "about/privacy.html", {"registers": registers()})


def statistics(request: HttpRequest) -> HttpResponse:
    """How often which kind of page was looked at."""
    today = timezone.localdate()
    return render(
        request,
        "about/statistics.html",
        {"views": views_of_days(DAYS), "first_day": today - dt.timedelta(days=DAYS - 1), "last_day": today},
    )
