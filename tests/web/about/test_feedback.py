"""Feedback: sent once, answered within fourteen days of Helsinki's calendar, forgotten in time."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keino.web.about.models import Feedback
from keino.web.about.personal_data import FEEDBACK
from keino.web.about.services import MOST_PER_HOUR, answer_feedback, close_feedback, retire_feedback
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Mail
from tests.factories.about import a_feedback
from tests.factories.accounts import with_second_factor
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def keeper(kind: str = "coordinator") -> Any:
    return with_second_factor(someone_who_is(kind, an_organisation(kind="competence_centre")))


def form(**fields: str) -> dict[str, str]:
    return {"topic": "accessibility", "text": "The stepper can't be read aloud.", "key": str(uuid.uuid4())} | fields


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Let the clock show a moment, given in UTC."""
    now = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_message_needs_nothing_but_itself() -> None:
    answer = Client().post("/about/feedback/", form())
    feedback = Feedback.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/about/feedback/sent/{feedback.public_id}/")
    assert (feedback.email, feedback.person, feedback.language) == ("", None, "fi")


def test_form_sent_twice_makes_one_message() -> None:
    sent = form(email="someone@example.org")
    places = {Client().post("/about/feedback/", sent).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Feedback.objects.count() == 1
    assert Mail.objects.filter(template="about/mail/feedback_received.txt").count() == 1


def test_filled_trap_sends_nothing_and_keeps_the_text() -> None:
    answer = Client().post("/about/feedback/", form(leave_empty="https://spam.example"))
    assert answer.status_code == 400
    assert "The stepper can&#x27;t be read aloud." in answer.content.decode()
    assert not Feedback.objects.exists()


def test_trap_is_hidden_from_people() -> None:
    page = Client().get("/about/feedback/").content.decode()
    assert re.search(r'<div hidden>[^\n]*name="leave_empty"', page)


@pytest.mark.parametrize(
    "fields", [{"text": "   "}, {"text": "x" * 10_001}, {"email": "no address"}, {"topic": "none"}]
)
def test_wrong_form_says_so_and_sends_nothing(fields: dict[str, str]) -> None:
    assert Client().post("/about/feedback/", form(**fields)).status_code == 400
    assert not Feedback.objects.exists()


def test_flood_closes_the_form_for_a_while() -> None:
    for _ in range(MOST_PER_HOUR):
        a_feedback()
    answer = Client().post("/about/feedback/", form())
    assert answer.status_code == 429
    assert "The stepper can&#x27;t be read aloud." in answer.content.decode()
    Feedback.objects.update(created_at=timezone.now() - dt.timedelta(hours=1, seconds=1))
    assert Client().post("/about/feedback/", form()).status_code == 302


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-11-21T21:59:00", "2026-12-05"),  # 23:59 in Helsinki
        ("2026-11-21T22:00:00", "2026-12-06"),  # midnight in Helsinki: the next day
        ("2026-03-20T10:00:00", "2026-04-03"),  # clocks go forward on 29 March
        ("2026-10-20T20:59:00", "2026-11-03"),  # 23:59 in summer time; clocks go back on 25 October
        ("2026-10-20T21:00:00", "2026-11-04"),
    ],
)
def test_clock_counts_days_of_helsinki(monkeypatch: pytest.MonkeyPatch, sent: str, due: str) -> None:
    at(monkeypatch, sent)
    assert a_feedback().due_on == dt.date.fromisoformat(due)


def test_days_run_down_and_then_over(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-11-01T10:00:00")
    feedback = a_feedback()
    seen = []
    for day in ("2026-11-01", "2026-11-15", "2026-11-16"):
        at(monkeypatch, f"{day}T10:00:00")
        seen.append((feedback.days_left, feedback.days_overdue, feedback.is_overdue))
    assert seen == [(14, 0, False), (0, 0, False), (-1, 1, True)]


def test_desk_shows_what_is_overdue_first() -> None:
    late, fresh = a_feedback(text="Late message"), a_feedback(text="Fresh message")
    Feedback.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(days=3))
    client = Client()
    client.force_login(keeper())
    page = client.get("/desk/feedback/", headers={"accept-language": "en"}).content.decode()
    assert page.index("Late message") < page.index("Fresh message")
    assert "overdue by 3 days" in page
    assert "14 days left" in page
    assert fresh.days_left == 14


def test_desk_asks_as_much_with_three_messages_as_with_one() -> None:
    client = Client()
    client.force_login(keeper())
    client.get("/desk/feedback/")  # the first request of a session notes the session
    counts = []
    for _ in (1, 2, 3):
        a_feedback()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/desk/feedback/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_answer_goes_by_mail_in_the_language_of_the_message() -> None:
    feedback = a_feedback(email="writer@example.org", language="sv")
    answer_feedback(feedback, answer="Diagrammet fungerar nu. 1 < 2", seen_version=1, by=keeper())
    run_waiting_jobs()
    queued = Mail.objects.get(template="about/mail/feedback_answered.txt")
    assert (queued.address, queued.language, queued.topic) == ("writer@example.org", "sv", "")
    sent = [one for one in mail.outbox if one.to == ["writer@example.org"]]
    if sent:  # where the worker sends at once
        assert "Diagrammet fungerar nu. 1 < 2" in sent[-1].body


def test_those_who_answer_are_told() -> None:
    person = keeper("administrator")
    feedback = a_feedback()
    queued = Mail.objects.get(template="about/mail/feedback_waits.txt")
    assert (queued.person, queued.topic) == (person, "feedback")
    assert queued.values["due_on"] == feedback.due_on.isoformat()


def test_second_answer_is_refused_and_the_text_stays() -> None:
    feedback = a_feedback()
    client = Client()
    client.force_login(keeper())
    path = f"/desk/feedback/{feedback.public_id}/"
    assert client.post(path, {"answer": "First", "version": "1"}).status_code == 302
    again = client.post(path, {"answer": "Second", "version": "1"})
    assert again.status_code == 400
    feedback.refresh_from_db()
    assert (feedback.state, feedback.answer) == ("answered", "First")


def test_answer_to_what_changed_meanwhile_is_refused() -> None:
    feedback = a_feedback()
    Feedback.objects.update(version=2)
    with pytest.raises(Conflict):
        answer_feedback(feedback, answer="x", seen_version=1, by=keeper())


def test_closed_message_sends_nothing_and_stays_closed() -> None:
    feedback = a_feedback(email="writer@example.org")
    close_feedback(feedback, reason="advertising", seen_version=1, by=keeper())
    assert not Mail.objects.filter(template="about/mail/feedback_answered.txt").exists()
    with pytest.raises(NotAllowedNow):
        answer_feedback(feedback, answer="x", seen_version=2, by=keeper())


@pytest.mark.parametrize("kind", ["member", "responsible_person", "expert", "ministry_officer", "supplier_user"])
def test_message_of_a_writer_is_shown_to_those_who_answer_only(kind: str) -> None:
    feedback = a_feedback(text="Confidential words", email="writer@example.org")
    client = Client()
    client.force_login(with_second_factor(someone_who_is(kind)))
    for path in ("/desk/feedback/", f"/desk/feedback/{feedback.public_id}/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "Confidential" not in answer.content.decode()


def test_receipt_shows_nothing_of_the_message() -> None:
    feedback = a_feedback(text="Confidential words", email="writer@example.org")
    page = Client().get(f"/about/feedback/sent/{feedback.public_id}/").content.decode()
    assert "Confidential" not in page
    assert "writer@example.org" not in page
    assert f"{feedback.due_on.day}.{feedback.due_on.month}.{feedback.due_on.year}" in page


def test_html_in_a_message_is_text_everywhere() -> None:
    feedback = a_feedback(text="<script>alert(1)</script>", page="<b>x</b>")
    client = Client()
    client.force_login(keeper())
    for path in ("/desk/feedback/", f"/desk/feedback/{feedback.public_id}/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_answered_message_is_forgotten_after_a_year_and_waiting_one_is_kept() -> None:
    old, recent, waiting = a_feedback(), a_feedback(), a_feedback()
    by = keeper()
    for one in (old, recent):
        answer_feedback(one, answer="x", seen_version=1, by=by)
    Feedback.objects.filter(pk=old.pk).update(ended_at=timezone.now() - dt.timedelta(days=367))
    Feedback.objects.filter(pk=recent.pk).update(ended_at=timezone.now() - dt.timedelta(days=363))
    Feedback.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - dt.timedelta(days=900))
    assert retire_feedback() == 1
    assert set(Feedback.objects.all()) == {recent, waiting}


def test_person_gets_their_messages_and_can_have_them_made_nameless() -> None:
    person = a_person(email="writer@example.org")
    mine = a_feedback(by=person, text="Mine")
    by_address = a_feedback(email="Writer@example.org", text="By address")
    a_feedback(email="other@example.org", text="Another's")
    assert [one["text"] for one in FEEDBACK.export(person)] == ["Mine", "By address"]
    FEEDBACK.erase(person)
    assert FEEDBACK.export(person) == []
    for one in (mine, by_address):
        one.refresh_from_db()
        assert (one.person, one.email) == (None, "")
    assert Feedback.objects.filter(email="other@example.org").exists()
