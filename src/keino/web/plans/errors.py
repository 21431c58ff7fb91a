"""What can go wrong with targets, own measures and plans to the target, in sentences for the people concerned."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class TargetYearTaken(KeinoError):
    """Two targets for one year."""

    code = "target_year_taken"
    template = mark(
        "There is a target for {year} already. Nothing was saved. Change that one, or give this one another year."
    )


class NothingToReduce(KeinoError):
    """A plan of a year without a footprint."""

    code = "nothing_to_reduce"
    template = mark(
        "The calculation has no footprint above zero in {year}, so there is nothing to plan. Nothing was saved. Choose "
        "another baseline year."
    )


class NoFootprintYet(KeinoError):
    """A plan before the first calculation."""

    code = "no_footprint_yet"
    template = mark("There is no calculated footprint yet, so there is nothing to plan from. Calculate one first.")


class OwnMeasureEffectIncomplete(KeinoError):
    """A range with a hole."""

    code = "own_measure_effect_incomplete"
    template = mark(
        "The effect needs all three numbers in rising order: low, middle and high, from 0 to 100 %. Leave all three "
        "empty where the effect is not known. Nothing was saved."
    )


class PlanIsComputed(KeinoError):
    """A computed plan is kept as it is."""

    code = "plan_is_computed"
    template = mark(
        "This plan is computed and is kept as it is. Nothing was changed. Make a copy of it and change the copy."
    )


class PlanIsChosen(KeinoError):
    """The chosen plan can't be deleted."""

    code = "plan_is_chosen"
    template = mark(
        "This is the plan that your organisation follows, so it was not deleted. Choose another plan first."
    )


class PlansToCompare(KeinoError):
    """Too few or too many plans side by side."""

    code = "plans_to_compare"
    template = mark("Choose from two to four computed plans to compare them.")
