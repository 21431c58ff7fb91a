"""What the phases of a procurement leave behind: exit records, the award decision, and lessons for the category."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.procurements.choices import NEVER_SKIPPED, RecordKind, SelectionBasis
from keino.web.procurements.models.procurement import Procurement


class ExitRecord(models.Model):
    """A dated record with which a phase ends; there may be several of one kind.

    With ``is_skip`` the phase was skipped and ``text`` is the reason. ``reference`` is the place in the buyer's own
    records (a case number, a file's name), ``link`` an address.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(_("Record"), max_length=20, choices=RecordKind)
    is_skip = models.BooleanField(_("The phase was skipped"), default=False)
    dated_on = models.DateField(_("Date"))
    text = models.TextField(_("What was found or agreed"), max_length=20_000)
    reference = models.CharField(_("Case number or file"), max_length=200, blank=True)
    link = models.URLField(_("Link"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Key of the form it was written in: pressing twice makes one record.
    made_with = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_skip=False) | ~Q(kind__in=sorted(NEVER_SKIPPED)), name="record_that_is_never_skipped"
            ),
            models.UniqueConstraint(fields=["procurement", "made_with"], name="record_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.dated_on}"


class AwardDecision(models.Model):
    """Who was chosen and on what basis; its date, reasons and place are the exit record's. Never changed, only followed
    by a newer one (after an appeal).
    """

    record = models.OneToOneField(ExitRecord, on_delete=models.CASCADE, related_name="decision")
    supplier = models.CharField(_("Chosen supplier"), max_length=200)
    business_id = models.CharField(_("Business ID"), max_length=20, blank=True)
    value_eur = models.DecimalField(
        _("Value of the chosen tender (€ without VAT)"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    tenders_received = models.PositiveIntegerField(_("Tenders received"))
    basis = models.CharField(_("Chosen by"), max_length=20, choices=SelectionBasis)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value_eur__gte=0), name="award_value_not_below_0"),
            models.CheckConstraint(condition=Q(tenders_received__gte=1), name="award_of_at_least_one_tender"),
        ]

    def __str__(self) -> str:
        return self.supplier


class Lesson(models.Model):
    """What an evaluation feeds back to the plan of a category: a lesson, and how its indicator turned out."""

    record = models.ForeignKey(ExitRecord, on_delete=models.CASCADE, related_name="lessons")
    category = models.CharField(_("Category"), max_length=60)
    lesson = models.TextField(_("What should the next one do alike, and what otherwise?"), max_length=5_000)
    indicator = models.CharField(_("Indicator"), max_length=200, blank=True)
    result = models.CharField(_("Result of the indicator, with its unit"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["category"], name="lessons_of_category")]

    def __str__(self) -> str:
        return self.lesson[:80]
