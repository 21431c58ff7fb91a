"""Lists of events: the public one, the desk's, those of a series; each with how full they are, by one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from keino.web.events.choices import Attendance, EventState, Joins, Mode, SeatState
from keino.web.events.models import Event, Material, Seat, Series
from keino.web.events.rules import managed_by

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _counts() -> Q:
    """Seats of the way in which the event's capacity counts; as ``queries.seats.counted``."""
    online = Q(mode=Mode.ONLINE)
    return (online & Q(seats__joins=Joins.ONLINE)) | (~online & Q(seats__joins=Joins.ON_SITE))


def with_numbers(events: QuerySet[Event], now: dt.datetime) -> QuerySet[Event]:
    """Each with ``taken`` seats, ``waiting`` people and whether it ``has_materials``."""
    held = Q(seats__state__in=(SeatState.HELD, SeatState.UNCONFIRMED), seats__has_place=True, seats__held_until__gt=now)
    taken = (Q(seats__state=SeatState.BOOKED) | held) & _counts()
    shown = Material.objects.filter(event=OuterRef("pk"), published_at__isnull=False)
    return events.annotate(
        taken=Count("seats", filter=taken),
        waiting=Count("seats", filter=Q(seats__state=SeatState.WAITING)),
        has_materials=Exists(shown),
    )


def public_list(chosen: Mapping[str, Any], now: dt.datetime) -> QuerySet[Event]:
    """Events for everyone: coming ones by time, past ones the newest first."""
    found = Event.objects.listed()
    if chosen.get("when") == "past":
        found = found.past(now).order_by("-starts_at", "-pk")
    else:
        found = found.coming(now).order_by("starts_at", "pk")
    for name in ("theme", "language", "mode"):
        if chosen.get(name):
            found = found.filter(**{name: chosen[name]})
    if chosen.get("series"):
        found = found.filter(series__public_id=chosen["series"])
    return with_numbers(found.select_related("organiser", "series"), now)


@dataclass(frozen=True)
class Standing:
    """How one event of a list stands for a visitor. ``free`` is None where there is no limit."""

    event: Event
    is_open: bool
    free: int | None

    @property
    def is_full(self) -> bool:
        """Whether only the waiting list is left; online there is room for everyone."""
        return self.free == 0 and self.event.mode != Mode.HYBRID


def standing(event: Event, now: dt.datetime) -> Standing:
    """How an event of ``with_numbers`` stands."""
    taken: int = event.taken  # type: ignore[attr-defined]  # counted with the list
    free = None if event.capacity is None else max(0, event.capacity - taken)
    return Standing(event, event.takes_registrations(now), free)


def desk_list(person: Person, *, words: str, when: str, state: str, now: dt.datetime) -> QuerySet[Event]:
    """The events that a person manages: drafts and those for invited people, too."""
    found = Event.objects.filter(managed_by(person)).order_by("starts_at", "pk")
    if when == "past":
        found = found.past(now).order_by("-starts_at", "-pk")
    elif when != "all":
        found = found.coming(now)
    if state in EventState.values:
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(series__title__icontains=words))
    return with_numbers(found.select_related("organiser", "series"), now)


def of_series(event: Event, now: dt.datetime, most: int = 10) -> list[Event]:
    """The other events of an event's series that everyone may see: coming ones first, then the newest."""
    if event.series_id is None:
        return []
    others = Event.objects.listed().filter(series=event.series_id).exclude(pk=event.pk)
    coming = list(others.coming(now)[:most])
    return coming + list(others.past(now).order_by("-starts_at")[: most - len(coming)])


def series_to_choose() -> QuerySet[Series]:
    """All series, for a form."""
    return Series.objects.order_by("title", "pk")


def participants(event: Event, *, words: str = "", state: str = "") -> QuerySet[Seat]:
    """People of an event for its organiser; the waiting list in its order."""
    states = [state] if state else [SeatState.BOOKED, SeatState.WAITING]
    found = event.seats.filter(state__in=states).select_related("person", "organisation")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words) | Q(works_at__icontains=words))
    if state == SeatState.WAITING:
        return found.order_by("queued_at", "pk")
    return found.order_by("state", F("queued_at").asc(nulls_first=True), "name", "pk")


def numbers_of(event: Event, now: dt.datetime) -> dict[str, int]:
    """How many are registered, wait, cancelled, came; what stays right after the names are gone."""
    booked = Q(state=SeatState.BOOKED)
    found: dict[str, int] = event.seats.aggregate(
        booked=Count("pk", filter=booked),
        on_site=Count("pk", filter=booked & Q(joins=Joins.ON_SITE)),
        waiting=Count("pk", filter=Q(state=SeatState.WAITING)),
        unconfirmed=Count("pk", filter=Q(state=SeatState.UNCONFIRMED, held_until__gt=now)),
        cancelled=Count("pk", filter=Q(state=SeatState.CANCELLED)),
        came=Count("pk", filter=booked & Q(attendance=Attendance.PRESENT)),
        absent=Count("pk", filter=booked & Q(attendance=Attendance.ABSENT)),
    )
    return found
