"""Reports to the ministry: begun, written, approved for good, taken as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino import __version__
from keino.errors import KeinoError
from keino.web.base.addresses import address_or_none
from keino.web.base.choices import Language
from keino.web.base.deeds import tell
from keino.web.base.errors import Conflict, as_data, said
from keino.web.base.file_answers import made_file
from keino.web.base.translated import reader_language
from keino.web.base.who_asks import the_person
from keino.web.cohorts.effect.files import MEDIA_TYPES, file_name, file_of
from keino.web.cohorts.effect.words import ContentWords
from keino.web.cohorts.forms.effect import SummaryForm
from keino.web.cohorts.models.effect import LANGUAGES
from keino.web.cohorts.queries.effect.reports import all_reports, content_of, is_outdated, readable_by
from keino.web.cohorts.services.effect import approve_report, begin_report, take_new_numbers, write_report
from keino.web.organisations.pages import permitted_page
from keino.web.programmes.edition_pages import edition_page

if TYPE_CHECKING:
    from keino.web.cohorts.models import EffectReport
    from keino.web.programmes.models import Edition


@require_POST
@edition_page("programmes.publish_edition")
def begin_of_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Begin the report of an edition."""
    return _begin(request, edition)


@require_POST
@permitted_page("programmes.manage")
def begin_of_all(request: HttpRequest) -> HttpResponse:
    """Begin the report of all programmes."""
    return _begin(request, None)


def _begin(request: HttpRequest, edition: Edition | None) -> HttpResponse:
    try:
        report = begin_report(edition=edition, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
        return redirect("cohorts:edition_effect", edition.slug) if edition else redirect("cohorts:effect")
    return redirect("cohorts:effect_report", report=report.public_id)


def _one(request: HttpRequest, public_id: UUID) -> EffectReport:
    """A report that the person may read; 404 for any other."""
    return get_object_or_404(all_reports().filter(readable_by(the_person(request))), public_id=public_id)


@require_GET
@permitted_page("programmes.see_effect")
def report(request: HttpRequest, report: UUID) -> HttpResponse:
    """One report as the ministry reads it, and what can be done with it."""
    found = _one(request, report)
    context = {
        "report": found,
        "words": ContentWords(content_of(found)),
        "summary": found.summary(reader_language()),
        "written_in": _names(found.written_in),
        "languages": list(Language.choices),
        "is_outdated": is_outdated(found),
        "may_manage": request.user.has_perm("programmes.manage"),
        "methods_url": address_or_none("about:methods"),
    }
    return render(request, "cohorts/effect/report.html", context)


def _names(languages: tuple[str, ...]) -> str:
    names = dict(Language.choices)
    return ", ".join(str(names[code]) for code in languages)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.manage")
def write(request: HttpRequest, report: UUID) -> HttpResponse:
    """Write a draft's summary in the languages that are wanted."""
    found = _one(request, report)
    if not found.is_draft:
        messages.error(request, _("This report is approved and can't be written any more."))
        return redirect("cohorts:effect_report", report=found.public_id)
    form = SummaryForm(request.POST if request.method == "POST" else None, initial=_written(found))
    problem, newer = "", None
    if request.method == "POST" and form.is_valid():
        try:
            write_report(report=found, texts=form.texts(), seen=form.cleaned_data["seen"], by=the_person(request))
        except Conflict as error:
            problem, newer = said(as_data(error)), found
            form = _seen_again(request, found)
        except KeinoError as error:
            problem = said(as_data(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("cohorts:effect_report", report=found.public_id)
    context = {
        "report": found,
        "form": form,
        "problem": problem,
        "newer": [(name, newer.summary(code)) for code, name in Language.choices if newer and newer.summary(code)],
    }
    status = 422 if problem or form.errors else 200
    return render(request, "cohorts/effect/report_write.html", context, status=status)


def _written(found: EffectReport) -> dict[str, Any]:
    return {f"summary_{language}": found.summary(language) for language in LANGUAGES} | {"seen": found.version}


def _seen_again(request: HttpRequest, found: EffectReport) -> SummaryForm:
    data = request.POST.copy()
    data["seen"] = str(found.version)
    form = SummaryForm(data)
    form.is_valid()
    return form


@require_POST
@permitted_page("programmes.manage")
def numbers(request: HttpRequest, report: UUID) -> HttpResponse:
    """Put the newest numbers into a draft."""
    found = _one(request, report)
    try:
        take_new_numbers(report=found, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The report has the newest numbers."))
    return redirect("cohorts:effect_report", report=found.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.manage")
def approve(request: HttpRequest, report: UUID) -> HttpResponse:
    """Approve a report for good, after a look at what that means."""
    found = _one(request, report)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            approve_report(report=found, seen=int(seen) if seen.isdecimal() else 0, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("The report is approved. Its numbers and texts never change from now on."))
        return redirect("cohorts:effect_report", report=found.public_id)
    context = {"report": found, "fields": {"seen": found.version}}
    return render(request, "cohorts/effect/report_approve.html", context)


@require_GET
@permitted_page("programmes.see_effect")
def report_file(request: HttpRequest, report: UUID, language: str, wanted: str) -> HttpResponse:
    """The report as a PDF or XLSX file in one language; who has the same already is told so."""
    found = _one(request, report)
    if wanted not in MEDIA_TYPES or language not in LANGUAGES:
        raise Http404
    return made_file(
        request,
        lambda: file_of(found, wanted, language),
        same=f"{found.public_id}{found.version}{wanted}{language}{__version__}",
        media_type=MEDIA_TYPES[wanted],
        name=file_name(found, wanted, language),
    )
