"""Contracts as a table."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.errors import Problem
from keino.web.measurement.names import is_category
from keino.web.procurements.models import Contract, Procurement
from keino.web.procurements.services.contracts import (
    ContractFields,
    add_contract,
    change_contract,
    check_contract,
)
from keino.web.procurements.services.table_kinds import Known, Values
from keino.web.procurements.table_cells import (
    Column,
    Unreadable,
    day_cell,
    id_cell,
    id_text,
    money_cell,
    text_cell,
    whole_cell,
)
from keino.web.procurements.table_errors import CellWrong

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def category_cell(text: str) -> str:
    """The code of a category or main category."""
    if not is_category(text.upper()):
        raise Unreadable(Problem("the code of a category; the second sheet of the template lists them"))
    return text.upper()


def address_of(owner: Person | str | None) -> str:
    """An owner's address, from the row or as it was read."""
    return str(getattr(owner, "email", owner) or "").casefold()


ID = Column("id", _("Id"), _("Leave it as the export wrote it; empty for a new row."), id_cell, id_text)
VERSION = Column("version", _("Version"), _("Leave it as the export wrote it; empty for a new row."), whole_cell)
OWNER = Column(
    "owner",
    _("Owner"),
    _("E-mail address of a person of your organisation."),
    str.casefold,
    address_of,
)


class ContractTable:
    """The table of contracts."""

    columns = (
        ID,
        VERSION,
        Column("title", pgettext_lazy("contract", "Name"), _("What it is called."), text_cell, is_required=True),
        Column("supplier_name", _("Supplier"), _("Its name."), text_cell, is_required=True),
        Column("supplier_business_id", _("Supplier's business ID"), _("Such as 1234567-1."), text_cell, empty="",
               longest=20),
        Column("category", _("Category"), _("A code from the list below."), category_cell, is_required=True),
        Column("yearly_value_eur", _("Yearly value, €"), _("Without VAT."), money_cell, is_required=True),
        Column("valid_from", _("Begins"), _("A date: 2027-01-31 or 31.1.2027."), day_cell, is_required=True),
        Column("ends_on", _("Agreed term ends"), _("Last day; empty until further notice."), day_cell),
        Column("extension_until", _("Extension until"), _("Last day if the option is used."), day_cell),
        Column("notice_by", _("Last day to choose otherwise"), _("Notice, or saying no to the option."), day_cell),
        Column("procurement", _("Procurement"), _("Id of the procurement that led to it."), id_cell, id_text),
        OWNER,
    )  # fmt: skip

    def rows(self, organisation: Organisation) -> QuerySet[Contract]:
        """Every contract of an organisation."""
        found = Contract.objects.filter(organisation=organisation).select_related("owner", "procurement")
        return found.order_by("valid_from", "pk")

    def by_id(self, organisation: Organisation, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Contract]:
        """The organisation's own contracts among these."""
        return {each.public_id: each for each in self.rows(organisation).filter(public_id__in=list(ids))}

    def known(self, organisation: Organisation) -> Known:
        """People, procurements, and the contracts there are."""
        known = Known.of(organisation)
        known.procurements = {each.public_id: each for each in Procurement.objects.filter(organisation=organisation)}
        for row in self.rows(organisation):
            known.there[self.told_by(vars(row))] = row.title
            if row.owner is not None:  # stays theirs until somebody chooses another one
                known.people.setdefault(address_of(row.owner), row.owner)
        return known

    def values_of(self, row: Contract) -> Values:
        """A contract's values by column."""
        values = {column.name: getattr(row, column.name, None) for column in self.columns}
        return values | {"id": row.public_id, "procurement": row.procurement.public_id if row.procurement else None}

    def told_by(self, values: Values) -> tuple[object, ...]:
        """A contract is told by name, supplier and first day."""
        return values["title"].casefold(), values["supplier_name"].casefold(), values["valid_from"]

    def check(self, values: Values, known: Known, *, row: Contract | None) -> None:
        """Raise what the contract's own rules say against these values."""
        check_contract(known.organisation, self._fields(values, known), before=row)

    def save(self, values: Values, known: Known, *, row: Contract | None, by: Person, key: uuid.UUID) -> None:
        """Add a contract or change one."""
        fields = self._fields(values, known)
        if row is None:
            add_contract(known.organisation, fields, by=by, key=key)
        else:
            change_contract(row, fields, by=by, seen=row.version)

    def _fields(self, values: Values, known: Known) -> ContractFields:
        given = {name: value for name, value in values.items() if name not in {"id", "version"}}
        given["owner"] = owner_in(values, known)
        if (key := values["procurement"]) is not None:
            if key not in known.procurements:
                column = next(str(each.label) for each in self.columns if each.name == "procurement")
                raise CellWrong(column=column, text=str(key), wanted=Problem("the id of a procurement of yours"))
            given["procurement"] = known.procurements[key]
        return ContractFields(**given)


def owner_in(values: Values, known: Known) -> Person | None:
    """The person whose address stands in the owner's column. Raises CellWrong for a stranger's."""
    if not values["owner"]:
        return None
    person = known.people.get(values["owner"].casefold())
    if person is None:
        wanted = Problem("the address of a person who has a role in your organisation")
        raise CellWrong(column=str(OWNER.label), text=values["owner"], wanted=wanted)
    return person
