"""Criteria that were chosen for a procurement."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.procurements.choices import CriterionKind, CriterionLevel
from keino.web.procurements.models.procurement import Procurement


class ChosenCriterion(models.Model):
    """One criterion of a procurement, as it stands in the call for tenders.

    Only award criteria have a weight; ``source`` says where it comes from (Criteria Bank, EU GPP, an earlier tender).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="criteria")
    kind = models.CharField(_("Used as"), max_length=20, choices=CriterionKind)
    level = models.CharField(_("Level"), max_length=20, choices=CriterionLevel, default=CriterionLevel.BASIC)
    text = models.TextField(_("Criterion"), max_length=5_000)
    verification = models.TextField(_("How it is verified"), max_length=2_000)
    weight_percent = models.DecimalField(
        _("Weight, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    source = models.CharField(_("Where it comes from"), max_length=300, blank=True)
    link = models.URLField(_("Link to the source"), max_length=500, blank=True)
    #: Key of the form it was added with: pressing twice makes one criterion.
    made_with = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weight_percent=None) | Q(kind=CriterionKind.AWARD_CRITERION),
                name="only_award_criteria_weigh",
            ),
            models.CheckConstraint(
                condition=Q(weight_percent=None) | Q(weight_percent__gte=0, weight_percent__lte=100),
                name="criterion_weight_is_a_share",
            ),
            models.UniqueConstraint(fields=["procurement", "made_with"], name="criterion_made_once"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def weight(self) -> Decimal | None:
        """The weight without decimals that say nothing: 20, not 20.00."""
        return None if self.weight_percent is None else self.weight_percent.normalize()
