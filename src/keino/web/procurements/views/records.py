"""Pages on which people write what a procurement leaves behind: records, the award decision, the evaluation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved
from keino.web.procurements.choices import NEVER_SKIPPED, RecordKind
from keino.web.procurements.forms.records import DecisionForm, EvaluationForm, RecordForm
from keino.web.procurements.models import ExitRecord
from keino.web.procurements.services.records import (
    PLAIN_KINDS,
    add_record,
    change_record,
    decide_award,
    evaluate_procurement,
)
from keino.web.procurements.views.common import of_organisation, to_procurement, url_of
from keino.web.procurements.views.editing import form_answer


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def record_new(request: HttpRequest, organisation: Organisation, procurement: UUID, kind: str) -> HttpResponse:
    """Write the record with which a phase ends, or why the phase was skipped."""
    if kind not in PLAIN_KINDS:
        raise Http404
    found, of_kind = of_organisation(organisation, procurement), RecordKind(kind)
    form = RecordForm(request.POST or None, kind=of_kind, initial={"is_skip": request.GET.get("skip") == "1"})
    if saved(
        request,
        form,
        lambda: add_record(
            found,
            by=the_person(request),
            kind=kind,
            key=form.new_key,
            written=form.written(),
            is_skip=form.cleaned_data["is_skip"],
        ),
    ):
        messages.success(request, _("The record is kept."))
        return to_procurement(found)
    return form_answer(
        request,
        organisation,
        form,
        title=_("New record: {kind}").format(kind=of_kind.label),
        button=_("Keep the record"),
        cancel_url=url_of(found),
        procurement=found,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def record_edit(request: HttpRequest, organisation: Organisation, procurement: UUID, record: UUID) -> HttpResponse:
    """Mend a record. Decisions and evaluations stay as they are."""
    found = of_organisation(organisation, procurement)
    row = get_object_or_404(
        ExitRecord.objects.select_related("procurement"), procurement=found, public_id=record, kind__in=PLAIN_KINDS
    )
    may_skip = row.kind not in NEVER_SKIPPED
    form = RecordForm(request.POST or None, thing=row, kind=RecordKind(row.kind), may_skip=may_skip)
    if saved(
        request,
        form,
        lambda: change_record(
            row,
            by=the_person(request),
            seen=form.version_seen,
            written=form.written(),
            is_skip=form.cleaned_data["is_skip"],
        ),
    ):
        messages.success(request, _("Saved."))
        return to_procurement(found, "records")
    return form_answer(
        request,
        organisation,
        form,
        title=_("Mend the record: {kind}").format(kind=row.get_kind_display()),
        cancel_url=url_of(found),
        procurement=found,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.decide")
def decide(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Record the award decision, which moves the procurement to awarded."""
    found = of_organisation(organisation, procurement)
    form = DecisionForm(request.POST or None, thing=found)
    if saved(
        request,
        form,
        lambda: decide_award(
            found,
            by=the_person(request),
            seen=form.version_seen,
            key=form.new_key,
            written=form.written(),
            award=form.award(),
        ),
    ):
        messages.success(request, _("The award decision is recorded."))
        return to_procurement(found, "records")
    return form_answer(
        request,
        organisation,
        form,
        title=_("Award decision"),
        button=_("Record the decision"),
        cancel_url=url_of(found),
        procurement=found,
        lead=_("A decision is never changed afterwards. After an appeal a newer one follows it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def evaluate(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Say how it turned out, and what the category's plan should learn from it."""
    found = of_organisation(organisation, procurement)
    form = EvaluationForm(request.POST or None, procurement=found)
    if saved(
        request,
        form,
        lambda: evaluate_procurement(
            found,
            by=the_person(request),
            key=form.new_key,
            written=form.written(),
            learnt=form.learnt(),
            results=form.results(),
        ),
    ):
        messages.success(request, _("The evaluation is kept."))
        return to_procurement(found, "lessons")
    return form_answer(
        request,
        organisation,
        form,
        title=pgettext("procurement record", "Evaluation"),
        button=_("Keep the evaluation"),
        cancel_url=url_of(found),
        procurement=found,
        lead=_("The lesson is shown where the plan of its category is made."),
    )
