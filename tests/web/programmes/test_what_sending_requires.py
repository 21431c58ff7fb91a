"""An application is sent only with everything in it: each thing left out alone is named, and nothing is sent (B3)."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, ApplicationQuestions
from tests.factories.forms import a_question, a_version
from tests.factories.procurements import a_procurement
from tests.web.programmes.applying import a_whole_draft, mails, page

pytestmark = pytest.mark.django_db
LeaveOut = Callable[[Application], object]


def changed(**fields: object) -> LeaveOut:
    return lambda draft: Application.objects.filter(pk=draft.pk).update(**fields)


def without_pilot_but_with_a_procurement(draft: Application) -> None:
    """Where a pilot is required, one of the own procurements doesn't say what it is about."""
    type(draft.edition).objects.update(needs_pilot=True)
    changed(pilot="", procurement=a_procurement(draft.organisation))(draft)


def with_an_unanswered_question(draft: Application) -> None:
    version = a_version(draft.edition.organisation, [a_question("size", required=True)], purpose="application")
    ApplicationQuestions.objects.create(edition=draft.edition, form_version=version)


def without_a_confirmation(draft: Application) -> None:
    """Asked for, and not answered."""
    draft.commitments.update(confirmed_at=None)


def without_one_of_three(draft: Application) -> None:
    draft.members.filter(is_responsible=False).first().delete()  # type: ignore[union-attr]


#: What is left out, and how the page names it.
LEFT_OUT: dict[str, tuple[LeaveOut, str]] = {
    "the decision": (changed(goes_on=None), "your decision to apply"),
    "the decision, said no": (changed(goes_on=False), "your decision to apply"),
    "the pilot": (changed(pilot=""), "what the pilot is about"),
    "the pilot, blank": (changed(pilot=" \n"), "what the pilot is about"),
    "the pilot beside a procurement": (without_pilot_but_with_a_procurement, "what the pilot is about"),
    "the reasons": (changed(motivation=""), "why you apply"),
    "the means": (changed(capacity=" "), "time and means"),
    "an answer": (with_an_unanswered_question, "1 answer to the programme"),
    "somebody": (without_one_of_three, "a team of at least 3 people (now 2)"),
    "the responsible one": (
        lambda draft: draft.members.update(is_responsible=False),
        "the responsible person of the team",
    ),
    "a role": (lambda draft: draft.members.update(role=""), "somebody as “Hankinnoista vastaava”"),
    "the confirmation": (without_a_confirmation, "the management&#x27;s commitment"),
    "the request": (lambda draft: draft.commitments.all().delete(), "the management&#x27;s commitment"),
    "the consent": (changed(agrees_to_data=False), "the consent to give data"),
}


def send(town: SimpleNamespace, draft: Application) -> str:
    """Press the button, also where the page shows none; what the next page says."""
    draft.refresh_from_db()
    given = {"seen": draft.version}
    return town.client.post(page("application_send", draft), given, follow=True).content.decode()


@pytest.mark.parametrize("what", LEFT_OUT)
def test_b3_what_is_left_out_is_named_and_nothing_is_sent(town: SimpleNamespace, what: str) -> None:
    leave_out, words = LEFT_OUT[what]
    draft = a_whole_draft(town)
    changed(contact=town.member)(draft)
    leave_out(draft)
    text = town.client.get(page("application_send", draft)).content.decode()
    assert f"<li>{words}" in text
    assert text.count("<li>" + words[:20]) == 1
    assert ">Send the application</button>" not in text
    answer = send(town, draft)
    missing = answer.partition("Still missing: ")[2].partition("</")[0]
    assert missing.startswith(words)
    assert ", " not in missing.removeprefix(words)  # nothing else lacks
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_at) == (S.DISCUSSION_HELD, None)
    assert mails("application_received") == []


@pytest.mark.parametrize("more", ["groundwork", "sharing", "agrees_to_publication"])
def test_b3_what_is_not_required_keeps_nobody_from_sending(town: SimpleNamespace, more: str) -> None:
    draft = a_whole_draft(town)
    changed(**{more: False if more.startswith("agrees") else ""}, contact=town.member)(draft)
    send(town, draft)
    draft.refresh_from_db()
    assert draft.state == S.SUBMITTED
    assert len(mails("application_received")) == 1


def test_b3_a_procurement_says_what_the_pilot_is_where_none_is_required(town: SimpleNamespace) -> None:
    draft = a_whole_draft(town)
    changed(pilot="", procurement=a_procurement(draft.organisation))(draft)
    send(town, draft)
    draft.refresh_from_db()
    assert draft.state == S.SUBMITTED


def test_b3_everything_that_lacks_is_named_at_once(town: SimpleNamespace) -> None:
    draft = a_whole_draft(town)
    changed(motivation="", agrees_to_data=False)(draft)
    assert "Still missing: why you apply, the consent to give data." in send(town, draft)
