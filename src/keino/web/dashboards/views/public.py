"""What everyone may see: organisations that show their footprint, and numbers over many of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from keino.web.base.addresses import address_or_none
from keino.web.base.templatetags.keino import speaker
from keino.web.base.visitor_pages import same_for_visitors
from keino.web.dashboards import whole_results
from keino.web.dashboards.national_words import NationalWords
from keino.web.dashboards.queries.national import national as national_numbers
from keino.web.dashboards.queries.public import shown_organisations
from keino.web.followup.queries.reports import public_reports
from keino.web.measurement.names import category_name
from keino.web.measurement.queries.runs import published_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.peer_groups import FEWEST
from keino.web.plans.queries.category_plans import public_categories

_PER_PAGE = 50


@require_safe
@same_for_visitors
def public_list(request: HttpRequest) -> HttpResponse:
    """Organisations that show their footprint to everyone."""
    found = shown_organisations((get_language() or "fi")[:2])
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "dashboards/public_list.html", {"page_obj": page, "data_url": address_or_none("opendata:front")}
    )


@require_safe
@same_for_visitors
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation's published footprint: categories, years, hotspots, method, sources; no units, no suppliers."""
    organisation = get_object_or_404(Organisation, slug=slug, is_public=True)
    run = published_run(organisation)
    if run is None:
        raise Http404
    context = {
        "organisation": organisation,
        "run": run,
        "part": mark_safe("".join(whole_results.for_others(run))),  # noqa: S308  # drawn by our own templates
        "reports": list(public_reports(organisation).defer("content")[:10]),
        "plans": [(code, category_name(code)) for code in public_categories(organisation)],
        "data_url": address_or_none("opendata:organisation", slug=slug) or address_or_none("opendata:front"),
    }
    return render(request, "dashboards/public.html", context)


@require_safe
@same_for_visitors
def national(request: HttpRequest) -> HttpResponse:
    """Numbers over many organisations: published ones for everyone, all that take part for officers."""
    officer = request.user.is_authenticated and request.user.has_perm("dashboards.see_national")
    only_published = not officer or request.GET.get("who") == "published"
    numbers = national_numbers(only_published=only_published)
    context = {
        "officer": officer,
        "numbers": numbers,
        "words": NationalWords(numbers, speaker()),
        "fewest": FEWEST,
        "data_url": address_or_none("opendata:front"),
        "methods_url": address_or_none("about:methods"),
    }
    return render(request, "dashboards/national.html", context)
