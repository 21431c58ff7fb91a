"""Pages of targets, potential, measures and plans to the target that list rows."""

from __future__ import annotations

from typing import Any

from tests.factories.reduction import a_computed_plan, a_draft, a_target, an_own_measure
from tests.web.lists import Listed


def _target(scene: Any, _person: Any, number: int) -> None:
    a_target(scene.organisation, target_year=2030 + number, scope=f"Scope {number}")


def _own_measure(scene: Any, _person: Any, number: int) -> None:
    an_own_measure(scene.organisation, name=f"Measure {number}", category="FOOD", by=scene.people["own_member"])


def _plan(scene: Any, _person: Any, number: int) -> None:
    a_draft(scene.organisation, title=f"Plan {number}", by=scene.people["own_member"])


def _computed(scene: Any, _person: Any, number: int) -> None:
    a_computed_plan(scene.organisation, title=f"Computed {number}")


LISTS = [
    Listed("plans:plan", _target),
    Listed("plans:measures", _own_measure),
    Listed("plans:reduction_plan_measures", _own_measure),
    Listed("plans:reduction_plans", _plan),
    Listed("plans:scenarios", _computed),
]
