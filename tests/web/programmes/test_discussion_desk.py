"""The desk's side of discussions: hours, how they are held, notes; what of applications needs whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.accounts.services.erasure import erase_person
from keino.web.base.models import Mail
from keino.web.base.personal_data import registers
from keino.web.organisations.needs import Need
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import (
    Application,
    ApplicationMember,
    CommitmentRequest,
    Discussion,
    DiscussionRule,
    Edition,
    EditionDate,
    ExpertHours,
)
from keino.web.programmes.needs.applications import needs
from keino.web.programmes.queries.discussions import slots_of
from keino.web.programmes.services.applications.reminders import remind_of_deadlines
from tests.factories.applications import a_commitment, a_discussion, an_application, an_expert, some_hours
from tests.factories.programmes import an_edition, named_in
from tests.factories.web import an_organisation, someone_who_is
from tests.web.programmes.applying import client_of, mails, page

pytestmark = pytest.mark.django_db


def desk(name: str, edition: Edition, **more: Any) -> str:
    return reverse(f"programmes:{name}", kwargs={"edition": edition.slug, **more})


def hours_on(day: dt.date, begins: str = "09:00", ends: str = "12:00", **more: Any) -> dict[str, Any]:
    return {"day": day.isoformat(), "begins": begins, "ends": ends, "weeks": 1} | more


@pytest.fixture
def edition() -> Edition:
    return an_edition()


NEXT_WEEK = dt.timedelta(days=7)


def test_an_expert_gives_hours_for_several_weeks_and_they_are_offered_until_the_deadline(edition: Edition) -> None:
    expert, day = an_expert(edition), timezone.localdate() + NEXT_WEEK
    given = hours_on(day, expert=expert.pk, weeks=3)
    for _press in range(2):
        assert client_of(expert).post(desk("desk_hours", edition), given).status_code == 302
    days = list(ExpertHours.objects.values_list("day", flat=True))
    assert days == [day, day + NEXT_WEEK, day + 2 * NEXT_WEEK]
    # hours may lie after the deadline of booking: it says until when one books, not until when one talks
    assert len(slots_of(edition, now=timezone.now())) == 9


def test_an_expert_gives_only_their_own_hours_and_a_host_anybodys(edition: Edition) -> None:
    expert, other, host = an_expert(edition), an_expert(edition), named_in(edition, "host")
    given = hours_on(timezone.localdate() + NEXT_WEEK, expert=other.pk)
    assert client_of(expert).post(desk("desk_hours", edition), given).status_code == 422
    assert client_of(host).post(desk("desk_hours", edition), given).status_code == 302
    theirs = ExpertHours.objects.get()
    path = desk("desk_hours_remove", edition, hours=theirs.public_id)
    assert client_of(expert).post(path).status_code == 403
    for _press in range(2):
        assert client_of(other).post(path).status_code == 302
    assert ExpertHours.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"begins": "12:00", "ends": "09:00"},
        {"begins": "09:00", "ends": "09:00"},
        {"begins": "25:00"},
        {"begins": "=1+1"},
        {"day": "2020-01-01"},
        {"day": "31.2.2027"},
        {"weeks": 0},
        {"weeks": 99},
        {"expert": "x"},
    ],
)
def test_hours_that_cant_be_are_refused(edition: Edition, wrong: dict[str, Any]) -> None:
    expert = an_expert(edition)
    given = hours_on(timezone.localdate() + NEXT_WEEK, expert=expert.pk) | wrong
    assert client_of(expert).post(desk("desk_hours", edition), given).status_code == 422
    assert ExpertHours.objects.count() == 0


def test_hours_overlap_in_no_edition(edition: Edition) -> None:
    expert, day = an_expert(edition), timezone.localdate() + NEXT_WEEK
    other = an_edition()
    an_expert(other, expert)
    some_hours(other, expert, day=day, begins="11:00", ends="13:00")
    given = hours_on(day, expert=expert.pk)
    assert client_of(expert).post(desk("desk_hours", edition), given).status_code == 422
    assert client_of(expert).post(desk("desk_hours", edition), given | {"ends": "11:00"}).status_code == 302


def test_booked_hours_stay(edition: Edition) -> None:
    expert = an_expert(edition)
    hours = some_hours(edition, expert)
    slot = slots_of(edition, now=timezone.now())[0]
    a_discussion(an_application(edition, state=S.INTEREST), expert=expert, starts_at=slot.starts_at)
    client = client_of(expert)
    answer = client.post(desk("desk_hours_remove", edition, hours=hours.public_id), follow=True)
    assert "A discussion is booked in these hours" in answer.content.decode()
    assert ExpertHours.objects.count() == 1


def test_how_discussions_are_held_can_be_changed_and_booked_ones_stay(edition: Edition) -> None:
    host = named_in(edition, "host")
    booked = an_application(edition, state=S.DISCUSSION_BOOKED).discussions.get()
    given = {
        "minutes": 45, "experts_needed": 2, "every_minutes": 60, "before_minutes": 10, "after_minutes": 5,
        "a_day": 4, "notice_hours": 48, "place": "Teams", "seen": 1,
    }  # fmt: skip
    path = desk("desk_discussion_rule", edition)
    assert client_of(host).post(path, given).status_code == 302
    assert client_of(host).post(path, given).status_code == 302
    rule = DiscussionRule.objects.get()
    assert (rule.minutes, rule.experts_needed, rule.a_day, rule.version) == (45, 2, 4, 1)
    assert client_of(host).post(path, given | {"minutes": 0}).status_code == 422
    # somebody else was quicker
    assert client_of(host).post(path, given | {"minutes": 30}).status_code == 302
    assert client_of(host).post(path, given | {"minutes": 50}).status_code == 422
    booked.refresh_from_db()
    assert booked.ends_at - booked.starts_at == dt.timedelta(hours=1)


def test_an_expert_cancels_and_the_applicant_is_told_why_and_books_again(edition: Edition) -> None:
    town = an_organisation()
    member = someone_who_is("member", town)
    application = an_application(edition, town, state=S.DISCUSSION_BOOKED, contact=member)
    booked = application.discussions.get()
    path = desk("desk_discussion_cancel", edition, discussion=booked.public_id)
    too_long = "Ill. " * 401
    answer = client_of(an_expert(edition)).post(path, {"why": too_long})
    assert answer.status_code == 422
    assert too_long.strip() in answer.content.decode()  # nothing of it is lost
    assert client_of(an_expert(edition)).post(path, {"why": "Ill."}).status_code == 302
    application.refresh_from_db()
    assert application.state == S.INTEREST
    (mail,) = mails("discussion_cancelled")
    assert (mail.person, mail.values["why"]) == (member, "Ill.")
    some_hours(edition)
    slot = slots_of(edition, now=timezone.now(), applicant=application)[0].starts_at
    client_of(member).post(page("application_book", application), {"slot": slot.isoformat()})
    assert application.discussions.get(cancelled_at=None).starts_at == slot


def test_two_experts_write_notes_and_neither_loses_theirs(edition: Edition) -> None:
    application = an_application(edition, state=S.DISCUSSION_HELD)
    held = application.discussions.get()
    path = desk("desk_discussion", edition, discussion=held.public_id)
    first, second = client_of(an_expert(edition)), client_of(an_expert(edition))
    assert first.post(path, {"notes": "First.", "agreed": "", "seen": 1}).status_code == 302
    answer = second.post(path, {"notes": "Second.", "agreed": "", "seen": 1})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "First." in text
    assert "Second." in text
    assert Discussion.objects.get().notes == "First."


# ---- what needs whom


def found(person: Any, *organisations: Any) -> list[Need]:
    return list(needs(person, organisations))


def test_each_step_needs_the_one_who_does_it(edition: Edition) -> None:
    town = an_organisation()
    member, approver = someone_who_is("member", town), someone_who_is("approver", town)
    neighbour = an_organisation()
    application = an_application(edition, town, state=S.INTEREST, contact=member)
    (need,) = found(member, town)
    assert need.url == reverse("programmes:application_book", args=[town.slug, application.public_id])
    assert need.due == timezone.localdate(EditionDate.objects.get(edition=edition, kind="booking_deadline").ends_at)
    assert found(approver, town) == []
    assert found(someone_who_is("member", neighbour), neighbour) == []
    Application.objects.update(state=S.DISCUSSION_HELD)
    (need,) = found(member, town)
    assert need.url == reverse("programmes:application_decide", args=[town.slug, application.public_id])
    (need,) = found(approver, town)
    assert need.url == reverse("programmes:commit", args=[town.slug, application.public_id])
    a_commitment(application, confirmed_at=timezone.now())
    assert found(approver, town) == []
    Application.objects.update(state=S.SUBMITTED, submitted_at=timezone.now())
    assert found(member, town) == []


def test_an_expert_is_reminded_of_a_discussion_that_nobody_marked_as_held(edition: Edition) -> None:
    expert = an_expert(edition)
    application = an_application(edition, state=S.INTEREST)
    yesterday = timezone.now() - dt.timedelta(days=1)
    discussion = a_discussion(application, expert=expert, starts_at=yesterday)
    (need,) = found(expert)
    assert (need.kind, need.url) == ("overdue", desk("desk_discussion", edition, discussion=discussion.public_id))


def test_applicants_are_reminded_once_at_each_stage_before_a_deadline(edition: Edition) -> None:
    town = an_organisation()
    member = someone_who_is("member", town)
    an_application(edition, town, state=S.INTEREST, contact=member)
    an_application(edition, state=S.SUBMITTED)
    deadline = EditionDate.objects.get(edition=edition, kind="booking_deadline").ends_at
    counts = []
    for days in (8, 7, 6, 1, 0):
        for _run in range(2):
            remind_of_deadlines(deadline - dt.timedelta(days=days))
        counts.append(Mail.objects.filter(template="programmes/mail/deadline_near.txt", person=member).count())
    assert counts == [0, 1, 1, 2, 2]
    assert remind_of_deadlines(deadline + dt.timedelta(seconds=1)) == 0


# ---- erasing a person


def test_erasing_an_applicant_keeps_the_statistics(edition: Edition) -> None:
    town = an_organisation()
    member = someone_who_is("member", town, valid_to=timezone.localdate() - dt.timedelta(days=1))
    colleague = someone_who_is("member", town)
    application = an_application(edition, town, state=S.SUBMITTED, contact=member, team=0)
    application.members.create(name=member.name, email=member.email, role="responsible", person=member)
    application.members.create(name=colleague.name, email=colleague.email, person=colleague)
    a_commitment(application, name=member.name, email=member.email)
    Application.objects.update(contact=None)
    application.moves.update(moved_by=member)
    erase_person(member, by=someone_who_is("administrator", edition.organisation))
    assert ApplicationMember.objects.filter(application=application).count() == 2
    erased = ApplicationMember.objects.get(application=application, role="responsible")
    assert (erased.name, erased.email, erased.person) == ("", "", None)
    assert CommitmentRequest.objects.get(application=application, confirmed_at=None).email == ""
    assert not application.moves.filter(moved_by=member).exists()
    application.refresh_from_db()
    assert application.state == S.SUBMITTED
    answer = client_of(an_expert(edition)).get(desk("desk_applications", edition))
    assert '<td class="number">2</td>' in answer.content.decode()


def test_names_leave_an_application_that_ended_two_years_ago_and_numbers_stay(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = an_application(edition, state=S.REJECTED)
    goes_on = an_application(edition, state=S.SUBMITTED)
    register = next(each for each in registers() if each.key == "applications")
    assert register.retire is not None
    assert register.retire() == 0
    later = timezone.now() + dt.timedelta(days=731)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert register.retire() == 6  # three people, a manager, what was agreed, the expert
    assert set(ended.members.values_list("name", "email")) == {("", "")}
    assert ended.members.count() == 3
    assert not goes_on.members.filter(name="").exists()
    assert register.retire() == 0
