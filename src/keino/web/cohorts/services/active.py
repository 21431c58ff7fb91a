"""What is done in a space only while its participation works."""

from __future__ import annotations

from keino.web.base.edited import locked
from keino.web.cohorts.errors.taking_part import ParticipationIsOver
from keino.web.cohorts.models import Participation


def require_active(participation: Participation) -> Participation:
    """The participation as it is now, locked; raises ParticipationIsOver where it doesn't work any more."""
    row = locked(participation)
    if not row.is_active:
        raise ParticipationIsOver(organisation=str(row.organisation), state=str(row.get_state_display()))
    return row
