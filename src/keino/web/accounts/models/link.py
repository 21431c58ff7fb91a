"""Log-in links: what a log-in mail carries beside its code."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class LogInLink(models.Model):
    """A mailed link, which works once and until ``expires_at``. Link and code of one mail are used up together.

    Neither is stored: ``token_hash`` is the SHA-256 of the link's secret, ``code_hash`` a keyed hash of the code.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log_in_links")
    address = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, db_index=True)
    #: Where the person wanted to go; an address within the site.
    next = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"
