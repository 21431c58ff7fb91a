"""Contracts of an organisation: in lists, on pages, and as the plan to its target reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import F, Min, Q, QuerySet

from keino.domain.plans.influence import Contract as PlanContract
from keino.web.organisations.needs import of_organisations
from keino.web.procurements.models import Contract, ContractTerm, Procurement, TermControl

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation


def contracts_of(organisation: Organisation, *, on: dt.date) -> tuple[PlanContract, ...]:
    """The contracts that bind an organisation on a day or later, as its potential and plan weigh them.

    A contract with an extension can be left when its agreed term ends; one until further notice on the day by which
    notice must be given. One whose last day has passed binds nobody.
    """
    last = Q(extension_until__gte=on) | Q(extension_until=None, ends_on__gte=on) | Q(ends_on=None)
    found = Contract.objects.filter(last, organisation=organisation).order_by("pk")
    return tuple(as_plan_contract(contract) for contract in found)


def as_plan_contract(contract: Contract) -> PlanContract:
    """A contract with its category, its value as weight, its last day, and the day on which it reopens before that."""
    renews = contract.ends_on if contract.extension_until else None if contract.ends_on else contract.notice_by
    return PlanContract(contract.category, contract.yearly_value_eur, contract.last_day, renews)


def contract_list(
    organisation: Organisation, *, words: str = "", ended: bool = False, on: dt.date
) -> QuerySet[Contract]:
    """Contracts with the day of their next open control, the one that ends first on top; ended ones on request."""
    is_over = Q(extension_until__lt=on) | Q(extension_until=None, ends_on__lt=on)
    found = Contract.objects.filter(is_over if ended else ~is_over, organisation=organisation)
    for word in words.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(supplier_name__icontains=word))
    next_control = Min("terms__controls__due_on", filter=Q(terms__controls__closed_at=None))
    return (
        found.select_related("owner")
        .annotate(next_control=next_control)
        .order_by(F("ends_on").asc(nulls_last=True), "title", "pk")
    )


def terms_of(contract: Contract) -> list[tuple[ContractTerm, list[TermControl]]]:
    """The terms of a contract, each with its controls, the open ones first."""
    terms = contract.terms.select_related("owner").order_by("pk")
    controls: dict[int, list[TermControl]] = {}
    for control in controls_of(contract):
        controls.setdefault(control.term_id, []).append(control)
    return [(term, controls.get(term.pk, [])) for term in terms]


def controls_of(contract: Contract) -> QuerySet[TermControl]:
    """Every control of a contract, the open ones first, each kind by its day."""
    found = TermControl.objects.filter(term__contract=contract).select_related("recorded_by")
    return found.order_by(F("closed_at").asc(nulls_first=True), "due_on", "pk")


def contracts_from(procurement: Procurement) -> QuerySet[Contract]:
    """The contracts that a procurement led to."""
    next_control = Min("terms__controls__due_on", filter=Q(terms__controls__closed_at=None))
    return procurement.contracts.annotate(next_control=next_control).order_by("valid_from", "pk")


def controls_without_evidence(organisations: Sequence[Organisation], *, until: dt.date) -> list[TermControl]:
    """Open controls of these organisations due by a day of which nothing is on record, the earliest first."""
    found = _open_controls(until).filter(term__contract__organisation__in=organisations)
    controls = list(found.select_related("term__contract").order_by("due_on", "pk"))
    of_organisations((control.term.contract for control in controls), organisations)
    return controls


def contracts_reopening(organisations: Sequence[Organisation], *, start: dt.date, until: dt.date) -> list[Contract]:
    """Contracts whose end, or last day for choosing otherwise, lies in a span of days."""
    span = (start, until)
    found = Contract.objects.filter(Q(ends_on__range=span) | Q(notice_by__range=span), organisation__in=organisations)
    columns = ("public_id", "title", "ends_on", "notice_by", "organisation_id")
    return of_organisations(found.only(*columns).order_by("ends_on", "pk"), organisations)


def controls_of_everyone(*, until: dt.date) -> QuerySet[TermControl]:
    """Open controls of all organisations due by a day of which nothing is on record: what reminders are about."""
    whole = _open_controls(until).select_related("term__contract__organisation", "term__contract__owner", "term__owner")
    return whole.order_by("due_on", "pk")


def _open_controls(until: dt.date) -> QuerySet[TermControl]:
    return TermControl.objects.filter(closed_at=None, evidence="", due_on__lte=until)
