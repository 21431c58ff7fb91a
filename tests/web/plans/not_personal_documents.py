"""Columns of operating models and category plans that could hold personal data by their type, and don't: why."""

from __future__ import annotations

_OFFICIAL = "what an organisation decided; people stand in columns of their own"

NOT_PERSONAL: dict[str, str] = {
    **{
        f"plans.OperatingModel.{column}": _OFFICIAL
        for column in (
            "purpose", "scope", "strategy_link", "budget_link", "policies", "criteria_policy", "dialogue_policy",
            "category_owners", "decision_gates", "indicators", "monitoring", "annual_clock", "review_cycle",
            "improvement",
        )
    },
    "plans.OperatingModel.target_as_approved": "years, a share and who decided as a body",
    "plans.OperatingRole.post": "an office",
    "plans.OperatingRole.duties": "what an office does",
    "plans.CategoryPlan.category": "a category's code",
    **{
        f"plans.CategoryPlan.{column}": _OFFICIAL
        for column in (
            "scope", "market_view", "goals", "measures", "criteria", "risks", "indicators", "budget_link",
            "closing_note",
        )
    },
    "plans.PlannedTender.title": "what is tendered",
    "plans.CategoryPlanVersion.content": _OFFICIAL,
    "plans.CategoryPlanVersion.numbers": "sums and editions",
}  # fmt: skip
