"""The yearly improvement report: as a page, a workbook and a PDF."""

from __future__ import annotations

import uuid
from typing import cast

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.action_words import change_words
from keino.web.plans.queries.improvement import Improvement, improvement, years_of
from keino.web.plans.services.improvement_files import improvement_workbook, stored_name
from keino.web.plans.tasks.actions import ask_pdf, pdf_job
from keino.web.plans.views.action_money import as_file
from keino.web.plans.views.actions import page


def _year(request: HttpRequest, organisation: Organisation) -> int:
    """The year that was asked for, if a report can be made of it; else the present one."""
    years = years_of(organisation, timezone.localdate())
    asked = request.POST.get("year") or request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in years else years[0]


def _report(request: HttpRequest, organisation: Organisation) -> Improvement:
    return improvement(organisation, _year(request, organisation), timezone.localdate())


@require_GET
@organisation_page("plans.see")
def report(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What was late, what changed, what was reviewed and learnt in a year."""
    found = _report(request, organisation)
    return page(
        request, organisation, "improvement",
        report=found,
        changes=[change_words(each) for each in found.changes],
        years=years_of(organisation, timezone.localdate()),
    )  # fmt: skip


@require_GET
@organisation_page("plans.see")
def report_xlsx(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The same as a workbook."""
    found = _report(request, organisation)
    return as_file(improvement_workbook(found), organisation, f"improvement-{found.year}", "xlsx")


@require_POST
@organisation_page("plans.see")
def ask_report_pdf(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask for the PDF; it is made in the background."""
    language = (get_language() or "fi")[:2]
    job = ask_pdf(organisation, year=_year(request, organisation), language=language, by=the_person(request))
    return redirect("plans:improvement_pdf", slug=organisation.slug, job=job.public_id)


@require_GET
@organisation_page("plans.see")
def report_pdf(request: HttpRequest, organisation: Organisation, job: uuid.UUID) -> HttpResponse:
    """How far the PDF is, and where it is when it is ready."""
    found = pdf_job(organisation, job)
    if found is None:
        raise Http404
    name = stored_name(str(found.public_id))
    is_there = found.state == "done" and default_storage.exists(name)
    return page(request, organisation, "improvement_pdf", job=found, year=found.arguments["year"], is_there=is_there)


@require_GET
@organisation_page("plans.see")
def report_pdf_content(request: HttpRequest, organisation: Organisation, job: uuid.UUID) -> HttpResponse:
    """The bytes of the PDF."""
    found = pdf_job(organisation, job)
    name = stored_name(str(found.public_id)) if found is not None else ""
    if found is None or found.state != "done" or not default_storage.exists(name):
        raise Http404
    answer = FileResponse(
        default_storage.open(name), content_type="application/pdf", as_attachment=True,
        filename=f"keino-{organisation.slug}-improvement-{found.arguments['year']}.pdf",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", answer)  # streamed, which is an answer like any other to whoever gets it
