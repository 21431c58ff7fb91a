"""The mail that a programme is cancelled: one to each person concerned, which takes back entries in calendars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.programmes.services.date_mails import recipients_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.events.models import Event
    from keino.web.programmes.models import Edition

TEMPLATE = "programmes/mail/cancelled.txt"


def tell_cancelled(edition: Edition, events: Sequence[Event], *, by: Person | None, why: str) -> None:
    """Queue one mail to each person concerned."""
    for recipient in recipients_of(edition, events, by=by):
        with override(recipient.language):
            send_later(
                TEMPLATE,
                to=recipient.person,
                address=recipient.address,
                language=recipient.language,
                once=f"programmes.cancelled:{edition.public_id}:{recipient.key}",
                edition=edition.shown_name,
                by=str(by or ""),
                why=why,
                contact=edition.contact_email,
                events=[str(event.public_id) for event in events],
                url=settings.SITE_ADDRESS + reverse("programmes:programme", kwargs={"slug": edition.slug}),
            )
