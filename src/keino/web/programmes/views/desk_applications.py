"""The desk: who has applied to an edition, one application, and all of them as a workbook."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keino.web.base.who_asks import the_person
from keino.web.programmes.application_workbook import applications_workbook, file_name
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.forms.discussions import ApplicationFilter
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.queries.applications import applications_to, counts_by_state
from keino.web.programmes.queries.ties import barred_in, is_barred
from keino.web.programmes.views.applications import whole_context

PER_PAGE = 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@edition_page("programmes.see_applications")
def desk_applications(request: HttpRequest, edition: Edition) -> HttpResponse:
    """All applications to the edition; those to whose applicants the reader has a tie are left out and counted."""
    closed = barred_in(the_person(request), edition)
    counts = counts_by_state(edition, without=closed)
    states = [(state.value, f"{state.label} ({counts[state]})") for state in ApplicationState if state in counts]
    form = ApplicationFilter(request.GET, states=states)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    page = Paginator(applications_to(edition, state).exclude(pk__in=closed), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "form": form,
        "page_obj": page,
        "count": sum(counts.values()) + len(closed),
        "closed": len(closed),
        "is_chosen": bool(state),
        "may_manage": request.user.has_perm("programmes.manage_edition", edition),
    }
    return render(request, "programmes/applications/desk_list.html", context)


@require_safe
@edition_page("programmes.see_applications")
def desk_application(request: HttpRequest, edition: Edition, application: UUID) -> HttpResponse:
    """One application with everything in it."""
    found = Application.objects.select_related("edition", "organisation", "procurement", "contact")
    there = get_object_or_404(found, edition=edition, public_id=application)
    if is_barred(the_person(request), there):
        raise PermissionDenied
    return render(request, "programmes/applications/desk_application.html", whole_context(there))


@require_safe
@edition_page("programmes.see_applications")
def desk_applications_export(request: HttpRequest, edition: Edition) -> HttpResponse:
    """All applications as a workbook, in the reader's language."""
    closed = barred_in(the_person(request), edition)
    found = applications_to(edition).exclude(pk__in=closed).prefetch_related("members", "commitments")
    content = applications_workbook(edition, found, title=_("Applications"))
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{file_name(edition)}"', "Cache-Control": "no-store"},
    )
