"""Two hundred organisations want forty discussions at the same moment: no time goes twice, nobody loses theirs.

Broken by hand, these tests fail: on PostgreSQL without the locked experts, on both databases with the offer judged
before the transaction alone. (Then the constraint that lets an expert begin one discussion at a time still holds, and
applicants meet an error instead of a kind refusal.)
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.models import Mail, Person
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.errors.applications import SlotTaken
from keino.web.programmes.models import Application, Discussion, DiscussionExpert, Edition
from keino.web.programmes.queries.discussions import slots_of
from keino.web.programmes.services.applications.discussions import book_discussion
from tests.factories.applications import a_discussion_rule, an_expert, some_hours
from tests.factories.programmes import an_edition
from tests.factories.web import a_person, an_organisation, someone_who_is
from tests.web.programmes.applying import client_of, page

pytestmark = pytest.mark.django_db(transaction=True)
APPLICANTS, SLOTS = 200, 40
#: As many connections as a server under load has; each books for one applicant after another.
AT_ONCE = 8
#: Everybody wants an early time: so many of those that are free are asked for, the others come in the next round.
WANTED = 20


@dataclass(frozen=True)
class Confirmed:
    """What an applicant was told when the booking was confirmed."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    experts: frozenset[int]


def test_b2_two_hundred_book_forty_slots_and_no_slot_goes_twice() -> None:
    edition = an_edition()
    # two of three experts hold each: whoever is left over can't hold another one at the same time
    a_discussion_rule(edition, minutes=30, every_minutes=45, before_minutes=5, after_minutes=10, experts_needed=2)
    experts = [an_expert(edition) for _number in range(3)]
    for days in range(5, 9):
        for expert in experts:
            day = timezone.localdate() + dt.timedelta(days=days)
            some_hours(edition, expert, day=day, begins="09:00", ends="16:15")
    assert len({slot.starts_at for slot in slots_of(edition, now=timezone.now())}) == SLOTS
    keys = applicants(edition, APPLICANTS)

    confirmed, rounds = book_until_none_is_free(edition, keys)

    assert len(confirmed) == SLOTS
    assert len({each.starts_at for each in confirmed.values()}) == SLOTS
    assert rounds > 1
    require_that_all_stand(edition, confirmed, of=APPLICANTS)
    # those who got nothing are told so on their page, with what they can do
    left = Application.objects.exclude(pk__in=confirmed).select_related("organisation").first()
    assert left is not None
    client = client_of(someone_who_is("member", left.organisation))
    assert "No time is free now" in client.get(page("application_book", left)).content.decode()


def test_b2_bookings_that_would_meet_each_others_buffers_are_never_both_confirmed() -> None:
    edition = an_edition()
    a_discussion_rule(edition, minutes=30, every_minutes=15, before_minutes=10, after_minutes=20)
    for _number in range(2):
        some_hours(edition, an_expert(edition), begins="09:00", ends="13:00")
    confirmed, _rounds = book_until_none_is_free(edition, applicants(edition, 24))
    # an hour is taken by each, of four hours and two experts; times that don't fit together leave gaps
    assert 4 <= len(confirmed) <= 8
    require_that_all_stand(edition, confirmed, of=24)


def applicants(edition: Edition, count: int) -> list[int]:
    """Keys of so many applications whose interest was told."""
    Application.objects.bulk_create(
        Application(edition=edition, organisation=an_organisation(f"Town {number}"), state=S.INTEREST, interest="-")
        for number in range(count)
    )
    return list(Application.objects.values_list("pk", flat=True))


def book_until_none_is_free(edition: Edition, keys: Sequence[int]) -> tuple[dict[int, Confirmed], int]:
    """Let all book at once, and those who were refused again, until no time is free.

    Returns what was confirmed to whom, and in how many rounds. Whoever is refused is told why, and that what they
    wrote is kept.
    """
    dice, by = random.Random(2027), a_person()
    confirmed: dict[int, Confirmed] = {}
    rounds, left = 0, list(keys)
    while free := [slot.starts_at for slot in slots_of(edition, now=timezone.now())]:
        asked = [(key, dice.choice(free[:WANTED])) for key in left]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            told = list(pool.map(lambda each: book(*each, by=by.pk), asked))
        new = {key: answer for (key, _at), answer in zip(asked, told, strict=True) if isinstance(answer, Confirmed)}
        assert new, "times were free, and nobody got one"
        assert all("is no longer free" in answer for answer in told if isinstance(answer, str))
        assert all("your interest is kept" in answer for answer in told if isinstance(answer, str))
        # nobody was refused for nothing: what was asked for is taken, by itself or by what begins close to it
        offered = {slot.starts_at for slot in slots_of(edition, now=timezone.now())}
        assert not offered & {starts_at for _key, starts_at in asked}
        confirmed |= new
        left = [key for key in left if key not in new]
        rounds += 1
    return confirmed, rounds


def book(key: int, starts_at: dt.datetime, *, by: int) -> Confirmed | str:
    """Book on a connection of its own; what was confirmed, or what was said instead."""
    try:
        application, person = Application.objects.get(pk=key), Person.objects.get(pk=by)
        with override("en"):
            made = book_discussion(application, starts_at=starts_at, by=person)
        return Confirmed(made.starts_at, made.ends_at, frozenset(made.experts.values_list("person_id", flat=True)))
    except SlotTaken as refused:
        return str(refused)
    finally:
        connection.close()


def require_that_all_stand(edition: Edition, confirmed: dict[int, Confirmed], *, of: int) -> None:
    """Whoever was told yes has exactly that, whoever was told no has nothing, and no expert is in two places."""
    standing = {
        each.application_id: Confirmed(each.starts_at, each.ends_at, frozenset(x.person_id for x in each.experts.all()))
        for each in Discussion.objects.filter(cancelled_at=None).prefetch_related("experts")
    }
    assert standing == confirmed
    assert Discussion.objects.count() == len(confirmed)
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states == Counter({S.DISCUSSION_BOOKED: len(confirmed), S.INTEREST: of - len(confirmed)})
    engaged: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
    for row in DiscussionExpert.objects.filter(is_off=False).select_related("discussion"):
        its = row.discussion
        begins = its.starts_at - dt.timedelta(minutes=its.before_minutes)
        engaged.setdefault(row.person_id or 0, []).append(
            (begins, its.ends_at + dt.timedelta(minutes=its.after_minutes))
        )
    for spans in engaged.values():
        spans.sort()
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    needed = edition.discussion_rule.experts_needed
    assert sum(map(len, engaged.values())) == len(confirmed) * needed
    assert Mail.objects.filter(template="programmes/mail/discussion_to_hold.txt").count() == len(confirmed) * needed
