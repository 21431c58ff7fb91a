"""Tables of ``plans``."""

from keino.web.plans.models.action import Action, ActionChange, ActionReview, BudgetDay
from keino.web.plans.models.own_measure import OwnMeasure
from keino.web.plans.models.reduction_plan import ReductionPlan
from keino.web.plans.models.target import ClimateTarget

__all__ = ["Action", "ActionChange", "ActionReview", "BudgetDay", "ClimateTarget", "OwnMeasure", "ReductionPlan"]
