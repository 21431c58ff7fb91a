"""Mail about sparring sessions: to the mentor, to whoever agreed it and to those who answer for the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.cohorts.session_calendar import url_of
from keino.web.events.times import when_text
from keino.web.organisations.queries.people import responsible_persons
from keino.web.organisations.services.mails import in_language

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.cohorts.models import SparringSession

TOPIC = "cohorts.sparring"


def both_sides(session: SparringSession) -> list[Person]:
    """Whom a session concerns: its mentor, who agreed it, and the organisation's responsible persons; each once."""
    people = [session.mentor, session.created_by, *responsible_persons(session.organisation, timezone.localdate())]
    found = {person.pk: person for person in people if person is not None}
    return [person for person in found.values() if person.has_perm("cohorts.see", session.organisation)]


def tell_of_session(session: SparringSession, what: str, *, by: Person, also: Person | None = None) -> int:
    """Tell both sides that a session was ``agreed``, ``moved`` or ``cancelled``, with the file for their calendars.

    ``also`` is a mentor who was named before. A mail goes out once for each change (``sequence``).
    """
    people = both_sides(session)
    if also is not None and also not in people:
        people.append(also)
    sent = 0
    for person in people:
        with override(person.language):
            told = when_text(session.starts_at, session.ends_at)
        mail = send_later(
            f"cohorts/mail/sparring_{what}.txt", to=person, topic=TOPIC,
            once=f"sparring {session.public_id} {session.sequence} {what} {person.pk}",
            by=str(by), place=session.place, why=session.cancelled_because, url=url_of(session),
            session=str(session.public_id), when=told, **in_language(person.language, session.organisation),
        )  # fmt: skip
        sent += mail is not None
    return sent
