"""Procurements and risks that need a new owner when a person leaves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.procurements.choices import OVER, RiskState
from keino.web.procurements.models import Procurement, Risk
from keino.web.procurements.services.procurements import give_procurement
from keino.web.procurements.services.risks import give_risk

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _procurements(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Procurement.objects.filter(owner=person, organisation=organisation.pk).exclude(state__in=OVER)
    for each in found.select_related("organisation").order_by("pk"):
        yield Owned(
            key=f"procurement:{each.public_id}",
            kind=_("Procurement"),
            title=each.title,
            url=reverse("procurements:procurement", args=[each.organisation.slug, each.public_id]),
            give_to=partial(give_procurement, each),
            seen_with="procurements.see",
        )


def _risks(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Risk.objects.filter(owner=person, procurement__organisation=organisation.pk, state=RiskState.OPEN)
    for each in found.exclude(procurement__state__in=OVER).select_related("procurement__organisation").order_by("pk"):
        home = each.procurement
        yield Owned(
            key=f"risk:{each.public_id}",
            kind=_("Risk"),
            title=f"{home.title}: {each}",
            url=reverse("procurements:procurement", args=[home.organisation.slug, home.public_id]) + "#risks",
            give_to=partial(give_risk, each),
            seen_with="procurements.see",
        )


def register() -> None:
    """Put procurements and their open risks on the list of a hand-over."""
    owners_known_by(_procurements)
    owners_known_by(_risks)
