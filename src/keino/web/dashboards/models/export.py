"""Files made of a result in the background."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.web.base.choices import Language
from keino.web.dashboards.choices import ExportFormat


class Export(models.Model):
    """A file of one run in one format and language. A finished run never changes, so the file is made once.

    Its job has the subject ``export:<public id>``. ``stored_as`` is empty until the file is whole; after ``expires_at``
    it is deleted and can be made again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey("measurement.Run", on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(max_length=20, choices=ExportFormat)
    #: Which lines, as an address says it (``measurement.queries.lines``); empty = all of them.
    query = models.CharField(max_length=2000, blank=True, editable=False)
    language = models.CharField(max_length=2, choices=Language)
    #: Of the keino that makes it: a newer one may say more of the same result.
    made_with = models.CharField(max_length=40)
    stored_as = models.CharField(max_length=200, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "format", "query", "language", "made_with"], name="export_made_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()} ({self.language})"

    @property
    def is_ready(self) -> bool:
        """Whether the file is whole."""
        return bool(self.stored_as)

    @property
    def subject(self) -> str:
        """How its background work names it."""
        return f"export:{self.public_id}"
