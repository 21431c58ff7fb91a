"""Addresses of targets, potential, measures and plans to the target."""

from __future__ import annotations

from django.urls import path

from keino.web.plans.views import measures, overview, potential, reduction_plans, scenarios, targets

_HERE = "o/<slug:slug>/plan/"
_PLAN = f"{_HERE}plans/<uuid:plan>/"

urlpatterns = [
    path(_HERE, overview.plan, name="plan"),
    path(f"{_HERE}target/new/", targets.target_new, name="target_new"),
    path(f"{_HERE}target/<uuid:target>/", targets.target, name="target"),
    path(f"{_HERE}target/<uuid:target>/remove/", targets.target_remove, name="target_remove"),
    path(f"{_HERE}potential/", potential.potential, name="potential"),
    path(f"{_HERE}potential/potential.xlsx", potential.potential_xlsx, name="potential_xlsx"),
    path(f"{_HERE}measures/", measures.measures, name="measures"),
    path(f"{_HERE}measures/new/", measures.own_measure_new, name="own_measure_new"),
    path(f"{_HERE}measures/own/<uuid:measure>/", measures.own_measure, name="own_measure"),
    path(f"{_HERE}measures/own/<uuid:measure>/end/", measures.own_measure_end, name="own_measure_end"),
    path(f"{_HERE}measures/known/<slug:code>/", measures.measure, name="measure"),
    path(f"{_HERE}plans/", reduction_plans.reduction_plans, name="reduction_plans"),
    path(f"{_HERE}plans/new/", reduction_plans.reduction_plan_new, name="reduction_plan_new"),
    path(f"{_HERE}plans/compare/", scenarios.scenarios, name="scenarios"),
    path(_PLAN, reduction_plans.reduction_plan, name="reduction_plan"),
    path(f"{_PLAN}measures/", reduction_plans.reduction_plan_measures, name="reduction_plan_measures"),
    path(f"{_PLAN}limits/", reduction_plans.reduction_plan_limits, name="reduction_plan_limits"),
    path(f"{_PLAN}compute/", reduction_plans.reduction_plan_compute, name="reduction_plan_compute"),
    path(f"{_PLAN}stop/", reduction_plans.reduction_plan_stop, name="reduction_plan_stop"),
    path(f"{_PLAN}choose/", reduction_plans.reduction_plan_choose, name="reduction_plan_choose"),
    path(f"{_PLAN}copy/", reduction_plans.reduction_plan_copy, name="reduction_plan_copy"),
    path(f"{_PLAN}delete/", reduction_plans.reduction_plan_delete, name="reduction_plan_delete"),
    path(f"{_PLAN}what-if/", scenarios.what_if, name="what_if"),
    path(f"{_PLAN}what-if/compute/", scenarios.what_if_compute, name="what_if_compute"),
]
