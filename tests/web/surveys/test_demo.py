"""The demo's self-assessment: filled once, with something hidden, and a round that waits."""

from __future__ import annotations

import pytest

from keino.web.base.models import Mail
from keino.web.operations.demo import maturity, studies
from keino.web.surveys.models import AnswerSheet, FormAnswer, Interview, Round, RoundGroup, StudyRound
from keino.web.surveys.queries.studies import pairs
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_filling_twice_changes_nothing() -> None:
    places = {"ostoniemi": an_organisation(slug="ostoniemi", is_example=True)}
    someone_who_is("responsible_person", places["ostoniemi"])
    counts = []
    for _ in range(2):
        maturity.fill(places)
        counts.append((Round.objects.count(), AnswerSheet.objects.count(), places["ostoniemi"].roles.count()))
    assert counts[0] == counts[1] == (3, 4, 17)
    assert not Mail.objects.exists()


def test_two_groups_are_shown_and_two_are_too_small() -> None:
    places = {"ostoniemi": an_organisation(slug="ostoniemi", is_example=True)}
    someone_who_is("responsible_person", places["ostoniemi"])
    maturity.fill(places)
    end = Round.objects.get(kind="end")
    shown = RoundGroup.objects.filter(round=end).values_list("name", "respondents")
    assert dict(shown) == {"Toimialat": 6, "Hankintatoimi": 5, "Johto": None, "Luottamushenkilöt": None, "": None}
    assert end.respondents == 16


def test_the_study_has_two_years_to_compare_and_one_to_answer() -> None:
    centre = an_organisation(slug="esimerkkikeskus", kind="competence_centre", is_example=True)
    for kind in ("expert", "coordinator"):
        someone_who_is(kind, centre)
    for _ in range(9):
        an_organisation(is_example=True)
    counts = []
    for _ in range(2):
        studies.fill({"esimerkkikeskus": centre})
        counts.append((StudyRound.objects.count(), FormAnswer.objects.count(), Interview.objects.count()))
    assert counts[0] == counts[1] == (3, 28, 24)
    before, after = StudyRound.objects.filter(state="published").order_by("year")
    refused = [pair.code for pair in pairs(before, after) if not pair.may_compare]
    assert refused == ["climate_share"]
    # 14 organisations answered; something of each kind may be told
    for round_ in (before, after):
        assert round_.results["answers"] == 14
        assert round_.results["questions"]["climate_share"]["mean"] is not None
        assert len(round_.results["obstacles"]) >= 2
    assert any(round_.results["questions"]["dialogue"]["counts"] for round_ in (before, after))
