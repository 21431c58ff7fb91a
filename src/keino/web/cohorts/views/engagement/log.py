"""One's own log with its one line to write, and the log of an edition."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from keino.errors import KeinoError
from keino.report.plain_sheet import TYPES, written
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import the_person
from keino.web.cohorts.effect.words import hours_table
from keino.web.cohorts.engagement_file import sheet_of
from keino.web.cohorts.forms.engagement import WorkForm, as_initial
from keino.web.cohorts.models import Engagement
from keino.web.cohorts.queries.effect.reach import hours_of
from keino.web.cohorts.queries.engagement import (
    editions_to_log,
    hours_between,
    log_of,
    log_of_edition,
    newest_of,
    quarters_by,
)
from keino.web.cohorts.queries.proposals import proposals
from keino.web.cohorts.services.engagement import change_work, log_work, remove_work
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import permitted_page
from keino.web.programmes.edition_pages import edition_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.programmes.models import Edition

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.work")
def my_log(request: HttpRequest) -> HttpResponse:
    """What I did: a line to write, what my calendar proposes, what I wrote."""
    person = the_person(request)
    if request.method == "POST":
        form = WorkForm(request.POST, person=person)
        if form.is_valid():
            log_work(work=form.work(), made_with=form.cleaned_data["made_with"], by=person)
            messages.success(request, _("Written into your log."))
            return redirect("cohorts:my_log")
    else:
        form = WorkForm(person=person, initial=_beginning(request))
    today = timezone.localdate()
    rows = log_of(person)
    monday = today - dt.timedelta(days=today.weekday())
    context = {
        "form": form,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "newest": newest_of(person),
        "proposals": proposals(person, timezone.now()),
        "week": hours_between(rows, monday, today),
        "year": hours_between(rows, today.replace(month=1, day=1), today),
        "editions": [each for each in editions_to_log(person)[:20] if person.has_perm("programmes.see_edition", each)],
    }
    return render(request, "cohorts/engagement/my_log.html", context, status=422 if form.errors else 200)


def _beginning(request: HttpRequest) -> dict[str, Any]:
    """Today; with ``?again=`` what that row of one's own says, but for its day."""
    again = request.GET.get("again", "")
    try:
        row = log_of(the_person(request)).filter(public_id=UUID(again)).first() if again else None
    except ValueError:
        row = None
    copied = as_initial(row) if row else {}
    return {**copied, "day": timezone.localdate(), "made_with": uuid.uuid4(), "seen": None}


def _own_row(request: HttpRequest, row: UUID) -> Engagement:
    """A row of one's own; 404 for anybody else's."""
    return get_object_or_404(log_of(the_person(request)), public_id=row)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.work")
def change(request: HttpRequest, row: UUID) -> HttpResponse:
    """Mend a row of one's own."""
    found = _own_row(request, row)
    problem = ""
    if request.method == "POST":
        form = WorkForm(request.POST, person=the_person(request))
        if form.is_valid():
            try:
                change_work(row=found, work=form.work(), seen=form.cleaned_data["seen"] or 0, by=the_person(request))
            except KeinoError as error:
                problem = said(as_data(error))
                form = _seen_again(request, found)
            else:
                messages.success(request, _("Saved."))
                return redirect("cohorts:my_log")
    else:
        form = WorkForm(person=the_person(request), initial=as_initial(found) | {"made_with": found.made_with})
    context = {"form": form, "row": found, "problem": problem}
    status = 422 if problem or form.errors else 200
    return render(request, "cohorts/engagement/change.html", context, status=status)


def _seen_again(request: HttpRequest, found: Engagement) -> WorkForm:
    """The form with what its writer wrote, and the version that stands there now."""
    data = request.POST.copy()
    data["seen"] = str(found.version)
    form = WorkForm(data, person=the_person(request))
    form.is_valid()
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.work")
def remove(request: HttpRequest, row: UUID) -> HttpResponse:
    """Take a row of one's own out, after a question."""
    found = log_of(the_person(request)).filter(public_id=row).first()
    if found is None and request.method == "POST":
        return redirect("cohorts:my_log")  # pressed twice
    if found is None:
        raise Http404
    if request.method == "POST":
        remove_work(row=found, by=the_person(request))
        messages.success(request, _("The row was taken out of your log."))
        return redirect("cohorts:my_log")
    return render(request, "cohorts/engagement/remove.html", {"row": found})


@require_GET
@permitted_page("programmes.work")
def my_log_file(request: HttpRequest, wanted: str) -> HttpResponse:
    """My rows as a file."""
    return _file(log_of(the_person(request)), wanted, "log")


@require_GET
@edition_page("programmes.see_edition")
def edition_log(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What everybody did for an edition, and its sums."""
    rows = log_of_edition(edition)
    by_organisation = quarters_by(rows, "organisation")
    names = Organisation.objects.in_bulk([key for key, _quarters, _entries in by_organisation if key])
    context = {
        "edition": edition,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "by_kind": hours_table(hours_of(rows)),
        "by_organisation": [
            (names.get(key) if isinstance(key, int) else None, quarters / 4, entries)
            for key, quarters, entries in by_organisation
        ],
        "sees_effect": request.user.has_perm("cohorts.see_edition_effect", edition),
    }
    return render(request, "cohorts/engagement/edition_log.html", context)


@require_GET
@edition_page("programmes.see_edition")
def edition_log_file(request: HttpRequest, edition: Edition, wanted: str) -> HttpResponse:
    """An edition's rows as a file."""
    return _file(log_of_edition(edition), wanted, edition.slug)


def _file(rows: QuerySet[Engagement], wanted: str, name: str) -> HttpResponse:
    if wanted not in TYPES:
        raise Http404
    answer = HttpResponse(written(sheet_of(rows), wanted), content_type=TYPES[wanted])
    day = timezone.localdate().isoformat()
    answer.headers["Content-Disposition"] = f'attachment; filename="keino-{slugify(name)[:60]}-{day}.{wanted}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
