"""What ends when an organisation leaves early: it keeps its own work, and has no part in what the others share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.web.cohorts.models import Participation, PeerGroupMember
from keino.web.cohorts.services.mentors import let_mentor_go
from keino.web.cohorts.services.session_seats import uninvite

if TYPE_CHECKING:
    from keino.web.base.models import Person


def end_part(participation: Participation, *, by: Person | None) -> None:
    """Take the organisation out of its small group, its people out of the sessions to come, and let its mentor go.

    Inside the transaction of the leaving. What it wrote in the group stays. What it shared isn't shown any more, and
    may be taken away by its own people.
    """
    PeerGroupMember.objects.filter(participation=participation).delete()
    team = [each.person for each in participation.team.select_related("person")]
    uninvite(participation, [*team, participation.responsible, participation.mentor], by=by)
    let_mentor_go(participation, by=by)
