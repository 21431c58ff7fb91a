"""The mail about changed dates: one to each person concerned, whatever changed, with entries for calendars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.events.models import Event
from keino.web.events.queries.seats import Recipient, told_of
from keino.web.programmes.concerned import concerned_by
from keino.web.programmes.dates_in_words import when_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition
    from keino.web.programmes.services.date_changes import Change

TEMPLATE = "programmes/mail/dates_changed.txt"


def recipients_of(edition: Edition, moved: Sequence[Event], *, by: Person | None) -> list[Recipient]:
    """Whom a change is told: everyone concerned by the edition, and those with a seat in a session that moves.

    Whoever made the change isn't told of it, unless a calendar entry of theirs is wrong now.
    """
    found: dict[str, Recipient] = {}
    for event in moved:
        for recipient in told_of(event):
            found.setdefault(recipient.address.lower(), recipient)
    for person in concerned_by(edition):
        if by is None or person.pk != by.pk:
            found.setdefault(person.email.lower(), Recipient(person, person.email, person.language, str(person), None))
    return list(found.values())


def tell_of_changes(
    edition: Edition, changes: Sequence[Change], moved: Sequence[Event], *, by: Person | None, why: str = ""
) -> int:
    """Queue one mail to each person concerned; returns to how many."""
    return sum(
        _tell(edition, changes, moved, recipient, by=by, why=why) for recipient in recipients_of(edition, moved, by=by)
    )


def _tell(
    edition: Edition,
    changes: Sequence[Change],
    moved: Sequence[Event],
    recipient: Recipient,
    *,
    by: Person | None,
    why: str,
) -> bool:
    with override(recipient.language):
        sent = send_later(
            TEMPLATE,
            to=recipient.person,
            address=recipient.address,
            language=recipient.language,
            once=f"programmes.dates:{edition.public_id}:{edition.version}:{recipient.key}",
            edition=edition.shown_name,
            by=str(by or ""),
            why=why,
            changes=[change_in_words(change) for change in changes],
            events=[str(event.public_id) for event in moved],
            url=settings.SITE_ADDRESS + reverse("programmes:programme", kwargs={"slug": edition.slug}),
        )
    return sent is not None


def change_in_words(change: Change) -> dict[str, Any]:
    """One change in the reader's language: what it is, when and where it was, when and where it is now."""
    return {
        "name": change.date.shown_name,
        "before": when_of(change.before) if change.before else "",
        "after": when_of(change.after) if change.after else "",
        "place": change.after.place if change.after else "",
    }
