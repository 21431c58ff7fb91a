"""The public list of organisations."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from keino.web.base.translated import reader_language
from keino.web.base.visitor_pages import same_for_visitors
from keino.web.organisations.codes import regions
from keino.web.organisations.forms.organisations import DirectoryFilter
from keino.web.organisations.queries.organisations import organisations

PER_PAGE = 50


@require_safe
@same_for_visitors
def directory(request: HttpRequest) -> HttpResponse:
    """Names, kinds and regions; searched and paged in the database."""
    form = DirectoryFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    language = reader_language()
    found = organisations(
        language=language,
        search=chosen.get("search", ""),
        kind=chosen.get("kind", ""),
        region=chosen.get("region", ""),
        ended=chosen.get("ended", False),
        day=timezone.localdate(),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "organisations/directory.html",
        {"form": form, "page_obj": page, "regions": dict(regions(language)), "may_add": _may_add(request)},
    )


def _may_add(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("organisations.create")
