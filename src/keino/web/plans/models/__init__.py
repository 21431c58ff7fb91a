"""Tables of ``plans``."""

from keino.web.plans.models.action import Action, ActionChange, ActionReview, BudgetDay
from keino.web.plans.models.category_plan import CategoryPlan, CategoryPlanVersion, PlanComment, PlannedTender
from keino.web.plans.models.operating_model import OperatingModel, OperatingRole
from keino.web.plans.models.own_measure import OwnMeasure
from keino.web.plans.models.reduction_plan import ReductionPlan
from keino.web.plans.models.target import ClimateTarget

__all__ = [
    "Action",
    "ActionChange",
    "ActionReview",
    "BudgetDay",
    "CategoryPlan",
    "CategoryPlanVersion",
    "ClimateTarget",
    "OperatingModel",
    "OperatingRole",
    "OwnMeasure",
    "PlanComment",
    "PlannedTender",
    "ReductionPlan",
]
