"""Ledgers that need a new owner when a person leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.measurement.choices import LedgerState
from keino.web.measurement.models import Ledger

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _ledgers(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Ledger.objects.filter(owner=person, organisation=organisation.pk).exclude(state=LedgerState.WITHDRAWN)
    for ledger in found.select_related("organisation").order_by("pk"):
        assert ledger.organisation is not None
        yield Owned(
            key=f"ledger:{ledger.public_id}",
            kind=_("Ledger"),
            title=ledger.title,
            url=reverse("measurement:ledger", args=[ledger.organisation.slug, ledger.public_id]),
            give_to=_giver(ledger.pk),
            seen_with="measurement.see_results",
        )


def _giver(key: int):  # type: ignore[no-untyped-def]  # the registry says what it is
    def give_to(person: Person) -> None:
        with transaction.atomic():
            ledger = Ledger.objects.select_for_update().get(pk=key)
            ledger.owner, ledger.version = person, ledger.version + 1
            ledger.save()

    return give_to


def register() -> None:
    """Put ledgers on the list of a hand-over."""
    owners_known_by(_ledgers)
