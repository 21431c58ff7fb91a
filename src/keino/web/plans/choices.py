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


class OperatingModelState(TextChoices):
    """Where a version of the operating model stands. An approved one is never changed, only superseded."""

    DRAFT = "draft", pgettext_lazy("operating model", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("operating model", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("operating model", "approved")
    SUPERSEDED = "superseded", pgettext_lazy("operating model", "superseded")


#: Allowed moves of a version of the operating model; each is written to the audit trail.
OPERATING_MODEL_MOVES: dict[str, frozenset[str]] = {
    OperatingModelState.DRAFT: frozenset({OperatingModelState.IN_REVIEW}),
    OperatingModelState.IN_REVIEW: frozenset({OperatingModelState.DRAFT, OperatingModelState.APPROVED}),
    OperatingModelState.APPROVED: frozenset({OperatingModelState.SUPERSEDED}),
    OperatingModelState.SUPERSEDED: frozenset(),
}


class OperatingRoleKind(TextChoices):
    """The three paths of procurement management."""

    LEADER = "leader", _("leader")
    MANAGER = "manager", pgettext_lazy("of procurement", "manager")
    EXPERT = "expert", pgettext_lazy("of procurement", "expert")


class CategoryPlanState(TextChoices):
    """Where the text of a category plan stands; what was approved before stays in its versions."""

    DRAFT = "draft", pgettext_lazy("category plan", "draft")
    REVIEWED = "reviewed", pgettext_lazy("category plan", "reviewed")
    APPROVED = "approved", pgettext_lazy("category plan", "approved")
    IN_FORCE = "in_force", pgettext_lazy("category plan", "in force")
    CLOSED = "closed", pgettext_lazy("category plan", "closed")


#: Allowed moves of a category plan; each is written to the audit trail. Back to draft means work on the next version.
CATEGORY_PLAN_MOVES: dict[str, frozenset[str]] = {
    CategoryPlanState.DRAFT: frozenset({CategoryPlanState.REVIEWED}),
    CategoryPlanState.REVIEWED: frozenset({CategoryPlanState.DRAFT, CategoryPlanState.APPROVED}),
    CategoryPlanState.APPROVED: frozenset({CategoryPlanState.DRAFT, CategoryPlanState.IN_FORCE}),
    CategoryPlanState.IN_FORCE: frozenset({CategoryPlanState.DRAFT, CategoryPlanState.CLOSED}),
    CategoryPlanState.CLOSED: frozenset({CategoryPlanState.DRAFT}),
}
