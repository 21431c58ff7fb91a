"""The pages of the engagement log and of a programme's effect in a browser: no barriers, nothing too wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.accounts import with_second_factor
from tests.factories.effect import a_cohort, a_draft_report, a_past_edition, counted, some_others, some_work
from tests.factories.web import an_organisation, someone_who_is
from tests.web.browser import axe_violations, scrolls_sideways

CHANGES = [0.9, 0.2, 0.7, 0.4, 1.1, 0.3]
OTHERS = [0.1, 0.4, -0.2, 0.0, 0.3, 0.2, -0.1, 0.5]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_log_and_effect_have_no_barriers_on_a_narrow_screen(open_page: Callable[..., Any]) -> None:
    edition = a_past_edition(an_organisation("Keskus", kind="competence_centre"), name_fi="Vähähiilisyysakatemia")
    a_cohort(edition, CHANGES)
    some_others(OTHERS)
    coordinator = with_second_factor(someone_who_is("coordinator", edition.organisation))
    some_work(coordinator, edition=edition, organisation=an_organisation("Kauppila"), note="Kategoriat")
    report = a_draft_report(edition, by=coordinator, summary="Vaikutusta ei voi vielä sanoa.")
    counted(None)
    for path in (
        "/desk/engagement/",
        f"/desk/engagement/programmes/{edition.slug}/",
        f"/desk/programmes/{edition.slug}/effect/",
        "/programmes/effect/",
        f"/programmes/effect/reports/{report.public_id}/",
    ):
        page = open_page(path, person=coordinator, language="en", width=320)
        assert axe_violations(page) == []
        assert not scrolls_sideways(page)
        assert page.complaints == []
