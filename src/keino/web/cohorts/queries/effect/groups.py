"""Who took part, who is comparable, and in which class of kind and size each is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from keino.domain.programmes.effect import Measured
from keino.domain.programmes.windows import Windows, windows
from keino.web.cohorts.models import Participation
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run
from keino.web.organisations.choices import BUYERS
from keino.web.organisations.models import Organisation
from keino.web.organisations.peer_groups import band_of
from keino.web.programmes.choices import DateKind

if TYPE_CHECKING:
    from keino.web.programmes.models import Edition

#: Before and after of each organisation that both are known of.
Values = Mapping[int, tuple[float, float]]


@dataclass(frozen=True)
class Groups:
    """Classes of the participants and of the others by their keys; ``published``: whose footprint everybody sees."""

    participants: Mapping[int, str]
    others: Mapping[int, str]
    published: frozenset[int]

    @property
    def everybody(self) -> list[int]:
        """All keys."""
        return [*self.participants, *self.others]

    def measured(self, values: Values, known: Collection[int] = ()) -> tuple[list[Measured], list[Measured]]:
        """Those of both groups that have values; ``known``: those whose values everybody can look up."""
        return _measured(self.participants, values, known), _measured(self.others, values, known)


def _measured(group: Mapping[int, str], values: Values, known: Collection[int]) -> list[Measured]:
    return [
        Measured(key, stratum, *values[key], is_public=key in known) for key, stratum in group.items() if key in values
    ]


def calendar_of(edition: Edition) -> tuple[dt.date, dt.date] | None:
    """Days of the kick-off and of the closing; None where the calendar lacks one of them."""
    days: dict[str, dt.date] = {}
    for date in edition.dates.all():
        if date.kind == DateKind.KICK_OFF:
            days["kickoff"] = min(days.get("kickoff", dt.date.max), timezone.localtime(date.starts_at).date())
        if date.kind in {DateKind.CLOSING, DateKind.ENDS}:
            days["closing"] = max(days.get("closing", dt.date.min), timezone.localtime(date.ends_at).date())
    if len(days) < 2 or days["closing"] <= days["kickoff"]:
        return None
    return days["kickoff"], days["closing"]


def windows_of(edition: Edition) -> Windows | None:
    """The days that count as before, end and afterwards."""
    found = calendar_of(edition)
    return windows(*found) if found else None


def groups_of(edition: Edition, until: dt.date) -> Groups:
    """Everyone who got a place, also those who left early, and all buyers that took part in no programme until a day.

    Only organisations that take part in anonymous comparison. Examples are never mixed with real ones.
    """
    shown = Run.objects.filter(organisation=OuterRef("pk"), state=RunState.DONE).exclude(published_at=None)
    taking_part = Organisation.objects.filter(
        is_compared=True, is_example=edition.organisation.is_example, kind__in=BUYERS
    ).annotate(has_published=Exists(shown))
    here = Participation.objects.filter(edition=edition, organisation=OuterRef("pk"))
    anywhere = Participation.objects.filter(organisation=OuterRef("pk"), began_at__date__lte=until)
    columns = ("pk", "kind", "population", "is_public", "has_published")
    rows = taking_part.annotate(is_here=Exists(here)).filter(Q(is_here=True) | ~Exists(anywhere))
    groups: tuple[dict[int, str], dict[int, str]] = ({}, {})
    published = set()
    for key, kind, population, is_public, has_published, is_here in rows.values_list(*columns, "is_here"):
        groups[0 if is_here else 1][key] = stratum(kind, population)
        if is_public and has_published:
            published.add(key)
    return Groups(*groups, published=frozenset(published))


def stratum(kind: str, population: int | None) -> str:
    """Kind and size class. Organisations that nobody counts residents or members for are one class of their kind."""
    return f"{kind}/{band_of(population, Decimal(0)).key}"
