"""What a plan's page offers to choose from: one row for each measure that fits what was bought."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from keino.web.plans.queries.measures import BankMeasure, bank_of
from keino.web.plans.queries.reduction_plans import offered_in, read_wishes, whole_wishes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keino.web.plans.models import ReductionPlan

_SAID = ("investment_eur", "running_eur_per_year", "lifetime_years", "staff_days_start", "staff_days_per_year", "part")


@dataclass(frozen=True)
class Offer:
    """One measure: what is known of it, what was said in this plan, what is missing still, and what it waits for."""

    measure: BankMeasure
    is_wanted: bool
    said: Mapping[str, Any] = field(hash=False)
    missing: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    reason: str = ""

    @property
    def code(self) -> str:
        """The measure's code."""
        return self.measure.code

    @property
    def name(self) -> str:
        """The measure's name."""
        return self.measure.name

    @property
    def baseline(self) -> str:
        """What its effect is measured against."""
        return self.measure.baseline

    @property
    def needs_part(self) -> bool:
        """Whether its effect is a share of a part of the category."""
        return self.measure.effect_of == "part"

    @property
    def is_ready(self) -> bool:
        """Whether the plan can count with it."""
        return not self.missing and not self.waits_for and not self.reason


def offers_of(plan: ReductionPlan) -> tuple[list[Offer], list[Offer]]:
    """Measures that a plan can choose or could with more words, and those that nobody can count yet.

    Raises KeinoError where the wishes can't be read.
    """
    wishes = whole_wishes(plan)
    left_out = set(plan.wishes.get("plan", {}).get("leave_out", ()))
    everything = wishes | {"plan": wishes["plan"] | {"leave_out": []}}
    offered = offered_in(read_wishes(everything, title=plan.title), plan.run)
    said = plan.wishes.get("measures", {})
    bank = {each.code: each for each in bank_of(plan.organisation)}

    def offer(code: str, **more: Any) -> Offer:
        words = {name: _shown(value) for name, value in said.get(code, {}).items() if name in _SAID}
        return Offer(bank[code], code not in left_out, words, **more)

    ready = [offer(each.measure.code) for each in offered.candidates if each.measure.code in bank]
    asked = [
        offer(each.code, missing=each.missing, waits_for=each.waits_for) for each in offered.asked if each.code in bank
    ]
    rest = [offer(each.code, reason=each.reason) for each in offered.not_assessed if each.code in bank]
    wordable = [each for each in rest if each.reason == "part_unknown"]
    usable = sorted((*ready, *asked, *wordable), key=lambda each: (each.measure.category, each.name))
    return usable, [each for each in rest if each.reason not in ("part_unknown", "no_footprint")]


def _shown(value: Any) -> Any:
    """A number for a form; of a range the middle."""
    if isinstance(value, list):
        value = value[len(value) // 2]
    return value if isinstance(value, int) and not isinstance(value, bool) else float(value)
