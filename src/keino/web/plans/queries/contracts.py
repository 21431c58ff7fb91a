"""Contracts as plans count with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.procurements.queries import contracts

if TYPE_CHECKING:
    from keino.domain.plans.influence import Contract
    from keino.web.organisations.models import Organisation


def contracts_of(organisation: Organisation) -> tuple[Contract, ...]:
    """The contracts in force that say what can be chosen anew, and when; those of no category weigh nothing."""
    return tuple(each for each in contracts.contracts_of(organisation, on=timezone.localdate()) if each.category)
