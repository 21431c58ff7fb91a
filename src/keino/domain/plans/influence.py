"""What a buyer can still change before a target year: influence and timing, from its contracts or as it says itself.

Method: docs/methods/potential.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.domain.plans.estimates import Estimate, share
from keino.domain.plans.measure_effects import covers
from keino.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class NegativeContract(UsageError):
    """A contract of a negative value, or of none that is a number."""

    code = "negative_contract"
    template = (
        "A contract in {category} has the value {value_eur} €, so its weight among the contracts of the category can't "
        "be told. Give values that are zero or more."
    )


@dataclass(frozen=True)
class Contract:
    """A contract in a category (leaf or main category); its value in euro is its weight among the others.

    ``ends``: its last day; ``renews``: the last day before an option or extension would begin, when the buyer may
    still choose otherwise. None = unknown.
    """

    category: str
    value_eur: Decimal
    ends: date | None = None
    renews: date | None = None

    @property
    def reopens(self) -> date | None:
        """Last day the buyer is bound: the earlier of the two known days; None when neither is known."""
        return min((day for day in (self.ends, self.renews) if day), default=None)


@dataclass(frozen=True)
class GivenReach:
    """What the buyer says itself of a category, as shares from 0 to 1; None = ask the contracts."""

    influence: Estimate | None = None
    timing: Estimate | None = None


@dataclass(frozen=True)
class Reach:
    """How much of a category the buyer can still change (influence), and how much of that in time (timing), 0–1.

    The basis of each is "given" (by the buyer), "contracts" or "assumed" (nothing is known: taken as 1).
    ``contracts_without_end``: how many contracts count as closed because no day is known.
    """

    influence: Estimate
    timing: Estimate
    influence_basis: str
    timing_basis: str
    contracts_without_end: int = 0


def reach(category: str, contracts: Sequence[Contract], given: Mapping[str, GivenReach], *, target_year: int) -> Reach:
    """Return influence and timing of a category in a target year.

    What the buyer gives goes first (for the category itself before its main category), then the contracts of the
    category, then 1, which the basis tells. Raises BadShare and NegativeContract.
    """
    said = given.get(category) or given.get(category.split(".", maxsplit=1)[0]) or GivenReach()
    mine = [contract for contract in contracts if covers(contract.category, category)]
    found = from_contracts(mine, target_year=target_year)
    influence, influence_basis = _chosen(said.influence, found and found[0], category)
    timing, timing_basis = _chosen(said.timing, found and found[1], category)
    endless = sum(contract.reopens is None for contract in mine)
    return Reach(influence, timing, influence_basis, timing_basis, endless)


def _chosen(said: Estimate | None, found: float | None, category: str) -> tuple[Estimate, str]:
    if said is not None:
        return share(said, category), "given"
    if found is not None:
        return Estimate.exactly(found), "contracts"
    return Estimate.exactly(1.0), "assumed"


def from_contracts(contracts: Sequence[Contract], *, target_year: int) -> tuple[float, float] | None:
    """Return influence and timing from contracts, each from 0 to 1; None when they have no value in all.

    influence = value of the contracts that reopen by the end of the target year / value of all
    timing    = of that value, the part of the target year for which a new contract runs (from the day after)

    A contract that reopens before the target year counts wholly, one that reopens on 30 June about half, one that
    reopens later or on an unknown day not at all. Raises NegativeContract.
    """
    for contract in contracts:
        if not contract.value_eur.is_finite() or contract.value_eur < 0:
            raise NegativeContract(category=contract.category, value_eur=contract.value_eur)
    year_end = date(target_year, 12, 31)
    whole = math.fsum(float(contract.value_eur) for contract in contracts)
    if whole <= 0:
        return None
    opened = [(float(c.value_eur), c.reopens) for c in contracts if c.reopens and c.reopens <= year_end]
    value = math.fsum(weight for weight, _ in opened)
    in_time = math.fsum(weight * _part_of_year(day, year_end) for weight, day in opened)
    return min(value / whole, 1.0), min(in_time / value, 1.0) if value > 0 else 0.0


def _part_of_year(reopens: date, year_end: date) -> float:
    """Part of the year that ends on ``year_end`` which lies after the day, from 0 to 1."""
    days_in_year = (year_end - date(year_end.year, 1, 1)).days + 1
    return min((year_end - reopens).days / days_in_year, 1.0)


def tender_calendar(contracts: Sequence[Contract], years: Sequence[int]) -> tuple[int, float] | None:
    """Return the year from which new contracts run, and the part of the category they make up; None without a value.

    For a year: value of the contracts that reopened before it / value of all. Of the plan's ``years`` the one is taken
    that changes most until their end (part × years left), the earlier of equals; contracts that reopen later are not
    counted, so the part is never too large. Raises NegativeContract.
    """
    best: tuple[int, float] | None = None
    most = -1.0
    for year in years:
        found = from_contracts(contracts, target_year=year - 1)
        if found is None:
            return None
        changed = found[0] * (years[-1] - year + 1)
        if changed > most:
            best, most = (year, found[0]), changed
    return best
