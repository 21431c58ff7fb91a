"""Pages are drawn ahead of their readers: after a calculation, a publication, a new edition; and only once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.choices import JobState
from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Job
from keino.web.dashboards.queries.undrawn import to_be_drawn
from keino.web.dashboards.tasks import DRAW_AHEAD, ask_to_draw_ahead
from keino.web.measurement.services.runs import publish_run
from tests.factories.web import a_finished_run, an_organisation, someone_who_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_data")]


@pytest.fixture
def own_data(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_FOLDER = tmp_path

    def now(function: Any, **_: Any) -> None:
        function()

    monkeypatch.setattr("django.db.transaction.on_commit", now)


def drawn() -> None:
    ask_to_draw_ahead()
    run_waiting_jobs()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_first_reader_waits_for_no_chart(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    town = an_organisation("Town", is_public=True)
    a_finished_run(town, published_at=timezone.now())
    drawn()
    monkeypatch.setattr("keino.report.drawing.draw", lambda *_, **__: pytest.fail("drawn for a reader"))
    client = Client(headers={"Accept-Language": language})
    assert client.get(reverse("dashboards:public", args=[town.slug])).status_code == 200
    client.force_login(someone_who_is("member", town))
    for name in ("home", "footprint", "hotspots"):
        assert client.get(reverse(f"dashboards:{name}", args=[town.slug])).status_code == 200


def test_drawing_is_asked_for_once_and_again_after_a_new_result() -> None:
    town = an_organisation()
    a_finished_run(town)
    ask_to_draw_ahead()
    ask_to_draw_ahead()
    assert Job.objects.filter(kind=DRAW_AHEAD).count() == 1
    run_waiting_jobs()
    assert list(to_be_drawn()) == []
    ask_to_draw_ahead()
    assert Job.objects.filter(kind=DRAW_AHEAD).count() == 1
    a_finished_run(town)
    assert [undrawn.organisation for undrawn in to_be_drawn()] == [town]


def test_publication_draws_the_public_page() -> None:
    town = an_organisation(is_public=True)
    run = a_finished_run(town)
    drawn()
    assert list(to_be_drawn()) == []
    publish_run(run=run, by=someone_who_is("responsible_person", town))
    assert [undrawn.organisation for undrawn in to_be_drawn()] == [town]


def test_a_result_that_cannot_be_drawn_keeps_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keino.web.dashboards.parts.hotspots", lambda *_, **__: 1 / 0)
    a_finished_run(an_organisation())
    a_finished_run(an_organisation())
    drawn()
    assert set(Job.objects.filter(kind=DRAW_AHEAD).values_list("state", flat=True)) == {JobState.DONE}
    assert list(to_be_drawn()) == []
