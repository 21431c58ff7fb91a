"""Services of programmes in several steps are killed at every step: all of it is done or nothing, and in the end once.

Each service runs in a process of its own, which kills itself (kill -9) before one of its writes, before its commit, or
right after it. Then every table is compared with how it was, the service is called again, and once more. Broken by
hand, they fail: a service without its ``transaction.atomic`` leaves half of it behind.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.utils import timezone

from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail
from keino.web.cohorts.models import EditionClosing, FollowUpTask, Participation
from keino.web.cohorts.services.closing import ClosingWords, close_edition
from keino.web.events.models import Event
from keino.web.programmes.models import Application, Discussion, SelectionDecision
from keino.web.programmes.queries.discussions import slots_of
from keino.web.programmes.services.applications.discussions import book_discussion
from keino.web.programmes.services.calendar import change_dates
from keino.web.programmes.services.date_changes import wanted_of
from keino.web.programmes.services.decisions import make_decision, planned
from keino.web.programmes.services.places import confirm_place
from keino.web.programmes.services.sessions import hold_sessions, invite_to_sessions
from tests.factories.applications import an_application, an_expert, some_hours
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.programmes import an_edition, named_in
from tests.factories.selection import a_decision, a_selecting, an_applicant, responsible, scored
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db(transaction=True)

#: Before about so many of a service's writes it is killed, from the first to the last.
WRITES = 3
WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Deed:
    """What is done, and what must hold when it was."""

    do: Callable[[], object]
    require_done: Callable[[], None]


# ---- what is killed


def a_decision_with_its_mails() -> Deed:
    selecting = a_selecting(places_max=2, applicants=3)
    for application in selecting.applications:
        scored(selecting, application, 3, 3)
    first, second, third = selecting.applications
    decision = a_decision(selecting.edition, (first, "selected"), (second, "selected"), (third, "rejected"))
    expected = planned(decision).mail_count

    def require_done() -> None:
        states = Counter(Application.objects.values_list("state", flat=True))
        assert states == {"selected": 2, "rejected": 1}
        assert SelectionDecision.objects.get().state == "made"
        assert mails("decision").count() == expected > 2

    return Deed(lambda: make_decision(decision, by=selecting.decider, seen=1), require_done)


def a_confirmed_place() -> Deed:
    application = an_applicant(an_edition(state="closed"), state="selected")
    by = responsible(application)

    def require_done() -> None:
        application.refresh_from_db()
        assert application.state == "confirmed"
        assert Participation.objects.get().organisation == application.organisation

    return Deed(lambda: confirm_place(application, by=by), require_done)


def a_closing() -> Deed:
    edition = an_edition(state="running")
    there = [a_participation(edition=edition) for _number in range(2)]
    mentors = [a_mentor(each) for each in there]
    by = someone_who_is("coordinator", edition.organisation)
    words = ClosingWords(year=timezone.localdate().year + 1, why_unfinished={})

    def require_done() -> None:
        edition.refresh_from_db()
        assert edition.state == "completed"
        assert set(Participation.objects.values_list("state", flat=True)) == {"alumni"}
        assert EditionClosing.objects.count() == 1
        kinds = Counter(FollowUpTask.objects.values_list("kind", flat=True))
        assert kinds == {"alumni_meeting": 1, "follow_up_meeting": 2}
        assert told("cohorts", "edition_closed") == {each.responsible_id for each in there}
        assert told("cohorts", "follow_up_yours") == {each.pk for each in mentors}

    return Deed(lambda: close_edition(edition, words=words, by=by), require_done)


def a_moved_date() -> Deed:
    edition = an_edition()
    hold_sessions(edition, by=None)
    participant, reviewer = a_person(), named_in(edition)
    by = someone_who_is("coordinator", edition.organisation)
    invite_to_sessions(edition, [participant], by=by)
    edition.refresh_from_db()
    date, seen = edition.dates.get(kind="workshop"), edition.version
    wanted = wanted_of(date, starts_at=date.starts_at + WEEK, ends_at=date.ends_at + WEEK)

    def require_done() -> None:
        now = edition.dates.get(kind="workshop")
        event = Event.objects.get(pk=now.event_id)
        assert now.starts_at == event.starts_at == date.starts_at + WEEK
        assert now.sequence == date.sequence + 1
        assert told("programmes", "dates_changed") == {participant.pk, reviewer.pk}

    return Deed(lambda: change_dates(edition, wanted=[wanted], by=by, seen=seen), require_done)


def a_moved_discussion() -> Deed:
    edition = an_edition()
    expert = an_expert(edition)
    some_hours(edition, expert)
    by = someone_who_is("member", an_organisation())
    application = an_application(edition, by.roles.get().organisation, state="interest", contact=by)
    before, after, *_others = [slot.starts_at for slot in slots_of(edition, now=timezone.now())]
    book_discussion(application, starts_at=before, by=by)
    Mail.objects.all().delete()

    def require_done() -> None:
        standing = Discussion.objects.get(cancelled_at=None)
        assert (standing.starts_at, [each.person for each in standing.experts.all()]) == (after, [expert])
        assert Discussion.objects.exclude(cancelled_at=None).get().starts_at == before
        assert told("programmes", "discussion_booked") == {by.pk}
        assert told("programmes", "discussion_to_hold") == {expert.pk}

    return Deed(lambda: book_discussion(application, starts_at=after, by=by), require_done)


def mails(name: str, app: str = "programmes") -> Any:
    return Mail.objects.filter(template=f"{app}/mail/{name}.txt")


def told(app: str, name: str) -> set[int | None]:
    """Whom a mail went to; each got it once."""
    people = list(mails(name, app).values_list("person", flat=True))
    assert len(people) == len(set(people))
    return set(people)


DEEDS = (a_decision_with_its_mails, a_confirmed_place, a_closing, a_moved_date, a_moved_discussion)


# ---- killing


def killed(do: Callable[[], object], *, at_write: int = 0, at_commit: str = "") -> bool:
    """Do it in a process of its own that kills itself there; False where it ended before.

    ``at_write``: before that write; ``at_commit``: "before" or "after" the commit.
    """
    connections.close_all()  # none is shared by two processes
    pid = os.fork()
    if pid == 0:
        try:
            if at_commit:
                _die_at_commit(at_commit)
            with connection.execute_wrapper(_Writes(at_write)):
                do()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at_commit(when: str) -> None:
    commit = connection._commit  # the one place that every commit goes through

    def last_commit() -> None:
        if when == "after":
            commit()
        _die()

    connection._commit = last_commit


class _Writes:
    """Counts writes, and kills its process before one of them."""

    def __init__(self, last: int = 0) -> None:
        self.count, self.last = 0, last

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().split(" ", 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            self.count += 1
            if self.count == self.last:
                _die()
        return execute(sql, params, many, context)


def writes_of(do: Callable[[], object]) -> int:
    """How many writes it takes; nothing of them stays."""
    writes = _Writes()
    with transaction.atomic(), connection.execute_wrapper(writes):
        do()
        transaction.set_rollback(True)
    return writes.count


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


@pytest.mark.parametrize("made", DEEDS, ids=lambda made: made.__name__)
def test_a_killed_service_leaves_nothing_and_doing_it_again_does_it_once(made: Callable[[], Deed]) -> None:
    deed = made()
    before, count = everything(), writes_of(deed.do)
    assert count > 2
    assert everything() == before
    for write in sorted({1, count, *range(1, count, max(1, count // WRITES))}):
        assert killed(deed.do, at_write=write)
        assert everything() == before, f"killed before write {write} of {count}"
    assert killed(deed.do, at_commit="before")
    assert everything() == before
    deed.do()
    deed.require_done()
    done = everything()
    deed.do()
    assert everything() == done


@pytest.mark.parametrize("made", DEEDS, ids=lambda made: made.__name__)
def test_a_service_killed_when_it_was_done_is_whole_and_not_done_twice(made: Callable[[], Deed]) -> None:
    deed = made()
    assert killed(deed.do, at_commit="after")
    deed.require_done()
    done = everything()
    deed.do()
    assert everything() == done


def test_mails_of_a_decision_all_go_out_though_the_worker_is_killed_again_and_again() -> None:
    deed = a_decision_with_its_mails()
    deed.do()
    count = Mail.objects.count()
    for write in (1, 2, 3, 4):
        assert killed(send_due, at_write=write)
        assert Mail.objects.count() == count
        # whatever was claimed and not sent is tried again when its time comes
        Mail.objects.filter(state="waiting").update(send_after=timezone.now())
    while send_due():
        pass
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
    deed.require_done()
