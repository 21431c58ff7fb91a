"""The engagement log to read: a person's own rows, those of an edition, sums of hours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum

from keino.web.cohorts.models import Engagement
from keino.web.organisations.models import Organisation
from keino.web.programmes.choices import EditionState
from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from keino.web.base.models import Person


def log_of(person: Person) -> QuerySet[Engagement]:
    """What a person did, the newest first."""
    return _whole().filter(person=person)


def log_of_edition(edition: Edition) -> QuerySet[Engagement]:
    """What everybody did for an edition, the newest first."""
    return _whole().filter(edition=edition)


def _whole() -> QuerySet[Engagement]:
    found = Engagement.objects.filter(is_counted=True).select_related("person", "organisation", "edition")
    return found.order_by("-day", "-pk")


def hours_between(rows: QuerySet[Engagement], first: dt.date, last: dt.date) -> Decimal:
    """Hours of rows whose day lies between two days, both included."""
    total = rows.filter(day__gte=first, day__lte=last).aggregate(all=Sum("quarters"))["all"] or 0
    return Decimal(total) / 4


def quarters_by(rows: QuerySet[Engagement], column: str) -> list[tuple[object, int, int]]:
    """Value of a column, quarters of an hour and number of rows; the most first."""
    found = rows.order_by().values(column).annotate(quarters=Sum("quarters"), entries=Count("pk"))
    return [(each[column], each["quarters"], each["entries"]) for each in found.order_by("-quarters", column)]


def newest_of(person: Person) -> Engagement | None:
    """What a person wrote last."""
    return log_of(person).order_by("-created_at", "-pk").first()


def editions_to_log(person: Person) -> QuerySet[Edition]:
    """Editions whose work can be logged: a coordinator's are all, others' those that they are named in."""
    found = Edition.objects.exclude(state__in=(EditionState.DRAFT, EditionState.CANCELLED))
    if not person.has_perm("programmes.manage"):
        found = found.filter(Q(people__person=person)).distinct()
    return found.order_by("-created_at", "-pk")


def buyers(language: str) -> QuerySet[Organisation]:
    """Organisations that can be named in the log, by name."""
    return Organisation.objects.exclude(kind="company").order_by(f"name_{language}", "pk")
