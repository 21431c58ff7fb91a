"""The questions with the keyboard alone and without scripts; a round's results on a phone."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.surveys.models import AnswerSheet, Round
from tests.factories.organisations import days
from tests.factories.surveys import CODES, a_closed_round, an_open_round
from tests.factories.web import an_organisation, someone_who_is
from tests.web.browser import axe_violations, scrolls_sideways, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Any]


def path(name: str, round_: Round) -> str:
    return reverse(f"surveys:{name}", kwargs={"slug": round_.organisation.slug, "round_id": round_.public_id})


@pytest.mark.parametrize("width", [320, 1280])
def test_questions_are_answered_by_keyboard_without_scripts(open_page: OpenPage, width: int) -> None:
    round_ = an_open_round(an_organisation(), groups=["Schools"])
    member = someone_who_is("member", round_.organisation)
    page = open_page(path("answer", round_), person=member, language="fi", width=width, javascript=False)
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    assert axe_violations(page) == []
    page.locator(f"#id_area_{CODES[0]}_0").focus()
    for _code in CODES:  # each question is one stop: arrows choose, Tab goes on
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    if folder := os.environ.get("KEINO_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/answer-{width}.png", full_page=True)
    page.keyboard.press("Enter")  # the first button sends
    page.wait_for_url(f"**{path('round', round_)}")
    sheet = AnswerSheet.objects.get()
    assert (sheet.is_sent, set(sheet.answers.values()), sheet.group.name) == (True, {3}, "Schools")  # type: ignore[union-attr]


@pytest.mark.parametrize("width", [320, 1280])
def test_results_have_no_barriers(open_page: OpenPage, width: int) -> None:
    town = an_organisation(population=20_000)
    a_closed_round(town, {"": [2] * 5}, closed_on=days(-300), name="Ennen")
    answers = {"Koulut": [3, 2, 4, 3, 5, 2], "Hoiva": [4] * 5, "Johto": [1] * 3, "Muut": [2] * 2}
    low = dict.fromkeys(CODES, 4) | {CODES[8]: 1, CODES[0]: 2}
    round_ = a_closed_round(town, answers | {"Koulut": [*answers["Koulut"], low]}, name="Jälkeen", kind="end")  # type: ignore[arg-type]
    for _ in range(5):
        a_closed_round(an_organisation(population=21_000), {"": [2, 3, 3, 4, 5]})
    reader = someone_who_is("member", town, valid_from=timezone.localdate())
    page = open_page(path("round", round_), person=reader, language="fi", width=width, javascript=False)
    assert not scrolls_sideways(page)
    assert axe_violations(page) == []
    if folder := os.environ.get("KEINO_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/results-{width}.png", full_page=True)
