"""Columns of targets, measures and plans that could hold personal data by their type, and don't: why."""

NOT_PERSONAL = {
    "plans.ClimateTarget.link": "the address of a decision",
    "plans.ClimateTarget.scope": "what a target speaks of",
    "plans.OwnMeasure.category": "a category's code",
    "plans.OwnMeasure.code": "a measure's code",
    "plans.OwnMeasure.exclusive_group": "a word that alternatives share",
    "plans.OwnMeasure.name": "a measure's name",
    "plans.OwnMeasure.not_worked": "what speaks against a measure",
    "plans.OwnMeasure.prerequisites": "measures' codes",
    "plans.OwnMeasure.source": "where numbers come from",
    "plans.ReductionPlan.error": "an error's sentence and numbers",
    "plans.ReductionPlan.progress": "how far a search is",
    "plans.ReductionPlan.result": "measures, years and sums",
    "plans.ReductionPlan.title": "what a plan is called",
    "plans.ReductionPlan.wishes": "measures, costs, budgets and contracts",
}
