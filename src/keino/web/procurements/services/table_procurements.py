"""Procurements as a table. Their states are moved on their pages, where each move asks for what it needs."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.errors import Problem
from keino.web.base.errors import NotAllowedNow
from keino.web.procurements.choices import OVER, Affected, InnovationClass, Procedure, PurchaseKind
from keino.web.procurements.models import Procurement
from keino.web.procurements.services.procurements import change_procurement, create_procurement
from keino.web.procurements.services.table_contracts import (
    ID,
    OWNER,
    VERSION,
    address_of,
    category_cell,
    owner_in,
)
from keino.web.procurements.services.table_kinds import Known, Values
from keino.web.procurements.table_cells import (
    Column,
    Unreadable,
    choice_cell,
    choice_text,
    choices_cell,
    choices_text,
    day_cell,
    money_cell,
    text_cell,
    truth_cell,
    truth_text,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

_CPV = re.compile(r"[0-9]{8}(-[0-9])?")


def cpv_cell(text: str) -> str:
    """A CPV code."""
    if not _CPV.fullmatch(text):
        raise Unreadable(Problem("a CPV code of eight digits, such as 15000000-8"))
    return text


def _yes_or_no(name: str, label: Any) -> Column:
    return Column(name, label, _("Yes or no."), truth_cell, truth_text, empty=False)


class ProcurementTable:
    """The table of procurements."""

    columns = (
        ID,
        VERSION,
        Column("title", pgettext_lazy("procurement", "Name"), _("What it is called."), text_cell, is_required=True),
        Column("need", _("What is needed, and why"), _("In a sentence or two."), text_cell, empty="", longest=10_000),
        Column("category", _("Category"), _("A code from the list below."), category_cell, empty=""),
        Column("cpv", _("CPV code"), _("Eight digits."), cpv_cell, empty=""),
        Column("purchase_kind", _("What is bought"), _("Goods, services, works …"), choice_cell(PurchaseKind),
               choice_text(PurchaseKind), empty=""),
        Column("estimated_value_eur", _("Estimated value, € without VAT"), _("The whole total with options and lots."),
               money_cell),
        Column("procedure", _("Procedure"), _("Open, restricted …"), choice_cell(Procedure), choice_text(Procedure),
               empty=""),
        Column("procedure_starts_on", _("The procedure starts"), _("A date: 2027-01-31 or 31.1.2027."), day_cell),
        Column("innovation_class", _("How new is what is bought?"), _("Nothing new, new to us …"),
               choice_cell(InnovationClass), choice_text(InnovationClass), empty=InnovationClass.NONE.value),
        _yes_or_no("is_outcome_based", _("Outcomes are bought, not only deeds or things")),
        _yes_or_no("is_significant", _("Significant for the organisation")),
        _yes_or_no("law_wants_assessment", _("The law requires an assessment of its effects")),
        Column("affects", _("It affects"), _("Several with commas: users of the service, the environment …"),
               choices_cell(Affected), choices_text(Affected), empty=(), longest=500),
        OWNER,
    )  # fmt: skip

    def rows(self, organisation: Organisation) -> QuerySet[Procurement]:
        """Every procurement of an organisation."""
        return Procurement.objects.filter(organisation=organisation).select_related("owner").order_by("pk")

    def by_id(self, organisation: Organisation, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Procurement]:
        """The organisation's own procurements among these."""
        return {each.public_id: each for each in self.rows(organisation).filter(public_id__in=list(ids))}

    def known(self, organisation: Organisation) -> Known:
        """People, and the procurements there are."""
        known = Known.of(organisation)
        for row in self.rows(organisation):
            known.there[self.told_by(vars(row))] = row.title
            if row.owner is not None:  # stays theirs until somebody chooses another one
                known.people.setdefault(address_of(row.owner), row.owner)
        return known

    def values_of(self, row: Procurement) -> Values:
        """A procurement's values by column."""
        return {column.name: getattr(row, column.name, None) for column in self.columns} | {"id": row.public_id}

    def told_by(self, values: Values) -> tuple[object, ...]:
        """A procurement is told by its name and the day its procedure starts."""
        return values["title"].casefold(), values["procedure_starts_on"]

    def check(self, values: Values, known: Known, *, row: Procurement | None) -> None:
        """Raise what speaks against these values."""
        if row is not None and row.state in OVER:
            raise NotAllowedNow(state=str(row.get_state_display()))
        owner_in(values, known)

    def save(self, values: Values, known: Known, *, row: Procurement | None, by: Person, key: uuid.UUID) -> None:
        """Add a procurement as an idea, or change one."""
        fields = {name: value for name, value in values.items() if name not in {"id", "version"}}
        fields |= {"owner": owner_in(values, known), "affects": list(values["affects"])}
        if row is None:
            create_procurement(organisation=known.organisation, by=by, key=key, **fields)
        else:
            change_procurement(row, by=by, seen=row.version, **fields)
