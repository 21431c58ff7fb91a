"""What an edition still lacks before it can be closed, and when it would be followed up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from keino.domain.programmes.follow_up import FollowUp, follow_up, follow_up_year
from keino.web.cohorts.choices.deliverables import DeliverableState
from keino.web.cohorts.choices.participation import TAKES_PART
from keino.web.cohorts.models import Deliverable, EditionClosing
from keino.web.programmes.choices import DateKind

if TYPE_CHECKING:
    from keino.web.programmes.models import Edition

#: What tells when an edition began, by what is asked first.
_BEGINNING = (DateKind.KICK_OFF, DateKind.CALL_OPENS)


def unfinished(edition: Edition) -> QuerySet[Deliverable]:
    """Deliverables of those in its cohort that no mentor has approved."""
    found = Deliverable.objects.filter(
        participation__edition=edition, participation__state__in=sorted(TAKES_PART)
    ).exclude(state=DeliverableState.APPROVED)
    return found.select_related("participation__organisation", "category_plan", "procurement").order_by(
        "participation__organisation__slug", "pk"
    )


def planned_follow_up(edition: Edition, closed_on: dt.date, year: int | None = None) -> FollowUp:
    """When an edition is followed up: as its calendar says, else in the year after it began."""
    dates = list(edition.dates.all())
    joint = next((each for each in dates if each.kind == DateKind.ALUMNI_MEETING), None)
    single = next((each for each in dates if each.kind == DateKind.FOLLOW_UP_MEETINGS), None)
    said = next((timezone.localtime(each.ends_at).date() for each in (joint, single) if each is not None), None)
    if said is not None and (said <= closed_on or (year is not None and year != said.year)):
        said = None  # the calendar's day has passed, or the coordinator chose another year
    if said is None:
        return follow_up(year or follow_up_year(_began_on(edition, closed_on), closed_on), closed_on)
    usual = follow_up(said.year, closed_on)
    return FollowUp(said.year, _day_of(single, usual.organisation_meeting), _day_of(joint, usual.joint_meeting))


def _day_of(date: object, usual: dt.date) -> dt.date:
    """The last day of a date of the calendar, where it lies in the year of the follow-up."""
    ends_at = getattr(date, "ends_at", None)
    day = timezone.localtime(ends_at).date() if ends_at is not None else usual
    return day if day.year == usual.year else usual


def _began_on(edition: Edition, otherwise: dt.date) -> dt.date:
    for kind in _BEGINNING:
        found = next((each for each in edition.dates.all() if each.kind == kind), None)
        if found is not None:
            return timezone.localtime(found.starts_at).date()
    return otherwise


def closing_of(edition: Edition) -> EditionClosing | None:
    """How the edition was closed, once it was."""
    found = EditionClosing.objects.filter(edition=edition).select_related("closed_by")
    return found.prefetch_related("left_undone__participation__organisation").first()
