"""Digital sparring on its pages: a case ends with develop, buy or leave, and with what is done about it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from keino.web.cohorts.models import DigitalCase, DigitalOption, SparringSession
from keino.web.plans.models import Action
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.sparring import a_case, a_session, agreed
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_, at, text_of

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def test_b27_digital_sparring_ends_with_develop_buy_or_leave_and_an_action() -> None:
    there = a_participation()
    town, mentor = there.organisation, a_mentor(there)
    member = someone_who_is("member", town)
    client = as_(member)

    # the case: process, tools, target, options
    begun = {
        "key": str(uuid.uuid4()), "process": "Ordering meals", "current_tools": "A table and mail, since 2009",
        "target": "One place for all orders",
    }  # fmt: skip
    for _press in range(2):
        assert client.post(at("digital_case_new", town), begun).status_code == 302
    case = DigitalCase.objects.get()
    for title, way in (("A module of our own system", "develop"), ("A ready service", "buy"), ("As it is", "leave")):
        option = {"key": str(uuid.uuid4()), "title": title, "way": way, "cost_eur": "12000,50"}
        assert as_(mentor).post(at("digital_option_new", town, case=case.public_id), option).status_code == 302
    assert DigitalOption.objects.count() == 3

    # its sparring date
    session = {
        "key": str(uuid.uuid4()), "day": (timezone.localdate() + DAY).isoformat(), "begins": "9:00", "ends": "10:00",
        "mentor": mentor.pk, "mode": "online",
    }  # fmt: skip
    assert as_(mentor).post(at("digital_session_new", town, case=case.public_id), session).status_code == 302
    assert SparringSession.objects.get().digital_case == case

    # an end without a choice, or without anything that is done about it, is refused
    end_url = at("digital_case_end", town, case=case.public_id)
    seen = {"seen": case.version}
    refused = {
        "Select a valid choice": {"end": "wait", "reason": "Later."},
        "This field is required": {"end": "", "reason": "Later."},
        "agree at least one action": {"end": "develop", "reason": "Best."},
        "To end with “buy”": {"end": "buy", "reason": "Cheapest."},
        "To leave it, write why": {"end": "leave", "reason": "  "},
    }
    for words, sent in refused.items():
        answer = client.post(end_url, sent | seen)
        assert answer.status_code == 422, sent
        assert words in text_of(answer)
        case.refresh_from_db()
        assert (case.state, case.end) == ("open", "")

    # an agreed action that was cancelled is none
    dead = agreed(case=case, title="Nothing", state="cancelled", cancelled_on=timezone.localdate())
    assert client.post(end_url, {"end": "buy", "reason": "x"} | seen).status_code == 422
    dead.agreed_in_sparring.delete()

    # with an action, owner and deadline, it ends
    action = {
        "key": str(uuid.uuid4()), "title": "Tender the service", "owner": member.pk,
        "deadline": (timezone.localdate() + 90 * DAY).isoformat(),
    }  # fmt: skip
    assert client.post(at("digital_action_new", town, case=case.public_id), action).status_code == 302
    for _press in range(2):
        assert client.post(end_url, {"end": "buy", "reason": "Ready and cheapest."} | seen).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.end, case.ended_by) == ("ended", "buy", member)
    assert Action.objects.get(title="Tender the service").owner == member
    page = text_of(client.get(at("digital_case", town, case=case.public_id)))
    for words in ("Ended on", "buy", "Ready and cheapest.", "Tender the service", "A ready service"):
        assert words in page


def test_b27_leaving_it_needs_a_reason_or_its_follow_up() -> None:
    there = a_participation()
    client = as_(someone_who_is("member", there.organisation))
    with_reason, with_action = a_case(there.organisation), a_case(there.organisation)
    agreed(case=with_action, title="Look again next year")
    for case, reason in ((with_reason, "The law changes next year."), (with_action, "")):
        url = at("digital_case_end", there.organisation, case=case.public_id)
        assert client.post(url, {"end": "leave", "reason": reason, "seen": 1}).status_code == 302
        case.refresh_from_db()
        assert case.end == "leave"


def test_b27_what_was_agreed_in_a_session_of_the_case_counts() -> None:
    there = a_participation()
    case = a_case(there.organisation)
    agreed(a_session(there.organisation, digital_case=case, days=-1, state="held"), title="Try it in one unit")
    url = at("digital_case_end", there.organisation, case=case.public_id)
    answer = as_(there.responsible).post(url, {"end": "develop", "reason": "", "seen": 1})
    assert answer.status_code == 302


def test_b27_the_database_knows_no_end_without_a_choice() -> None:
    case = a_case(an_organisation())
    with pytest.raises(IntegrityError), transaction.atomic():
        DigitalCase.objects.filter(pk=case.pk).update(state="ended", ended_at=timezone.now())


def test_an_ended_case_takes_nothing_more_until_it_is_taken_up_again() -> None:
    there = a_participation()
    town = there.organisation
    case = a_case(town, state="ended", end="leave", reason="Too early.", ended_at=timezone.now())
    client = as_(there.responsible)
    option = {"key": str(uuid.uuid4()), "title": "Late", "way": "buy"}
    assert client.post(at("digital_option_new", town, case=case.public_id), option).status_code == 422
    action = {"key": str(uuid.uuid4()), "title": "Late", "owner": there.responsible.pk, "deadline": "2099-01-01"}
    assert client.post(at("digital_action_new", town, case=case.public_id), action).status_code == 422
    assert client.post(at("digital_case_reopen", town, case=case.public_id), {"seen": 1}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.end, case.reason) == ("open", "", "Too early.")
    assert client.post(at("digital_option_new", town, case=case.public_id), option).status_code == 302


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"process": ""}, "This field is required"),
        ({"process": "x" * 201}, "at most 200"),
        ({"target": "x" * 4001}, "at most 4"),
    ],
)
def test_a_case_says_what_it_is_about(fields: dict[str, str], said: str) -> None:
    town = an_organisation()
    sent = {"key": str(uuid.uuid4()), "process": "p", "current_tools": "c", "target": "t"} | fields
    answer = as_(someone_who_is("member", town)).post(at("digital_case_new", town), sent)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_mentor_weighs_options_but_the_organisation_ends_the_case() -> None:
    there = a_participation()
    case, mentor = a_case(there.organisation), a_mentor(there)
    answer = as_(mentor).post(at("digital_case_end", there.organisation, case=case.public_id), {"end": "leave"})
    assert answer.status_code == 403
    stranger = someone_who_is("member", an_organisation())
    for name in ("digital_case", "digital_case_edit", "digital_case_end"):
        assert as_(stranger).get(at(name, there.organisation, case=case.public_id)).status_code == 403
    elsewhere = a_participation()
    url = at("digital_case", elsewhere.organisation, case=case.public_id)
    assert as_(elsewhere.responsible).get(url).status_code == 404


def test_markup_in_a_case_is_shown_as_text() -> None:
    hostile = "<script>alert(1)</script>"
    there = a_participation()
    case = a_case(there.organisation, process=hostile, current_tools=hostile, target=hostile)
    DigitalOption.objects.create(case=case, title=hostile, way="buy", speaks_for=hostile)
    for url in (at("digital_case", there.organisation, case=case.public_id), at("digital_cases", there.organisation)):
        assert hostile not in as_(there.responsible).get(url).content.decode()
