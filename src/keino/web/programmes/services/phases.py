"""What is done in a programme is done when its calendar allows it: every service asks here, and here only."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from keino.web.programmes.errors.editions import NotInCalendar
from keino.web.programmes.not_now import not_now

if TYPE_CHECKING:
    from keino.web.programmes.choices import Act
    from keino.web.programmes.models import Edition


def require_phase(edition: Edition, *acts: Act, on: dt.datetime | None = None) -> None:
    """Raise NotInCalendar unless the calendar allows one of some acts now; ``on``: at the moment when they are done.

    What is agreed beforehand (an interview, a session, a due time) is asked for with the moment that is agreed.
    """
    why = not_now(edition, *acts, on=on)
    if why:
        raise NotInCalendar(why=why)
