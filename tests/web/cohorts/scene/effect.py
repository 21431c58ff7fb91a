"""Rows of the engagement log, an edition that is over, reports of it."""

from __future__ import annotations

from types import SimpleNamespace

from tests.factories.cohorts import a_participation
from tests.factories.effect import a_draft_report, a_past_edition, an_approved_report, some_work


def add(scene: SimpleNamespace) -> None:
    """Work of an expert for an edition of the scene's centre, a draft of its report and an approved one of all."""
    expert, coordinator = scene.people["expert"], scene.people["coordinator"]
    scene.effect_edition = a_past_edition(scene.centre, slug="effect-of-the-scene", name_fi="Vaikuttava akatemia")
    a_participation(scene.organisation, scene.effect_edition, state="completed", responsible=None)
    scene.work = some_work(expert, organisation=scene.organisation, edition=scene.effect_edition)
    scene.effect_draft = a_draft_report(scene.effect_edition, by=coordinator, summary="Luonnos")
    scene.effect_report = an_approved_report(None, by=coordinator)
