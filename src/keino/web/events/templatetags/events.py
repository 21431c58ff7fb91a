"""What templates of events show: when an event is, the link of a registration."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django import template

from keino.web.events import links, times
from keino.web.events.models import Event, Seat

register = template.Library()


@register.filter
def when(event: Event) -> str:
    """When an event is, in the reader's language."""
    return times.when(event)


@register.filter
def until(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """When something is that isn't an event, said like those: ``{{ session.starts_at|until:session.ends_at }}``."""
    return times.when_text(starts_at, ends_at)


@register.filter
def invitation_link(event: str, person: str) -> str:
    """The whole address of an invitation: ``{{ event|invitation_link:invited }}``, by their identifiers."""
    return links.invitation_url(UUID(event), UUID(person))


@register.filter
def seat_link(seat: Seat | str) -> str:
    """The whole address of a registration; a mail knows it by its identifier and keeps no secret."""
    return links.seat_url(seat.public_id if isinstance(seat, Seat) else UUID(seat))
