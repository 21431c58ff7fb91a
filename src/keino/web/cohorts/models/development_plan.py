"""The development plan: as-is, target, steps, resources (DOMAIN 3.5); every saved version is kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.models.participation import Participation

LONGEST_TEXT = 10_000


class DevelopmentPlan(models.Model):
    """How an organisation means to develop its buying. Written in the programme, and it lives on after it.

    ``steps`` are rows: {what, who, by} (``by`` an ISO date or empty). ``version`` is raised by every change, and each
    is kept as a ``DevelopmentPlanVersion``. What the mentor says of it stands with the deliverable.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.OneToOneField(Participation, on_delete=models.PROTECT, related_name="development_plan")
    as_is = models.TextField(_("Where we stand"), blank=True, max_length=LONGEST_TEXT)
    target = models.TextField(_("Where we want to be"), blank=True, max_length=LONGEST_TEXT)
    steps = models.JSONField(_("Steps"), default=list, blank=True)
    resources = models.TextField(_("People, time and money"), blank=True, max_length=LONGEST_TEXT)
    version = models.PositiveIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return str(_("Development plan"))


class DevelopmentPlanVersion(models.Model):
    """A development plan as somebody saved it. Never changed."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("Version"))
    content = models.JSONField(_("Content"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="development_plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"
