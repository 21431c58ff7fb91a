"""The gate before a tender: a procurement that needs an ex-ante assessment can't be tendered without one."""

from __future__ import annotations

from keino.web.procurements.errors import AssessmentMissing
from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.assessments import has_assessment, reasons_to_assess


def require_assessment(procurement: Procurement) -> None:
    """Raise AssessmentMissing where the effects must be assessed and were not."""
    reasons = reasons_to_assess(procurement)
    if reasons and not has_assessment(procurement):
        raise AssessmentMissing(reasons=tuple(reasons))
