"""Targets of the demo's towns, and Ostoniemi's plan to its own. All numbers here are invented; none is evidence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from keino.web.base.jobs import run_waiting_jobs
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.plans.choices import ReductionPlanState
from keino.web.plans.models import ReductionPlan
from keino.web.plans.services.own_measures import add_own_measure
from keino.web.plans.services.reduction_plans import ask_plan, begin_plan, choose_plan, copy_plan
from keino.web.plans.services.targets import add_target
from keino.web.plans.tasks.reduction import start

if TYPE_CHECKING:
    from keino.web.base.models import Person

TITLE, THRIFTY = "Puoleen vuoteen 2035 mennessä", "Sama tavoite, vähemmän investointirahaa"
#: Code, name, category, effect in per cent, investment, running cost a year, lifetime, days to begin, days a year.
OWN = (
    ("wind_power_contract", "Tuulisähköä pitkällä sopimuksella", "ELEC", (80, 90, 95), 0, 120_000, 12, 40, 0),
    ("energy_survey", "Kaikkien rakennusten energiakatselmus", "HEAT", (1, 2, 3), 200_000, 0, 10, 80, 0),
    ("ground_source_heat", "Maalämpö", "HEAT", (70, 85, 90), 2_900_000, -100_000, 25, 200, 20),
    ("electric_transport", "Sähköbussit ja -pakettiautot sopimuksiin", "MOVE", (60, 80, 90), 0, 450_000, 8, 90, 0),
    ("reuse_of_buildings", "Korjataan ennen kuin rakennetaan", "BUILD", (40, 50, 60), 300_000, 50_000, 20, 250, 60),
    ("upkeep_without_machines", "Ylläpidon koneet sähköisiksi", "MAINT", (40, 60, 70), 800_000, 20_000, 10, 60, 0),
    ("furniture_used", "Käytetyt kalusteet ensin", "FURN", (40, 50, 60), 0, -30_000, 10, 30, 0),
)
AFTER = {"ground_source_heat": ["energy_survey"]}
#: What the town says of measures that keino knows: costs and lifetimes; effects are the cited ones.
SAID: dict[str, dict[str, Any]] = {
    "menu_plants_and_waste": {
        "investment_eur": 150_000,
        "running_eur_per_year": -40_000,
        "lifetime_years": 10,
        "staff_days_start": 120,
        "staff_days_per_year": 20,
    },
    "site_low_emission": {"lifetime_years": 5, "staff_days_start": 60},
    "concrete_gwp70": {
        "part": [0.2, 0.3, 0.4],
        "investment_eur": 0,
        "running_eur_per_year": 90_000,
        "lifetime_years": 15,
        "staff_days_start": 40,
    },
    "fuel_hvo": {
        "part": [0.8, 0.9, 1.0],
        "investment_eur": 0,
        "running_eur_per_year": 70_000,
        "lifetime_years": 5,
        "staff_days_start": 10,
    },
    "laptop_second_life": {
        "part": 0.4,
        "investment_eur": 0,
        "running_eur_per_year": -15_000,
        "staff_days_start": 15,
    },
}


def fill(places: dict[str, Organisation]) -> None:
    """Set the targets, compute Ostoniemi's plans and choose one. What is there already stays."""
    town, other = places["ostoniemi"], places["inkopsvik"]
    _targets(town, other)
    if current_run(town) is None or ReductionPlan.objects.filter(organisation=town).exists():
        return
    by = _holder(town, RoleKind.MEMBER)
    _measures(town, by)
    plan = begin_plan(organisation=town, title=TITLE, by=by, wishes=_wishes())
    _compute(plan, by)
    plan.refresh_from_db()
    if plan.state == ReductionPlanState.DONE:
        choose_plan(plan=plan, by=_holder(town, RoleKind.RESPONSIBLE_PERSON))
    if by is not None:
        budgets = _wishes()["budgets"] | {"investment_eur": {"every_year": 300_000}}
        thrifty = copy_plan(plan=plan, title=THRIFTY, by=by, changes={"budgets": budgets}, same_run=True)
        _compute(thrifty, by)


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).first()
    return role.person if role else None


def _targets(town: Organisation, other: Organisation) -> None:
    if not town.climate_targets.exists():
        by = _holder(town, RoleKind.RESPONSIBLE_PERSON)
        for year, share in ((2030, 0.25), (2035, 0.5)):
            add_target(
                organisation=town,
                by=by,
                baseline_year=2023,
                target_year=year,
                reduction_share=share,
                scope="Kaikki hankinnat",
                decided_by_text="Kaupunginvaltuusto",
                decided_on=dt.date(2024, 6, 10),
            )
    if not other.climate_targets.exists():
        add_target(
            organisation=other,
            by=_holder(other, RoleKind.RESPONSIBLE_PERSON),
            baseline_year=2023,
            target_year=2030,
            reduction_share=0.3,
            scope="Alla upphandlingar utom investeringar",
            decided_by_text="Kommunfullmäktige",
            decided_on=dt.date(2024, 11, 18),
        )


def _measures(town: Organisation, by: Person | None) -> None:
    there = set(town.own_measures.values_list("code", flat=True))
    for code, name, category, effect, investment, running, lifetime, days, days_a_year in OWN:
        if code not in there:
            low, mid, high = (value / 100 for value in effect)
            add_own_measure(
                organisation=town,
                by=by,
                code=code,
                name=name,
                category=category,
                effect_low=low,
                effect_mid=mid,
                effect_high=high,
                investment_eur=investment,
                running_eur_per_year=running,
                lifetime_years=lifetime,
                staff_days_start=days,
                staff_days_per_year=days_a_year,
                prerequisites=AFTER.get(code, []),
                source="keksitty",
            )


def _wishes() -> dict[str, Any]:
    """The same plan as the example of the command line has (docs/how-to/plan.md)."""
    return {
        "plan": {
            "baseline_year": 2023,
            "first_year": 2025,
            "last_year": 2035,
            "objective": "least_cost",
            "discount_rate": 0.03,
            "leave_out": ["timber_frame"],
        },
        "targets": [{"year": 2030, "reduction_share": 0.25}, {"year": 2035, "reduction_share": 0.5}],
        "budgets": {
            "investment_eur": {"every_year": 3_000_000},
            "total_eur": 60_000_000,
            "staff_days": {"every_year": 900, "2025": 400},
        },
        "contracts": [{"category": "HEAT", "value_eur": "2500000", "ends": "2027-12-31"}],
        "reach": {"MOVE": {"influence": [0.8, 0.9, 1.0]}},
        "measures": SAID,
    }


def _compute(plan: ReductionPlan, by: Person | None) -> None:
    with transaction.atomic():
        start(ask_plan(plan=plan, by=by), by=by)
    run_waiting_jobs()
