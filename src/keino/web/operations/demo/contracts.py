"""The demo's contracts with terms and controls. Texts are Finnish, as the town's people would write them."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role
from keino.web.procurements.contract_choices import Repeats
from keino.web.procurements.models import Contract
from keino.web.procurements.services.contracts import ContractFields, add_contract
from keino.web.procurements.services.controls import Found, TermFields, add_term, record_control

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: Name, supplier, category, yearly value, days from today: begin, end, extension, last day to choose otherwise.
CONTRACTS = (
    ("Koulujen ja päiväkotien ateriat", "Keksityt Keittiöt Oy", "FOOD", 1_450_000, -500, 230, 595, 70),
    ("Kiinteistöjen siivous", "Satulammen Rakennus Oy", "CLEAN", 620_000, -900, 195, None, None),
    ("Talvikunnossapito", "Luulolaakson Energia Oy", "MAINT", 540_000, -200, 895, None, None),
)


def fill(places: dict[str, Organisation]) -> None:
    """Add the contracts of Ostoniemi; done before, it changes nothing."""
    town = places["ostoniemi"]
    by = _holder(town, RoleKind.MEMBER)
    if by is None or Contract.objects.filter(organisation=town).exists():
        return
    made = [_contract(town, by, *row) for row in CONTRACTS]
    today = timezone.localdate()
    term = TermFields(
        term="Pääraaka-aineista vähintään 30 % on kasvisperäisiä (ateriakohtaisesti laskettuna).",
        control="Toimittajan neljännesvuosiraportti ja kuuden viikon ruokalista.",
        sanction="Ensimmäisestä poikkeamasta huomautus, toisesta 2 000 euron sopimussakko.",
        repeats=Repeats.QUARTERLY,
        owner=by,
    )
    first = add_term(made[0], term, first_on=today - dt.timedelta(days=85), by=by, key=uuid.uuid4())
    found = Found(
        evidence="Raportti 3/2026, asianhallinta OST/112/02.08/2026.",
        finding="kept",
        finding_text="Kasvisperäisten osuus 33 %.",
        is_closed=True,
    )
    record_control(first.controls.get(), found, by=by, seen=1)
    late = TermFields(
        term="Toimittaja ilmoittaa ruokahävikin kiloina kouluittain.",
        control="Hävikkiseurannan taulukko.",
        owner=by,
    )
    add_term(made[0], late, first_on=today - dt.timedelta(days=2), by=by, key=uuid.uuid4())


def _contract(town: Organisation, by: Person, *row: object) -> Contract:
    title, supplier, category, value, *days = row
    begin, end, until, notice = (_day(each) for each in days)
    assert begin is not None
    fields = ContractFields(
        title=str(title),
        supplier_name=str(supplier),
        category=str(category),
        yearly_value_eur=Decimal(str(value)),
        valid_from=begin,
        ends_on=end,
        extension_until=until,
        notice_by=notice,
        owner=by,
    )
    return add_contract(town, fields, by=by, key=uuid.uuid4())


def _day(away: object) -> dt.date | None:
    return timezone.localdate() + dt.timedelta(days=away) if isinstance(away, int) else None


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).first()
    return role.person if role else None
