"""Procurements: one row from the first idea to the end of the follow-up, its themes and its moves."""

from __future__ import annotations

import re
import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.procurements.choices import (
    InnovationClass,
    Procedure,
    ProcurementState,
    PurchaseKind,
    Theme,
)

#: Eight digits, and the check digit of the published list where somebody copied it along: 50000000 or 50000000-5.
CPV = re.compile(r"[0-9]{8}(-[0-9])?")


class Procurement(models.Model):
    """One procurement of an organisation.

    ``estimated_value_eur`` is the whole total without VAT, with options, extensions and all lots: what thresholds are
    compared with on ``procedure_starts_on``. ``category`` is a code of the category tree as measurement knows it.
    ``affects`` (codes of ``choices.Affected``), ``is_outcome_based``, ``is_significant`` and ``law_wants_assessment``
    decide whether an ex-ante assessment is needed. ``version`` is raised by every change.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="procurements"
    )
    state = models.CharField(_("State"), max_length=20, choices=ProcurementState, default=ProcurementState.IDEA)

    title = models.CharField(pgettext_lazy("procurement", "Name"), max_length=200)
    need = models.TextField(_("What is needed, and why"), blank=True, max_length=10_000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_procurements",
        verbose_name=_("Owner"),
    )
    category = models.CharField(_("Category"), max_length=60, blank=True)
    cpv = models.CharField(_("CPV code"), max_length=10, blank=True)

    purchase_kind = models.CharField(_("What is bought"), max_length=30, choices=PurchaseKind, blank=True)
    is_special_sector = models.BooleanField(_("For water, energy, transport or post (special sectors)"), default=False)
    estimated_value_eur = models.DecimalField(
        _("Estimated value (€ without VAT)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    procedure = models.CharField(_("Procedure"), max_length=30, choices=Procedure, blank=True)
    procedure_starts_on = models.DateField(_("The procedure starts"), null=True, blank=True)

    innovation_class = models.CharField(
        _("How new is what is bought?"), max_length=20, choices=InnovationClass, default=InnovationClass.NONE
    )
    is_process_innovation = models.BooleanField(_("The way of buying is new to us"), default=False)
    innovation_note = models.TextField(_("What is new in it"), blank=True, max_length=2_000)

    is_outcome_based = models.BooleanField(_("Outcomes are bought, not only deeds or things"), default=False)
    is_significant = models.BooleanField(_("Significant for the organisation"), default=False)
    law_wants_assessment = models.BooleanField(_("The law requires an assessment of its effects"), default=False)
    affects = models.JSONField(_("It affects"), default=list, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Key of the form it was made with: pressing twice makes one procurement.
    made_with = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager[Procurement]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(estimated_value_eur=None) | Q(estimated_value_eur__gte=0),
                name="procurement_value_not_below_0",
            ),
            models.UniqueConstraint(fields=["organisation", "made_with"], name="procurement_made_once"),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="procurements_by_state")]

    def __str__(self) -> str:
        return self.title


class ProcurementTheme(models.Model):
    """A theme of a procurement: a tag across categories."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="themes")
    theme = models.CharField(_("Theme"), max_length=20, choices=Theme)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procurement", "theme"], name="procurement_theme_once")]

    def __str__(self) -> str:
        return self.get_theme_display()


class StateMove(models.Model):
    """A move of a procurement from one state to another: its timeline. ``from_state`` is empty for the first one.

    ``reason`` says why it went back, was cancelled, failed or was appealed.
    """

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=20, choices=ProcurementState, blank=True)
    to_state = models.CharField(max_length=20, choices=ProcurementState)
    reason = models.TextField(_("Why"), blank=True, max_length=2_000)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
