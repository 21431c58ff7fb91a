"""An interest that came late: kept for the organisation as a draft, and no application."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class InterestDraft(models.Model):
    """What an organisation wrote of its interest when no interest was taken any more.

    It is a row of its own, not a state of an application: so nobody counts it, lists it or books for it. It goes when
    the interest is told after all, when the organisation deletes it, or with its time.
    """

    edition = models.ForeignKey("programmes.Edition", on_delete=models.CASCADE, related_name="interest_drafts")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="interest_drafts"
    )
    interest = models.TextField(_("What would you like to achieve?"), max_length=2_000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: When it came last.
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager[InterestDraft]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="one_interest_draft_for_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.edition}"
