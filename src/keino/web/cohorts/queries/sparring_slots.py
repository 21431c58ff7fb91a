"""Sessions that can be booked in a mentor's hours, by the rule by which discussions are booked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from keino.domain.programmes.booking import Hours, Slot, Taken, offered
from keino.web.cohorts.choices.sparring import SessionState
from keino.web.cohorts.models import SparringSession
from keino.web.programmes.choices import Act
from keino.web.programmes.models import DiscussionExpert, ExpertHours
from keino.web.programmes.queries.discussions import booking_rule, rule_of, slots_within, zone

if TYPE_CHECKING:
    from collections.abc import Collection

    from keino.domain.programmes.booking import Expert
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition


def sparring_slots(edition: Edition, mentor: Person, *, now: dt.datetime) -> list[Slot]:
    """What can be booked now in the hours that the mentor gave for the edition.

    The list on the page and the check of a booking both come from here. Discussions with applicants and sessions of
    other organisations stand in the way.
    """
    given = ExpertHours.objects.filter(edition=edition, expert=mentor, expert__is_active=True)
    hours = [Hours(row.expert_id, row.day, row.begins, row.ends) for row in given]
    if not hours:
        return []
    rule = replace(booking_rule(rule_of(edition)), experts_needed=1)
    return slots_within(edition, Act.SPAR, offered(hours, _engagements(mentor), rule, now=now, zone=zone()))


def _engagements(mentor: Person) -> list[Taken]:
    discussions = DiscussionExpert.objects.filter(person=mentor, is_off=False).select_related("discussion")
    return [
        *(
            Taken(
                mentor.pk,
                row.discussion.starts_at,
                row.discussion.ends_at,
                row.discussion.before_minutes,
                row.discussion.after_minutes,
            )
            for row in discussions
        ),
        *sessions_of([mentor.pk]),
    ]


def sessions_of(people: Collection[Expert]) -> list[Taken]:
    """When these people have sparring sessions; discussions with applicants aren't offered then."""
    found = SparringSession.objects.filter(mentor__in=people, state=SessionState.AGREED)
    return [Taken(*row) for row in found.values_list("mentor", "starts_at", "ends_at")]


def sessions_in(hours: ExpertHours) -> list[Taken]:
    """Agreed sessions of the mentor of these hours in their edition: hours in which one lies stay."""
    found = SparringSession.objects.filter(
        mentor=hours.expert_id, participation__edition=hours.edition_id, state=SessionState.AGREED
    )
    return [Taken(*row) for row in found.values_list("mentor", "starts_at", "ends_at")]


def has_discussion(mentor: Person, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    """Whether the mentor talks with an applicant then."""
    held = DiscussionExpert.objects.filter(person=mentor, is_off=False)
    return held.filter(discussion__starts_at__lt=ends_at, discussion__ends_at__gt=starts_at).exists()
