"""The categories of a plan: leaves, or main categories where a measure acts on the whole of one.

The optimiser lets measures of one category act on what the others leave, so a measure of FOOD and one of FOOD.MEAT must
meet in one category. Method: docs/methods/plan-candidates.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from keino.domain.plans.estimates import Estimate
from keino.domain.plans.measure_effects import covers
from keino.domain.plans.measures import Measure


@dataclass(frozen=True)
class Candidate:
    """A measure that a plan may choose: ``measure`` acts on a plan category, ``category`` is where it was known for.

    ``effect_basis``, ``cost_basis``: given or published. ``influence``: how much of its category can still be chosen.
    """

    measure: Measure
    category: str
    effect_basis: str
    cost_basis: str
    influence: Estimate
    influence_basis: str


def on_plan_categories(
    usable: Sequence[Candidate], words: Mapping[str, str], footprints_kgco2e: Mapping[str, float]
) -> tuple[list[Candidate], dict[str, float]]:
    """Sum the leaves of a main category where a measure acts on the whole of it, so that measures overlap there."""
    mains = {code: [leaf for leaf in footprints_kgco2e if covers(code, leaf)] for code in {c.category for c in usable}}
    whole = {code for code, leaves in mains.items() if leaves != [code]}
    place = {code: next((main for main in sorted(whole) if covers(main, code)), code) for code in footprints_kgco2e}
    sums: dict[str, float] = {}
    for code, value in footprints_kgco2e.items():
        sums[place[code]] = sums.get(place[code], 0.0) + value
    placed = []
    for each in usable:
        target, measure = place.get(each.category, each.category), each.measure
        if target != each.category:
            moved = _share_of_main(each, usable, words, footprints_kgco2e, sums[target])
            measure = replace(measure, share=moved, kgco2e_per_year=None)
        placed.append(replace(each, measure=replace(measure, category=target)))
    return placed, sums


def _share_of_main(
    each: Candidate,
    usable: Sequence[Candidate],
    words: Mapping[str, str],
    footprints_kgco2e: Mapping[str, float],
    main_kgco2e: float,
) -> Estimate:
    """A leaf's share s as one of its main category, of which the leaf is the part w: w P s / (1 − w + w P).

    P is what the leaf's other measures leave of it at their highest, of alternatives the largest one. So the shares of
    any of them together, each on what the others leave of the main category, never promise more than they do in the
    leaf; a measure that is alone in its leaf has w s.
    """
    leaf_kgco2e = footprints_kgco2e[each.category]
    word = words[each.measure.code]
    largest: dict[str, float] = {}
    for other in usable:
        code = other.measure.code
        if other.category == each.category and code != each.measure.code and not (word and words[code] == word):
            key = words[code] or f"{code}@"
            largest[key] = max(largest.get(key, 0.0), other.measure.share_of(leaf_kgco2e).high)
    rest = prod(1 - share_of_other for share_of_other in largest.values())
    part = min(1.0, leaf_kgco2e / main_kgco2e)
    whole = 1 - part + part * rest
    return each.measure.share_of(leaf_kgco2e).scaled(part * rest / whole if whole > 0 else 0.0)


def with_groups(
    placed: Sequence[Candidate], words: Mapping[str, str], footprints_kgco2e: Mapping[str, float]
) -> tuple[Candidate, ...]:
    """Exclusive groups: the same word excludes in one category, and in each leaf for a measure of a main category."""
    found = []
    for each in placed:
        word = words[each.measure.code]
        leaves = [code for code in footprints_kgco2e if covers(each.category, code)]
        groups = tuple(f"{word}@{code}" for code in leaves) if word else ()
        found.append(replace(each, measure=replace(each.measure, exclusive_groups=groups)))
    return tuple(found)
