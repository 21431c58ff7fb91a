"""What people of the centre spend their hours on, and where a report on the effect stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EngagementKind(TextChoices):
    """What somebody of the centre did with organisations."""

    SPARRING = "sparring", pgettext_lazy("engagement", "sparring")
    ADVICE = "advice", pgettext_lazy("engagement", "advice")
    EVENT = "event", pgettext_lazy("engagement", "event")
    REVIEW = "review", pgettext_lazy("engagement", "review of work")
    MAIL = "mail", pgettext_lazy("engagement", "mail and calls")
    OTHER = "other", pgettext_lazy("engagement", "other work")


class EffectReportState(TextChoices):
    """Where a report on the effect stands. From its approval on, its numbers and texts are never changed."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    APPROVED = "approved", pgettext_lazy("report", "approved")


#: Quarters of an hour that one row may have: a whole day.
MOST_QUARTERS = 96


class Outcome(TextChoices):
    """What is looked at before and after a programme."""

    MATURITY_END = "maturity_end", _("Maturity, from before to the end")
    MATURITY_LATER = "maturity_later", _("Maturity, from before to the follow-up")
    INTENSITY = "intensity", _("Footprint of a euro")
    PLANNED_SHARE = "planned_share", _("Spend in categories with an approved plan")
