"""Work by the clock: calls open and close, programmes begin."""

from __future__ import annotations

from keino.web.base.timetable import every
from keino.web.programmes.services.states import follow_clock

#: A deadline counts to the second wherever something is sent; this only says how soon pages call the call closed.
EVERY_MINUTE = 60


def register_timetable() -> None:
    """Look at the calendars once a minute."""
    every("programmes.follow_clock", seconds=EVERY_MINUTE)(follow_clock)
