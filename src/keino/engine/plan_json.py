"""A plan as JSON; its keys are described in docs/how-to/plan.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keino.engine.contract_file import ContractReading
    from keino.engine.plan_result import Planned, PlanResult


def plan_json(result: PlanResult) -> dict[str, Any]:
    """A whole plan without its files: numbers in €, kgCO2e and shares from 0 to 1; what is not known is null.

    Without a plan file nothing is chosen, and the keys of a plan are null.
    """
    planned = result.planned
    return {
        "baseline_year": result.baseline_year,
        "baseline_kgco2e": result.baseline_kgco2e,
        "currency": result.result.currency,
        **(_planned_json(result, planned) if planned is not None else _NOTHING),
        "potential": potential_json(result),
        "contracts": None if result.contracts is None else _contracts_json(result.contracts),
        "sources": {key: dict(row) for key, row in result.sources.items()},
        "factor_edition": result.result.factor_edition,
        "editions": {**result.result.editions, "measures": result.measures_edition},
        "code_version": result.result.code_version,
    }


_NOTHING: dict[str, Any] = {
    "chosen": [],
    **dict.fromkeys(
        (
            "objective", "cost_eur", "reduction_kgco2e", "target_met", "met_probability", "optimal", "gap", "solver",
            "years", "conflict", "curve", "shadow_price", "asked", "not_assessed", "left_out",
        )
    ),
}  # fmt: skip


def _planned_json(result: PlanResult, planned: Planned) -> dict[str, Any]:
    plan, offered = planned.plan, planned.offered
    return {
        "objective": planned.wanted.objective,
        "chosen": chosen_rows(result, planned),
        "cost_eur": plan.cost_eur,
        "reduction_kgco2e": plan.reduction_kgco2e,
        "target_met": plan.target_met,
        "met_probability": plan.met_probability,
        "optimal": plan.optimal,
        "gap": plan.gap,
        "solver": plan.solver,
        "years": [
            {**asdict(year), "footprint_kgco2e": result.baseline_kgco2e - year.reduction_kgco2e} for year in plan.years
        ],
        "conflict": None if plan.conflict is None else asdict(plan.conflict),
        "curve": asdict(planned.curve),
        "shadow_price": None if planned.shadow_price is None else asdict(planned.shadow_price),
        "asked": [{**asdict(each), **names(result, each.code)} for each in offered.asked],
        "not_assessed": [{**asdict(each), **names(result, each.code)} for each in offered.not_assessed],
        "left_out": list(offered.left_out),
    }


def chosen_rows(result: PlanResult, planned: Planned) -> list[dict[str, Any]]:
    """The measures to start, by year: what they cost, what they take away beside the others, and their sources."""
    offered = {each.measure.code: each for each in planned.offered.candidates}
    rows = []
    for start in planned.plan.chosen:
        each = offered[start.measure]
        measure, effect = each.measure, planned.task.share(each.measure)
        taken = [part.reduction_kgco2e for part in planned.parts if part.measure == start.measure]
        rows.append(
            {
                "measure": start.measure,
                **names(result, start.measure),
                "category": each.category,
                "start_year": start.year,
                "last_year": start.year + measure.lifetime_years - 1,
                "investment_eur": measure.investment,
                "running_eur_per_year": measure.running,
                "cost_basis": each.cost_basis,
                "effect_low": effect.low,
                "effect_mid": effect.mid,
                "effect_high": effect.high,
                "effect_of": measure.category,
                "effect_basis": each.effect_basis,
                "influence_basis": each.influence_basis,
                "reduction_kgco2e": sum(taken),
                "sources": sources_of(result, start.measure),
            }
        )
    return rows


def names(result: PlanResult, code: str) -> dict[str, str]:
    """The name of a measure in three languages; the buyer's own has one."""
    row = result.measures.get(code)
    if row is not None:
        return {f"name_{language}": row[f"name_{language}"] for language in ("fi", "sv", "en")}
    own = _own(result).get(code)
    return dict.fromkeys(("name_fi", "name_sv", "name_en"), (own.name if own else "") or code)


def sources_of(result: PlanResult, code: str) -> list[str]:
    """Keys of the publications behind a measure, and what the buyer gives as its own source."""
    row: Mapping[str, str] = result.measures.get(code, {})
    own = _own(result).get(code)
    found = [row.get(name, "") for name in ("source", "part_source", "cost_source")]
    return list(dict.fromkeys(key for key in (*found, own.source if own else "") if key))


def _own(result: PlanResult) -> dict[str, Any]:
    return {each.code: each for each in result.planned.wanted.measures} if result.planned else {}


def potential_json(result: PlanResult) -> dict[str, Any]:
    """The potential of every category, the curve, the gap and what it rests on."""
    found = result.potential
    rows = [{**asdict(row), **_label(result, row.category)} for row in found.rows]
    return {
        "footprint_kgco2e": asdict(found.footprint_kgco2e),
        "assessed_footprint_kgco2e": asdict(found.assessed_footprint_kgco2e),
        "potential_kgco2e": asdict(found.potential_kgco2e),
        "gap": None if found.gap is None else asdict(found.gap),
        "by_category": [{name: value for name, value in row.items() if name != "assumptions"} for row in rows],
        "curve": [asdict(point) for point in found.curve],
        "assumptions": [asdict(each) for each in found.assumptions],
    }


def _label(result: PlanResult, code: str) -> dict[str, str]:
    label = result.result.categories.get(code)
    return {f"label_{language}": label.label(language) if label else "" for language in ("fi", "sv", "en")}


def _contracts_json(reading: ContractReading) -> dict[str, Any]:
    return {
        "path": reading.path,
        "rows": reading.rows,
        "accepted": len(reading.contracts),
        "rejected": [
            {"row": each.row, "problems": [str(problem) for problem in each.problems]} for each in reading.rejected
        ],
    }
