"""Pages of a procurement's ex-ante assessment: one page with its four steps, and a form for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import did_save, saved, status_of
from keino.web.procurements.assessment_choices import TERMS, AssessmentState, LegalBasis
from keino.web.procurements.forms.assessments import (
    DecideForm,
    EffectForm,
    NeedForm,
    ReasonForm,
    ResultForm,
    UseForm,
)
from keino.web.procurements.models import AssessedEffect, ImpactAssessment, Procurement
from keino.web.procurements.queries.assessments import assessment_of, effects_of, lacks_of, reasons_to_assess
from keino.web.procurements.services import assessments as service
from keino.web.procurements.views.common import of_organisation
from keino.web.procurements.views.editing import form_answer


@require_GET
@organisation_page("procurements.see")
def assessment(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """The four steps with what each says, whether it must be made, and where it stands."""
    found = of_organisation(organisation, procurement)
    there = assessment_of(found)
    effects = list(effects_of(there)) if there else []
    acts = dict(LegalBasis.choices)
    context = _context(request, found, there) | {
        "reasons": reasons_to_assess(found),
        "effects": [{"effect": effect, "term": TERMS[effect.term], "results": _results(effect)} for effect in effects],
        "acts": [acts[code] for code in there.legal_bases if code in acts] if there else [],
        "lacks": lacks_of(there) if there else [],
        "steps": _steps(there, effects),
    }
    return render(request, "procurements/assessment.html", context)


def _results(effect: AssessedEffect) -> list[Any]:
    return sorted(effect.results.all(), key=lambda result: result.measured_on)


def _steps(assessment: ImpactAssessment | None, effects: list[AssessedEffect]) -> list[dict[str, Any]]:
    """The four steps of the guide with how far they are; they may overlap."""
    done = (
        assessment is not None and assessment.need_answered_at is not None,
        bool(effects),
        bool(effects) and all(effect.has_indicator for effect in effects),
        assessment is not None and bool(assessment.use.strip()),
    )
    titles = (_("Need"), _("Goals"), _("Indicators"), _("Use in the tender"))
    return [
        {"title": title, "state": "done" if is_done else "todo", "url": None}
        for title, is_done in zip(titles, done, strict=True)
    ]


def _form_answer(
    request: HttpRequest, procurement: Procurement, form: forms.Form, title: str, lead: str = ""
) -> HttpResponse:
    cancel_url = reverse("procurements:assessment", args=[procurement.organisation.slug, procurement.public_id])
    where = {"title": title, "cancel_url": cancel_url, "lead": lead}
    return form_answer(request, procurement.organisation, form, procurement=procurement, **where)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def need(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Step 1."""
    found = of_organisation(organisation, procurement)
    there = assessment_of(found)
    form = NeedForm(request.POST or None, thing=there)
    by = the_person(request)

    def answer() -> None:
        begun = there or service.begin_assessment(found)
        service.answer_need(begun, by=by, seen=form.version_seen or 1, **form.values())

    if did_save(request, form, answer):
        return _to_assessment(found)
    return _form_answer(request, found, form, _("Step 1: is an assessment needed?"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def effect_new(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Steps 2 and 3: an effect and its indicator."""
    found = of_organisation(organisation, procurement)
    form = EffectForm(request.POST or None)
    by = the_person(request)

    def add() -> AssessedEffect:
        return service.add_effect(service.begin_assessment(found), form.effect_fields(), by=by, key=form.new_key)

    if saved(request, form, add):
        messages.success(request, _("Saved."))
        return _to_assessment(found)
    return _form_answer(request, found, form, _("Steps 2 and 3: an effect and its indicator"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def effect_edit(request: HttpRequest, organisation: Organisation, procurement: UUID, effect: UUID) -> HttpResponse:
    """Change an effect."""
    found = of_organisation(organisation, procurement)
    there = _effect(found, effect)
    form = EffectForm(request.POST or None, thing=there)
    by = the_person(request)
    if did_save(
        request, form, lambda: service.change_effect(there, form.effect_fields(), by=by, seen=form.version_seen)
    ):
        return _to_assessment(found)
    return _form_answer(request, found, form, _("Steps 2 and 3: an effect and its indicator"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def effect_remove(request: HttpRequest, organisation: Organisation, procurement: UUID, effect: UUID) -> HttpResponse:
    """Take an effect out again, after a question."""
    found = of_organisation(organisation, procurement)
    there = _effect(found, effect)
    if request.method == "POST":
        return _act(request, found, lambda: service.remove_effect(there, by=the_person(request)))
    context = _context(request, found, there.assessment) | {"effect": there}
    return render(request, "procurements/assessment_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def use(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Step 4."""
    found = of_organisation(organisation, procurement)
    there = assessment_of(found)
    form = UseForm(request.POST or None, thing=there)
    by = the_person(request)

    def answer() -> None:
        begun = there or service.begin_assessment(found)
        service.answer_use(begun, by=by, seen=form.version_seen or 1, **form.values())

    if did_save(request, form, answer):
        return _to_assessment(found)
    return _form_answer(request, found, form, _("Step 4: use in the tender"))


@require_POST
@organisation_page("procurements.work")
def ready(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """The four steps are done: an approver looks at it."""
    found = of_organisation(organisation, procurement)
    begun = service.begin_assessment(found)
    said = _("The assessment waits for an approver.")
    return _act(request, found, lambda: service.say_ready(begun, by=the_person(request)), said)


@require_POST
@organisation_page("procurements.work")
def reopen(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Go on with an assessment; it has to be approved anew."""
    found = of_organisation(organisation, procurement)
    begun = service.begin_assessment(found)
    return _act(request, found, lambda: service.open_again(begun, by=the_person(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def skip(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Leave the assessment out, with a reason, where no rule demands it."""
    found = of_organisation(organisation, procurement)
    form = ReasonForm(request.POST or None)

    def leave_out() -> None:
        begun = service.begin_assessment(found)
        service.skip_assessment(begun, reason=form.cleaned_data["reason"], by=the_person(request))

    if did_save(request, form, leave_out):
        return _to_assessment(found)
    lead = _("Possible where no rule demands an assessment. The reason is kept for those who ask later.")
    return _form_answer(request, found, form, _("Leave the assessment out"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.decide")
def decide(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """An approver finds the assessment enough, or sends it back."""
    found = of_organisation(organisation, procurement)
    there = assessment_of(found)
    if there is None or there.state != AssessmentState.READY:
        messages.info(request, _("No assessment of this procurement waits for an approver."))
        return _to_assessment(found)
    form = DecideForm(request.POST or None, thing=there)
    by = the_person(request)

    def say() -> None:
        if "send_back" in request.POST:
            service.send_back(there, reason=form.cleaned_data["reason"], by=by, seen=form.version_seen)
        else:
            service.approve_assessment(there, by=by, seen=form.version_seen)

    if did_save(request, form, say):
        return _to_assessment(found)
    effects = [{"effect": effect, "term": TERMS[effect.term]} for effect in effects_of(there)]
    context = _context(request, found, there) | {"form": form, "effects": effects}
    return render(request, "procurements/assessment_decide.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def result(request: HttpRequest, organisation: Organisation, procurement: UUID, effect: UUID) -> HttpResponse:
    """Write down what an indicator showed."""
    found = of_organisation(organisation, procurement)
    there = _effect(found, effect)
    form = ResultForm(request.POST or None)
    by = the_person(request)
    if saved(request, form, lambda: service.record_result(there, by=by, **form.cleaned_data)):
        messages.success(request, _("The result is saved."))
        return _to_assessment(found)
    lead = _("Indicator: {indicator}. Target: {target}").format(
        indicator=there.indicator or "–", target=f"{there.target or '–'} {there.unit}".strip()
    )
    return _form_answer(request, found, form, _("Result of an indicator"), lead)


def _act(request: HttpRequest, procurement: Procurement, act: Callable[[], None], said: str = "") -> HttpResponse:
    try:
        act()
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, said or _("Saved."))
    return _to_assessment(procurement)


def _effect(procurement: Procurement, key: UUID) -> AssessedEffect:
    found = AssessedEffect.objects.select_related("assessment__procurement__organisation")
    return get_object_or_404(found, assessment__procurement=procurement, public_id=key)


def _to_assessment(procurement: Procurement) -> HttpResponse:
    return redirect("procurements:assessment", slug=procurement.organisation.slug, procurement=procurement.public_id)


def _context(request: HttpRequest, procurement: Procurement, assessment: ImpactAssessment | None) -> dict[str, Any]:
    person, organisation = the_person(request), procurement.organisation
    may_work = person.has_perm("procurements.work", organisation)
    is_before = procurement.state in service.BEFORE_TENDER
    return {
        "organisation": organisation,
        "step": "procurements",
        "procurement": procurement,
        "assessment": assessment,
        "may_work": may_work,
        "may_decide": person.has_perm("procurements.decide", organisation),
        "is_before_tender": is_before,
        "may_write": may_work and is_before and (assessment is None or assessment.state == AssessmentState.DRAFT),
    }
