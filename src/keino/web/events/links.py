"""Links in mails by which people come to their registration without logging in.

A link is a signed identifier: it can't be guessed or altered, and it is sent to the address of the registration only.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from keino.web.events.models import Event, Seat

_SEAT = "keino.events.seat"
_HOLD = "keino.events.hold"
_INVITATION = "keino.events.invitation"


def seat_token(seat_id: uuid.UUID) -> str:
    """What opens a registration; whoever has it has read the mail."""
    return signing.dumps(seat_id.hex, salt=_SEAT)


def hold_token(seat: Seat) -> str:
    """What opens the form of a held seat; given to the browser that began it. It never opens the registration."""
    return signing.dumps(seat.public_id.hex, salt=_HOLD)


def read_seat_token(token: str) -> uuid.UUID | None:
    """The registration of a link; None when the link wasn't made here."""
    return _read(token, _SEAT)


def read_hold_token(token: str) -> uuid.UUID | None:
    """The held seat of a form; None when the address wasn't made here."""
    return _read(token, _HOLD)


def invitation_token(event_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """What opens an invitation to one person; whoever has it has read the mail."""
    return signing.dumps([event_id.hex, person_id.hex], salt=_INVITATION)


def read_invitation_token(token: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """(event, person) of a link; None when the link wasn't made here."""
    try:
        event, person = signing.loads(token, salt=_INVITATION)
        return uuid.UUID(event), uuid.UUID(person)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def _read(token: str, salt: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(signing.loads(token, salt=salt))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def seat_url(seat_id: uuid.UUID) -> str:
    """The whole address of a registration."""
    return settings.SITE_ADDRESS + reverse("events:seat", kwargs={"token": seat_token(seat_id)})


def invitation_url(event_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """The whole address where one person says whether they come."""
    token = invitation_token(event_id, person_id)
    return settings.SITE_ADDRESS + reverse("events:invitation", kwargs={"token": token})


def event_url(event: Event) -> str:
    """The whole address of an event's page."""
    return settings.SITE_ADDRESS + reverse("events:event", kwargs={"event_id": event.public_id})
