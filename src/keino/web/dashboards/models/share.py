"""Read-only links to one result, which expire."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.web.dashboards.choices import ShareKind


class ShareLink(models.Model):
    """A link that shows one finished run to whoever has it, until ``expires_at``.

    The secret of the link is stored as a hash. ``opened`` counts how often it was opened; nothing is kept of whom.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="share_links")
    run = models.ForeignKey("measurement.Run", on_delete=models.CASCADE, related_name="share_links")
    kind = models.CharField(max_length=12, choices=ShareKind)
    #: For whom, in the maker's words; shown in the list only.
    note = models.CharField(max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="share_link_expires_after_it_was_made"
            )
        ]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="share_links_newest")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"

    def is_open(self, at: dt.datetime) -> bool:
        """Whether the link works at a moment."""
        return self.revoked_at is None and self.expires_at > at
