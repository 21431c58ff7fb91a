"""Contracts and terms that need a new owner when a person leaves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.procurements.models import Contract, ContractTerm
from keino.web.procurements.services.contracts import give_contract
from keino.web.procurements.services.controls import give_term

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _contracts(person: Person, organisation: Model) -> Iterable[Owned]:
    today = timezone.localdate()
    lasts = Q(extension_until__gte=today) | Q(extension_until=None, ends_on__gte=today) | Q(ends_on=None)
    found = Contract.objects.filter(lasts, owner=person, organisation=organisation.pk)
    for each in found.select_related("organisation").order_by("pk"):
        yield Owned(
            key=f"contract:{each.public_id}",
            kind=_("Contract"),
            title=each.title,
            url=_url(each),
            give_to=partial(give_contract, each),
            seen_with="procurements.see",
        )


def _terms(person: Person, organisation: Model) -> Iterable[Owned]:
    found = ContractTerm.objects.filter(
        owner=person, contract__organisation=organisation.pk, controls__closed_at=None, controls__isnull=False
    ).distinct()
    for each in found.select_related("contract__organisation").order_by("pk"):
        yield Owned(
            key=f"term:{each.public_id}",
            kind=_("Controls of a contract's term"),
            title=f"{each.contract.title}: {each}",
            url=_url(each.contract),
            give_to=partial(give_term, each),
            seen_with="procurements.see",
        )


def _url(contract: Contract) -> str:
    return reverse("procurements:contract", args=[contract.organisation.slug, contract.public_id])


def register() -> None:
    """Put contracts in force and terms with open controls on the list of a hand-over."""
    owners_known_by(_contracts)
    owners_known_by(_terms)
