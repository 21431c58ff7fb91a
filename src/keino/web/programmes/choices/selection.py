"""States of reviews, interviews and decisions, and what a decision can say of an application."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.programmes.choices.applications import ApplicationState as S


class ReviewState(TextChoices):
    """Where a review stands. A draft is its writer's alone."""

    DRAFT = "draft", pgettext_lazy("review", "not sent yet")
    SENT = "sent", pgettext_lazy("review", "sent")


class ScoreMiddle(TextChoices):
    """How several reviewers' scores of one criterion become its value (``domain.programmes.scores.Middle``)."""

    MEAN = "mean", _("mean of the reviewers")
    MEDIAN = "median", _("median of the reviewers")


class InterviewState(TextChoices):
    """Where an interview stands."""

    PLANNED = "planned", pgettext_lazy("interview", "planned")
    HELD = "held", pgettext_lazy("interview", "held")
    CANCELLED = "cancelled", pgettext_lazy("interview", "cancelled")


class DecisionState(TextChoices):
    """Where a decision stands. A made one never changes; what comes later is another decision."""

    DRAFT = "draft", pgettext_lazy("decision", "proposal")
    MADE = "made", pgettext_lazy("decision", "decided")
    DROPPED = "dropped", pgettext_lazy("decision", "given up")


class DecisionOutcome(TextChoices):
    """What a decision says of one application (``domain.programmes.places.Outcome``)."""

    SELECTED = "selected", pgettext_lazy("application", "selected")
    RESERVE = "reserve", pgettext_lazy("application", "in reserve")
    REJECTED = "rejected", pgettext_lazy("application", "not selected")


#: Scores from 0 to 4, in words beside the numbers.
SCORE_WORDS = {
    0: _("nothing that shows it"),
    1: _("weak"),
    2: _("partly"),
    3: _("good"),
    4: _("very good"),
}
#: Applications that are reviewed and can be decided on.
UNDER_REVIEW = (S.SUBMITTED, S.INTERVIEWED)
#: Applications that the selection's pages show: sent ones and what became of them.
IN_SELECTION = (
    S.SUBMITTED, S.INTERVIEWED, S.SELECTED, S.RESERVE, S.REJECTED, S.CONFIRMED, S.ACTIVE, S.COMPLETED, S.DROPPED,
    S.ALUMNI,
)  # fmt: skip
#: Applications that have a place.
WITH_PLACE = (S.SELECTED, S.CONFIRMED, S.ACTIVE, S.COMPLETED, S.ALUMNI)
