"""Rows that several people edit: locked, and changed only in the version that was seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.procurements.choices import OVER
from keino.web.procurements.models import (
    AssessedEffect,
    ChosenCriterion,
    Contract,
    ContractTerm,
    DialogueStep,
    ExitRecord,
    ImpactAssessment,
    MarketDialogue,
    Procurement,
    Risk,
    TermControl,
)

Edited = TypeVar(
    "Edited",
    Procurement,
    ExitRecord,
    ChosenCriterion,
    Risk,
    Contract,
    ContractTerm,
    TermControl,
    MarketDialogue,
    DialogueStep,
    ImpactAssessment,
    AssessedEffect,
)


def locked(thing: Edited) -> Edited:
    """The row as it is now; nobody else changes it until the transaction ends."""
    return type(thing)._default_manager.select_for_update().get(pk=thing.pk)  # noqa: SLF001  # Django's name


def as_seen(thing: Edited, seen: int) -> Edited:
    """The locked row. Raises Conflict where somebody changed it since version ``seen``."""
    row = locked(thing)
    if row.version != seen:
        raise Conflict
    return row


def changed(row: Edited, values: Mapping[str, object]) -> bool:
    """Give a locked row these values and the next version; False when it has them already (a second press)."""
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in new.items():
        setattr(row, name, value)
    if new:
        row.version += 1
        row.save()
    return bool(new)


def require_open(procurement: Procurement) -> None:
    """Raise NotAllowedNow for a procurement that is closed or was cancelled."""
    if procurement.state in OVER:
        raise NotAllowedNow(state=procurement.get_state_display())
