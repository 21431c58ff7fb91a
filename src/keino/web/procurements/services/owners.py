"""Whoever looks after something must belong to the organisation."""

from __future__ import annotations

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import people_of
from keino.web.procurements.errors import OwnerMayNot


def require_own(person: Person | None, organisation: Organisation) -> None:
    """Raise OwnerMayNot for somebody without a role in the organisation today; nobody at all is fine."""
    if person is not None and not people_of(organisation, timezone.localdate()).filter(pk=person.pk).exists():
        raise OwnerMayNot(person=str(person), organisation=organisation.shown_name)
