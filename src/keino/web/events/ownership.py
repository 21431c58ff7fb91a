"""Coming events whose contact person leaves: somebody else is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.events.choices import EventState
from keino.web.events.models import Event
from keino.web.events.times import when

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _events(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Event.objects.filter(contact=person, organiser=organisation.pk).coming(timezone.now())
    for event in found.exclude(state=EventState.CANCELLED):
        yield Owned(
            key=f"event:{event.public_id}",
            kind=_("Event"),
            title=f"{event.title}, {when(event)}",
            url=reverse("events:desk_event", kwargs={"event_id": event.public_id}),
            give_to=_giver(event.pk),
            seen_with="events.manage",
        )


def _giver(key: int) -> Callable[[Person], None]:
    def give_to(person: Person) -> None:
        with transaction.atomic():
            event = Event.objects.select_for_update(of=("self",)).get(pk=key)
            event.contact, event.version = person, event.version + 1
            event.save()

    return give_to


def register() -> None:
    """Put events on the list of a hand-over."""
    owners_known_by(_events)
