"""Pages on which people write what a procurement leaves behind: records, the award decision, the evaluation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.procurements.choices import NEVER_SKIPPED, RecordKind
from keino.web.procurements.forms.records import DecisionForm, EvaluationForm, RecordForm
from keino.web.procurements.models import ExitRecord, Procurement
from keino.web.procurements.services.records import (
    PLAIN_KINDS,
    add_record,
    change_record,
    decide_award,
    evaluate_procurement,
)
from keino.web.procurements.views.common import (
    FormPage,
    attempt,
    attempt_change,
    key_of,
    of_organisation,
    seen_of,
    sent,
    the_person,
    to_procurement,
)


def _page_url(found: Procurement) -> str:
    return reverse("procurements:procurement", args=[found.organisation.slug, found.public_id])


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def record_new(request: HttpRequest, organisation: Organisation, procurement: UUID, kind: str) -> HttpResponse:
    """Write the record with which a phase ends, or why the phase was skipped."""
    if kind not in PLAIN_KINDS:
        raise Http404
    found, of_kind, key = of_organisation(organisation, procurement), RecordKind(kind), key_of(request)
    initial = {"is_skip": request.GET.get("skip") == "1"}
    form = RecordForm(sent(request), kind=of_kind, initial=initial)
    page = FormPage(
        title=_("New record: {kind}").format(kind=of_kind.label),
        form=form,
        button=_("Keep the record"),
        cancel_url=_page_url(found),
        procurement=found,
        hidden={"key": key},
    )
    if attempt(
        form,
        lambda: add_record(
            found,
            by=the_person(request),
            kind=kind,
            key=key,
            written=form.written(),
            is_skip=form.cleaned_data["is_skip"],
        ),
    ):
        messages.success(request, _("The record is kept."))
        return to_procurement(found)
    return page.answer(request, organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def record_edit(request: HttpRequest, organisation: Organisation, procurement: UUID, record: UUID) -> HttpResponse:
    """Mend a record. Decisions and evaluations stay as they are."""
    found = of_organisation(organisation, procurement)
    row = get_object_or_404(
        ExitRecord.objects.select_related("procurement"), procurement=found, public_id=record, kind__in=PLAIN_KINDS
    )
    form = RecordForm(
        sent(request),
        kind=RecordKind(row.kind),
        may_skip=row.kind not in NEVER_SKIPPED,
        initial=_values(row),
    )
    page = FormPage(
        title=_("Mend the record: {kind}").format(kind=row.get_kind_display()),
        form=form,
        button=_("Save"),
        cancel_url=_page_url(found),
        procurement=found,
        hidden={"seen": seen_of(request) or row.version},
    )

    def now() -> tuple[int, dict[str, object]]:
        row.refresh_from_db()
        return row.version, _values(row)

    if attempt_change(
        page,
        lambda: change_record(
            row,
            by=the_person(request),
            seen=seen_of(request),
            written=form.written(),
            is_skip=form.cleaned_data["is_skip"],
        ),
        now,
    ):
        messages.success(request, _("Saved."))
        return to_procurement(found, "records")
    return page.answer(request, organisation)


def _values(row: ExitRecord) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("dated_on", "text", "reference", "link", "is_skip")}


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.decide")
def decide(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Record the award decision, which moves the procurement to awarded."""
    found, key = of_organisation(organisation, procurement), key_of(request)
    form = DecisionForm(sent(request))
    page = FormPage(
        title=_("Award decision"),
        form=form,
        button=_("Record the decision"),
        cancel_url=_page_url(found),
        procurement=found,
        lead=_("A decision is never changed afterwards. After an appeal a newer one follows it."),
        hidden={"key": key},
    )
    if attempt(
        form,
        lambda: decide_award(
            found,
            by=the_person(request),
            seen=seen_of(request),
            key=key,
            written=form.written(),
            award=form.award(),
        ),
    ):
        messages.success(request, _("The award decision is recorded."))
        return to_procurement(found, "records")
    page.hidden = {"key": key, "seen": of_organisation(organisation, procurement).version}
    page.hidden = {"key": key, "seen": of_organisation(organisation, procurement).version}
    return page.answer(request, organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def evaluate(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Say how it turned out, and what the category's plan should learn from it."""
    found, key = of_organisation(organisation, procurement), key_of(request)
    form = EvaluationForm(sent(request), procurement=found)
    page = FormPage(
        title=pgettext("procurement record", "Evaluation"),
        form=form,
        button=_("Keep the evaluation"),
        cancel_url=_page_url(found),
        procurement=found,
        lead=_("The lesson is shown where the plan of its category is made."),
        hidden={"key": key},
    )
    if attempt(
        form,
        lambda: evaluate_procurement(
            found, by=the_person(request), key=key, written=form.written(), learnt=form.learnt()
        ),
    ):
        messages.success(request, _("The evaluation is kept."))
        return to_procurement(found, "lessons")
    return page.answer(request, organisation)
