"""The council report: begun, written, approved, published, taken as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino import __version__
from keino.errors import KeinoError
from keino.report.council_page import council_body
from keino.web.base.audit import trail_of
from keino.web.base.choices import Language
from keino.web.base.deeds import tell
from keino.web.base.errors import Conflict, as_data, said
from keino.web.base.file_answers import made_file
from keino.web.base.who_asks import the_person
from keino.web.followup.files import MEDIA_TYPES, file_name, file_of
from keino.web.followup.forms import BeginForm, WordsForm
from keino.web.followup.models import CouncilReport
from keino.web.followup.models.report import LANGUAGES, TEXTS
from keino.web.followup.queries.reports import beside, content_of, is_outdated, reports_of, texts_of, years_to_report
from keino.web.followup.services.reports import (
    approve_report,
    begin_report,
    publish_report,
    take_new_numbers,
    withdraw_report,
    write_report,
)
from keino.web.followup.tasks import job_of, start_numbers
from keino.web.organisations.acts import ACTS
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

PER_PAGE = 25


@require_GET
@organisation_page("plans.see")
def reports(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every report of the organisation, the newest year first."""
    page = Paginator(reports_of(organisation).defer("content"), PER_PAGE).get_page(request.GET.get("page"))
    years = years_to_report(organisation)
    may_work = request.user.has_perm("plans.work", organisation)
    context = {
        "organisation": organisation,
        "step": "follow-up",
        "page_obj": page,
        "form": BeginForm(years=years) if years and may_work else None,
        "may_work": may_work,
    }
    return render(request, "followup/reports.html", context)


@require_POST
@organisation_page("plans.work")
def report_begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin the report of a year; its numbers are collected in the background."""
    form = BeginForm(request.POST, years=years_to_report(organisation))
    if not form.is_valid():
        messages.error(request, _("Choose a year that the current result has."))
        return redirect("followup:reports", slug=organisation.slug)
    try:
        with transaction.atomic():
            report = begin_report(organisation=organisation, year=form.cleaned_data["year"], by=the_person(request))
            start_numbers(report, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
        return redirect("followup:reports", slug=organisation.slug)
    return redirect("followup:report", slug=organisation.slug, report=report.public_id)


def one_report(organisation: Organisation, public_id: UUID) -> CouncilReport:
    """The organisation's report; 404 for anybody else's."""
    return get_object_or_404(reports_of(organisation), public_id=public_id)


@require_GET
@organisation_page("plans.see")
def report(request: HttpRequest, organisation: Organisation, report: UUID) -> HttpResponse:
    """One report as the council reads it, and what can be done with it."""
    found = one_report(organisation, report)
    job = job_of(found.subject) if found.content is None else None
    context: dict[str, Any] = {
        "organisation": organisation,
        "step": "follow-up",
        "report": found,
        "job": job,
        "body": body_of(found),
        "beside": beside(found),
        "is_outdated": is_outdated(found),
        "languages": [(code, name) for code, name in Language.choices if code in LANGUAGES],
        "may_work": request.user.has_perm("plans.work", organisation),
        "may_approve": request.user.has_perm("plans.approve", organisation),
        "may_publish": request.user.has_perm("plans.publish", organisation),
        "history": _history(found),
    }
    response = render(request, "followup/report.html", context)
    if job is not None and not job.is_over:
        response["Refresh"] = "3"  # also without JavaScript the page shows the end
    return response


def _history(found: CouncilReport) -> list[tuple[Any, Any]]:
    """The newest changes with the deeds that made them."""
    entries = trail_of(found)[:10]
    return [(entry, ACTS.get((entry.additional_data or {}).get("act", ""), "")) for entry in entries]


def body_of(found: CouncilReport) -> SafeString | str:
    """The report's sections in the reader's language; empty while its numbers are being collected."""
    content, language = content_of(found), _language()
    if content is None:
        return ""
    body = council_body(content, texts_of(found, language), language)
    return mark_safe(body)  # noqa: S308  # drawn by the report's own templates, people's words escaped


def _language() -> str:
    return (get_language() or "fi")[:2]


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def report_write(request: HttpRequest, organisation: Organisation, report: UUID) -> HttpResponse:
    """Write a draft's summary and next steps in the languages that are wanted."""
    found = one_report(organisation, report)
    if not found.is_draft:
        messages.error(request, _("This report is approved and can't be written any more."))
        return redirect("followup:report", slug=organisation.slug, report=found.public_id)
    form = WordsForm(request.POST if request.method == "POST" else None, initial=_written(found))
    problem, newer = "", None
    if request.method == "POST" and form.is_valid():
        try:
            write_report(
                report=found,
                texts=form.texts(),
                meeting_on=form.cleaned_data["meeting_on"],
                seen=form.cleaned_data["seen"],
                by=the_person(request),
            )
        except Conflict as error:
            problem, newer = said(as_data(error)), found
            form = _seen_again(request, found)
        except KeinoError as error:
            problem = said(as_data(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("followup:report", slug=organisation.slug, report=found.public_id)
    context = {
        "organisation": organisation,
        "step": "follow-up",
        "report": found,
        "form": form,
        "problem": problem,
        "newer": [each for each in _texts(newer) if each[1]] if newer else [],
    }
    return render(request, "followup/report_write.html", context, status=422 if problem or form.errors else 200)


def _written(found: CouncilReport) -> dict[str, Any]:
    columns = {f"{text}_{language}": found.written(text, language) for text in TEXTS for language in LANGUAGES}
    return {**columns, "meeting_on": found.meeting_on, "seen": found.version}


def _seen_again(request: HttpRequest, found: CouncilReport) -> WordsForm:
    """The form with what its writer wrote, and the version that stands beside it now."""
    data = request.POST.copy()
    data["seen"] = str(found.version)
    form = WordsForm(data)
    form.is_valid()
    return form


def _texts(found: CouncilReport) -> list[tuple[str, str]]:
    form = WordsForm()
    return [(str(form.fields[name].label), value) for name, value in _written(found).items() if name[-3:-2] == "_"]


@require_POST
@organisation_page("plans.work")
def report_numbers(request: HttpRequest, organisation: Organisation, report: UUID) -> HttpResponse:
    """Take a draft's numbers from the current result."""
    found = one_report(organisation, report)
    try:
        with transaction.atomic():
            take_new_numbers(report=found, by=the_person(request))
            start_numbers(one_report(organisation, report), by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    return redirect("followup:report", slug=organisation.slug, report=found.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.approve")
def report_approve(request: HttpRequest, organisation: Organisation, report: UUID) -> HttpResponse:
    """Approve a report for good, after a look at what that means."""
    found = one_report(organisation, report)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            approve_report(report=found, seen=int(seen) if seen.isdecimal() else 0, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("The report is approved. Its numbers and texts never change from now on."))
        return redirect("followup:report", slug=organisation.slug, report=found.public_id)
    context = {"organisation": organisation, "step": "follow-up", "report": found, "fields": {"seen": found.version}}
    return render(request, "followup/report_approve.html", context)


@require_POST
@organisation_page("plans.publish")
def report_publish(request: HttpRequest, organisation: Organisation, report: UUID) -> HttpResponse:
    """Show an approved report to everyone, or stop showing it."""
    found = one_report(organisation, report)
    try:
        if request.POST.get("publish") == "no":
            withdraw_report(report=found, by=the_person(request))
            messages.success(request, _("This report is no longer shown to everyone."))
        else:
            publish_report(report=found, by=the_person(request))
            messages.success(request, _("The report is published."))
    except KeinoError as error:
        tell(request, error)
    return redirect("followup:report", slug=organisation.slug, report=found.public_id)


@require_GET
@organisation_page("plans.see")
def report_file(
    request: HttpRequest, organisation: Organisation, report: UUID, language: str, wanted: str
) -> HttpResponse:
    """The report as a PDF or XLSX file in one language."""
    return as_file(request, one_report(organisation, report), wanted, language)


def as_file(request: HttpRequest, found: CouncilReport, wanted: str, language: str) -> HttpResponse:
    """The answer with a report's file; who has the same already is told so."""
    if found.content is None or wanted not in MEDIA_TYPES or language not in LANGUAGES:
        raise Http404
    return made_file(
        request,
        lambda: file_of(found, wanted, language),
        same=f"{found.public_id}{found.version}{wanted}{language}{__version__}",
        media_type=MEDIA_TYPES[wanted],
        name=file_name(found, wanted, language),
    )
