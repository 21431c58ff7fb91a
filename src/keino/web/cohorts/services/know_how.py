"""Who knows what: an organisation says what it offers and asks; people themselves say that they may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed, locked
from keino.web.cohorts.errors.peers import OnlyOwnName
from keino.web.cohorts.models import KnowHow, Participation
from keino.web.organisations.queries.people import people_of

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person


@dataclass(frozen=True)
class KnowHowFields:
    """What an organisation says, and who else may see it."""

    kind: str
    topic: str
    text: str
    shared: str


def add_know_how(participation: Participation, *, key: UUID, fields: KnowHowFields, by: Person) -> KnowHow:
    """Say what the organisation offers or asks. ``key`` is the form's: sent twice, it makes one."""
    with transaction.atomic(), acting(by, act="know_how_added"):
        return KnowHow.objects.get_or_create(public_id=key, participation=participation, defaults=vars(fields))[0]


def change_know_how(known: KnowHow, *, fields: KnowHowFields, seen: int, by: Person) -> None:
    """Change it, or who may see it. Raises Conflict."""
    with transaction.atomic(), acting(by, act="know_how_changed"):
        changed(as_seen(known, seen), vars(fields))


def remove_know_how(known: KnowHow, *, by: Person) -> None:
    """Take it away."""
    with transaction.atomic(), acting(by, act="know_how_removed"):
        KnowHow.objects.filter(pk=known.pk).delete()


def may_be_asked(known: KnowHow, *, is_so: bool, by: Person) -> None:
    """The person lets their own name be shown, or takes it away; nobody does it for them. Raises OnlyOwnName.

    Who has no role in the organisation any more isn't shown: another one can stand in their place.
    """
    with transaction.atomic(), acting(by, act="know_how_contact"):
        kept = locked(known)
        is_anothers = kept.contact is not None and kept.contact != by
        if is_anothers and (not is_so or _of_today(kept, kept.contact)):
            raise OnlyOwnName(person=str(kept.contact))
        changed(kept, {"contact": by if is_so else None, "contact_agreed_at": timezone.now() if is_so else None})


def _of_today(known: KnowHow, person: Person | None) -> bool:
    """Whether somebody has a role today in the organisation that says it."""
    there = people_of(known.participation.organisation, timezone.localdate())
    return person is not None and there.filter(pk=person.pk).exists()
