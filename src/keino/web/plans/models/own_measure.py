"""Measures of a buyer's own, beside those that keino knows from publications."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class OwnMeasure(models.Model):
    """What an organisation can do in one category, by its own estimate.

    The effect is a share (0–1) of what the organisation can still choose in the category; None = not known yet.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="own_measures"
    )
    #: How plans name it; made from its name once and never changed.
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=60)
    effect_low = models.FloatField(null=True, blank=True)
    effect_mid = models.FloatField(null=True, blank=True)
    effect_high = models.FloatField(null=True, blank=True)
    investment_eur = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    #: A year; below zero saves.
    running_eur_per_year = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    lifetime_years = models.PositiveSmallIntegerField(null=True, blank=True)
    staff_days_start = models.PositiveIntegerField(default=0)
    staff_days_per_year = models.PositiveIntegerField(default=0)
    prerequisites = models.JSONField(default=list, blank=True)
    exclusive_group = models.CharField(max_length=60, blank=True)
    #: What speaks against it: where it was tried and did not work.
    not_worked = models.TextField(max_length=2000, blank=True)
    source = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    #: Not offered to new plans since.
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="own_measure_code_once"),
            models.CheckConstraint(
                condition=Q(effect_low=None, effect_mid=None, effect_high=None)
                | Q(
                    effect_low__gte=0,
                    effect_mid__gte=F("effect_low"),
                    effect_high__gte=F("effect_mid"),
                    effect_high__lte=1,
                ),
                name="own_measure_effect_rises",
            ),
        ]

    def __str__(self) -> str:
        return self.name
