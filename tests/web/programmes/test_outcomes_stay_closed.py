"""What was decided on an applicant isn't found by subtraction by whoever has a tie to it: no number tells it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from keino.web.base.models import Person
from keino.web.programmes.errors.selection import DeciderHasTie
from keino.web.programmes.models import Application, DecidedApplication, DeclaredTie, SelectionDecision
from keino.web.programmes.services.decisions import move_up
from tests.factories.programmes import named_in
from tests.factories.selection import (
    Selecting,
    a_decision,
    a_selecting,
    an_applicant,
    an_interview,
    logged_in,
    scored,
)
from tests.factories.web import a_role

pytestmark = pytest.mark.django_db
OUTCOMES = ("selected", "reserve", "rejected")


@pytest.fixture
def selecting() -> Selecting:
    """Four applicants for two places; the coordinator and the decider have a tie to the second in the order."""
    made = a_selecting(places_max=2, applicants=4)
    for application, points in zip(made.applications, (4, 3, 2, 1), strict=True):
        scored(made, application, points, points)
        an_interview(application)
    for person in (made.coordinator, made.decider):
        declare(person, made.applications[1])
    return made


def declare(person: Person, application: Application) -> None:
    DeclaredTie.objects.create(application=application, person=person, reason="Cousin")


def decide(selecting: Selecting, outcome: str, *, state: str) -> SelectionDecision:
    """A decision or proposal with this outcome for the tied applicant: the others' stay the same, but for whose place
    in the reserve it takes.
    """
    DecidedApplication.objects.all().delete()
    SelectionDecision.objects.all().delete()
    first, tied, *others = selecting.applications
    made = a_decision(
        selecting.edition, (first, "selected"), (tied, outcome), *((each, "reserve") for each in others), state=state
    )
    reserve = [tied, *others] if outcome == "reserve" else others
    for place, application in enumerate(reserve, start=1):
        made.lines.filter(application=application).update(reserve_place=place)
    for place, application in enumerate(selecting.applications, start=1):
        made.lines.filter(application=application).update(place=place)
    if state == "made":
        for line in made.lines.all():
            Application.objects.filter(pk=line.application_id).update(state=line.outcome)
    return made


def words(client: Client, path: str) -> str:
    """What a page says, without what differs from one request to the next."""
    answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200, path
    page = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert page is not None
    page_text = re.sub(r"<input type=\"hidden\"[^>]*>", "", page.group())
    return re.sub(r"\d+\.\d+\.\d{4}[^<]*", "DAY", page_text)


@pytest.mark.parametrize("path", ["", "summary/", "decision/", "decision/check/"])
def test_b4_a_proposal_reads_the_same_whatever_it_says_of_a_tied_applicant(selecting: Selecting, path: str) -> None:
    for person in (selecting.coordinator, selecting.decider):
        client, read = logged_in(person), set()
        for outcome in OUTCOMES:
            decide(selecting, outcome, state="draft")
            read.add(words(client, selecting.path + path))
        assert len(read) == 1


@pytest.mark.parametrize("path", ["", "summary/", "decisions/1/", "publication/"])
def test_b4_a_decision_reads_the_same_whatever_it_says_of_a_tied_applicant(selecting: Selecting, path: str) -> None:
    client, read = logged_in(selecting.coordinator), set()
    for outcome in OUTCOMES:
        decide(selecting, outcome, state="made")
        read.add(words(client, selecting.path + path))
    assert len(read) == 1


def test_b4_numbers_are_whole_for_who_has_no_tie(selecting: Selecting) -> None:
    decide(selecting, "selected", state="made")
    client = logged_in(named_in(selecting.edition, "decider"))
    page = words(client, selecting.path)
    assert "2 have a place" in page
    assert '<td class="number">2</td><td class="number">2</td><td class="number">0</td>' in page
    assert "1 have a place" in words(logged_in(selecting.decider), selecting.path)


def test_b4_a_decision_on_a_tied_applicant_alone_isnt_there(selecting: Selecting) -> None:
    tied = selecting.applications[1]
    decide(selecting, "reserve", state="made")
    other = named_in(selecting.edition, "decider")
    move_up(tied, reason="", confirm_by=None, by=other)
    shown = {}
    for person in (other, selecting.decider):
        client = logged_in(person)
        answers = [client.get(selecting.path + path) for path in ("", "steps/", "decisions/2/")]
        numbers = [each.number for each in answers[0].context["decisions"]]
        acts = [str(step.act) for step in answers[1].context["page_obj"]]
        shown[person] = (numbers, len(acts) > 0, answers[2].status_code)
    assert shown == {other: ([2, 1], True, 200), selecting.decider: ([1], False, 404)}


def test_b4_a_tied_writer_leaves_the_order_of_the_reserve_as_it_is(selecting: Selecting) -> None:
    draft = decide(selecting, "reserve", state="draft")
    client = logged_in(selecting.coordinator)
    page = client.get(f"{selecting.path}decision/")
    assert not [name for name in page.context["form"].fields if name.startswith("reserve_")]
    data = {"seen": draft.version, "message": "Welcome", "confirm_by": ""}
    for line in draft.lines.all():
        data |= {f"outcome_{line.application_id}": line.outcome, f"reason_{line.application_id}": "It comes too late."}
    before = dict(draft.lines.values_list("application", "reserve_place"))
    assert client.post(f"{selecting.path}decision/", data).status_code == 302
    draft.refresh_from_db()
    assert draft.message == "Welcome"
    assert dict(draft.lines.values_list("application", "reserve_place")) == before


def test_b4_a_decider_with_a_tie_to_one_decided_on_gives_no_free_place(selecting: Selecting) -> None:
    decide(selecting, "rejected", state="made")
    waiting = selecting.applications[2]
    client, up = logged_in(selecting.decider), f"{selecting.path}applications/{waiting.public_id}/move-up/"
    assert up not in client.get(selecting.path).content.decode()
    assert client.get(up).status_code == 403
    assert client.post(up, {"reason": "", "confirm_by": ""}).status_code == 403
    with pytest.raises(DeciderHasTie):
        move_up(waiting, reason="", confirm_by=None, by=selecting.decider)
    other = named_in(selecting.edition, "decider")
    # a mentor of somebody selected knows that it was, and had no tie when it was decided
    SelectionDecision.objects.update(made_at="2026-01-02T12:00:00Z")
    a_role(other, "mentor", selecting.edition.organisation, about=selecting.applications[0].organisation)
    assert move_up(waiting, reason="", confirm_by=None, by=other) is not None


def test_b4_a_decider_with_a_tie_to_one_decided_on_makes_no_later_decision(selecting: Selecting) -> None:
    decide(selecting, "selected", state="made")
    late = an_applicant(selecting.edition)
    scored(selecting, late, 1, 1)
    draft = a_decision(selecting.edition, (late, "rejected"))
    client = logged_in(selecting.decider)
    page = client.get(f"{selecting.path}decision/check/")
    assert b'name="decision"' not in page.content
    client.post(f"{selecting.path}decision/make/", {"decision": draft.public_id, "seen": draft.version})
    draft.refresh_from_db()
    assert draft.state == "draft"
