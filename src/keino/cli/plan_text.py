"""A plan in words for a terminal: the answer, what to start when, years against targets, conflict, curve, gaps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keino.cli.footprint_text import NAME_WIDTH, in_columns
from keino.cli.potential_text import potential_lines, source_lines
from keino.domain.plans.candidates import NOT_COUNTED
from keino.engine.plan_json import chosen_rows, names
from keino.errors import mark
from keino.report.language import translator
from keino.report.tables import View
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from keino.domain.plans.conflicts import Conflict
    from keino.domain.plans.scenarios import ShadowPrice
    from keino.engine.plan_result import Planned, PlanResult

#: Limits and what can be missing of a measure, as people call them.
WORDS = {
    "investment_eur": mark("investments"),
    "running_eur": mark("running costs"),
    "running_eur_per_year": mark("running cost"),
    "staff_days": mark("staff days"),
    "total_eur": mark("total cost"),
    "lifetime_years": mark("lifetime"),
}


def plan_text(
    result: PlanResult, language: str, *, top: int, out: Path | None = None, template: Path | None = None
) -> str:
    """Return what the terminal shows of a plan, or of the potential where there is no plan."""
    view = View(result.result, translator(language))
    planned = result.planned
    lines = potential_lines(result, view, top) if planned is None else _plan(result, planned, view, top)
    lines += _contracts(result, view)
    if template is not None:
        text = mark("The plan file {path} is written: fill in costs, budgets and targets, and give it with --plan.")
        lines += ["", view.speech.text(text, path=template)]
    elif planned is None:
        lines += ["", view.speech.text("To plan with costs and targets, write a plan file with --template plan.toml.")]
    if out is not None:
        lines += ["", view.speech.text("The tables are in {path}", path=out)]
    return "\n".join(lines)


def _plan(result: PlanResult, planned: Planned, view: View, top: int) -> list[str]:
    return [
        *_answer(result, planned, view),
        "",
        *_chosen(result, planned, view),
        "",
        *_years(result, planned, view),
        *_curve(result, planned, view, top),
        *_open_ends(result, planned, view),
        *source_lines(result, view, [start.measure for start in planned.plan.chosen]),
    ]


def _euros(view: View, value: float) -> str:
    return view.speech.amount(value, "EUR")


def _answer(result: PlanResult, planned: Planned, view: View) -> list[str]:
    """Whether the targets are met, what it costs, how sure that is, and how good the plan is."""
    speech, plan = view.speech, planned.plan
    lines = []
    if plan.conflict is not None:
        lines += _conflict(result, plan.conflict, view)
    elif planned.task.targets:
        lines.append(speech.text("The plan meets its targets."))
    lines.append(
        speech.text(
            "It starts {count} measures, costs {cost} (discounted to {year}) and takes away {reduction} tonnes CO₂e "
            "over its years.",
            count=speech.number(len(plan.chosen)),
            cost=_euros(view, plan.cost_eur),
            year=planned.task.years[0],
            reduction=speech.tonnes(plan.reduction_kgco2e),
        )
    )
    if plan.met_probability is not None:
        share = speech.percent_to_read(plan.met_probability)
        lines.append(speech.text("When effects vary over their ranges, the targets are met with {share}.", share=share))
    if not plan.optimal:
        text = mark(
            "The time was up: a better plan may exist, better by {share} at most. Allow more with --time-limit."
        )
        lines.append(speech.text(text, share=speech.percent(min(plan.gap, 9.99), 1)))
    if planned.shadow_price is not None:
        lines.append(_price(planned.shadow_price, view))
    return lines


def _price(price: ShadowPrice, view: View) -> str:
    """What more money would bring; a gram per euro is nothing."""
    speech, extra = view.speech, _euros(view, price.extra_eur)
    if price.kgco2e_per_eur < 1e-3:
        return speech.text("{extra} more in the budgets would take away nothing more.", extra=extra)
    return speech.text(
        "{extra} more in the budgets would take away {tonnes} tonnes more: {kg} kg per euro.",
        extra=extra,
        tonnes=speech.tonnes(price.extra_kgco2e),
        kg=speech.to_read(price.kgco2e_per_eur),
    )


def _conflict(result: PlanResult, conflict: Conflict, view: View) -> list[str]:
    speech = view.speech
    lines = [speech.text("The targets can't be met.")]
    lines += [
        speech.text(
            "By {year} the target is {target} tonnes less ({target_share}); {reachable} tonnes are in reach ({share}).",
            year=each.year,
            target=speech.tonnes(each.target_kgco2e),
            target_share=speech.percent(each.target_kgco2e / result.baseline_kgco2e),
            reachable=speech.tonnes(each.reachable_kgco2e),
            share=speech.percent(each.reachable_kgco2e / result.baseline_kgco2e, 1),
        )
        for each in conflict.missed
    ]
    if conflict.beyond_limits:
        text = mark("No budget would do: the measures, their effects, start years and exclusions stand in the way.")
        return [*lines, speech.text(text)]
    if conflict.limits:
        lines.append(speech.text("What stands in the way, and one way out:"))
    for each in conflict.limits:
        is_days = each.name == "staff_days"
        limit, more = (speech.to_read(v) if is_days else _euros(view, v) for v in (each.limit, each.more))
        if each.year is None:
            text = speech.text("{name}: {more} more than {limit}", name=_word(view, each.name), more=more, limit=limit)
        else:
            text = speech.text(
                "{name} of {year}: {more} more than {limit}",
                name=_word(view, each.name),
                year=each.year,
                more=more,
                limit=limit,
            )
        lines.append(f"- {text}")
    return [*lines, speech.text("This is the plan for the nearest that can be reached.")]


def _word(view: View, name: str) -> str:
    return view.speech.text(WORDS[name])


def _name(result: PlanResult, view: View, code: str) -> str:
    return names(result, code)[f"name_{view.speech.language}"][:NAME_WIDTH]


def _chosen(result: PlanResult, planned: Planned, view: View) -> list[str]:
    speech = view.speech
    if not planned.plan.chosen:
        return [speech.text("No measure is started.")]
    words = (
        mark("Start"),
        mark("Measure"),
        mark("Category"),
        mark("Investment"),
        mark("Running, a year"),
        mark("tCO₂e in all"),
    )
    rows = [tuple(speech.text(word) for word in words)]
    rows += [
        (
            str(row["start_year"]),
            _name(result, view, row["measure"]),
            view.short(row["category"]),
            _euros(view, row["investment_eur"]),
            _euros(view, row["running_eur_per_year"]),
            speech.tonnes(row["reduction_kgco2e"]),
        )
        for row in chosen_rows(result, planned)
    ]
    return in_columns(rows, left=(0, 1, 2))


def _years(result: PlanResult, planned: Planned, view: View) -> list[str]:
    speech = view.speech
    words = (
        mark("Year"),
        mark("Reduction, t"),
        mark("Target, t"),
        mark("Footprint, t"),
        mark("Investment"),
        mark("Running"),
        mark("Staff days"),
    )
    rows = [tuple(speech.text(word) for word in words)]
    rows += [
        (
            str(year.year),
            speech.tonnes(year.reduction_kgco2e),
            "" if year.target_kgco2e is None else speech.tonnes(year.target_kgco2e),
            speech.tonnes(result.baseline_kgco2e - year.reduction_kgco2e),
            _euros(view, year.investment_eur),
            _euros(view, year.running_eur),
            speech.number(year.staff_days),
        )
        for year in planned.plan.years
    ]
    return in_columns(rows)


def _curve(result: PlanResult, planned: Planned, view: View, top: int) -> list[str]:
    """What a tonne costs, cheapest first."""
    speech, steps = view.speech, planned.curve.steps
    if not steps:
        return []
    words = (mark("Cost of a tonne, cheapest first"), mark("€ per tonne"), mark("Tonnes a year"), mark("Together"))
    rows = [tuple(speech.text(word) for word in words)]
    for step in steps[:top]:
        sizes = (step.tonnes_added * KG_PER_TONNE, step.cumulative_tonnes * KG_PER_TONNE)
        cost = speech.to_read(step.cost_eur_per_tonne) if step.cost_eur_per_tonne else "0"
        rows.append((_name(result, view, step.measure), cost, *map(speech.tonnes, sizes)))
    return ["", *in_columns(rows)]


def _open_ends(result: PlanResult, planned: Planned, view: View) -> list[str]:
    """What was not counted, and what would have to be given for it."""
    speech, offered = view.speech, planned.offered
    lines = []
    if offered.asked:
        lines += ["", speech.text("Not counted until you say (nothing is taken to be free):")]
        for each in offered.asked:
            missing = [_word(view, name) for name in each.missing]
            missing += [speech.text("waits for {measure}", measure=_name(result, view, c)) for c in each.waits_for]
            lines.append(f"- {_name(result, view, each.code)} ({each.code}): {', '.join(missing)}")
    if offered.not_assessed:
        by_reason: dict[str, list[str]] = {}
        for unknown in offered.not_assessed:
            by_reason.setdefault(unknown.reason, []).append(_name(result, view, unknown.code))
        lines += ["", speech.text("Not assessed:")]
        lines += [f"- {speech.text(NOT_COUNTED[reason])}: {'; '.join(told)}" for reason, told in by_reason.items()]
    return lines


def _contracts(result: PlanResult, view: View) -> list[str]:
    """Rows of contracts that were left out."""
    speech, reading = view.speech, result.contracts
    if reading is None or not reading.rejected:
        return []
    lines = [
        speech.text(
            "{count} of {rows} contracts in {path} were left out:",
            count=speech.number(len(reading.rejected)),
            rows=speech.number(reading.rows),
            path=reading.path,
        )
    ]
    for each in reading.rejected:
        told = "; ".join(speech.say(problem) for problem in each.problems)
        lines.append("- " + speech.text("Row {row}: {problem}.", row=each.row, problem=told))
    return ["", *lines]
