"""Tables of ``procurements``."""

from keino.web.procurements.models.criterion import ChosenCriterion
from keino.web.procurements.models.procurement import Procurement, ProcurementTheme, StateMove
from keino.web.procurements.models.records import AwardDecision, ExitRecord, Lesson
from keino.web.procurements.models.risk import Risk

__all__ = [
    "AwardDecision",
    "ChosenCriterion",
    "ExitRecord",
    "Lesson",
    "Procurement",
    "ProcurementTheme",
    "Risk",
    "StateMove",
]
