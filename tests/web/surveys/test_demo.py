"""The demo's self-assessment: filled once, with something hidden, and a round that waits."""

from __future__ import annotations

import pytest

from keino.web.base.models import Mail
from keino.web.operations.demo import maturity
from keino.web.surveys.models import AnswerSheet, Round, RoundGroup
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
