"""Participations that need another responsible person when somebody leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Model
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.cohorts.models import Participation
from keino.web.cohorts.services.session_seats import invite, uninvite

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _participations(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Participation.objects.active().filter(responsible=person, organisation=organisation.pk)
    for each in found.select_related("organisation", "edition").order_by("pk"):
        yield Owned(
            key=f"participation:{each.public_id}",
            kind=_("Responsible for a programme"),
            title=str(each.edition),
            url=reverse("cohorts:space", args=[each.organisation.slug, each.edition.slug]),
            give_to=_giver(each.pk),
            seen_with="cohorts.see",
        )


def _giver(key: int) -> Callable[[Person], None]:
    def give_to(person: Person) -> None:
        with transaction.atomic():
            row = Participation.objects.select_for_update().get(pk=key)
            before, row.responsible = row.responsible, person
            row.version = F("version") + 1
            row.save(update_fields=["responsible", "version"])
            invite(row, [person], by=None)
            uninvite(row, [before], by=None)

    return give_to


def register() -> None:
    """Put participations on the list of a hand-over."""
    owners_known_by(_participations)
