"""The plan and the pilot before the management group, and what it decided."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.deliverables import ManagementDecision
from keino.web.cohorts.models.deliverable import Submission
from keino.web.cohorts.models.participation import Participation

LONGEST_TEXT = 10_000


class Presentation(models.Model):
    """One presentation to the management group: when, to whom, what was shown, its decision and what follows.

    ``shown`` are submissions: what the group saw stays as it was, whatever becomes of the documents.
    ``follow_up`` is the action that follows from the decision, an ordinary action of the organisation.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="presentations")
    held_on = models.DateField(_("Date of the meeting"))
    group = models.CharField(_("Management group"), max_length=200)
    message = models.TextField(_("What we ask the group to decide"), max_length=LONGEST_TEXT)
    shown = models.ManyToManyField(Submission, related_name="presentations", blank=True)

    decision = models.CharField(_("Decision"), max_length=15, choices=ManagementDecision, blank=True)
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    decision_text = models.TextField(_("The decision in words"), blank=True, max_length=LONGEST_TEXT)
    case_number = models.CharField(_("Case number or minutes"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    follow_up = models.ForeignKey(
        "plans.Action", null=True, blank=True, on_delete=models.SET_NULL, related_name="presentations"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Key of the form it was made with: pressing twice makes one.
    made_with = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("held_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["participation", "made_with"], name="presentation_made_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None) | ~Q(decision="") & Q(decided_on__isnull=False),
                name="presentation_decision_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.held_on}"
