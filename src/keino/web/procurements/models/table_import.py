"""A table that somebody sent: what it would change, before it does."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from keino.web.procurements.table_choices import ImportState, TableKind


class TableImport(models.Model):
    """Rows of a file with what each would do, kept until somebody confirms them, and the refused ones a while longer.

    ``rows`` is a list of {row, cells: column → text, change, problems: [error as data], id}. Rows that were taken
    keep their number only.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=TableKind)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEW)
    file_name = models.CharField(max_length=200)
    rows = models.JSONField()
    #: Headings that keino doesn't know and passed over.
    passed_over = models.JSONField(default=list, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.file_name
