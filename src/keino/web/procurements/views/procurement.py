"""One procurement: its page, adding and changing it, moving it on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved
from keino.web.procurements.choices import (
    CRITERIA_OPEN,
    OVER,
    PROCUREMENT_MOVES,
    Affected,
    CriterionKind,
    ProcurementState,
    RecordKind,
    RiskState,
)
from keino.web.procurements.forms.procurements import PARTS, BasicsForm, MoveForm
from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.assessments import reasons_to_assess
from keino.web.procurements.queries.procurements import whole
from keino.web.procurements.queries.steps import missing_for, next_state, path_of
from keino.web.procurements.queries.thresholds import threshold_check
from keino.web.procurements.services.moves import asks_reason, move_procurement
from keino.web.procurements.services.procurements import change_procurement, create_procurement
from keino.web.procurements.services.records import EVALUATED, PLAIN_KINDS
from keino.web.procurements.views.common import of_organisation, to_procurement, url_of
from keino.web.procurements.views.editing import form_answer
from keino.web.procurements.views.sections import sections_of
from keino.web.procurements.views.words import level_words, limit_rows, missing_items

S = ProcurementState


@require_safe
@organisation_page("procurements.see")
def procurement(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Where it stands, what the next step lacks, and everything that is known of it."""
    found = get_object_or_404(whole(organisation), public_id=procurement)
    person = the_person(request)
    check = threshold_check(found)
    records = list(found.records.all())
    context: dict[str, Any] = {
        "organisation": organisation,
        "step": "procurements",
        "procurement": found,
        "category": category_name(found.category) if found.category else "",
        "path": path_of(found, records),
        "check": check,
        "level": level_words(check) if check else "",
        "limits": limit_rows(check) if check else [],
        "themes": [tag.get_theme_display() for tag in found.themes.all()],
        "affects": [label for code, label in Affected.choices if code in found.affects],
        "reasons_to_assess": reasons_to_assess(found),
        "records": records,
        "lessons": [
            {"record": record, "lesson": lesson, "category": category_name(lesson.category)}
            for record in records
            for lesson in record.lessons.all()
        ],
        "criteria": sorted(found.criteria.all(), key=lambda row: (CriterionKind.values.index(row.kind), row.pk)),
        "risks": sorted(found.risks.all(), key=lambda row: (row.state != RiskState.OPEN, -row.score, row.pk)),
        "timeline": _timeline(found),
        "plain_kinds": PLAIN_KINDS,
        "is_over": found.state in OVER,
        "criteria_open": found.state in CRITERIA_OPEN,
        "may_evaluate": found.state in EVALUATED,
        "may_work": person.has_perm("procurements.work", organisation),
        "may_decide": person.has_perm("procurements.decide", organisation),
        "sections": sections_of(found, person),
        **_next_step(request, found),
    }
    return render(request, "procurements/procurement.html", context)


def _next_step(request: HttpRequest, found: Procurement) -> dict[str, Any]:
    """The next state with what it lacks, and the other states that the procurement can go to."""
    person, wanted = the_person(request), next_state(found)
    missing = missing_for(found, wanted, there={record.kind for record in found.records.all()}) if wanted else []
    if wanted == S.AWARDED:  # the decision itself moves it on
        missing = [each for each in missing if each.code != RecordKind.AWARD_DECISION]
    others = [state for state in PROCUREMENT_MOVES[found.state] if state not in {wanted, S.AWARDED}]
    return {
        "next_state": wanted,
        "next_label": wanted.label if wanted else "",
        "is_decision_next": wanted == S.AWARDED,
        "missing": missing_items(found, missing, person),
        "other_moves": [{"state": state.value, "label": state.label} for state in others],
    }


def _timeline(found: Procurement) -> list[dict[str, Any]]:
    """Its moves, as the timeline component takes them."""
    return [
        {
            "date": move.moved_at,
            "title": capfirst(move.get_to_state_display()),
            "text": " ".join(filter(None, [str(move.moved_by or ""), f"– {move.reason}" if move.reason else ""])),
        }
        for move in found.moves.all()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def procurement_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Add a procurement: an idea is enough."""
    form = BasicsForm(request.POST or None, organisation=organisation)
    made = saved(
        request,
        form,
        lambda: create_procurement(
            organisation=organisation, by=the_person(request), key=form.new_key, **form.values()
        ),
    )
    if made is not None:
        messages.success(request, _("The procurement was added."))
        return to_procurement(made)
    return form_answer(
        request,
        organisation,
        form,
        title=_("New procurement"),
        button=_("Add the procurement"),
        cancel_url=reverse("procurements:procurements", args=[organisation.slug]),
        lead=_("A name is enough to begin with. Everything else is asked when its time comes."),
    )


_TITLES = {
    "basics": gettext_lazy("Need, owner and category"),
    "tender": gettext_lazy("Value and procedure"),
    "newness": gettext_lazy("What is new in it"),
    "effects": gettext_lazy("Whom and what it affects"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def procurement_edit(request: HttpRequest, organisation: Organisation, procurement: UUID, part: str) -> HttpResponse:
    """Change one part of a procurement."""
    if part not in PARTS:
        raise Http404
    found = of_organisation(organisation, procurement)
    form, by = PARTS[part](request.POST or None, thing=found, organisation=organisation), the_person(request)
    if saved(request, form, lambda: change_procurement(found, by=by, seen=form.version_seen, **form.values())):
        messages.success(request, _("Saved."))
        return to_procurement(found)
    back = url_of(found)
    return form_answer(request, organisation, form, title=str(_TITLES[part]), cancel_url=back, procurement=found)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def procurement_move(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Move it to another state; where the move must be explained, on a page of its own."""
    found = of_organisation(organisation, procurement)
    to = request.POST.get("to") or request.GET.get("to") or ""
    if to not in S.values:
        raise Http404
    needs_reason = asks_reason(found.state, to)
    form = MoveForm(request.POST or None, initial={"to": to, "seen": found.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            move_procurement(found, by=the_person(request), to=to, seen=given["seen"], reason=given["reason"])
        except KeinoError as error:
            if getattr(error, "field", "") != "reason":
                tell(request, error)
                return redirect(url_of(found))
            refuse(form, error)
        else:
            messages.success(request, _("The procurement is now: {state}.").format(state=S(to).label))
            return redirect(url_of(found))
    return form_answer(
        request,
        organisation,
        form,
        title=_("Move to “{state}”").format(state=S(to).label),
        button=_("Move the procurement"),
        cancel_url=url_of(found),
        procurement=found,
        lead=_("It stays in the timeline, with your reason.") if needs_reason else "",
    )
