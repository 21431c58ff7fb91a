"""The bank of measures: those of publications, and an organisation's own, in one shape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from keino.web.measurement.names import language
from keino.web.plans.models import OwnMeasure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keino.web.organisations.models import Organisation


@dataclass(frozen=True)
class BankMeasure:
    """One measure to look at. Shares are 0–1, money in €; None or "" = not known. ``own`` is None for published ones.

    ``effect_of``: "category", or "part" where the effect is a share of a part of it only.
    """

    code: str
    category: str
    name: str
    effect_low: float | None
    effect_mid: float | None
    effect_high: float | None
    effect_of: str
    baseline: str
    cost: tuple[float, float] | None
    cost_unit: str
    investment_eur: float | None
    running_eur_per_year: float | None
    lifetime_years: int | None
    preconditions: str
    not_worked: str
    exclusive_group: str
    evidence: str
    sources: tuple[str, ...]
    source_text: str
    locator: str
    own: OwnMeasure | None = None

    @property
    def has_effect(self) -> bool:
        """Whether somebody gives an effect."""
        return self.effect_mid is not None

    @property
    def has_cost(self) -> bool:
        """Whether somebody gives a cost."""
        return self.cost is not None or (self.investment_eur is not None and self.running_eur_per_year is not None)


def own_measures_of(organisation: Organisation) -> QuerySet[OwnMeasure]:
    """The organisation's own measures that are in use."""
    return OwnMeasure.objects.filter(organisation=organisation, ended_at=None).select_related("organisation")


def bank_of(organisation: Organisation) -> list[BankMeasure]:
    """All measures that the organisation's plans may choose from: its own first, then the published ones."""
    return [*(_own(each) for each in own_measures_of(organisation)), *_published(language())]


def published_measure(code: str) -> BankMeasure | None:
    """One measure of the fact table, in the reader's language."""
    return next((each for each in _published(language()) if each.code == code), None)


def publications(keys: Iterable[str]) -> list[dict[str, str]]:
    """Publications by their keys, with their titles and addresses."""
    from keino.facts.read import all_sources

    known = all_sources()
    return [dict(known[key]) | {"key": key} for key in dict.fromkeys(keys) if key in known]


def measures_edition() -> str:
    """The edition of the published measures."""
    from keino.facts.read import read

    return read("measures").edition


@lru_cache(maxsize=8)
def _published(code: str) -> tuple[BankMeasure, ...]:
    from keino.facts.read import read

    return tuple(_of_row(row, code) for row in read("measures").rows)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _of_row(row: Mapping[str, str], code: str) -> BankMeasure:
    mid = _number(row["value"])
    low, high = _number(row["low"]), _number(row["high"])
    cost = (float(row["cost_low"]), float(row["cost_high"])) if row["cost_low"] and row["cost_high"] else None
    return BankMeasure(
        code=row["code"],
        category=row["category"],
        name=row[f"name_{code}"],
        effect_low=mid if low is None else low,
        effect_mid=mid,
        effect_high=mid if high is None else high,
        effect_of=row["effect_of"],
        baseline=row[f"baseline_{code}"],
        cost=cost,
        cost_unit=row["cost_unit"] if cost else "",
        investment_eur=None,
        running_eur_per_year=None,
        lifetime_years=int(float(row["lifetime_years"])) if row["lifetime_years"] else None,
        preconditions=row[f"preconditions_{code}"],
        not_worked=row[f"not_worked_{code}"],
        exclusive_group=row["exclusive_group"],
        evidence=row["evidence"],
        sources=tuple(
            key for name in ("source", "part_source", "cost_source", "not_worked_source") if (key := row[name])
        ),
        source_text="",
        locator=row["locator"],
    )


def _own(each: OwnMeasure) -> BankMeasure:
    return BankMeasure(
        code=each.code,
        category=each.category,
        name=each.name,
        effect_low=each.effect_low,
        effect_mid=each.effect_mid,
        effect_high=each.effect_high,
        effect_of="category",
        baseline="",
        cost=None,
        cost_unit="",
        investment_eur=None if each.investment_eur is None else float(each.investment_eur),
        running_eur_per_year=None if each.running_eur_per_year is None else float(each.running_eur_per_year),
        lifetime_years=each.lifetime_years,
        preconditions="",
        not_worked=each.not_worked,
        exclusive_group=each.exclusive_group,
        evidence="own",
        sources=(),
        source_text=each.source,
        locator="",
        own=each,
    )


def as_wish(each: OwnMeasure) -> dict[str, Any]:
    """An own measure as a plan file has it; what is not known is left out."""
    effect = [each.effect_low, each.effect_mid, each.effect_high]
    wish: dict[str, Any] = {
        "name": each.name,
        "category": each.category,
        "effect": None if each.effect_mid is None else effect,
        "investment_eur": None if each.investment_eur is None else float(each.investment_eur),
        "running_eur_per_year": None if each.running_eur_per_year is None else float(each.running_eur_per_year),
        "lifetime_years": each.lifetime_years,
        "staff_days_start": each.staff_days_start,
        "staff_days_per_year": each.staff_days_per_year,
        "prerequisites": list(each.prerequisites) or None,
        "exclusive_group": each.exclusive_group or None,
        "source": each.source or None,
    }
    return {name: value for name, value in wish.items() if value is not None}
