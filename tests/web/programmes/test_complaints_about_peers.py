"""What users of other systems for calls and reviews complain about doesn't happen here (docs: lessons of peers)."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import openpyxl
import pytest
from django.core import mail as outbox
from django.test import Client

from keino.web.base.mail import stop
from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, EditionDate, Review
from keino.web.programmes.services.applications.mails import REMINDERS
from keino.web.programmes.services.applications.reminders import remind_of_deadlines
from keino.web.programmes.services.decisions import make_decision
from keino.web.programmes.services.reviews import assign
from tests.factories.applications import a_discussion_rule, an_application, an_expert, some_hours
from tests.factories.selection import (
    a_decision,
    a_review,
    a_selecting,
    an_interview,
    decision_data,
    logged_in,
    responsible,
    review_data,
    scored,
)
from tests.factories.web import a_role, someone_who_is
from tests.web.cohorts.browsing import text_of
from tests.web.programmes.applying import a_whole_draft, client_of, first_slot, mails, page, tell_interest

pytestmark = pytest.mark.django_db


# ---- who signs


def test_b3_several_managers_are_asked_and_one_who_confirms_is_enough_though_another_says_no(
    town: SimpleNamespace,
) -> None:
    """Several signers are still wanted in Open Forms (#4459); there, too, a signature inside the form broke (#1530)."""
    application = a_whole_draft(town)
    application.commitments.all().delete()
    links = []
    for name in ("mirja", "pekka", "liisa"):
        manager = {"name": name, "email": f"{name}@town.example", "language": "fi"}
        assert town.client.post(page("commitment", application), manager).status_code == 302
        links.append(re.sub(r"^https?://[^/]+", "", str(mails("commitment_asked")[-1].values["_secret_link"])))
    application.refresh_from_db()
    send = {"seen": application.version}
    town.client.post(page("application_send", application), send)
    application.refresh_from_db()
    assert application.state == S.DISCUSSION_HELD  # nobody has confirmed yet
    assert Client().post(links[0], {"decline": "1", "why": "Not mine."}).status_code == 200
    assert Client().post(links[1], {"name": "Pekka", "title": "Director"}).status_code == 200
    town.client.post(page("application_send", application), send)
    application.refresh_from_db()
    assert application.state == S.SUBMITTED
    # what nobody answered is no longer open: it was sent without it
    assert Client().post(links[2], {"name": "Liisa"}).status_code in {409, 410, 422}
    assert application.commitments.exclude(confirmed_at=None).get().confirmed_name == "Pekka"
    assert application.commitments.exclude(declined_at=None).get().declined_why == "Not mine."


# ---- mail


def test_b4_who_stops_reminders_gets_none_and_hears_of_the_decision_all_the_same() -> None:
    """Nobody could opt out of Hypha's mails (#2709); they were too many (#625)."""
    selecting = a_selecting(applicants=1)
    (application,) = selecting.applications
    who = responsible(application)
    stop(topic=REMINDERS, person=who)
    selecting.edition.state = "open"
    selecting.edition.save()
    waiting = an_application(selecting.edition, state=S.INTEREST, contact=who)
    a_role(who, "member", waiting.organisation)
    deadline = EditionDate.objects.get(edition=selecting.edition, kind="booking_deadline").ends_at
    remind_of_deadlines(deadline)
    assert Mail.objects.filter(person=who, template="programmes/mail/deadline_near.txt").exists()
    scored(selecting, application, 3, 3)
    decision = a_decision(selecting.edition, (application, "selected"))
    make_decision(decision, by=selecting.decider, seen=1)
    outbox.outbox.clear()
    while send_due():
        pass
    sent = set(Mail.objects.filter(person=who, state="sent").values_list("template", flat=True))
    assert sent == {"programmes/mail/decision.txt"}
    assert [message.to for message in outbox.outbox].count([who.email]) == 1


def test_b4_applicants_hear_nothing_of_what_happens_inside_the_selection() -> None:
    """Hypha told applicants of changes of internal states (#1091)."""
    selecting = a_selecting(applicants=2)
    first, second = selecting.applications
    applicants = [responsible(each) for each in selecting.applications]
    Mail.objects.all().delete()
    for application in selecting.applications:
        for reviewer in selecting.reviewers:
            review = assign(application, reviewer, by=selecting.coordinator)
            path = f"{selecting.path}reviews/{review.public_id}/"
            assert logged_in(reviewer).post(path, review_data(review, 3, send="1")).status_code == 302
    assert Review.objects.filter(state="sent").count() == 4
    desk = logged_in(selecting.decider)
    desk.post(f"{selecting.path}decision/begin/")
    decision = selecting.edition.decisions.get()
    written = decision_data(decision, {first: "selected", second: "rejected"}, check="1")
    assert desk.post(f"{selecting.path}decision/", written).status_code == 302
    told = Mail.objects.filter(person__in=applicants)
    assert list(told) == []
    for each in applicants:  # nor on their pages
        there = Application.objects.get(organisation__roles__person=each)
        text = text_of(client_of(each).get(page("application", there)))
        assert "State: interviewed." in text
        assert not [word for word in ("You are selected", "rejected", "score") if word in text]


# ---- booking


def test_b2_one_booking_doesnt_lock_a_time_that_another_expert_can_hold(town: SimpleNamespace) -> None:
    """In cal.com one reservation locked the slot for all hosts (#24519), and slots were shown that could never be
    booked (#29796).
    """
    a_discussion_rule(town.edition, experts_needed=1, a_day=1)
    second = an_expert(town.edition)
    some_hours(town.edition, second)
    application = tell_interest(town)
    slot = first_slot(town, application)
    others = [an_application(town.edition, state=S.INTEREST) for _number in range(2)]
    clients = [client_of(someone_who_is("member", each.organisation)) for each in others]
    assert town.client.post(page("application_book", application), {"slot": slot}).status_code == 302
    offered = text_of(clients[0].get(page("application_book", others[0])))
    assert "3 times are free now" in offered  # the other expert's, the taken time among them
    assert clients[0].post(page("application_book", others[0]), {"slot": slot}).status_code == 302
    # both hold one a day: nothing is offered, and nothing can be booked
    assert "No time is free now" in text_of(clients[1].get(page("application_book", others[1])))
    assert clients[1].post(page("application_book", others[1]), {"slot": slot}).status_code == 422
    booked = {each.discussions.get().experts.get().person for each in (application, others[0])}
    assert booked == {town.expert, second}


# ---- what is required for what


def test_b4_what_is_required_to_be_selected_isnt_required_to_apply() -> None:
    """RSE Grand Challenge split what is required to send from what is required to be accepted (#4586)."""
    selecting = a_selecting(applicants=1)
    (fails,) = selecting.applications
    assert fails.state == S.INTERVIEWED  # it was sent and heard
    scored(selecting, fails, 4, 4, is_met=False)
    decision = a_decision(selecting.edition, (fails, "selected"))
    desk = logged_in(selecting.decider)
    shown = desk.post(
        f"{selecting.path}decision/", decision_data(decision, {fails: "selected"}, check="1"), follow=True
    )
    assert "a criterion that must be met is not met" in text_of(shown)
    decision.refresh_from_db()
    desk.post(f"{selecting.path}decision/make/", {"decision": decision.public_id, "seen": decision.version})
    fails.refresh_from_db()
    assert fails.state == S.INTERVIEWED


# ---- exports


def test_b4_whoever_organises_and_applied_too_takes_the_reviews_along_without_their_own() -> None:
    """Organisers who had submitted couldn't export any reviews (scipy-conference #99)."""
    selecting = a_selecting(applicants=2)
    ours, theirs = selecting.applications
    for application in (ours, theirs):
        for reviewer in selecting.reviewers:
            a_review(application, reviewer, 3)
        an_interview(application)
    organiser = someone_who_is("coordinator", selecting.edition.organisation)
    organiser.roles.create(kind="member", organisation=ours.organisation, valid_from=organiser.roles.get().valid_from)
    answer = logged_in(organiser).get(f"{selecting.path}reviews.xlsx")
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert str(theirs.organisation) in cells
    assert str(ours.organisation) not in cells
