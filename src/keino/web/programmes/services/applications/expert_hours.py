"""Experts' hours for discussions, and how an edition's discussions are held."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.domain.programmes.booking import moment_of
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day as day_text
from keino.web.events.times import when_text
from keino.web.programmes.choices import Act
from keino.web.programmes.engaged import booked_in_hours
from keino.web.programmes.errors.applications import (
    HoursAreBooked,
    HoursAreSparred,
    HoursInThePast,
    HoursOverlap,
    NotAnExpert,
)
from keino.web.programmes.models import Discussion, DiscussionRule, Edition, ExpertHours
from keino.web.programmes.queries.discussions import zone
from keino.web.programmes.queries.people import experts_of
from keino.web.programmes.queries.ties import is_barred
from keino.web.programmes.services.phases import require_phase

#: What experts and mentors do in the hours that they give.
SERVED_IN_HOURS = (Act.HOLD_DISCUSSION, Act.SPAR)


@transaction.atomic
def give_hours(
    edition: Edition, *, expert: Person, days: list[dt.date], times: tuple[dt.time, dt.time], by: Person
) -> list[ExpertHours]:
    """Give the same hours on one or more days; giving them twice is harmless. Raises HoursOverlap and the like.

    Hours serve discussions with applicants, and later the sparring of participants: NotInCalendar outside of both.
    """
    Person.objects.select_for_update(no_key=True).get(pk=expert.pk)
    if not experts_of(edition).filter(pk=expert.pk).exists():
        raise NotAnExpert(person=str(expert))
    begins, ends = times
    made = []
    with acting(by, act="hours_given"):
        for day in days:
            if day < timezone.localdate():
                raise HoursInThePast(day=day_text(day))
            for time in times:
                require_phase(edition, *SERVED_IN_HOURS, on=moment_of(day, time, zone()))
            theirs = ExpertHours.objects.filter(expert=expert, day=day, begins__lt=ends, ends__gt=begins)
            there = theirs.filter(edition=edition, begins=begins, ends=ends).first()
            if there is None and theirs.exists():
                raise HoursOverlap(expert=str(expert), day=day_text(day))
            made.append(
                there or ExpertHours.objects.create(edition=edition, expert=expert, day=day, begins=begins, ends=ends)
            )
    return made


@transaction.atomic
def take_hours_back(hours: ExpertHours, *, by: Person) -> None:
    """Take hours back in which nothing is booked; doing it twice is harmless.

    Raises HoursAreBooked for a discussion, HoursAreSparred for a sparring session.
    """
    Person.objects.select_for_update(no_key=True).get(pk=hours.expert_id)
    begins, ends = (moment_of(hours.day, time, zone()) for time in (hours.begins, hours.ends))
    booked = Discussion.objects.filter(
        application__edition=hours.edition,
        experts__person=hours.expert,
        cancelled_at=None,
        starts_at__lt=ends,
        ends_at__gt=begins,
    )
    first = booked.select_related("application__organisation").first()
    if first is not None:
        name = first.application.organisation.shown_name
        if is_barred(by, first.application):
            name = _("an applicant to whom you have a tie")
        raise HoursAreBooked(when=when_text(first.starts_at, first.ends_at), organisation=name)
    for each in booked_in_hours(hours):
        if each.starts_at < ends and each.ends_at > begins:
            raise HoursAreSparred(when=when_text(each.starts_at, each.ends_at))
    with acting(by, act="hours_taken_back"):
        for there in ExpertHours.objects.filter(pk=hours.pk):
            there.delete()


@transaction.atomic
def set_discussion_rule(edition: Edition, *, by: Person, seen: int, **fields: Any) -> DiscussionRule:
    """Say how discussions are held from now on; what is booked stays as it is. Raises Conflict."""
    type(edition).objects.select_for_update().get(pk=edition.pk)
    row = DiscussionRule.objects.filter(edition=edition).first() or DiscussionRule(edition=edition)
    if row.pk and all(getattr(row, name) == value for name, value in fields.items()):
        return row
    if row.pk and row.version != seen:
        raise Conflict
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1 if row.pk else 0
    with acting(by, act="discussion_rule_set"):
        row.save()
    return row
