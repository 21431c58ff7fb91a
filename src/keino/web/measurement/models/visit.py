"""A visit without an account: what was dropped on the try-it page, until it is kept or gone."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Visit(models.Model):
    """One visit; its key lives in the visitor's session only. Everything of it is deleted at ``expires_at``.

    Keeping it in an account moves its ledgers and runs to an organisation and ends it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.public_id)
