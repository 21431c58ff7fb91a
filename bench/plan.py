"""How long the plan optimiser takes on a large plan: 500 measures × 10 years, with overlap inside 25 categories.

    python bench/plan.py [--cases 4] [--time-limit 120] [--gap 0.001] [--objective least_cost|most_reduction]

5 000 whole columns, 100 exclusive groups, 40 prerequisites, yearly budgets and staff days, a target every year. Prints,
per case, the processor's seconds until the first plan within 1 % of the final bound and until proven optimal (within
the gap), and what the solver's own clock says. The measures are invented, from a given seed.
"""

from __future__ import annotations

import argparse
import random
import time

from keino.domain.plans.estimates import Estimate
from keino.domain.plans.measures import Measure
from keino.domain.plans.optimiser import optimise
from keino.domain.plans.solver import Progress, Search
from keino.domain.plans.task import Limits, Target, Task

CATEGORIES, MEASURES, GROUPS, PREREQUISITES = 25, 500, 100, 40
YEARS = tuple(range(2026, 2036))


def make_task(seed: int) -> Task:
    """Invent a buyer of some 100 000 tonnes with many measures to choose from."""
    dice = random.Random(seed)
    footprints = {f"C{n:02}": dice.lognormvariate(0, 1) for n in range(CATEGORIES)}
    scale = 1e8 / sum(footprints.values())
    footprints = {code: value * scale for code, value in footprints.items()}
    groups = {n: (f"G{n % GROUPS}",) for n in dice.sample(range(MEASURES), 3 * GROUPS)}
    needs = {n: (f"M{dice.randrange(n):03}",) for n in dice.sample(range(1, MEASURES), PREREQUISITES)}
    measures = tuple(_measure(dice, n, footprints, groups.get(n, ()), needs.get(n, ())) for n in range(MEASURES))
    money = dict.fromkeys(YEARS, 5000000.0)
    targets = tuple(Target(year, reduction_share=0.045 * n) for n, year in enumerate(YEARS, start=1))
    limits = Limits(
        investment_eur=money, running_eur=dict.fromkeys(YEARS, 6e6), staff_days=dict.fromkeys(YEARS, 3000.0)
    )
    return Task(measures, footprints, 2025, YEARS, targets, limits, discount_rate=0.03)


def _measure(
    dice: random.Random, n: int, footprints: dict[str, float], groups: tuple[str, ...], needs: tuple[str, ...]
) -> Measure:
    category = dice.choice(sorted(footprints))
    share = min(0.5, dice.lognormvariate(-3.2, 0.8))
    tonnes = share * footprints[category] / 1000
    investment = tonnes * dice.lognormvariate(5.0, 0.9)
    return Measure(
        code=f"M{n:03}",
        category=category,
        lifetime_years=dice.choice((5, 8, 10, 15, 20, 30)),
        share=Estimate(share * 0.6, share, min(1.0, share * 1.3)),
        investment_eur=investment,
        running_eur_per_year=investment * dice.uniform(-0.08, 0.12),
        staff_days_start=dice.uniform(5, 80),
        staff_days_per_year=dice.uniform(0, 10),
        exclusive_groups=groups,
        prerequisites=needs,
    )


def main() -> None:
    """Run the cases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=4)
    asked.add_argument("--first", type=int, default=1)
    asked.add_argument("--time-limit", type=float, default=120)
    asked.add_argument("--gap", type=float, default=1e-3)
    asked.add_argument("--objective", default="least_cost")
    given = asked.parse_args()
    for seed in range(given.first, given.first + given.cases):
        told: list[tuple[float, Progress]] = []
        began = time.process_time()

        def watch(seen: Progress, told: list[tuple[float, Progress]] = told, began: float = began) -> None:
            told.append((time.process_time() - began, seen))

        search = Search(time_limit_s=given.time_limit, gap=given.gap, watch=watch)
        plan = optimise(make_task(seed), objective=given.objective, search=search)
        spent = time.process_time() - began
        within = [at for at, seen in told if seen.value and abs(seen.value - plan.bound) <= 0.01 * abs(plan.bound)]
        near = f"{min(within):.1f}" if within else "-"
        print(
            f"case {seed}: within 1 % after {near} s, {'optimal' if plan.optimal else 'stopped'} after {spent:.1f} s "
            f"(solver's clock {plan.seconds:.1f} s), gap {plan.gap:.2e}; {len(plan.chosen)} measures, "
            f"{plan.cost_eur:.0f} €, {plan.reduction_kgco2e / 1e6:.1f} kt, targets met: {plan.target_met}"
        )


if __name__ == "__main__":
    main()
