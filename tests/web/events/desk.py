"""The desk's hands: a coordinator with a second factor, addresses and first values of forms."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from keino.web.base.models import Person
from keino.web.events.models import Event
from keino.web.organisations.models import Organisation
from tests.factories.accounts import with_second_factor
from tests.factories.web import someone_who_is


def a_coordinator(centre: Organisation) -> Person:
    """Somebody who may manage events."""
    return with_second_factor(someone_who_is("coordinator", centre))


def desk_of(event: Event) -> Client:
    """A browser in which a coordinator of the event's organiser is logged in."""
    client = Client()
    client.force_login(a_coordinator(event.organiser))
    return client


def of_event(event: Event, name: str, **more: object) -> str:
    """The address of one of an event's pages."""
    return reverse(f"events:{name}", kwargs={"event_id": event.public_id, **more})


def first_values(client: Client, address: str) -> dict[str, Any]:
    """What a form holds when it is opened."""
    form = client.get(address).context["form"]
    return {name: form[name].initial for name in form.fields if form[name].initial not in (None, "", False)}
