"""The words of an ex-ante assessment; what they mean for a purchase is said in ``keino.domain.tenders.assessment``."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssessmentState(TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("being made")
    READY = "ready", _("waits for an approver")
    FINISHED = "finished", _("approved")
    SKIPPED = "skipped", _("left out, with a reason")


#: Allowed moves of an assessment; each is written to the audit trail.
ASSESSMENT_MOVES: dict[str, frozenset[str]] = {
    AssessmentState.DRAFT: frozenset({AssessmentState.READY, AssessmentState.SKIPPED}),
    AssessmentState.READY: frozenset({AssessmentState.DRAFT, AssessmentState.FINISHED}),
    AssessmentState.FINISHED: frozenset({AssessmentState.DRAFT}),
    AssessmentState.SKIPPED: frozenset({AssessmentState.DRAFT}),
}


class Level(TextChoices):
    """At which level effects are assessed."""

    STRATEGIC = "strategic", _("strategic: how the organisation procures")
    CATEGORY = "category", _("category: everything bought in it")
    PROCUREMENT = "procurement", _("this one procurement")


class LegalBasis(TextChoices):
    """Acts that demand an assessment."""

    HEALTH_CARE_ACT = "health_care_act", _("Health Care Act, section 11")
    EIA_ACT = "eia_act", _("Act on environmental impact assessment (252/2017)")
    LAND_USE_ACT = "land_use_act", _("Land Use and Building Act, section 9")
    OTHER_ACT = "other_act", _("another act")


class Perspective(TextChoices):
    """From whose side an effect is looked at."""

    ECONOMIC = "economic", pgettext_lazy("perspective", "economic")
    SOCIAL = "social", pgettext_lazy("perspective", "social")
    ENVIRONMENTAL = "environmental", pgettext_lazy("perspective", "environmental")
    CUSTOMER = "customer", pgettext_lazy("perspective", "customer or user")
    ORGANISATIONAL = "organisational", pgettext_lazy("perspective", "organisational")
    MARKET = "market", pgettext_lazy("perspective", "market")


#: When an effect shows (``keino.domain.tenders.assessment.TERMS``).
TERMS = {
    "short": _("under 3 years"),
    "medium": _("medium term, 3–6 years"),
    "long": _("long term, over 6 years"),
}
