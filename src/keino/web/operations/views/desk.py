"""``/desk/operations/``: jobs, mail and the timetable, for the site's administrators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from keino.web.base.choices import JobState, MailState
from keino.web.base.errors import said
from keino.web.base.mail import WIPED
from keino.web.base.models import Job, Mail
from keino.web.base.who_asks import the_person
from keino.web.operations import forms, health, queries, services, tables
from keino.web.organisations.pages import permitted_page

PER_PAGE = 50


@require_safe
@permitted_page("operations.see")
def overview(request: HttpRequest) -> HttpResponse:
    """How the site is."""
    context = {
        "counts": queries.counts(),
        "findings": [(health.PARTS[name], found) for name, found in health.findings().items()],
        "workers": queries.workers(),
    }
    return render(request, "operations/overview.html", context)


@require_safe
@permitted_page("operations.see")
def jobs(request: HttpRequest) -> HttpResponse:
    """Background work."""
    form = forms.JobFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    return _list(request, "operations/jobs.html", tables.JobTable(queries.jobs(state=state)), form)


@require_safe
@permitted_page("operations.see")
def mails(request: HttpRequest) -> HttpResponse:
    """Mail."""
    form = forms.MailFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    return _list(request, "operations/mails.html", tables.MailTable(queries.mails(state=state)), form)


def _list(request: HttpRequest, template: str, table: Any, form: Any) -> HttpResponse:
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    return render(request, template, {"table": table, "form": form})


@require_safe
@permitted_page("operations.see")
def timetable(request: HttpRequest) -> HttpResponse:
    """What the site does by itself, and when."""
    return render(request, "operations/timetable.html", {"entries": queries.timetable()})


@require_safe
@permitted_page("operations.see")
def job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One job, with what it was given and what went wrong."""
    found = get_object_or_404(Job.objects.select_related("created_by"), public_id=public_id)
    context = {"job": found, "error": said(found.error), "may_retry": found.state == JobState.FAILED}
    return render(request, "operations/desk_job.html", context)


@require_POST
@permitted_page("operations.see")
def retry_job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Start a failed job again."""
    found = get_object_or_404(Job, public_id=public_id)
    if services.retry_job(found, by=the_person(request)):
        messages.success(request, _("The work was queued again."))
    else:
        messages.info(request, _("The work had not failed, so it was left as it is."))
    return redirect("operations:desk_job", public_id=public_id)


@require_safe
@permitted_page("operations.see")
def mail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One mail: to whom, when, how often tried. Its text isn't shown: it may hold what is meant for one reader."""
    found = get_object_or_404(Mail.objects.select_related("person"), public_id=public_id)
    over = found.state in {MailState.SENT, MailState.FAILED}
    context = {"mail": found, "wiped": WIPED in found.values, "may_resend": over and WIPED not in found.values}
    return render(request, "operations/desk_mail.html", context)


@require_POST
@permitted_page("operations.see")
def resend_mail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Queue a mail again."""
    found = get_object_or_404(Mail, public_id=public_id)
    if services.resend_mail(found, by=the_person(request)):
        messages.success(request, _("The mail was queued again."))
    else:
        messages.info(request, _("The mail was left as it is: it is waiting already, or its secret link was wiped."))
    return redirect("operations:desk_mail", public_id=public_id)
