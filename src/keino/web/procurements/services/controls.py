"""Writing what a contract demands and what its controls found."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed, locked
from keino.web.base.templatetags.keino import day as day_text
from keino.web.procurements.contract_choices import Finding, Repeats, next_control
from keino.web.procurements.contract_errors import (
    ControlIsClosed,
    ControlNeedsEvidence,
    ControlNeedsFinding,
    ControlNeedsMeasure,
    DayFarAway,
    OwnerMayNotHold,
)
from keino.web.procurements.models import Contract, ContractTerm, TermControl
from keino.web.procurements.services.contracts import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from keino.web.base.models import Person


@dataclass(frozen=True)
class TermFields:
    """What people say of a term."""

    term: str
    control: str
    sanction: str = ""
    repeats: str = Repeats.NEVER
    owner: Person | None = None

    def values(self) -> dict[str, object]:
        """The fields by name, as the row has them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Found:
    """What a control found. ``is_closed``: nothing more is to be done about it."""

    evidence: str = ""
    finding: str = ""
    finding_text: str = ""
    measure: str = ""
    sanction_used: str = ""
    is_closed: bool = False


@transaction.atomic
def add_term(contract: Contract, fields: TermFields, *, first_on: dt.date, by: Person, key: uuid.UUID) -> ContractTerm:
    """Add a term with its first control. ``key`` comes with the form: pressing twice adds one."""
    found = ContractTerm.objects.filter(public_id=key, contract=contract).first()
    if found is not None:
        return found
    _check_owner(contract, fields.owner)
    _check_day("first_on", first_on)
    with acting(by, act="term_added"):
        term = ContractTerm.objects.create(contract=contract, public_id=key, **fields.values())
        TermControl.objects.create(term=term, due_on=first_on)
    return term


@transaction.atomic
def change_term(term: ContractTerm, fields: TermFields, *, by: Person, seen: int) -> ContractTerm:
    """Change a term as it was seen in version ``seen``; its controls stay. Raises Conflict."""
    _check_owner(term.contract, fields.owner)
    kept = as_seen(term, seen)
    with acting(by, act="term_changed"):
        changed(kept, fields.values())
    return kept


@transaction.atomic
def give_term(term: ContractTerm, to: Person) -> None:
    """Let somebody else see to a term's controls, as one of a hand-over."""
    changed(locked(term), {"owner": to})


@transaction.atomic
def plan_control(term: ContractTerm, *, due_on: dt.date, by: Person) -> TermControl:
    """Add a control on a day. A second one on the same day is the same one."""
    _check_day("due_on", due_on)
    with acting(by, act="control_planned"):
        return TermControl.objects.get_or_create(term=term, due_on=due_on)[0]


@transaction.atomic
def record_control(control: TermControl, found: Found, *, by: Person, seen: int) -> TermControl:
    """Write down what a control found, and close it when nothing is left to do; a repeated one is planned again.

    Raises Conflict, ControlIsClosed, and what a closed control lacks.
    """
    kept = as_seen(control, seen)
    if kept.closed_at is not None:
        raise ControlIsClosed(day=day_text(kept.due_on))
    if found.is_closed:
        _check_whole(found)
    now = timezone.now()
    values = {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "is_closed"}
    values |= {"recorded_at": now, "recorded_by": by, "closed_at": now if found.is_closed else None}
    with acting(by, act="control_closed" if found.is_closed else "control_recorded"):
        changed(kept, values)
        if found.is_closed:
            _plan_next(kept)
    return kept


def _plan_next(control: TermControl) -> None:
    """The next control of a repeated term, while the contract lasts and none is open."""
    term = ContractTerm.objects.select_related("contract").get(pk=control.term_id)
    due_on = next_control(control.due_on, term.repeats)
    last = term.contract.last_day
    is_open = term.controls.filter(closed_at=None).exclude(pk=control.pk).exists()
    if due_on is not None and not is_open and (last is None or due_on <= last):
        TermControl.objects.get_or_create(term=term, due_on=due_on)


def _check_whole(found: Found) -> None:
    if not found.evidence.strip():
        raise ControlNeedsEvidence
    if not found.finding:
        raise ControlNeedsFinding
    if found.finding != Finding.KEPT and not found.measure.strip():
        raise ControlNeedsMeasure


def _check_owner(contract: Contract, owner: Person | None) -> None:
    if owner is not None and not owner.has_perm("procurements.work", contract.organisation):
        raise OwnerMayNotHold(person=owner, organisation=contract.organisation.shown_name)


def _check_day(field: str, day: dt.date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DayFarAway(field=field, day=day_text(day))
