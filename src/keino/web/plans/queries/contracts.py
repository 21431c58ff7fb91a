"""Contracts as plans count with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keino.domain.plans.influence import Contract
    from keino.web.organisations.models import Organisation


def contracts_of(organisation: Organisation) -> tuple[Contract, ...]:
    """The organisation's contracts that say what can be chosen anew, and when."""
    return ()
