"""The market dialogue's record and its report."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from keino.web.procurements.models import DialogueStep, ExitRecord
from tests.factories.contracts import a_dialogue
from tests.factories.procurements import a_procurement
from tests.factories.web import an_organisation, someone_who_is
from tests.web.procurements.test_contracts import HOSTILE, client_of, url

pytestmark = pytest.mark.django_db


def step_data(**changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "way": "information_request",
        "held_on": "2026-03-02",
        "invited": "Imaginary Cleaning Ltd\nMade-up Services Ltd",
        "took_part": "Made-up Services Ltd",
        "asked": "Can agents be had without fragrance?",
        "answers": "Yes, from May on.",
        **changes,
    }


def test_b37_the_dialogue_is_recorded_and_becomes_the_report_of_its_phase() -> None:
    member = someone_who_is("member", town := an_organisation())
    procurement = a_procurement(town, state="dialogue")
    client, place = client_of(member), {"procurement": procurement.public_id}
    data = step_data()
    for _press in range(2):
        assert client.post(url("dialogue_step_new", town, **place), data).status_code == 302
    assert DialogueStep.objects.count() == 1
    client.post(url("dialogue_finish", town, **place))
    assert not ExitRecord.objects.exists()  # what changed and equal information are missing
    page = client.get(url("dialogue", town, **place)).content.decode()
    assert "what changed in the procurement because of it" in page
    outcome = {
        "changes": "Fragrance is a criterion now.",
        "equal_information": "Questions and answers are public since 5 March.",
        "all_got_the_same": "on",
        "seen": 1,
    }
    assert client.post(url("dialogue_outcome", town, **place), outcome).status_code == 302
    for _press in range(2):
        client.post(url("dialogue_finish", town, **place))
    report = ExitRecord.objects.get(procurement=procurement, kind="dialogue_report")
    for words in (
        "Imaginary Cleaning Ltd, Made-up Services Ltd",
        "Can agents be had without fragrance?",
        "Yes, from May on.",
        "Fragrance is a criterion now.",
        "Questions and answers are public since 5 March.",
    ):
        assert words in report.text
    assert report.recorded_by == member
    answer = client.post(url("dialogue_step_new", town, **place), step_data())
    assert answer.status_code == 422
    assert "reported already" in answer.content.decode()


def test_a_dialogue_that_did_not_tell_all_the_same_is_not_reported() -> None:
    member = someone_who_is("member", town := an_organisation())
    procurement = a_procurement(town)
    a_dialogue(procurement, all_got_the_same=False)
    answer = client_of(member).post(url("dialogue_finish", town, procurement=procurement.public_id), follow=True)
    assert "that all suppliers got the same information" in answer.content.decode()
    assert not ExitRecord.objects.exists()


def test_what_suppliers_said_is_shown_as_text_and_days_to_come_are_refused() -> None:
    member = someone_who_is("member", town := an_organisation())
    place = {"procurement": a_procurement(town).public_id}
    client = client_of(member)
    client.post(url("dialogue_step_new", town, **place), step_data(answers=HOSTILE))
    assert HOSTILE not in client.get(url("dialogue", town, **place)).content.decode()
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    answer = client.post(url("dialogue_step_new", town, **place), step_data(held_on=tomorrow))
    assert answer.status_code == 422
    assert DialogueStep.objects.count() == 1
