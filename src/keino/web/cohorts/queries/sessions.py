"""The dates of an edition as its participants see them, and what the sessions left behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.templatetags.keino import moment
from keino.web.events.models import Event, Material
from keino.web.events.times import when_text
from keino.web.programmes.choices import DateKind
from keino.web.programmes.dates_in_words import time_of

if TYPE_CHECKING:
    from keino.web.programmes.models import Edition, EditionDate

#: Dates of the time before the programme: they are no business of those who are in.
_BEFORE = frozenset(
    {
        DateKind.CALL_OPENS, DateKind.INFO_SESSION, DateKind.FORM_DEADLINE, DateKind.BOOKING_DEADLINE,
        DateKind.DISCUSSIONS, DateKind.APPLICATION_DEADLINE, DateKind.INTERVIEWS, DateKind.SELECTION_PUBLISHED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class SessionDate:
    """One date: when, what, where, and its event where people register to it."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    shown_name: str
    words: str
    event: Event | None = None
    url: str = ""


def sessions_of(edition: Edition) -> list[SessionDate]:
    """The dates of the programme from its pre-assignment on, in their order."""
    rows = []
    for date in edition.dates.exclude(kind__in=_BEFORE).select_related("event"):
        date.edition = edition  # which its name asks for
        url = reverse("events:event", args=[date.event.public_id]) if date.event is not None else ""
        rows.append(SessionDate(date.starts_at, date.ends_at, date.shown_name, _words(date), date.event, url))
    return rows


def _words(date: EditionDate) -> str:
    """When and where, in words; a time that the call leaves open is said as the call says it."""
    if date.shown_said:
        return str(date.shown_said)
    when = when_text(date.starts_at, date.ends_at)
    if date.is_whole_day:
        is_one_day = timezone.localdate(date.starts_at) == timezone.localdate(date.ends_at)
        when = _("all day") if is_one_day else time_of(date)
    if date.starts_at == date.ends_at:
        when = moment(date.starts_at)
    return ", ".join(filter(None, (when, str(date.get_mode_display()) if date.mode else "", date.place)))


def materials_of(sessions: Sequence[SessionDate]) -> list[Material]:
    """What was published of the sessions, by session."""
    events = [each.event.pk for each in sessions if each.event is not None]
    found = Material.objects.filter(event__in=events, published_at__isnull=False).select_related("event")
    return list(found.order_by("event__starts_at", "added_at", "pk"))
