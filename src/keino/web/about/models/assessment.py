"""The accessibility checklist: one finding per success criterion."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.about.choices import SHORTCOMINGS, Finding, Method


class Assessment(models.Model):
    """What somebody found out about one criterion of ``about.wcag``. A criterion without a row is not assessed.

    ``reason`` and ``alternative`` are texts in three languages; they stand in the public statement.
    """

    number = models.CharField(max_length=10, unique=True)
    finding = models.CharField(_("Finding"), max_length=15, choices=Finding, default=Finding.NOT_ASSESSED)
    reason = models.TextField(_("What doesn't work, and why"), blank=True)
    alternative = models.TextField(_("What to do instead"), blank=True)
    method = models.CharField(_("How it was found out"), max_length=10, choices=Method, blank=True)
    evaluated_on = models.DateField(_("Assessed on"), null=True, blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: Raised by every change; a form that was opened before somebody else's change is refused, not obeyed.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding=Finding.NOT_ASSESSED) | Q(evaluated_on__isnull=False),
                name="a_finding_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_finding_display()}"

    @property
    def is_shortcoming(self) -> bool:
        """Whether the statement must explain it."""
        return self.finding in SHORTCOMINGS
