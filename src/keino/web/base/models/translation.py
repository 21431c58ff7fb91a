"""Which translations of people's texts are behind their original."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class Translation(models.Model):
    """From which wording of the original a text in one language was translated (``base.translated``).

    ``made_from`` is the SHA-256 of the original at that time; when the original has changed since, the translation is
    out of date and is listed.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.CharField(max_length=64)
    thing = GenericForeignKey("content_type", "object_id")
    field = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    original_language = models.CharField(max_length=2)
    made_from = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    #: Since when the original says something else; None = the translation is up to date.
    behind_since = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "language"], name="one_translation_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"
