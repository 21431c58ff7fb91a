"""Pages of actions: the list, the board, one action, adding, changing and moving it, its reviews."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.action_choices import ACTION_MOVES, NEEDS_REASON, ActionState
from keino.web.plans.action_errors import ActionError
from keino.web.plans.action_words import change_words, indicator_words
from keino.web.plans.forms.actions import ActionFilter, ActionForm, MoveForm, ReviewForm
from keino.web.plans.models import Action
from keino.web.plans.queries import actions as asked
from keino.web.plans.queries.action_measures import measure_choices, measure_name
from keino.web.plans.services.action_reviews import add_review
from keino.web.plans.services.actions import add_action, change_action, move_action

PER_PAGE = 50


def page(request: HttpRequest, organisation: Organisation, name: str, status: int = 200, **more: Any) -> HttpResponse:
    """A page of actions with what all of them need."""
    context = {
        "organisation": organisation,
        "step": "plan",
        "today": timezone.localdate(),
        "may_work": request.user.has_perm("plans.work", organisation),
    }
    return render(request, f"plans/actions/{name}.html", context | more, status=status)


def put_error(form: Any, error: KeinoError) -> None:
    """Show an error at the field it belongs to."""
    field = error.field if isinstance(error, ActionError) and error.field in form.fields else None
    form.add_error(field, said(as_data(error)))


def of(organisation: Organisation, action: uuid.UUID) -> Action:
    """An action of the organisation, else 404."""
    found = Action.objects.select_related("owner", "created_by", "reduction_plan", "category_plan", "organisation")
    return get_object_or_404(found, organisation=organisation, public_id=action)


@require_GET
@organisation_page("plans.see")
def actions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The list with its filters; how they stand first in words."""
    today = timezone.localdate()
    form = ActionFilter(request.GET, owners=asked.owners_in_use(organisation))
    found = asked.chosen(organisation, form.wishes(), today, request.GET.get("order", ""))
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request, organisation, "list",
        form=form, page_obj=rows, rows=_rows(rows), standing=asked.standing(organisation, today),
    )  # fmt: skip


def _rows(actions: Any) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "action": action,
            "is_overdue": action.is_overdue(today),
            "category": category_name(action.category_code) if action.category_code else "",
        }
        for action in actions
    ]


@require_GET
@organisation_page("plans.see")
def board(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The actions by state, with buttons that move them."""
    columns = [
        {
            "state": state,
            "title": state.label,
            "more": more,
            "cards": [
                {"action": each, "is_overdue": each.is_overdue(timezone.localdate()), "moves": _moves(each)}
                for each in found
            ],
        }
        for state, found, more in asked.board(organisation)
    ]
    return page(request, organisation, "board", columns=columns, is_empty=not any(each["cards"] for each in columns))


def _moves(action: Action) -> list[dict[str, Any]]:
    """The moves that an action's state allows: what the button says, and whether something must be written first."""
    words = {
        (ActionState.PLANNED, ActionState.STARTED): _("Start"),
        (ActionState.STARTED, ActionState.PLANNED): _("Back to planned"),
        (ActionState.DONE, ActionState.STARTED): _("Take up again"),
        (ActionState.CANCELLED, ActionState.PLANNED): _("Plan again"),
    }
    plain = {ActionState.DONE: _("Mark as done"), ActionState.CANCELLED: _("Cancel the action")}
    state = ActionState(action.state)
    return [
        {
            "to": to.value,
            "words": words.get((state, to)) or plain[to],
            "asks": (state, to) in NEEDS_REASON or to == ActionState.DONE,
        }
        for to in (ActionState.STARTED, ActionState.DONE, ActionState.PLANNED, ActionState.CANCELLED)
        if to in ACTION_MOVES[state]
    ]


@require_GET
@organisation_page("plans.see")
def action(request: HttpRequest, organisation: Organisation, action: uuid.UUID) -> HttpResponse:
    """One action: where it stands, its money, its indicator, what shows it, its history and reviews."""
    found = of(organisation, action)
    changes, reviews = asked.history_of(found)
    return page(
        request, organisation, "action",
        action=found,
        is_overdue=found.is_overdue(timezone.localdate()),
        category=category_name(found.category_code) if found.category_code else "",
        measure=measure_name(found.measure_code, organisation),
        indicator=indicator_words(found),
        moves=_moves(found),
        changes=[change_words(each) for each in changes],
        reviews=reviews,
    )  # fmt: skip


# ---- writing


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def action_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Add an action."""
    choices = _choices(organisation)
    first = {"key": uuid.uuid4(), "owner": str(the_person(request).public_id)}
    form = ActionForm(request.POST or None, **choices, initial=first)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"] or uuid.uuid4()
        try:
            added = add_action(organisation=organisation, key=key, values=form.values(), by=the_person(request))
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The action is added."))
            return redirect("plans:action", slug=organisation.slug, action=added.public_id)
    return page(request, organisation, "form", 400 if form.is_bound else 200, form=form)


def _choices(organisation: Organisation) -> dict[str, Any]:
    today = timezone.localdate()
    return {"owners": asked.owners_of(organisation, today), "measures": measure_choices(organisation)}


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def action_edit(request: HttpRequest, organisation: Organisation, action: uuid.UUID) -> HttpResponse:
    """Change an action. Who comes second keeps their text and sees that somebody was quicker."""
    found = of(organisation, action)
    form = ActionForm(request.POST or None, **_choices(organisation), action=found)
    if request.method == "POST" and form.is_valid():
        why, seen = form.cleaned_data["why"], form.cleaned_data["version"] or 0
        try:
            change_action(found, values=form.values(), why=why, seen=seen, by=the_person(request))
        except KeinoError as error:
            put_error(form, error)
            if error.code == "changed_meanwhile":  # so that saving again writes this text over the other one
                form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
                form.data["version"] = str(found.version)  # type: ignore[index]
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:action", slug=organisation.slug, action=found.public_id)
    return page(request, organisation, "form", 400 if form.is_bound else 200, form=form, action=found)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def action_move(request: HttpRequest, organisation: Organisation, action: uuid.UUID) -> HttpResponse:
    """Move an action; where something must be said of it, the page asks."""
    found = of(organisation, action)
    wish = request.POST.get("to") or request.GET.get("to", "")
    move = next((each for each in _moves(found) if each["to"] == wish), None)
    if request.method != "POST" and move is None:
        return redirect("plans:action", slug=organisation.slug, action=found.public_id)
    first = {"to": wish, "version": found.version, "on": timezone.localdate(), "evidence": found.evidence}
    form = MoveForm(request.POST or None, initial=first | {"evidence_link": found.evidence_link})
    form.ask_only_for(*_asked_for(wish))
    if request.method == "POST" and form.is_valid():
        try:
            move_action(found, move=form.move(), seen=form.cleaned_data["version"], by=the_person(request))
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(
                request,
                _("“{title}” is now: {state}.").format(title=found.title, state=ActionState(wish).label),
            )
            if request.POST.get("from") == "board":
                return redirect("plans:actions_board", slug=organisation.slug)
            return redirect("plans:action", slug=organisation.slug, action=found.public_id)
    return page(
        request, organisation, "move", 400 if form.is_bound else 200, action=found, form=form, move=move, to=wish
    )


def _asked_for(to: str) -> tuple[str, ...]:
    """What a move asks for; a reason is offered also where it isn't needed."""
    return ("on", "evidence", "evidence_link") if to == ActionState.DONE else ("on", "why")


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def review_new(request: HttpRequest, organisation: Organisation, action: uuid.UUID | None = None) -> HttpResponse:
    """Note a review of one action, or of the whole plan."""
    found = of(organisation, action) if action else None
    first = {"key": uuid.uuid4(), "held_on": timezone.localdate(), "kind": "mid_year"}
    form = ReviewForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            add_review(organisation=organisation, action=found, key=key, values=form.values(), by=the_person(request))
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The review is noted."))
            if found is not None:
                return redirect("plans:action", slug=organisation.slug, action=found.public_id)
            return redirect("plans:improvement", slug=organisation.slug)
    return page(request, organisation, "review", 400 if form.is_bound else 200, form=form, action=found)
