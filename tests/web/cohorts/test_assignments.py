"""Assignments: times over clock changes, late answers, reminders, writing together, files, a form's questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.models import Mail
from keino.web.cohorts.errors.taking_part import DueStays, FileTooLarge
from keino.web.cohorts.forms.desk import AssignmentForm
from keino.web.cohorts.models import Assignment, Work, WorkFile, WorkVersion
from keino.web.cohorts.needs.taking_part import coming_dates, needs
from keino.web.cohorts.queries.standing import desk_list
from keino.web.cohorts.services import works as services
from keino.web.cohorts.services.assignments import AssignmentValues, change_assignment
from keino.web.cohorts.services.reminders import remind
from keino.web.cohorts.services.works import add_file, hand_in
from keino.web.organisations.models import Role
from keino.web.surveys.models import FormAnswer
from tests.factories.cohorts import (
    a_deliverable,
    a_mentor,
    a_participation,
    a_version,
    a_work,
    a_worker,
    an_assignment,
    assignment_data,
)
from tests.factories.forms import a_question
from tests.factories.forms import a_version as a_form_version
from tests.factories.programmes import an_edition, named_in
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, text_of
from tests.web.cohorts.walking import page
from tests.web.organisations.test_at_once import at_once

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")


# ---- times


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2026-10-24", "2026-10-24T13:00:00+00:00"),  # summer time: 16.00 is 13 UTC
        ("2026-10-25", "2026-10-25T14:00:00+00:00"),  # clocks went back in the night
        ("2027-03-27", "2027-03-27T14:00:00+00:00"),
        ("2027-03-28", "2027-03-28T13:00:00+00:00"),  # clocks went forward in the night
    ],
)
def test_b5_a_due_time_is_a_finnish_time_on_both_sides_of_a_clock_change(day: str, utc: str) -> None:
    form = AssignmentForm(assignment_data(due_on=day, due_time="16.00"), edition=an_edition())
    assert form.is_valid(), form.errors
    assert form.assignment().due_at.astimezone(dt.UTC).isoformat() == utc


@pytest.mark.parametrize(("day", "time"), [("2026-10-25", "03:30"), ("2027-03-28", "03:30")])
def test_b5_a_due_time_that_comes_twice_or_never_is_refused(day: str, time: str) -> None:
    form = AssignmentForm(assignment_data(due_on=day, due_time=time), edition=an_edition())
    assert not form.is_valid()
    assert "due_time" in form.errors


def test_b5_one_second_late_is_late_and_taken_all_the_same() -> None:
    ours = a_participation()
    on_time, late = a_work(ours, due=1), a_work(ours, due=1)
    due = on_time.assignment.due_at
    hand_in(on_time, "Ready.", by=a_worker(ours), seen=1, now=due)
    hand_in(late, "Ready.", by=a_worker(ours), seen=1, now=late.assignment.due_at + dt.timedelta(seconds=1))
    on_time.refresh_from_db()
    late.refresh_from_db()
    assert (on_time.was_late, late.was_late) == (False, True)
    us = as_(a_worker(ours))
    assert "The first version came late" in text_of(us.get(page("work", ours, work=late.public_id)))
    assert "The first version came late" not in text_of(us.get(page("work", ours, work=on_time.public_id)))


def test_b5_a_due_time_that_has_passed_never_slides() -> None:
    edition = an_edition(state="running")
    ours = a_participation(edition=edition)
    work = a_work(ours, due=-1)
    assignment = work.assignment
    later = timezone.now() + dt.timedelta(days=7)
    with pytest.raises(DueStays):
        change_assignment(
            assignment,
            AssignmentValues("between", assignment.title, assignment.instructions, later),
            by=someone_who_is("coordinator", edition.organisation),
            seen=assignment.version,
        )
    desk = as_(someone_who_is("coordinator", edition.organisation))
    url = reverse("cohorts:assignment_edit", args=[edition.slug, assignment.public_id])
    refused = desk.post(url, assignment_data(seen=assignment.version))
    assert refused.status_code == 422
    assert "isn't moved" in text_of(refused)
    assignment.refresh_from_db()
    assert work.is_overdue(timezone.now())


def test_b5_a_new_time_is_told_once_to_those_who_still_write() -> None:
    edition = an_edition(state="running")
    ours, done = a_participation(edition=edition), a_participation(edition=edition)
    assignment = an_assignment(edition)
    Work.objects.create(assignment=assignment, participation=ours)
    a_version(Work.objects.create(assignment=assignment, participation=done))
    desk = as_(named_in(edition, "mentor"))  # the edition's mentors define assignments, too
    url = reverse("cohorts:assignment_edit", args=[edition.slug, assignment.public_id])
    data = assignment_data(seen=assignment.version)
    for _press in range(2):
        desk.post(url, data)
    told = Mail.objects.filter(template="cohorts/mail/due_moved.txt")
    assert list(told.values_list("person", flat=True)) == [ours.responsible_id]


def test_b5_an_assignment_is_never_due_in_the_past_and_is_made_once() -> None:
    edition = an_edition(state="running")
    a_participation(edition=edition)
    desk = as_(someone_who_is("coordinator", edition.organisation))
    url = reverse("cohorts:assignment_new", args=[edition.slug])
    yesterday = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
    assert desk.post(url, assignment_data(due_on=yesterday)).status_code == 422
    assert desk.post(url, assignment_data(due_on="never")).status_code == 422
    assert desk.post(url, assignment_data(title="x" * 201)).status_code == 422
    assert Assignment.objects.count() == 0
    data = assignment_data(title="<script>alert(1)</script>", instructions='=HYPERLINK("http://x")')
    desk.post(url, data)
    desk.post(url, data)
    assert Assignment.objects.count() == 1
    shown = desk.get(reverse("cohorts:desk_edition", args=[edition.slug])).content.decode()
    assert "<script>alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


# ---- reminders and homes


def test_b5_reminders_go_to_who_holds_the_role_today_and_go_on_until_something_is_handed_in() -> None:
    ours = a_participation()
    creator = someone_who_is("coordinator", ours.edition.organisation)
    work = a_work(ours, due=5, created_by=creator)
    now = timezone.now()
    assert remind(now) == 1
    assert remind(now) == 0  # once
    first = Mail.objects.get(template="cohorts/mail/due.txt")
    assert first.person == ours.responsible
    # the responsible person leaves; another one answers for the organisation
    Role.objects.filter(person=ours.responsible).update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    successor = someone_who_is("responsible_person", ours.organisation)
    late = work.assignment.due_at + dt.timedelta(days=1)
    assert remind(late) == 1
    assert remind(late + dt.timedelta(days=1)) == 0
    assert remind(late + dt.timedelta(days=7)) == 1  # every week, for ever
    overdue = Mail.objects.filter(template="cohorts/mail/overdue.txt")
    assert {mail.person for mail in overdue} == {successor}
    a_version(work)
    assert remind(late + dt.timedelta(days=14)) == 0


def test_b5_deliverables_are_reminded_of_like_assignments_and_not_of_who_has_left() -> None:
    edition = an_edition(state="running")
    ours = a_participation(edition=edition)
    left = a_participation(edition=edition, state="dropped", note="No people.")
    a_deliverable(ours, due=0.5)
    a_deliverable(left)
    assert remind(timezone.now()) == 1
    assert Mail.objects.get(template="cohorts/mail/due.txt").person == ours.responsible


@override("en")
def test_b5_homes_say_what_needs_us_and_what_needs_the_mentor() -> None:
    ours = a_participation()
    worker, mentor = a_worker(ours), a_mentor(ours)
    late, soon, sent = (
        a_work(ours, due=-1, title="Late one"),
        a_work(ours, due=3, title="Soon"),
        a_work(ours, title="S"),
    )
    a_version(sent)
    a_deliverable(ours, due=-2)
    found = list(needs(worker, [ours.organisation]))
    assert {(each.kind, each.title) for each in found} == {
        ("overdue", f"Hand in: {late.assignment.title}"),
        ("week", f"Hand in: {soon.assignment.title}"),
        ("overdue", "Hand in: Operating model"),
    }
    (feedback,) = needs(mentor, [ours.organisation])
    assert (feedback.kind, feedback.title) == ("you", "Give feedback: S")
    assert [each.title for each in coming_dates(worker, ours.organisation)] == ["Due: Soon"]
    assert list(needs(someone_who_is("supplier_user"), [ours.organisation])) == []


def test_b5_the_mentors_list_counts_what_was_never_begun_and_puts_the_worst_first() -> None:
    edition = an_edition(state="running")
    ours, fine, foreign = (a_participation(edition=edition) for _number in range(3))
    mentor = a_mentor(ours)
    Role.objects.create(
        person=mentor, kind="mentor", organisation=edition.organisation, about=fine.organisation,
        valid_from=timezone.localdate(),
    )  # fmt: skip
    a_work(ours, due=-3)
    a_work(ours, due=3, draft="Begun.")
    a_version(a_work(ours, due=20))
    a_work(fine, due=20)
    a_work(foreign, due=-3)
    rows = list(desk_list(mentor, timezone.now()))
    assert rows == [ours, fine]  # nobody else's
    first = rows[0]
    assert (first.overdue, first.due_soon, first.not_begun, first.waiting) == (1, 1, 1, 1)
    shown = text_of(as_(mentor).get(reverse("cohorts:desk")))
    assert "Where do you stand?" in shown  # waits for feedback
    assert str(foreign.organisation) not in shown
    only = text_of(as_(mentor).get(reverse("cohorts:desk") + "?only=overdue"))
    assert str(ours.organisation) in only
    assert str(fine.organisation) not in only


# ---- writing together


def test_b5_who_saves_second_keeps_their_text_and_sees_the_others() -> None:
    ours = a_participation()
    work = a_work(ours)
    first, second = as_(a_worker(ours)), as_(a_worker(ours))
    url = page("work", ours, work=work.public_id)
    first.post(url, {"seen": 1, "draft": "First text."})
    answer = second.post(url, {"seen": 1, "draft": "Second text."})
    assert answer.status_code == 422
    assert "First text." in text_of(answer)
    assert "Second text." in text_of(answer)
    work.refresh_from_db()
    assert work.draft == "First text."
    assert second.post(url, {"seen": work.version, "draft": "Both texts."}).status_code == 302


def test_b5_handing_in_twice_makes_one_version_and_nothing_empty_is_taken() -> None:
    ours = a_participation()
    work = a_work(ours)
    us, url = as_(a_worker(ours)), page("work", ours, work=work.public_id)
    assert us.post(url, {"seen": 1, "draft": "  ", "hand_in": "1"}).status_code == 422
    for _press in range(2):
        us.post(url, {"seen": 1, "draft": "Our answer.", "hand_in": "1"})
    assert WorkVersion.objects.count() == 1
    assert Mail.objects.filter(template="cohorts/mail/handed_in.txt").count() == 0  # nobody mentors it
    us.post(url, {"seen": 2, "draft": "Changed while the mentor reads."})
    work.refresh_from_db()
    assert work.draft == "Our answer."


@pytest.mark.django_db(transaction=True)
def test_b5_two_people_handing_in_at_the_same_moment_make_one_version() -> None:
    ours = a_participation()
    work, people = a_work(ours), [a_worker(ours) for _number in range(2)]

    def press(place: int) -> Callable[[], object]:
        return lambda: hand_in(Work.objects.get(pk=work.pk), "Our answer.", by=people[place], seen=1)

    assert at_once(press(0), press(1)) == [None, None]  # the second is told nothing: their text is handed in
    assert WorkVersion.objects.count() == 1
    # one of two texts wins, the other person is told and nothing is half done
    second = a_work(ours)

    def press_own(place: int) -> Callable[[], object]:
        return lambda: hand_in(Work.objects.get(pk=second.pk), f"Answer {place}.", by=people[place], seen=1)

    told = at_once(press_own(0), press_own(1))
    assert sum(error is None for error in told) == 1
    assert second.versions.count() == 1


def test_b5_only_the_mentor_judges_and_what_was_accepted_stays() -> None:
    ours = a_participation()
    work = a_work(ours)
    a_version(work)
    judge = page("work_judge", ours, work=work.public_id)
    accept = {"number": 1, "verdict": "accepted", "feedback": ""}
    for person in (a_worker(ours), someone_who_is("coordinator", ours.edition.organisation)):
        assert as_(person).post(judge, accept).status_code == 403
    guide = as_(a_mentor(ours))
    for _press in range(2):
        guide.post(judge, accept)
    guide.post(judge, {"number": 1, "verdict": "returned", "feedback": "No, after all."})
    work.refresh_from_db()
    assert work.state == "accepted"
    assert Mail.objects.filter(template="cohorts/mail/judged.txt").count() == 1


def test_b5_files_stay_with_the_version_that_had_them(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = a_participation()
    work, worker = a_work(ours), a_worker(ours)
    us = as_(worker)
    upload = SimpleUploadedFile("../../etc/<b>plan</b>.html", b"<script>alert(1)</script>")
    us.post(page("work_file_add", ours, work=work.public_id), {"file": upload})
    file = WorkFile.objects.get()
    us.post(page("work", ours, work=work.public_id), {"seen": 2, "draft": "", "hand_in": "1"})
    mentor = as_(a_mentor(ours))
    got = mentor.get(page("work_file", ours, work=work.public_id, file=file.public_id))
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment")
    mentor.post(
        page("work_judge", ours, work=work.public_id), {"number": 1, "verdict": "returned", "feedback": "Shorter."}
    )
    us.post(page("work_file_take_out", ours, work=work.public_id, file=file.public_id))
    file.refresh_from_db()
    assert not file.is_in_draft
    assert default_storage.exists(file.stored_as)  # version 1 has it
    assert list(WorkVersion.objects.get().files.all()) == [file]
    stranger = as_(a_worker(a_participation(edition=ours.edition)))
    assert stranger.get(page("work_file", ours, work=work.public_id, file=file.public_id)).status_code == 403
    monkeypatch.setattr(services, "LARGEST_FILE_MB", 0)
    with pytest.raises(FileTooLarge):
        add_file(work, SimpleUploadedFile("large.pdf", b"%PDF"), by=worker)


def test_b5_an_assignment_may_ask_the_questions_of_a_form() -> None:
    ours = a_participation()
    mentor, us = as_(a_mentor(ours)), as_(a_worker(ours))
    version = a_form_version(ours.edition.organisation, (a_question("stand", "text", required=True),))
    work = a_work(ours, form_version=version)
    url = page("work", ours, work=work.public_id)
    assert "Text of stand" in text_of(us.get(url))
    first = FormAnswer.objects.get()
    assert us.post(url, {"version": first.version, "q_stand": "", "hand_in": "1"}).status_code == 422
    us.post(url, {"version": first.version, "q_stand": "At the beginning."})
    first.refresh_from_db()
    us.post(url, {"version": first.version, "q_stand": "At the beginning.", "hand_in": "1"})
    shown = mentor.get(page("work_version", ours, work=work.public_id, number=1))
    assert "At the beginning." in text_of(shown)
    mentor.post(
        page("work_judge", ours, work=work.public_id), {"number": 1, "verdict": "returned", "feedback": "Say more."}
    )
    assert "At the beginning." in us.get(url).content.decode()  # the next version begins with what was answered
    second = FormAnswer.objects.exclude(pk=first.pk).get()
    us.post(url, {"version": second.version, "q_stand": "Half way.", "hand_in": "1"})
    kept = [each.form_answer.answers["stand"] for each in work.versions.order_by("number") if each.form_answer]
    assert kept == ["At the beginning.", "Half way."]
