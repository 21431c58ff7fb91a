"""Seats of a cohort's people in the sessions of its edition: given with a part in the programme, and going with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from keino.web.cohorts.models import Participation, TeamPerson
from keino.web.programmes.services.sessions import invite_to_sessions, uninvite_from_sessions

if TYPE_CHECKING:
    from keino.web.base.models import Person


def invite(participation: Participation, people: Iterable[Person | None], *, by: Person | None) -> None:
    """Seat people in the sessions to come, with entries for their calendars; who is seated already stays so."""
    invite_to_sessions(participation.edition, {person for person in people if person is not None}, by=by)


def uninvite(participation: Participation, people: Iterable[Person | None], *, by: Person | None) -> None:
    """Take the seats back of those who have no part in the edition any more; they are told, with the entries taken out.

    Asked after the change: who is still in a team of the cohort, responsible or mentor there, keeps the seat.
    """
    cohort = Participation.objects.in_cohort().filter(edition=participation.edition_id)
    stay = {
        *cohort.values_list("responsible", flat=True),
        *cohort.values_list("mentor", flat=True),
        *TeamPerson.objects.filter(participation__in=cohort).values_list("person", flat=True),
    }
    gone = {person for person in people if person is not None and person.pk not in stay}
    uninvite_from_sessions(participation.edition, gone, by=by)
