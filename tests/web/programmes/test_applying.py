"""An application in two steps, through the pages: interest and booking, then the application itself (B2)."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, EditionDate
from tests.factories.applications import (
    TEXTS,
    an_application,
)
from tests.factories.web import someone_who_is
from tests.web.programmes.applying import client_of, first_slot, mails, page, tell_interest

pytestmark = pytest.mark.django_db


def test_b2_interest_and_booking_are_two_steps_and_the_application_comes_after_the_discussion(
    town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    # from the call to the own organisation, and the first step
    answer = town.client.get(reverse("programmes:apply", args=[town.edition.slug]), follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"/o/{town.organisation.slug}/applications/new/")
    application = tell_interest(town)
    assert application.state == S.INTEREST
    assert [mail.person for mail in mails("interest_received")] == [town.member]
    # the application can't be sent by its address either
    town.client.post(page("application_send", application), {"seen": application.version})
    application.refresh_from_db()
    assert (application.state, application.submitted_at) == (S.INTEREST, None)
    # the second step
    slot = first_slot(town, application)
    answer = town.client.post(page("application_book", application), {"slot": slot}, follow=True)
    assert "The discussion is booked" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == S.DISCUSSION_BOOKED
    assert [mail.person for mail in mails("discussion_booked")] == [town.member]
    assert [mail.person for mail in mails("discussion_to_hold")] == [town.expert]
    # still not: the discussion is booked, not held
    town.client.post(page("application_send", application), {"seen": application.version})
    application.refresh_from_db()
    assert application.state == S.DISCUSSION_BOOKED
    # the expert marks it as held, once it has begun
    discussion, desk = application.discussions.get(), client_of(town.expert)
    there = reverse("programmes:desk_discussion", args=[town.edition.slug, discussion.public_id])
    given = {"seen": discussion.version, "agreed": "School yards.", "notes": "Eager.", "held": "yes"}
    assert desk.post(there, given).status_code == 422
    monkeypatch.setattr(timezone, "now", lambda: discussion.ends_at)
    desk = client_of(town.expert)
    assert desk.post(there, given).status_code == 302
    application.refresh_from_db()
    assert application.state == S.DISCUSSION_HELD
    # the organisation reads what was agreed and not the notes, decides, writes
    town.client = client_of(town.member)
    text = town.client.get(page("application", application)).content.decode()
    assert "School yards." in text
    assert "Eager." not in text
    town.client.post(page("application_decide", application), {"goes_on": "yes"})
    write_all(town, application)
    answer = town.client.get(page("application_send", application))
    assert answer.context["lacks"] == []
    application.refresh_from_db()
    town.client.post(page("application_send", application), {"seen": application.version})
    application.refresh_from_db()
    assert application.state == S.SUBMITTED
    assert application.submitted_at == discussion.ends_at
    assert [mail.person for mail in mails("application_received")] == [town.member]


def write_all(town: SimpleNamespace, application: Application) -> None:
    """Everything that an application needs, through the pages."""
    for part, given in (
        ("pilot", {"pilot": TEXTS["pilot"]}),
        ("reasons", {name: TEXTS[name] for name in ("motivation", "groundwork", "sharing", "capacity")}),
        ("consents", {"agrees_to_data": "on", "agrees_to_publication": "on"}),
    ):
        application.refresh_from_db()
        answer = town.client.post(
            page("application_edit", application, part=part), {**given, "seen": application.version}
        )
        assert answer.status_code == 302
    for number, role in enumerate(("responsible", "", "")):
        given = {"name": f"Person {number}", "email": f"person-{number}@town.example", "role": role}
        given |= {"is_responsible": "on"} if role else {}
        assert town.client.post(page("member_new", application), given).status_code == 302
    approver = someone_who_is("approver", town.organisation)
    assert client_of(approver).post(page("commit", application), {"title": "Director"}).status_code == 302


def test_a_sent_application_can_be_taken_back_and_mended_before_the_deadline(
    town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = an_application(town.edition, town.organisation, state=S.SUBMITTED)
    path = page("application_edit", application, part="pilot")
    assert town.client.post(path, {"pilot": "Changed.", "seen": 1}).status_code == 422
    town.client.post(page("application_take_back", application))
    application.refresh_from_db()
    assert application.state == S.DISCUSSION_HELD
    deadline = EditionDate.objects.get(edition=town.edition, kind="application_deadline").ends_at
    Application.objects.update(state=S.SUBMITTED)
    monkeypatch.setattr(timezone, "now", lambda: deadline + dt.timedelta(seconds=1))
    client_of(town.member).post(page("application_take_back", application))
    application.refresh_from_db()
    assert application.state == S.SUBMITTED


def test_b3_withdrawing_frees_the_discussion_and_leaves_room_to_apply_again(town: SimpleNamespace) -> None:
    application = tell_interest(town)
    slot = first_slot(town, application)
    town.client.post(page("application_book", application), {"slot": slot})
    application.refresh_from_db()
    given = {"seen": application.version, "why": "No time this year."}
    assert town.client.post(page("application_withdraw", application), given).status_code == 302
    application.refresh_from_db()
    assert application.state == S.WITHDRAWN
    assert application.discussions.filter(cancelled_at=None).count() == 0
    assert application.moves.latest("pk").why == "No time this year."
    path = reverse("programmes:interest_new", args=[town.organisation.slug, town.edition.slug])
    assert town.client.post(path, {"interest": "After all."}).status_code == 302
    assert Application.objects.exclude(state=S.WITHDRAWN).count() == 1


def test_a_second_application_of_an_organisation_is_refused_with_where_the_first_is(town: SimpleNamespace) -> None:
    tell_interest(town)
    colleague = client_of(someone_who_is("responsible_person", town.organisation))
    path = reverse("programmes:interest_new", args=[town.organisation.slug, town.edition.slug])
    assert colleague.get(path).status_code == 302
    answer = colleague.post(path, {"interest": "Another one."})
    assert answer.status_code == 422
    assert Application.objects.count() == 1
