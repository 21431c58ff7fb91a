"""Materials and recordings of events: files kept here, links to what is kept elsewhere."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.events.choices import MaterialKind


class Material(models.Model):
    """One file or link. Nobody but the organiser's people sees it before ``published_at``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(_("Kind"), max_length=10, choices=MaterialKind)
    title = models.CharField(_("Title"), max_length=200)
    link = models.URLField(_("Link"), max_length=500, blank=True)
    file_name = models.CharField(_("File"), max_length=200, blank=True)
    stored_as = models.CharField(max_length=200, blank=True, editable=False)
    size_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("added_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=MaterialKind.FILE) & ~Q(stored_as="") & Q(link=""))
                | (~Q(kind=MaterialKind.FILE) & ~Q(link="") & Q(stored_as="")),
                name="material_is_a_file_or_a_link",
            ),
        ]

    def __str__(self) -> str:
        return self.title
