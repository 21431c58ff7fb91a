"""The calendar of an edition as other parts ask for it: what may be done now, until when, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from keino.domain.programmes import calendar
from keino.domain.programmes.calendar import Date, Phase, allowed
from keino.web.programmes.choices import Act
from keino.web.programmes.models import Edition

#: From when to when; None: without bound.
Span = tuple[dt.datetime | None, dt.datetime | None]


def dates_of(edition: Edition) -> list[Date]:
    """The dates as the rules take them, in their order."""
    return [each.as_date for each in edition.dates.all()]


def phases_of(edition: Edition) -> list[Phase]:
    """The phases as the rules take them."""
    return [each.as_phase for each in edition.phases.all()]


def allowed_now(edition: Edition, now: dt.datetime | None = None) -> frozenset[str]:
    """What the calendar allows at a moment (``choices.Act``); the edition's state is another question."""
    return allowed(phases_of(edition), dates_of(edition), now or timezone.now())


def allows(edition: Edition, act: Act, now: dt.datetime | None = None) -> bool:
    """Whether the calendar allows an act at a moment."""
    return act in allowed_now(edition, now)


def where_allowed(act: Act, slugs: Collection[str]) -> set[str]:
    """Which of some editions' calendars allow an act now; asked together."""
    found = Edition.objects.filter(slug__in=slugs).prefetch_related("dates", "phases") if slugs else ()
    return {each.slug for each in found if allows(each, act)}


def spans_of(edition: Edition, *acts: Act) -> list[Span]:
    """From when to when the calendar allows any of some acts, in order."""
    return calendar.spans_of(acts, phases_of(edition), dates_of(edition))


def deadline_of(edition: Edition, act: Act) -> dt.datetime | None:
    """The last moment at which the calendar allows an act; None when it has no end or no date yet."""
    spans = spans_of(edition, act)
    return spans[-1][1] if spans else None


def moment_of(edition: Edition, kind: str) -> dt.datetime | None:
    """When the date of a kind ends (a deadline: its moment); None when the calendar has none. The last of several."""
    ends = [each.ends_at for each in edition.dates.all() if each.kind == kind]
    return max(ends) if ends else None
