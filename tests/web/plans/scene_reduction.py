"""What the access matrix needs of targets, measures and plans to the target."""

from __future__ import annotations

from types import SimpleNamespace

from tests.factories.reduction import a_computed_plan, a_draft, a_target, an_own_measure

TARGET, MEASURE, PLAN, DRAFT = (
    "Confidential scope 7321",
    "Confidential measure 7322",
    "Confidential plan 7323",
    "Confidential draft 7324",
)


def add(scene: SimpleNamespace) -> None:
    by = scene.people["own_member"]
    scene.target = a_target(scene.organisation, scope=TARGET, by=by)
    scene.own_measure = an_own_measure(scene.organisation, name=MEASURE, category="FOOD", by=by)
    scene.reduction_plan = a_computed_plan(scene.organisation, title=PLAN)
    scene.reduction_draft = a_draft(scene.organisation, title=DRAFT, by=by)
    scene.secrets += [TARGET, MEASURE, PLAN, DRAFT]
