"""Writing contracts: every rule of their dates stands here, for forms and for tables alike."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed, locked
from keino.web.base.templatetags.keino import day as day_text
from keino.web.measurement.names import is_category
from keino.web.organisations.codes import checked_business_id
from keino.web.procurements.contract_errors import (
    ContractEndsFirst,
    DayFarAway,
    ExtensionWithoutEnd,
    NoticeTooLate,
    OwnerMayNotHold,
)
from keino.web.procurements.errors import UnknownCategory
from keino.web.procurements.models import Contract, Procurement

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2150, 12, 31)
_FINNISH_ID = re.compile(r"(FI)?\s*\d{7}-?\d", re.IGNORECASE)


@dataclass(frozen=True)
class ContractFields:
    """What people say of a contract."""

    title: str
    supplier_name: str
    category: str
    yearly_value_eur: Decimal
    valid_from: dt.date
    ends_on: dt.date | None = None
    extension_until: dt.date | None = None
    notice_by: dt.date | None = None
    supplier_business_id: str = ""
    procurement: Procurement | None = None
    owner: Person | None = None

    def values(self) -> dict[str, object]:
        """The fields by name, as the row has them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def add_contract(organisation: Organisation, fields: ContractFields, *, by: Person, key: uuid.UUID) -> Contract:
    """Add a contract. ``key`` comes with the form: pressing twice adds one."""
    found = Contract.objects.filter(public_id=key, organisation=organisation).first()
    if found is not None:
        return found
    checked = _checked(organisation, fields)
    with acting(by, act="contract_added"):
        return Contract.objects.create(organisation=organisation, public_id=key, created_by=by, **checked)


@transaction.atomic
def change_contract(contract: Contract, fields: ContractFields, *, by: Person, seen: int) -> Contract:
    """Change a contract as it was seen in version ``seen``. Raises Conflict."""
    kept = locked(contract)
    checked = _checked(contract.organisation, fields, before=kept)
    if all(getattr(kept, name) == value for name, value in checked.items()):
        return kept  # a second press of the button
    kept = as_seen(contract, seen)
    with acting(by, act="contract_changed"):
        changed(kept, checked)
    return kept


@transaction.atomic
def give_contract(contract: Contract, to: Person) -> None:
    """Give a contract a new owner, as one of a hand-over."""
    changed(locked(contract), {"owner": to})


def check_contract(organisation: Organisation, fields: ContractFields, *, before: Contract | None) -> None:
    """Raise the first ProcurementError that saving these fields would raise; nothing is written."""
    _checked(organisation, fields, before=before)


def _checked(
    organisation: Organisation, fields: ContractFields, *, before: Contract | None = None
) -> dict[str, object]:
    if not is_category(fields.category):
        raise UnknownCategory(code=fields.category)
    _check_days(fields)
    is_kept = before is not None and before.owner == fields.owner
    if fields.owner is not None and not is_kept and not fields.owner.has_perm("procurements.work", organisation):
        raise OwnerMayNotHold(person=fields.owner, organisation=organisation.shown_name)
    return fields.values() | {"supplier_business_id": _business_id(fields.supplier_business_id)}


def _business_id(text: str) -> str:
    """A Finnish business ID in its official form; a foreign number as it is."""
    return checked_business_id(text) if _FINNISH_ID.fullmatch(text.strip()) else text.strip()


def _check_days(fields: ContractFields) -> None:
    for name in ("valid_from", "ends_on", "extension_until", "notice_by"):
        value = getattr(fields, name)
        if value is not None and not FIRST_DAY <= value <= LAST_DAY:
            raise DayFarAway(field=name, day=day_text(value))
    begin, end, until, notice = fields.valid_from, fields.ends_on, fields.extension_until, fields.notice_by
    if end is not None and end < begin:
        raise ContractEndsFirst(begin=day_text(begin), end=day_text(end))
    if until is not None and (end is None or until < end):
        raise ExtensionWithoutEnd
    last = until or end
    if notice is not None and last is not None and notice > last:
        raise NoticeTooLate(notice=day_text(notice), end=day_text(last))
