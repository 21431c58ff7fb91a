"""What a category plan lacks before it may be approved.

The rule: an owner; a measurable goal with a deadline; a tendering in the calendar; a link to the budget, or the word
that there is no budget effect. Everything missing is told at once. In use: docs/how-to/category-plan.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.errors import mark

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

#: What can be missing, in the order in which a plan is written.
LACKS = {
    "owner": mark("The plan has no owner. Name the person who answers for it."),
    "goal": mark(
        "No goal can be measured by a day to come. Give one goal an indicator, the value today, the value aimed at, "
        "its unit, and a deadline that hasn't passed."
    ),
    "tendering": mark("The calendar has no tendering. Add at least one, with its quarter."),
    "budget": mark(
        "Nothing is said of the budget. Write where the money stands in the budget, or tick that the plan has no "
        "effect on it."
    ),
}


@dataclass(frozen=True)
class Goal:
    """One goal as it was written; what was left out is empty or None."""

    indicator: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    deadline: dt.date | None = None

    @property
    def is_measurable(self) -> bool:
        """Whether somebody can tell later, by a number, if it was reached."""
        has_words = bool(self.indicator.strip() and self.unit.strip())
        return has_words and self.baseline is not None and self.target is not None


@dataclass(frozen=True)
class PlanFacts:
    """What the rule asks of a plan."""

    has_owner: bool
    goals: Sequence[Goal]
    tenderings: int
    budget_link: str
    has_no_budget_effect: bool


def lacks(plan: PlanFacts, *, today: dt.date) -> tuple[str, ...]:
    """Return the codes of LACKS that keep the plan from being approved; empty when it may be.

    >>> lacks(PlanFacts(True, (), 1, "", True), today=None)
    ('goal',)
    """
    has_goal = any(goal.is_measurable and goal.deadline is not None and goal.deadline >= today for goal in plan.goals)
    holds = {
        "owner": plan.has_owner,
        "goal": has_goal,
        "tendering": plan.tenderings > 0,
        "budget": bool(plan.budget_link.strip()) or plan.has_no_budget_effect,
    }
    return tuple(code for code in LACKS if not holds[code])
