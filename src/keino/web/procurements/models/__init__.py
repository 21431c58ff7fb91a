"""Tables of ``procurements``."""

from keino.web.procurements.models.assessment import AssessedEffect, EffectResult, ImpactAssessment
from keino.web.procurements.models.contract import Contract, ContractTerm, TermControl
from keino.web.procurements.models.criterion import ChosenCriterion
from keino.web.procurements.models.dialogue import DialogueStep, MarketDialogue
from keino.web.procurements.models.procurement import Procurement, ProcurementTheme, StateMove
from keino.web.procurements.models.records import AwardDecision, ExitRecord, Lesson
from keino.web.procurements.models.risk import Risk
from keino.web.procurements.models.table_import import TableImport

__all__ = [
    "AssessedEffect",
    "AwardDecision",
    "ChosenCriterion",
    "Contract",
    "ContractTerm",
    "DialogueStep",
    "EffectResult",
    "ExitRecord",
    "ImpactAssessment",
    "Lesson",
    "MarketDialogue",
    "Procurement",
    "ProcurementTheme",
    "Risk",
    "StateMove",
    "TableImport",
    "TermControl",
]
