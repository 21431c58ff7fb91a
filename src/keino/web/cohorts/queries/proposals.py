"""Rows that the engagement log proposes: events that a person held or came to, and sparring sessions they held.

What was taken up or declined is never proposed again: the person has a row with that source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from keino.web.cohorts.choices.engagement import MOST_QUARTERS, EngagementKind
from keino.web.cohorts.choices.sparring import SessionState
from keino.web.cohorts.models import Engagement, SparringSession
from keino.web.events.choices import Attendance, EventState
from keino.web.events.models import Event

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.programmes.models import Edition

#: Older work is not asked for.
BACK = dt.timedelta(days=60)
_QUARTER = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Proposal:
    """A row as it would be written. ``same_day``: a row by hand of that day that may mean the same work."""

    source: str
    kind: str
    day: dt.date
    quarters: int
    title: str
    organisation: Organisation | None = None
    edition: Edition | None = None
    same_day: Engagement | None = None

    @property
    def hours(self) -> float:
        """Its length in hours."""
        return self.quarters / 4


def quarters_of(length: dt.timedelta) -> int:
    """A length in quarters of an hour, to the nearest one, at least one and at most a day."""
    return min(MOST_QUARTERS, max(1, round(length / _QUARTER)))


def proposals(person: Person, now: dt.datetime) -> list[Proposal]:
    """What the person could take up, the newest first."""
    found = [each for source in SOURCES for each in source(person, now)]
    known = dict(
        Engagement.objects.filter(person=person, source__in=[each.source for each in found]).values_list("source", "pk")
    )
    open_ones = [each for each in found if each.source not in known]
    return sorted(_beside_own_rows(person, open_ones), key=lambda each: (each.day, each.source), reverse=True)


def proposal_of(person: Person, source: str, now: dt.datetime) -> Proposal | None:
    """One of these, by its source."""
    return next((each for each in proposals(person, now) if each.source == source), None)


def _beside_own_rows(person: Person, found: list[Proposal]) -> Iterator[Proposal]:
    """With the row by hand that looks like the same work: of the same day, and of the same kind or organisation."""
    rows = Engagement.objects.filter(person=person, source="", day__in={each.day for each in found})
    by_day: dict[dt.date, list[Engagement]] = {}
    for row in rows.order_by("pk"):
        by_day.setdefault(row.day, []).append(row)
    for each in found:
        alike = (row for row in by_day.get(each.day, []) if _alike(row, each))
        yield replace(each, same_day=next(alike, None))


def _alike(row: Engagement, each: Proposal) -> bool:
    same_organisation = each.organisation is not None and row.organisation_id == each.organisation.pk
    return row.kind == each.kind or same_organisation


def _events(person: Person, now: dt.datetime) -> Iterator[Proposal]:
    """Events that are over: those whose contact the person is, and those that they came to."""
    came = Q(seats__person=person, seats__attendance=Attendance.PRESENT)
    found = Event.objects.filter(Q(contact=person) | came, ends_at__lte=now, ends_at__gt=now - BACK)
    found = found.filter(state=EventState.ANNOUNCED).select_related("edition_date__edition").distinct()
    for event in found.order_by("ends_at", "pk"):
        date = getattr(event, "edition_date", None)
        yield Proposal(
            source=f"event:{event.public_id}",
            kind=EngagementKind.EVENT,
            day=timezone.localtime(event.starts_at).date(),
            quarters=quarters_of(event.ends_at - event.starts_at),
            title=event.title,
            edition=date.edition if date else None,
        )


def _sessions(person: Person, now: dt.datetime) -> Iterator[Proposal]:
    """Sparring sessions that the person held as the mentor."""
    found = SparringSession.objects.filter(
        mentor=person, state=SessionState.HELD, ends_at__lte=now, ends_at__gt=now - BACK
    )
    for session in found.select_related("organisation", "participation__edition").order_by("ends_at", "pk"):
        yield Proposal(
            source=f"sparring:{session.public_id}",
            kind=EngagementKind.SPARRING,
            day=timezone.localtime(session.starts_at).date(),
            quarters=quarters_of(session.ends_at - session.starts_at),
            title="",
            organisation=session.organisation,
            edition=session.participation.edition if session.participation else None,
        )


SOURCES: tuple[Callable[[Person, dt.datetime], Iterator[Proposal]], ...] = (_events, _sessions)
