"""Until when what of an application can be done: the edition's calendar, seen from the applicant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from keino.web.programmes.choices import Act, EditionState
from keino.web.programmes.queries.calendar import allows, deadline_of, spans_of

if TYPE_CHECKING:
    from keino.web.programmes.models import Application, Edition

#: States of an edition in which what was begun can go on: a closed call takes no new interest.
GOING_ON = frozenset({EditionState.OPEN, EditionState.CLOSED})


def interest_deadline(edition: Edition) -> dt.datetime | None:
    """The last moment for telling one's interest; None = no end is known."""
    return deadline_of(edition, Act.EXPRESS_INTEREST)


def booking_deadline(edition: Edition) -> dt.datetime | None:
    """The last moment for booking a first discussion; None = no end is known."""
    return deadline_of(edition, Act.BOOK_DISCUSSION)


def booking_end(application: Application) -> dt.datetime | None:
    """The last moment at which this applicant books; None = no end is known.

    Whoever booked before the deadline moves the discussion, or books anew when it was cancelled, until the calendar's
    discussions end: an expert may fall ill after the deadline.
    """
    deadline, spans = booking_deadline(application.edition), spans_of(application.edition, Act.HOLD_DISCUSSION)
    if deadline is None or not spans or not booked_in_time(application):
        return deadline
    last = spans[-1][1]
    return last and max(deadline, last)


def booked_in_time(application: Application) -> bool:
    """Whether the applicant has ever booked, whatever became of it: a first discussion is booked in time or not."""
    return application.discussions.exists()


def application_deadline(edition: Edition) -> dt.datetime | None:
    """The last moment for sending the application; None = no end is known."""
    return deadline_of(edition, Act.APPLY)


def takes_interest(edition: Edition, now: dt.datetime) -> bool:
    """Whether an organisation can tell its interest at a moment."""
    return edition.is_open and allows(edition, Act.EXPRESS_INTEREST, now)


def takes_bookings(edition: Edition, now: dt.datetime) -> bool:
    """Whether everyone can book a discussion at a moment, as far as the calendar goes."""
    return edition.state in GOING_ON and allows(edition, Act.BOOK_DISCUSSION, now)


def moves_bookings(edition: Edition, now: dt.datetime) -> bool:
    """Whether the time for first bookings is over, and what was booked in time can still be moved or booked anew."""
    deadline = booking_deadline(edition)
    if edition.state not in GOING_ON or deadline is None or now <= deadline:
        return False
    return any(closes is None or now <= closes for _opens, closes in spans_of(edition, Act.HOLD_DISCUSSION))


def can_book(application: Application, now: dt.datetime) -> bool:
    """Whether this applicant can book, move or book anew at a moment, as far as the calendar goes."""
    if takes_bookings(application.edition, now):
        return True
    return moves_bookings(application.edition, now) and booked_in_time(application)


def takes_applications(edition: Edition, now: dt.datetime) -> bool:
    """Whether applications can be sent at a moment."""
    return edition.state in GOING_ON and allows(edition, Act.APPLY, now)
