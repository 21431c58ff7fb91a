"""Whether a procurement needs an ex-ante assessment of its effects, whether it has one, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from keino.domain.tenders.assessment import assessment_needed
from keino.web.procurements.assessment_choices import AssessmentState
from keino.web.procurements.choices import Affected
from keino.web.procurements.models import AssessedEffect, ImpactAssessment, Procurement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keino.web.organisations.models import Organisation


def reasons_to_assess(procurement: Procurement) -> list[str]:
    """Why the effects must be assessed before the tender, in words; empty where they need not be."""
    names = dict(Affected.choices)
    affected = [code for code in procurement.affects if code in names]
    assessment = assessment_of(procurement)
    reasons = assessment_needed(
        is_significant=procurement.is_significant,
        law_requires=procurement.law_wants_assessment or bool(assessment and assessment.legal_bases),
        is_outcome_based=procurement.is_outcome_based,
        affected=affected,
    )
    words = {
        "significant": _("it is significant for the organisation"),
        "law": _("the law requires it"),
        "outcome_based": _("outcomes are bought"),
        "affects": _("it affects {whom}").format(whom=", ".join(str(names[code]) for code in affected)),
    }
    return [words[reason] for reason in reasons]


def assessment_of(procurement: Procurement) -> ImpactAssessment | None:
    """The assessment of a procurement, where one was begun."""
    return ImpactAssessment.objects.filter(procurement=procurement).select_related("decided_by").first()


def has_assessment(procurement: Procurement) -> bool:
    """Whether the effects were assessed and somebody found the assessment enough."""
    return ImpactAssessment.objects.filter(procurement=procurement, state=AssessmentState.FINISHED).exists()


def effects_of(assessment: ImpactAssessment) -> QuerySet[AssessedEffect]:
    """The effects that are wished for, with what their indicators have shown."""
    return assessment.effects.prefetch_related("results").order_by("pk")


def indicators_of(procurement: Procurement) -> list[AssessedEffect]:
    """The effects of an approved assessment that have an indicator: what a follow-up and an evaluation ask again."""
    found = AssessedEffect.objects.filter(
        assessment__procurement=procurement, assessment__state=AssessmentState.FINISHED
    )
    return list(found.exclude(indicator="").prefetch_related("results").order_by("pk"))


def lacks_of(assessment: ImpactAssessment) -> list[str]:
    """What an assessment lacks before an approver can look at it, step by step; empty when it is complete."""
    effects = list(assessment.effects.order_by("pk"))
    found = []
    if assessment.need_answered_at is None:
        found.append(_("step 1: whom the purchase affects, and how"))
    if not effects:
        found.append(_("step 2: at least one effect that is wished for"))
    found += [
        _("step 3: an indicator and its target for “{goal}”").format(goal=effect.goal[:80])
        for effect in effects
        if not effect.has_indicator
    ]
    if not assessment.use.strip():
        found.append(_("step 4: where the goals stand in the tender"))
    return found


def assessments_to_decide(organisations: Sequence[Organisation]) -> QuerySet[ImpactAssessment]:
    """Assessments that wait for an approver."""
    found = ImpactAssessment.objects.filter(procurement__organisation__in=organisations, state=AssessmentState.READY)
    return found.select_related("procurement__organisation").order_by("pk")
