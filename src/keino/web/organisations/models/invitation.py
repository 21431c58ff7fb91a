"""Invitations: a mailed link that gives a role to whoever opens it with that address."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.web.base.choices import Language
from keino.web.organisations.choices import RoleKind


class Invitation(models.Model):
    """An invitation. The link's secret is stored as a hash; it works once and until ``expires_at``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    kind = models.CharField(max_length=30, choices=RoleKind)
    about = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    regions = models.JSONField(default=list, blank=True)
    #: The role's last day; it begins on the day of acceptance.
    role_until = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=Language)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: How often the link was mailed; each mailing makes the links before it worthless.
    mailed_times = models.PositiveSmallIntegerField(default=1)
    #: The last day on which it was mailed, and how often on that day.
    mailed_on = models.DateField(default=timezone.localdate, editable=False)
    mailed_that_day = models.PositiveSmallIntegerField(default=1, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email", "kind"],
                condition=models.Q(accepted_at=None, withdrawn_at=None, about=None),
                name="one_open_invitation",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email", "kind", "about"],
                condition=models.Q(accepted_at=None, withdrawn_at=None) & ~models.Q(about=None),
                name="one_open_invitation_about",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer, in time or not."""
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()
