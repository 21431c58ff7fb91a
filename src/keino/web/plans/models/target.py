"""What an organisation has decided to reach."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class ClimateTarget(models.Model):
    """A decided reduction of the footprint of purchases, from a baseline year to a target year.

    An organisation may have several: the last one and interim ones on the way, one for each target year.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="climate_targets"
    )
    baseline_year = models.PositiveSmallIntegerField()
    target_year = models.PositiveSmallIntegerField()
    #: 0–1 of the baseline year's footprint.
    reduction_share = models.FloatField()
    #: Footprint of the baseline year where it is known from elsewhere; None = of the runs.
    baseline_kgco2e = models.FloatField(null=True, blank=True)
    #: What the target speaks of, in the organisation's own words.
    scope = models.CharField(max_length=300, blank=True)
    #: Who decided, as the organisation says it ("the council").
    decided_by_text = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("target_year", "pk")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "target_year"], name="one_target_per_year"),
            models.CheckConstraint(condition=Q(target_year__gt=F("baseline_year")), name="target_after_baseline"),
            models.CheckConstraint(
                condition=Q(reduction_share__gt=0, reduction_share__lte=1), name="target_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(baseline_kgco2e=None) | Q(baseline_kgco2e__gt=0), name="target_baseline_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.baseline_year}–{self.target_year}: −{self.reduction_share:.0%}"
