"""The council report for everyone, where its organisation shows it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from keino.web.base.choices import Language
from keino.web.base.visitor_pages import same_for_visitors
from keino.web.followup.models import CouncilReport
from keino.web.followup.queries.reports import public_reports
from keino.web.followup.views.reports import as_file, body_of
from keino.web.organisations.models import Organisation


def _published(slug: str, year: int) -> CouncilReport:
    organisation = get_object_or_404(Organisation, slug=slug, is_public=True)
    return get_object_or_404(public_reports(organisation), year=year)


@require_safe
@same_for_visitors
def public_report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """A published report of one year."""
    found = _published(slug, year)
    context = {
        "organisation": found.organisation,
        "report": found,
        "body": body_of(found),
        "languages": Language.choices,
        "others": list(public_reports(found.organisation).exclude(pk=found.pk).defer("content")[:10]),
    }
    return render(request, "followup/public_report.html", context)


@require_safe
@same_for_visitors
def public_report_file(request: HttpRequest, slug: str, year: int, language: str, wanted: str) -> HttpResponse:
    """A published report as a file."""
    return as_file(request, _published(slug, year), wanted, language)
