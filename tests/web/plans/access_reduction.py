"""Who may open targets, potential, measures and plans to the target."""

from __future__ import annotations

from typing import Any

from tests.web.access import READERS, WORKERS, Address


def _organisation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _target(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "target": scene.target.public_id}


def _measure(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "measure": scene.own_measure.public_id}


def _known(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "code": "menu_plants_and_waste"}


def _plan(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "plan": scene.reduction_plan.public_id}


def _draft(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "plan": scene.reduction_draft.public_id}


ADDRESSES = [
    Address("plans:plan", READERS, _organisation),
    Address("plans:target_new", WORKERS, _organisation),
    Address("plans:target_new", WORKERS, _organisation, method="post"),
    Address("plans:target", WORKERS, _target),
    Address("plans:target", WORKERS, _target, method="post"),
    Address("plans:target_remove", WORKERS, _target, method="post"),
    Address("plans:potential", READERS, _organisation),
    Address("plans:potential_xlsx", READERS, _organisation),
    Address("plans:measures", READERS, _organisation, query="?only=own"),
    Address("plans:measure", READERS, _known),
    Address("plans:own_measure_new", WORKERS, _organisation),
    Address("plans:own_measure_new", WORKERS, _organisation, method="post"),
    Address("plans:own_measure", WORKERS, _measure),
    Address("plans:own_measure", WORKERS, _measure, method="post"),
    Address("plans:own_measure_end", WORKERS, _measure, method="post"),
    Address("plans:reduction_plans", READERS, _organisation),
    Address("plans:reduction_plan_new", WORKERS, _organisation),
    Address("plans:reduction_plan_new", WORKERS, _organisation, method="post"),
    Address("plans:scenarios", READERS, _organisation),
    Address("plans:reduction_plan", READERS, _plan),
    Address("plans:reduction_plan_measures", WORKERS, _draft),
    Address("plans:reduction_plan_measures", WORKERS, _draft, method="post"),
    Address("plans:reduction_plan_limits", WORKERS, _draft),
    Address("plans:reduction_plan_limits", WORKERS, _draft, method="post"),
    Address("plans:reduction_plan_compute", WORKERS, _draft, method="post"),
    Address("plans:reduction_plan_stop", WORKERS, _draft, method="post"),
    Address("plans:reduction_plan_choose", WORKERS, _plan, method="post"),
    Address("plans:reduction_plan_copy", WORKERS, _plan, method="post"),
    Address("plans:reduction_plan_delete", WORKERS, _plan),
    Address("plans:reduction_plan_delete", WORKERS, _plan, method="post"),
    Address("plans:what_if", READERS, _plan),
    Address("plans:what_if_compute", WORKERS, _plan, method="post"),
]
