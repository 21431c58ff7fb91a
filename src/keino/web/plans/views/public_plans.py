"""What everyone may read of a category plan: the version that the organisation published, without names of people."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from keino.web.base.visitor_pages import same_for_visitors
from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.plans.category_words import numbers_words
from keino.web.plans.queries.category_numbers import CategoryNumbers
from keino.web.plans.queries.category_plans import published_version
from keino.web.plans.views.category_plans import version_parts
from keino.web.plans.views.document_pages import with_links


@require_safe
@same_for_visitors
def public_plan(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    """The published version of a plan, of an organisation that shows its footprint to everyone."""
    organisation = get_object_or_404(Organisation, slug=slug, is_public=True)
    version = published_version(organisation, category)
    if version is None:
        raise Http404
    numbers = CategoryNumbers.from_json(version.numbers)
    context = {
        "organisation": organisation,
        "version": version,
        "plan": version.plan,
        "name": category_name(category),
        "numbers": numbers,
        "sentences": numbers_words(numbers) if numbers else [],
        "parts": with_links(
            [part for part in version_parts(version) if part.key != "owner" and not part.is_empty], None
        ),
    }
    return render(request, "plans/category/public.html", context)
