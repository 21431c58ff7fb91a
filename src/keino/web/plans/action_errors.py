"""What can be wrong with an action, in sentences for whoever wrote it; ``field`` is the form field it belongs to."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class ActionError(KeinoError):
    """Something about an action doesn't hold."""

    code = "action"
    field = ""


class DeadlinePassed(ActionError):
    """A new deadline that is over already."""

    code = "action_deadline_passed"
    field = "deadline"
    template = mark("The deadline {deadline} has passed already. Nothing was saved. Choose a day from today on.")


class OwnerNotHere(ActionError):
    """The owner has no role in the organisation."""

    code = "action_owner_not_here"
    field = "owner"
    template = mark(
        "{person} has no role in {organisation} today and so can't own this action. Nothing was saved. Choose somebody "
        "else, or invite the person first."
    )


class MoneyWithoutEffect(ActionError):
    """An action without budget effect that has money."""

    code = "action_money_without_effect"
    field = "has_no_budget_effect"
    template = mark(
        "The action has an amount or a decision and is said to have no budget effect. Only one of them can be right. "
        "Nothing was saved. Empty the amounts and the decision, or take the tick away."
    )


class DecisionIncomplete(ActionError):
    """A decision without its day, or a day without its decision."""

    code = "action_decision_incomplete"
    field = "decision"
    template = mark(
        "A budget decision needs both its name and its day, so that others can find it. Nothing was saved. Write the "
        "decision as in the minutes, for example “Council, § 87”, and its day."
    )


class NotDecidedYet(ActionError):
    """A decision of a day to come."""

    code = "action_not_decided_yet"
    field = "decided_on"
    template = mark(
        "The decision's day {day} has not come yet. Nothing was saved. Note the decision when it has been made; until "
        "then the budget step says when it is due."
    )


class BudgetPlaceIncomplete(ActionError):
    """A budget step without a year, or a year without a step."""

    code = "action_budget_place_incomplete"
    field = "budget_year"
    template = mark(
        "Say both the step and the year of the budget in which the money is asked for. Nothing was saved. Without "
        "money to ask for, leave both empty."
    )


class IndicatorMissing(ActionError):
    """Numbers of an indicator that has no name."""

    code = "action_indicator_missing"
    field = "indicator"
    template = mark(
        "A baseline, target or value is given, but not of what. Nothing was saved. Name the indicator, for example "
        "“share of electric vehicles”."
    )


class TargetIsBaseline(ActionError):
    """Nothing would have to change."""

    code = "action_target_is_baseline"
    field = "indicator_target"
    template = mark(
        "The indicator's target is the same as its baseline ({value}), so nothing would have to change. Nothing was "
        "saved. Correct one of the two."
    )


class MeasuredLater(ActionError):
    """A value of a day to come."""

    code = "action_measured_later"
    field = "indicator_latest_on"
    template = mark("A value can't be measured on {day}, which has not come yet. Nothing was saved. Correct the day.")


class ReasonMissing(ActionError):
    """A change that the yearly report lists, without its reason."""

    code = "action_reason_missing"
    field = "why"
    template = mark(
        "Write why: the yearly improvement report lists changed deadlines and targets, and moves that make the plan "
        "smaller, with their reasons. Nothing was saved."
    )


class EvidenceMissing(ActionError):
    """Done, but nothing shows it."""

    code = "action_evidence_missing"
    field = "evidence"
    template = mark(
        "Say what shows that the action is done: a sentence or a link is enough. Nothing was changed. Without it "
        "nobody can check it next year."
    )


class NotOnThatDay(ActionError):
    """A day on which it can't have happened."""

    code = "action_not_on_that_day"
    field = "on"
    template = mark(
        "This can't have happened on {day}: that day has not come yet, or comes before the action began. Nothing was "
        "changed. Correct the day."
    )


class ReviewLater(ActionError):
    """A review of a day to come."""

    code = "action_review_later"
    field = "held_on"
    template = mark("A review can't be noted before it was held ({day}). Nothing was saved. Correct the day.")


class NoChosenPlan(ActionError):
    """Nothing to make actions of."""

    code = "action_no_chosen_plan"
    template = mark(
        "No plan to the target has been chosen yet, so there are no measures to make actions of. Nothing was changed. "
        "Choose a computed plan first."
    )


class NoSuchDay(ActionError):
    """A day that no year has."""

    code = "action_no_such_day"
    template = mark("No year has the day {day}. Nothing was saved. Write day and month as 31.5.")
