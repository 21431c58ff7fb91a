"""States and kinds of events and seats, with their names for people."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class EventState(TextChoices):
    """Where an event stands. That it is over is told by the clock, not by a state."""

    DRAFT = "draft", pgettext_lazy("event", "draft")
    ANNOUNCED = "announced", pgettext_lazy("event", "announced")
    CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")


class Mode(TextChoices):
    """Where people take part."""

    ONLINE = "online", pgettext_lazy("event", "online")
    ON_SITE = "on_site", pgettext_lazy("event", "on site")
    HYBRID = "hybrid", pgettext_lazy("event", "on site and online")


class Joins(TextChoices):
    """How one person takes part."""

    ON_SITE = "on_site", pgettext_lazy("participant", "on site")
    ONLINE = "online", pgettext_lazy("participant", "online")


class Audience(TextChoices):
    """Who sees an event and may register."""

    PUBLIC = "public", pgettext_lazy("event", "everyone")
    INVITED = "invited", pgettext_lazy("event", "those invited")


class Theme(TextChoices):
    """What an event is about."""

    LOW_CARBON = "low_carbon", pgettext_lazy("theme", "low-carbon procurement")
    CIRCULAR = "circular", pgettext_lazy("theme", "circular economy")
    INNOVATION = "innovation", pgettext_lazy("theme", "innovation")
    SOCIAL = "social", pgettext_lazy("theme", "social responsibility")
    MANAGEMENT = "management", pgettext_lazy("theme", "management of procurement")
    MARKET = "market", pgettext_lazy("theme", "market dialogue")
    OTHER = "other", pgettext_lazy("theme", "other")


class SeatState(TextChoices):
    """Where a registration stands. Allowed moves: ``SEAT_MOVES``."""

    HELD = "held", pgettext_lazy("seat", "held while filling in")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("seat", "waits for the link in the mail")
    BOOKED = "booked", pgettext_lazy("seat", "registered")
    WAITING = "waiting", pgettext_lazy("seat", "on the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("seat", "cancelled")
    LAPSED = "lapsed", pgettext_lazy("seat", "lapsed")


#: From → to. A seat that was cancelled or lapsed stays so: who comes back makes a new one.
SEAT_MOVES: dict[str, frozenset[str]] = {
    SeatState.HELD: frozenset({SeatState.UNCONFIRMED, SeatState.BOOKED, SeatState.WAITING, SeatState.LAPSED}),
    SeatState.UNCONFIRMED: frozenset({SeatState.BOOKED, SeatState.WAITING, SeatState.CANCELLED, SeatState.LAPSED}),
    SeatState.WAITING: frozenset({SeatState.BOOKED, SeatState.CANCELLED, SeatState.LAPSED}),
    SeatState.BOOKED: frozenset({SeatState.CANCELLED}),
    SeatState.CANCELLED: frozenset(),
    SeatState.LAPSED: frozenset(),
}
#: A person has at most one of these in an event.
LIVE = (SeatState.UNCONFIRMED, SeatState.BOOKED, SeatState.WAITING)


class Attendance(TextChoices):
    """Whether somebody came."""

    UNKNOWN = "", pgettext_lazy("attendance", "not marked")
    PRESENT = "present", pgettext_lazy("attendance", "came")
    ABSENT = "absent", pgettext_lazy("attendance", "did not come")


class MaterialKind(TextChoices):
    """What a material is."""

    FILE = "file", pgettext_lazy("material", "file")
    LINK = "link", pgettext_lazy("material", "link")
    RECORDING = "recording", pgettext_lazy("material", "recording")
