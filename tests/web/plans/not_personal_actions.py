"""Columns of actions that could hold personal data by their type, and don't: why."""

from __future__ import annotations

NOT_PERSONAL = {
    "plans.Action.budget_step": "one of a few steps",
    "plans.Action.category_code": "a code",
    "plans.Action.decision": "a decision of a council or board, as the minutes call it",
    "plans.Action.indicator": "what is measured",
    "plans.Action.indicator_unit": "a unit",
    "plans.Action.measure_code": "a code",
    "plans.ActionChange.now": "a day, a number or a state",
    "plans.ActionChange.now_unit": "a unit",
    "plans.ActionChange.was": "a day, a number or a state",
    "plans.ActionChange.was_unit": "a unit",
}
