"""The gate before a tender: a procurement that needs an ex-ante assessment can't be tendered without one."""

from __future__ import annotations

from keino.web.procurements.assessment_choices import AssessmentState
from keino.web.procurements.assessment_errors import AssessmentUnfinished
from keino.web.procurements.errors import AssessmentMissing
from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.assessments import assessment_of, has_assessment, reasons_to_assess


def require_assessment(procurement: Procurement) -> None:
    """Let a procurement pass whose effects were assessed and found enough, or need not be assessed.

    Raises AssessmentMissing where a rule demands the assessment, whatever was said before about leaving it out, and
    AssessmentUnfinished where one was begun of free will and neither approved nor left out.
    """
    if has_assessment(procurement):
        return
    if reasons := reasons_to_assess(procurement):
        raise AssessmentMissing(reasons=tuple(reasons))
    begun = assessment_of(procurement)
    if begun is not None and begun.state != AssessmentState.SKIPPED:
        raise AssessmentUnfinished
