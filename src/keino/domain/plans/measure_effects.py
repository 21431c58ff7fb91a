"""What a measure can do in a category: a cited share of its footprint, or nothing where no source gives one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.domain.plans.estimates import Estimate, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True)
class MeasureEffect:
    """Effect of one measure on a category (a leaf such as FOOD.MEAT, or a main category for each of its leaves).

    ``effect``: share of the emissions it is measured against that the measure removes; None = no source gives one.
    ``effect_of``: "category", or "part" when the source measures against a part of it (the concrete in a building);
    ``part``: share of the category's footprint that this part makes up, None = unknown.
    ``exclusive_group``: measures with the same word here exclude one another in a category ("" = excludes none).
    ``has_range``: False when the source prints one number only.
    """

    code: str
    category: str
    effect: Estimate | None
    effect_of: str = "category"
    part: Estimate | None = None
    exclusive_group: str = ""
    is_limited: bool = False
    evidence: str = ""
    sources: tuple[str, ...] = ()
    has_range: bool = True

    def technical_share(self, parts: Mapping[str, Estimate]) -> Estimate | None:
        """Share of the category's footprint that the measure removes, from 0 to 1; None when it can't be told.

        ``parts``: the buyer's own shares of the part, by code of the measure; they go before the published ones.
        """
        if self.effect is None or self.effect_of == "category":
            return self.effect
        part = parts.get(self.code, self.part)
        return None if part is None else self.effect.times(share(part, self.code))


def measure_effects(rows: Iterable[Mapping[str, str]]) -> tuple[MeasureEffect, ...]:
    """Return the measures of rows of the fact table ``measures`` that name a category, in order of their codes.

    An empty ``value`` is an unknown effect, also where the source gives an upper limit (``high``) alone. Where ``low``
    or ``high`` is empty the source gives no such bound, and the value stands in for it.
    """
    return tuple(sorted((_effect(row) for row in rows if row["category"]), key=lambda measure: measure.code))


def _effect(row: Mapping[str, str]) -> MeasureEffect:
    effect = _estimate(row["low"], row["value"], row["high"])
    return MeasureEffect(
        code=row["code"],
        category=row["category"],
        effect=None if effect is None else share(effect, row["code"]),
        effect_of=row["effect_of"] or "category",
        part=_estimate(row["part_low"], row["part_share"], row["part_high"]),
        exclusive_group=row["exclusive_group"],
        is_limited=row["availability"] == "limited",
        evidence=row["evidence"],
        sources=tuple(dict.fromkeys(key for key in (row["source"], row["part_source"]) if key)),
        has_range=bool(row["low"] and row["high"]),
    )


def _estimate(low: str, mid: str, high: str) -> Estimate | None:
    return Estimate(float(low or mid), float(mid), float(high or mid)) if mid else None


def covers(code: str, category: str) -> bool:
    """True when ``code`` is the category itself or its main category.

    >>> covers("FOOD", "FOOD.MEAT"), covers("FOOD.MEAT", "FOOD")
    (True, False)
    """
    return code == category or category.startswith(f"{code}.")


def combined_share(shares: Sequence[Estimate]) -> Estimate:
    """Share that several measures remove together: 1 − product of (1 − share). Each works on what the others leave.

    >>> combined_share([Estimate.exactly(0.5), Estimate.exactly(0.2)]).mid
    0.6
    """
    return Estimate(
        1 - math.prod(1 - one.low for one in shares),
        1 - math.prod(1 - one.mid for one in shares),
        1 - math.prod(1 - one.high for one in shares),
    )


def without_alternatives(
    measures: Iterable[tuple[MeasureEffect, Estimate]],
) -> tuple[list[tuple[MeasureEffect, Estimate]], list[MeasureEffect]]:
    """Split measures with their shares into those that count and those that another one stands for.

    Of alternatives one counts: one that the market has before one of limited availability, then the largest middle
    share, then the first code.
    """
    order = sorted(measures, key=lambda pair: (pair[0].is_limited, -pair[1].mid, pair[0].code))
    taken: set[str] = set()
    counted, left = [], []
    for measure, found in order:
        if measure.exclusive_group and measure.exclusive_group in taken:
            left.append(measure)
            continue
        taken.add(measure.exclusive_group)
        counted.append((measure, found))
    by_code = sorted(counted, key=lambda pair: pair[0].code)
    return by_code, sorted(left, key=lambda measure: measure.code)
