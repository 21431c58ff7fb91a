"""Decisions on who takes part: a proposal that people write, and what stays of it once it was made."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.programmes.choices.selection import DecisionOutcome, DecisionState


class SelectionDecision(models.Model):
    """A decision on several applications, made in one go by a decider. There is one proposal at a time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(_("State"), max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    #: A greeting of the deciders' own in the mails.
    message = models.TextField(_("A few words to all applicants"), max_length=2_000, blank=True)
    confirm_by = models.DateField(_("Those selected confirm their place by"), null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="decision_numbered_once"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state=DecisionState.DRAFT), name="one_proposal_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.MADE) | Q(made_at__isnull=False), name="made_decision_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_draft(self) -> bool:
        """Whether it is still written on."""
        return self.state == DecisionState.DRAFT


class DecidedApplication(models.Model):
    """What a decision says of one application, with the scores as they were when it was made."""

    decision = models.ForeignKey(SelectionDecision, on_delete=models.CASCADE, related_name="lines")
    application = models.ForeignKey("programmes.Application", on_delete=models.PROTECT, related_name="decided")
    outcome = models.CharField(_("Decision"), max_length=10, choices=DecisionOutcome, blank=True)
    #: In which order the reserve moves up: 1 is first.
    reserve_place = models.PositiveSmallIntegerField(_("Place in the reserve"), null=True, blank=True)
    #: Told to the applicant.
    reason = models.TextField(_("Reasons, for the applicant to read"), max_length=2_000, blank=True)
    total = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True, editable=False)
    place = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "application"], name="decided_once_in_a_decision")]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"
