"""States of what a buyer plans."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReductionPlanState(TextChoices):
    """Where a plan to the target stands. A computed one is never changed; a copy of it is a new draft."""

    DRAFT = "draft", pgettext_lazy("reduction plan", "draft")
    WAITING = "waiting", _("waiting")
    COMPUTING = "computing", _("being computed")
    DONE = "done", pgettext_lazy("reduction plan", "computed")
    FAILED = "failed", pgettext_lazy("reduction plan", "could not be computed")


#: Allowed moves of a plan; each is written to the audit trail.
REDUCTION_PLAN_MOVES: dict[str, frozenset[str]] = {
    ReductionPlanState.DRAFT: frozenset({ReductionPlanState.WAITING}),
    ReductionPlanState.WAITING: frozenset({ReductionPlanState.COMPUTING, ReductionPlanState.DRAFT}),
    ReductionPlanState.COMPUTING: frozenset(
        {ReductionPlanState.DONE, ReductionPlanState.FAILED, ReductionPlanState.DRAFT}
    ),
    ReductionPlanState.DONE: frozenset(),
    ReductionPlanState.FAILED: frozenset({ReductionPlanState.DRAFT, ReductionPlanState.WAITING}),
}
