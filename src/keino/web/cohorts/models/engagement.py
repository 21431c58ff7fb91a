"""The engagement log: who of the centre did what, with whom, for how long."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.cohorts.choices.engagement import MOST_QUARTERS, EngagementKind


class Engagement(models.Model):
    """One person's work on one day, in quarters of an hour.

    ``source`` names the event or session that it was proposed from ("event:…"), empty where it was written by hand; a
    person has one row of each, so nothing is counted twice. A proposal that was declined stays with
    ``is_counted`` False and no hours, so that it doesn't come back. The person is taken out when their time is over
    (``cohorts.personal_data.engagement``); the hours stay.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="engagements",
        verbose_name=pgettext_lazy("engagement", "Who"),
    )
    kind = models.CharField(_("What"), max_length=10, choices=EngagementKind)
    day = models.DateField(_("Day"))
    quarters = models.PositiveSmallIntegerField(_("Quarters of an hour"))
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagements",
        verbose_name=_("Organisation"),
    )
    edition = models.ForeignKey(
        "programmes.Edition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagements",
        verbose_name=_("Programme"),
    )
    note = models.CharField(_("Note"), max_length=300, blank=True)
    source = models.CharField(max_length=60, blank=True, editable=False)
    is_counted = models.BooleanField(default=True, editable=False)
    #: Key of the form it was made with: pressing twice makes one row.
    made_with = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-day", "-pk")
        indexes = [
            models.Index(fields=["person", "-day"], name="engagements_of_person"),
            models.Index(fields=["edition", "-day"], name="engagements_of_edition"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source"], condition=~Q(source="") & Q(person__isnull=False), name="engagement_once"
            ),
            models.CheckConstraint(
                condition=Q(is_counted=True, quarters__gte=1, quarters__lte=MOST_QUARTERS)
                | Q(is_counted=False, quarters=0),
                name="engagement_counts_its_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.get_kind_display()}"

    @property
    def hours(self) -> Decimal:
        """Its length in hours."""
        return Decimal(self.quarters) / 4
