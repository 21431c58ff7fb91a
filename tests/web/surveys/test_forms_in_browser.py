"""Forms in a real browser: questions that depend on another, without barriers, on a phone and on a screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from keino.web.surveys.models import FormAnswer
from tests.factories.accounts import with_second_factor
from tests.factories.forms import EVERY_KIND, a_draft, a_question, a_version, a_year, begun_study
from tests.factories.web import an_organisation, someone_who_is
from tests.web.browser import axe_violations, scrolls_sideways, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenPage = Callable[..., Any]


def picture(page: Any, name: str) -> None:
    if folder := os.environ.get("KEINO_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_form_is_answered_and_shows_what_depends_on_an_answer(open_page: OpenPage, width: int) -> None:
    centre, town = an_organisation("Keskus", kind="competence_centre"), an_organisation()
    round_ = a_year(begun_study(a_version(centre, EVERY_KIND, purpose="study")), 2026)
    path = reverse("surveys:form_answer", kwargs={"slug": town.slug, "round_id": round_.public_id})
    page = open_page(path, person=someone_who_is("member", town), language="fi", width=width)
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    assert axe_violations(page) == []
    assert not page.locator("#id_q_which").is_visible()
    page.locator("label[for=id_q_pilot_0]").click()
    assert page.locator("#id_q_which").is_visible()
    page.locator("#id_q_which").fill("Asfaltti")
    page.locator("#id_q_name").fill("Kylä")
    page.locator("#id_q_tonnes").fill("12,5")
    picture(page, f"form-{width}")
    page.locator(".actions button").first.click()
    page.wait_for_url("**/check/")
    assert axe_violations(page) == []
    picture(page, f"check-{width}")
    page.locator("main .actions button").first.click()
    page.wait_for_url(f"**{path}")
    assert FormAnswer.objects.get().is_sent


@pytest.mark.parametrize("width", [320, 1280])
def test_the_editor_has_no_barriers_and_shows_what_a_kind_needs(open_page: OpenPage, width: int) -> None:
    centre = an_organisation("Keskus", kind="competence_centre")
    expert = with_second_factor(someone_who_is("expert", centre))
    draft = a_draft(centre, [a_question("first", "yes_no"), a_question("second")])
    where = {"form_id": draft.form.public_id}
    for name in ("forms", "draft", "draft_about", "draft_publish", "question_new"):
        path = reverse(f"surveys:{name}", kwargs={} if name == "forms" else where)
        page = open_page(path, person=expert, language="fi", width=width)
        assert not scrolls_sideways(page), name
        assert axe_violations(page) == [], name
        picture(page, f"{name}-{width}")
    assert not page.locator("#id_choices_fi").is_visible()
    page.locator("label[for=id_kind_3]").click()
    assert page.locator("#id_choices_fi").is_visible()
    assert not page.locator("#id_unit_fi").is_visible()
