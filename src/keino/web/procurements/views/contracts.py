"""Pages of contracts, what they demand, and the controls of that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved, status_of
from keino.web.procurements.forms.contracts import (
    ContractFilter,
    ContractForm,
    ControlForm,
    NextControlForm,
    TermForm,
)
from keino.web.procurements.models import Contract, ContractTerm, Procurement, TermControl
from keino.web.procurements.queries.contracts import contract_list, terms_of
from keino.web.procurements.services.contracts import add_contract, change_contract
from keino.web.procurements.services.controls import add_term, change_term, plan_control, record_control
from keino.web.procurements.views.editing import form_answer

PER_PAGE = 50


@require_GET
@organisation_page("procurements.see")
def contracts(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Contracts in force or to come, the one that ends first on top; those that ended on request."""
    form = ContractFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    today, ended = timezone.localdate(), bool(chosen.get("ended"))
    found = contract_list(organisation, words=chosen.get("words", ""), ended=ended, on=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"contract": each, "category": category_name(each.category), "today": today} for each in page]
    context = _context(request, organisation) | {"form": form, "page_obj": page, "rows": rows, "ended": ended}
    return render(request, "procurements/contracts.html", context | {"today": today, "is_chosen": bool(request.GET)})


@require_GET
@organisation_page("procurements.see")
def contract(request: HttpRequest, organisation: Organisation, contract: UUID) -> HttpResponse:
    """One contract: its days, what it demands, what controls found."""
    found = _contract(organisation, contract)
    context = _context(request, organisation) | {
        "contract": found,
        "category": category_name(found.category),
        "terms": terms_of(found),
        "today": timezone.localdate(),
    }
    return render(request, "procurements/contract.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def contract_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Add a contract; ``?procurement=`` says which one led to it."""
    form = ContractForm(request.POST or None, organisation=organisation, initial=_first_values(request, organisation))
    made = saved(
        request,
        form,
        lambda: add_contract(organisation, form.contract_fields(), by=the_person(request), key=form.new_key),
    )
    if made is not None:
        messages.success(request, _("The contract is saved. Add what it demands, so that somebody is reminded of it."))
        return redirect("procurements:contract", slug=organisation.slug, contract=made.public_id)
    cancel_url = reverse("procurements:contracts", args=[organisation.slug])
    return form_answer(request, organisation, form, title=_("New contract"), cancel_url=cancel_url)


def _first_values(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What is known of a contract before it is written: its procurement, and what that says."""
    try:
        key = UUID(request.GET.get("procurement", ""))
    except ValueError:
        return {"owner": the_person(request)}
    found = Procurement.objects.filter(organisation=organisation, public_id=key).first()
    if found is None:
        return {"owner": the_person(request)}
    first = {"procurement": found, "title": found.title, "category": found.category, "owner": found.owner}
    record = found.records.filter(decision__isnull=False).select_related("decision").order_by("-pk").first()
    if record is not None:
        first |= {"supplier_name": record.decision.supplier, "supplier_business_id": record.decision.business_id}
    return first


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def contract_edit(request: HttpRequest, organisation: Organisation, contract: UUID) -> HttpResponse:
    """Change a contract."""
    found = _contract(organisation, contract)
    form = ContractForm(request.POST or None, organisation=organisation, contract=found)
    by = the_person(request)
    if saved(request, form, lambda: change_contract(found, form.contract_fields(), by=by, seen=form.version_seen)):
        messages.success(request, _("Saved."))
        return redirect("procurements:contract", slug=organisation.slug, contract=contract)
    return form_answer(request, organisation, form, title=_("Change the contract"), cancel_url=_url(found))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def term_new(request: HttpRequest, organisation: Organisation, contract: UUID) -> HttpResponse:
    """Add a term with its first control."""
    found = _contract(organisation, contract)
    form = TermForm(request.POST or None, organisation=organisation)
    made = saved(
        request,
        form,
        lambda: add_term(
            found,
            form.term_fields(),
            first_on=form.cleaned_data["first_on"],
            by=the_person(request),
            key=form.new_key,
        ),
    )
    if made is not None:
        messages.success(request, _("The term is saved. Its owner is reminded before the control."))
        return redirect("procurements:contract", slug=organisation.slug, contract=contract)
    lead = _("A term of “{contract}”. Its owner is reminded before each control.").format(contract=found.title)
    return form_answer(request, organisation, form, title=_("New term"), cancel_url=_url(found), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def term_edit(request: HttpRequest, organisation: Organisation, contract: UUID, term: UUID) -> HttpResponse:
    """Change a term."""
    found = _term(organisation, contract, term)
    form = TermForm(request.POST or None, organisation=organisation, term=found)
    by = the_person(request)
    if saved(request, form, lambda: change_term(found, form.term_fields(), by=by, seen=form.version_seen)):
        messages.success(request, _("Saved."))
        return redirect("procurements:contract", slug=organisation.slug, contract=contract)
    return form_answer(request, organisation, form, title=_("Change the term"), cancel_url=_url(found.contract))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def control_new(request: HttpRequest, organisation: Organisation, contract: UUID, term: UUID) -> HttpResponse:
    """Plan one more control of a term."""
    found = _term(organisation, contract, term)
    form = NextControlForm(request.POST or None)
    by = the_person(request)
    if saved(request, form, lambda: plan_control(found, due_on=form.cleaned_data["due_on"], by=by)):
        messages.success(request, _("The control is planned."))
        return redirect("procurements:contract", slug=organisation.slug, contract=contract)
    back = _url(found.contract)
    return form_answer(request, organisation, form, title=_("Plan a control"), cancel_url=back, lead=found.term)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.see")
def control(request: HttpRequest, organisation: Organisation, contract: UUID, control: UUID) -> HttpResponse:
    """One control: what it found, and, for those who work on it, writing that down."""
    controls = TermControl.objects.select_related("term__contract__organisation", "term__owner", "recorded_by")
    place = {"term__contract__organisation": organisation, "term__contract__public_id": contract}
    found = get_object_or_404(controls, public_id=control, **place)
    by = the_person(request)
    may_record = found.closed_at is None and by.has_perm("procurements.work", organisation)
    form = ControlForm(request.POST or None, thing=found) if may_record else None
    written = form and saved(request, form, lambda: record_control(found, form.found(), by=by, seen=form.version_seen))
    if form is not None and written is not None:
        done = form.cleaned_data["is_closed"]
        messages.success(request, _("The control is closed.") if done else _("Saved. The control stays open."))
        return redirect("procurements:contract", slug=organisation.slug, contract=contract)
    context = _context(request, organisation) | {"form": form, "contract": found.term.contract, "control": found}
    return render(request, "procurements/control.html", context, status=status_of(form) if form else 200)


def _url(contract: Contract) -> str:
    return reverse("procurements:contract", args=[contract.organisation.slug, contract.public_id])


def _contract(organisation: Organisation, key: UUID) -> Contract:
    found = Contract.objects.select_related("organisation", "owner", "procurement", "created_by")
    return get_object_or_404(found, organisation=organisation, public_id=key)


def _term(organisation: Organisation, contract: UUID, key: UUID) -> ContractTerm:
    found = ContractTerm.objects.select_related("contract__organisation", "owner")
    return get_object_or_404(found, contract__organisation=organisation, contract__public_id=contract, public_id=key)


def _context(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "step": "procurements",
        "may_work": the_person(request).has_perm("procurements.work", organisation),
    }
