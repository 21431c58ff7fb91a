"""The ex-ante assessment of a procurement's effects, with the indicators that come up again when it is followed up."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.domain.tenders.assessment import effect_term
from keino.web.procurements.assessment_choices import AssessmentState, Level, Perspective


class ImpactAssessment(models.Model):
    """The four steps of one procurement's assessment: need, goals, indicators (both as ``AssessedEffect``), use."""

    procurement = models.OneToOneField(
        "procurements.Procurement", on_delete=models.CASCADE, related_name="impact_assessment"
    )
    state = models.CharField(max_length=10, choices=AssessmentState, default=AssessmentState.DRAFT)
    level = models.CharField(max_length=12, choices=Level, default=Level.PROCUREMENT)
    #: Acts that demand it (codes of ``LegalBasis``).
    legal_bases = models.JSONField(default=list, blank=True)
    #: Whom it affects and how, in words.
    need = models.TextField(max_length=8000, blank=True)
    need_answered_at = models.DateTimeField(null=True, blank=True)
    #: Where the goals and indicators stand in the tender's documents.
    use = models.TextField(max_length=8000, blank=True)
    skipped_because = models.TextField(max_length=2000, blank=True)
    #: What the approver asked to be mended.
    sent_back_because = models.TextField(max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.procurement}"


class AssessedEffect(models.Model):
    """An effect that is wished for: the goal, after how many years it should show, and the indicator that tells."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(ImpactAssessment, on_delete=models.CASCADE, related_name="effects")
    perspective = models.CharField(max_length=15, choices=Perspective)
    goal = models.TextField(max_length=2000)
    #: Years from the beginning of the contract until it shows.
    shows_after_years = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.CharField(max_length=100, blank=True)
    target = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.goal[:80]

    @property
    def term(self) -> str:
        """Short, medium or long."""
        return effect_term(self.shows_after_years)

    @property
    def has_indicator(self) -> bool:
        """Whether it can be told later if the goal was reached."""
        return bool(self.indicator and self.target)


class EffectResult(models.Model):
    """What an indicator showed on a day, during the contract or after it."""

    effect = models.ForeignKey(AssessedEffect, on_delete=models.CASCADE, related_name="results")
    measured_on = models.DateField()
    value = models.CharField(max_length=100)
    note = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["effect", "measured_on"], name="one_result_a_day")]

    def __str__(self) -> str:
        return f"{self.effect}: {self.value}"
