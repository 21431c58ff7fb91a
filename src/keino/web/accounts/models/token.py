"""Tokens with which a person's programs use the API and the calendar."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.accounts.choices import TokenScope


class ApiToken(models.Model):
    """A token. Its text is shown once and only its SHA-256 is kept; ``beginning`` lets its owner tell tokens apart."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("What it is for"), max_length=80)
    scope = models.CharField(_("It may"), max_length=10, choices=TokenScope, default=TokenScope.READ)
    beginning = models.CharField(max_length=12, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="tokens_of_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it works now."""
        return self.revoked_at is None and self.expires_at > timezone.now()
