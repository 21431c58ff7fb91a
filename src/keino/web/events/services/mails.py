"""Mail about events. Each goes once; those about a seat that is sure carry the entry for the calendar.

All are duties: who registered, or was invited by name, must learn that an event moved. Each says how it can be ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.models import Mail
from keino.web.events.choices import Mode
from keino.web.events.links import event_url
from keino.web.events.queries.seats import Recipient
from keino.web.events.times import when

if TYPE_CHECKING:
    from keino.web.events.models import Event, Seat

#: Which calendar message a mail carries (RFC 5546); the others carry none.
REQUEST, CANCEL = "REQUEST", "CANCEL"
METHODS = {
    "events/mail/booked.txt": REQUEST,
    "events/mail/moved_up.txt": REQUEST,
    "events/mail/moved.txt": REQUEST,
    "events/mail/invited.txt": REQUEST,
    "events/mail/declined.txt": CANCEL,
    "events/mail/invitation_withdrawn.txt": CANCEL,
    "events/mail/seat_cancelled.txt": CANCEL,
    "events/mail/called_off.txt": CANCEL,
}


def recipient_of(seat: Seat) -> Recipient:
    """The person of a seat as somebody who is written to."""
    person = seat.person
    return Recipient(
        person, person.email if person else seat.email, person.language if person else seat.language, str(seat), seat
    )


def has_entry(event: Event, recipient: Recipient) -> bool:
    """Whether a mail that puts the event into a calendar has gone to somebody."""
    asking = [template for template, method in METHODS.items() if method == REQUEST]
    sent = Mail.objects.filter(template__in=asking, values__event=str(event.public_id), sent_at__isnull=False)
    return sent.filter(address__iexact=recipient.address).exists()


def forget_told(what: str, event: Event, recipient: Recipient, *, once: str) -> None:
    """Let the mail of this occasion go again: what it said was taken back since."""
    key = _key(what, event, recipient, once)
    Mail.objects.filter(once=key).update(once=None)


def _key(what: str, event: Event, recipient: Recipient, once: str) -> str:
    return f"events.{what}:{event.public_id}:{recipient.key}:{once}"


def tell(what: str, event: Event, recipient: Recipient, *, once: str = "", **values: Any) -> bool:
    """Queue the mail ``events/mail/<what>.txt``; False when it was queued before.

    ``once`` tells this occasion from others of the same kind (the number of a change of time). The page of an event for
    those invited asks for an account, so the mail leads to the registration, or to the invitation, by its own link.
    """
    if recipient.person is None and not recipient.address:
        return False  # the name and address are gone
    with override(recipient.language):
        sent = send_later(
            f"events/mail/{what}.txt",
            to=recipient.person,
            address=recipient.address,
            language=recipient.language,
            once=_key(what, event, recipient, once) if once else None,
            event=str(event.public_id),
            seat=str(recipient.seat.public_id) if recipient.seat else "",
            invited=str(recipient.person.public_id) if recipient.person and not recipient.seat else "",
            title=event.title,
            organiser=event.organiser.shown_name,
            when=when(event),
            place=event.place if event.mode != Mode.ONLINE else "",
            online=event.mode != Mode.ON_SITE,
            contact=str(event.contact or ""),
            url=event_url(event) if event.is_public else "",
            **values,
        )
    return sent is not None
