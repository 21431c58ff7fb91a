"""Plans to the target: what a buyer wishes, and what the optimiser made of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from keino.web.plans.choices import ReductionPlanState


class ReductionPlan(models.Model):
    """Measures with start years, computed from a finished run and the buyer's wishes.

    ``wishes`` are the keys of a plan file (docs/how-to/plan.md) as JSON; ``result`` is what was computed
    (``plans.plan_json``), with the version of its shape. The plan keeps its run: a newer footprint never changes it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="reduction_plans"
    )
    run = models.ForeignKey("measurement.Run", on_delete=models.PROTECT, related_name="reduction_plans")
    title = models.CharField(max_length=200)
    wishes = models.JSONField(default=dict)
    #: How long the optimiser may search, in seconds.
    time_limit_s = models.PositiveSmallIntegerField(default=60)
    state = models.CharField(max_length=10, choices=ReductionPlanState, default=ReductionPlanState.DRAFT)
    #: The best found so far while it is computed: seconds, value, bound.
    progress = models.JSONField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)  # as Job.error
    #: The plan that the organisation follows; at most one.
    is_chosen = models.BooleanField(default=False)
    chosen_at = models.DateTimeField(null=True, blank=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_chosen=True), name="one_chosen_plan_per_organisation"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReductionPlanState.DONE) | Q(result__isnull=False),
                name="a_computed_plan_has_its_result",
            ),
            models.CheckConstraint(
                condition=Q(is_chosen=False) | Q(state=ReductionPlanState.DONE), name="a_chosen_plan_is_computed"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="plans_of_organisation")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether its computing ended, well or badly."""
        return self.state in {ReductionPlanState.DONE, ReductionPlanState.FAILED}
