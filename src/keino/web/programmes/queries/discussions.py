"""Discussions: what can be booked now, what is booked, whose it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from keino.domain.programmes.booking import BookingRule, Hours, Slot, Taken, offered
from keino.domain.programmes.calendar import is_within
from keino.web.base.models import Person
from keino.web.programmes.choices import Act
from keino.web.programmes.engaged import engaged_elsewhere
from keino.web.programmes.models import Discussion, DiscussionExpert, DiscussionRule, ExpertHours
from keino.web.programmes.queries.application_dates import can_book, moves_bookings, takes_bookings
from keino.web.programmes.queries.calendar import spans_of
from keino.web.programmes.queries.people import experts_of
from keino.web.programmes.queries.ties import not_barred

if TYPE_CHECKING:
    from keino.web.programmes.models import Application, Edition


def zone() -> dt.tzinfo:
    """The time zone in which hours are given."""
    return ZoneInfo(settings.TIME_ZONE)


def rule_of(edition: Edition) -> DiscussionRule:
    """How the edition's discussions are held; as usual where nobody said it."""
    return DiscussionRule.objects.filter(edition=edition).first() or DiscussionRule(edition=edition)


def booking_rule(rule: DiscussionRule) -> BookingRule:
    """The same for the rule that offers and judges."""
    return BookingRule(
        minutes=rule.minutes,
        experts_needed=rule.experts_needed,
        before_minutes=rule.before_minutes,
        after_minutes=rule.after_minutes,
        every_minutes=rule.every_minutes,
        a_day=rule.a_day,
        notice_hours=rule.notice_hours,
    )


def experts_with_hours(edition: Edition) -> QuerySet[Person]:
    """Experts of this edition who gave hours for it, in the one order in which they are locked."""
    theirs = ExpertHours.objects.filter(edition=edition).values("expert")
    return experts_of(edition).filter(pk__in=theirs).order_by("pk")


def slots_of(
    edition: Edition, *, now: dt.datetime, moving: Discussion | None = None, applicant: Application | None = None
) -> list[Slot]:
    """The discussions that can be booked now, on days on which the calendar has discussions.

    The list on the page and the check of a booking both come from here. Hours of somebody who is named no more, or has
    no role at the centre any more, aren't offered. What experts are engaged by elsewhere, a sparring session perhaps,
    stands in the way like another discussion. ``moving``: a discussion that would be given up, so it stands in nobody's
    way. ``applicant``: whose application it is about; experts to whom that is closed by a tie don't hold it. Without
    one: the times that are free for whoever can still book.
    """
    if not _somebody_books(edition, now, applicant):
        return []
    given = list(ExpertHours.objects.filter(edition=edition, expert__in=experts_of(edition)).select_related("expert"))
    if applicant is not None:
        open_to = not_barred({row.expert for row in given}, applicant)
        given = [row for row in given if row.expert in open_to]
    hours = [Hours(row.expert_id, row.day, row.begins, row.ends) for row in given]
    experts = {each.expert for each in hours}
    engaged = DiscussionExpert.objects.filter(person__in=experts, is_off=False).select_related("discussion")
    if moving is not None:
        engaged = engaged.exclude(discussion=moving)
    taken = [
        Taken(
            row.person_id or 0,
            row.discussion.starts_at,
            row.discussion.ends_at,
            row.discussion.before_minutes,
            row.discussion.after_minutes,
        )
        for row in engaged
    ]
    taken += engaged_elsewhere(experts)
    slots = offered(hours, taken, booking_rule(rule_of(edition)), now=now, zone=zone())
    return slots_within(edition, Act.HOLD_DISCUSSION, slots)


def _somebody_books(edition: Edition, now: dt.datetime, applicant: Application | None) -> bool:
    if applicant is not None:
        return can_book(applicant, now)
    return takes_bookings(edition, now) or moves_bookings(edition, now)


def slots_within(edition: Edition, act: Act, slots: list[Slot]) -> list[Slot]:
    """Of some slots those that are while the calendar allows the act."""
    spans = spans_of(edition, act)
    return [each for each in slots if any(is_within(each.starts_at, span) for span in spans)]


def standing(application: Application) -> Discussion | None:
    """The application's booked or held discussion, with its experts."""
    found = application.discussions.filter(cancelled_at=None)
    return found.prefetch_related("experts__person").first()


def discussions_of(edition: Edition) -> QuerySet[Discussion]:
    """All booked and held discussions of an edition, by their beginning."""
    found = Discussion.objects.filter(application__edition=edition, cancelled_at=None)
    experts = Prefetch("experts", DiscussionExpert.objects.select_related("person").order_by("pk"))
    return found.select_related("application__organisation", "application__edition").prefetch_related(experts)


def without_expert(edition: Edition) -> QuerySet[Discussion]:
    """Booked discussions to come that one of their experts can't hold: named no more, without a role, or erased."""
    gone = DiscussionExpert.objects.filter(is_off=False).exclude(person__in=experts_of(edition))
    to_come = discussions_of(edition).filter(held_at=None, ends_at__gt=timezone.now())
    return to_come.filter(pk__in=gone.values("discussion"))


def hours_of(edition: Edition, day: dt.date) -> QuerySet[ExpertHours]:
    """Experts' hours from a day on, with whose they are."""
    return ExpertHours.objects.filter(edition=edition, day__gte=day).select_related("expert")
