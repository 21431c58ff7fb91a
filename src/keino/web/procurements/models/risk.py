"""The risk register of a procurement."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.procurements.choices import RiskSource, RiskState
from keino.web.procurements.models.procurement import Procurement

_ONE_TO_FIVE = (MinValueValidator(1), MaxValueValidator(5))


class Risk(models.Model):
    """One risk: where it comes from, how likely and how bad (1–5 each), who does what about it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="risks")
    source = models.CharField(_("Where it comes from"), max_length=20, choices=RiskSource)
    text = models.TextField(_("What may happen"), max_length=2_000)
    likelihood = models.PositiveSmallIntegerField(_("Likelihood, 1–5"), validators=_ONE_TO_FIVE)
    effect = models.PositiveSmallIntegerField(_("Effect, 1–5"), validators=_ONE_TO_FIVE)
    measure = models.TextField(_("What is done about it"), max_length=2_000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_risks",
        verbose_name=_("Who looks after it"),
    )
    state = models.CharField(_("State"), max_length=20, choices=RiskState, default=RiskState.OPEN)
    #: Key of the form it was added with: pressing twice makes one risk.
    made_with = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=5, effect__gte=1, effect__lte=5),
                name="risk_from_1_to_5",
            ),
            models.UniqueConstraint(fields=["procurement", "made_with"], name="risk_made_once"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def score(self) -> int:
        """Likelihood × effect: 1 to 25."""
        return self.likelihood * self.effect
