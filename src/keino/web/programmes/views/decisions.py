"""Pages of the deciders: the summary, the proposal, the dry run, the decision, moving up from the reserve."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.views.editing import status_of
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.choices.selection import WITH_PLACE, DecisionOutcome, DecisionState
from keino.web.programmes.forms.decisions import DecisionForm, MoveUpForm
from keino.web.programmes.models import DecidedApplication, Edition, SelectionDecision
from keino.web.programmes.not_now import not_now
from keino.web.programmes.queries.decisions_seen import counted_anew, is_tied_to_decided, open_lines
from keino.web.programmes.queries.selection import draft_of, lines_of, places_taken, reserve_of
from keino.web.programmes.queries.summary import balance, summary
from keino.web.programmes.selection_file import reviews_workbook
from keino.web.programmes.selection_paper import summary_pdf
from keino.web.programmes.services.decisions import (
    MOVING_UP,
    begin_decision,
    drop_decision,
    make_decision,
    move_up,
    planned_for,
    planned_move_up,
    write_decision,
)
from keino.web.programmes.views.selection_common import (
    DECIDE,
    MANAGE,
    OVERSEE,
    criterion_name,
    open_application,
    selection_page,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# ---- the summary


@require_GET
@selection_page(*OVERSEE)
def selection_summary(request: HttpRequest, edition: Edition) -> HttpResponse:
    """All applications on one page, for reading and for paper."""
    return render(request, "programmes/selection/summary.html", summary_context(edition, the_person(request)))


@require_GET
@selection_page(*OVERSEE)
def selection_summary_pdf(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The same as a PDF."""
    made = summary_pdf(edition, summary_context(edition, the_person(request)))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{edition.slug}-summary.pdf"'
    return answer


@require_GET
@selection_page(*OVERSEE)
def selection_reviews_file(request: HttpRequest, edition: Edition) -> HttpResponse:
    """All reviews as a workbook: without applications to which whoever asks has a tie."""
    made = reviews_workbook(summary(edition, the_person(request)))
    answer = HttpResponse(made, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{edition.slug}-reviews.xlsx"'
    return answer


def summary_context(edition: Edition, person: Any) -> dict[str, Any]:
    """What the summary shows, on the page and on paper."""
    found = summary(edition, person)
    draft = draft_of(edition)
    lines = _shown_lines(draft, person)[0] if draft else []
    proposed = {line.application_id: line for line in lines}
    chosen = {row.application.pk for row in found.rows if row.application.state in WITH_PLACE}
    chosen |= {pk for pk, line in proposed.items() if line.outcome == DecisionOutcome.SELECTED}
    return {
        "edition": edition,
        "found": found,
        "criteria": [{"name": criterion_name(each), "criterion": each} for each in found.criteria],
        "rows": [{"row": row, "line": proposed.get(row.application.pk)} for row in found.rows],
        "balance": balance(found.rows, chosen),
        "chosen": len(chosen),
        "taken": found.taken,
        "draft": draft,
    }


# ---- the proposal


@require_POST
@selection_page(*OVERSEE)
def decision_begin(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Begin a proposal with what the order of scores proposes."""
    try:
        begin_decision(edition, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
        return redirect("programmes:selection", edition=edition.slug)
    return redirect("programmes:decision", edition=edition.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(*OVERSEE)
def decision(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The proposal: what is decided on each application, and why."""
    draft = draft_of(edition)
    if draft is None:
        return redirect("programmes:selection", edition=edition.slug)
    person = the_person(request)
    lines, closed = open_lines(person, lines_of(draft))
    form = DecisionForm(request.POST or None, decision=draft, lines=lines, orders_reserve=not closed)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            write_decision(
                draft,
                form.said(),
                message=values["message"],
                confirm_by=values["confirm_by"],
                by=person,
                seen=values["seen"],
            )
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved. Nothing is decided and no mail is sent yet."))
            name = "programmes:decision_check" if "check" in request.POST else "programmes:decision"
            return redirect(name, edition=edition.slug)
    found = summary(edition, person)
    rows = {row.application.pk: row for row in found.rows}
    context = {
        "edition": edition,
        "decision": draft,
        "form": form,
        "lines": [{"line": line, "row": rows.get(line.application_id), "fields": form.of_line(line)} for line in lines],
        "closed": closed,
        "taken": found.taken,
        "may_decide": person.has_perm(DECIDE, edition),
        "not_now": not_now(edition, Act.DECIDE),
    }
    return render(request, "programmes/selection/decision.html", context, status=status_of(form))


def _shown_lines(decision: SelectionDecision, person: Any) -> tuple[list[DecidedApplication], int]:
    """The lines that the person may see, with places counted among them, and how many they may not see."""
    lines, closed = open_lines(person, lines_of(decision))
    if closed:
        counted_anew(lines)
    return lines, closed


@require_GET
@selection_page(*OVERSEE)
def decision_check(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The dry run: what would happen, mail by mail, and what stands in the way. Nothing is changed."""
    draft = draft_of(edition)
    if draft is None:
        return redirect("programmes:selection", edition=edition.slug)
    person = the_person(request)
    plan = planned_for(draft, person)
    context = {
        "edition": edition,
        "decision": draft,
        "plan": plan,
        "problems": [str(each) for each in plan.problems],
        "may_decide": person.has_perm(DECIDE, edition) and plan.is_theirs,
        "is_decider": person.has_perm(DECIDE, edition),
        "not_now": not_now(edition, Act.DECIDE),
    }
    return render(request, "programmes/selection/decision_check.html", context)


@require_POST
@selection_page(DECIDE)
def decision_make(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Make the decision that the dry run showed."""
    key, seen = request.POST.get("decision", ""), request.POST.get("seen", "")
    found = edition.decisions.filter(public_id=key).first() if _is_uuid(key) else None
    if found is None or not seen.isdigit():
        return redirect("programmes:selection", edition=edition.slug)
    try:
        make_decision(found, by=the_person(request), seen=int(seen))
    except KeinoError as error:
        tell(request, error)
        return redirect("programmes:decision_check", edition=edition.slug)
    messages.success(request, _("The decision is made. The applicants are told by mail."))
    return redirect("programmes:decision_made", edition=edition.slug, number=found.number)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_POST
@selection_page(*OVERSEE)
def decision_drop(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Give the proposal up."""
    draft = draft_of(edition)
    if draft is not None:
        try:
            drop_decision(draft, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
    return redirect("programmes:selection", edition=edition.slug)


@require_GET
@selection_page(*OVERSEE)
def decision_made(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """A decision as it was made."""
    found = get_object_or_404(edition.decisions.select_related("made_by"), number=number, state=DecisionState.MADE)
    lines, closed = _shown_lines(found, the_person(request))
    if closed and not lines:
        raise Http404
    context = {
        "edition": edition,
        "decision": found,
        "lines": lines,
        "closed": closed,
        "may_manage": the_person(request).has_perm(MANAGE, edition),
    }
    return render(request, "programmes/selection/decision_made.html", context)


# ---- the reserve


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(DECIDE)
def reserve_up(request: HttpRequest, edition: Edition, application: UUID) -> HttpResponse:
    """Give a free place to somebody in the reserve, with the mail shown before."""
    found = open_application(request, edition, application)
    if found.state != ApplicationState.RESERVE and request.method != "POST":
        raise Http404
    if is_tied_to_decided(the_person(request), edition):
        raise PermissionDenied
    form = MoveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            move_up(found, reason=values["reason"], confirm_by=values["confirm_by"], by=the_person(request))
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("{name} has a place and is told by mail.").format(name=found.organisation))
            return redirect("programmes:selection", edition=edition.slug)
    first = next(iter(reserve_of(edition)), None)
    context = {
        "edition": edition,
        "application": found,
        "form": form,
        "plan": planned_move_up(found),
        "free": max(0, edition.places_max - places_taken(edition)),
        "is_first": first is not None and first.application_id == found.pk,
        "not_now": not_now(edition, *MOVING_UP),
    }
    return render(request, "programmes/selection/reserve_up.html", context, status=status_of(form))
