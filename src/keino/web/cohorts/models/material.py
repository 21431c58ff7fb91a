"""What the participants of an edition and the centre share with one another."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.cohorts.models.participation import Participation


class SharedMaterial(models.Model):
    """A text or a link for everybody in the edition; ``participation`` None: from the centre."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("programmes.Edition", on_delete=models.CASCADE, related_name="shared_materials")
    participation = models.ForeignKey(
        Participation, null=True, blank=True, on_delete=models.CASCADE, related_name="shared_materials"
    )
    title = models.CharField(pgettext_lazy("material", "Name"), max_length=200)
    text = models.TextField(pgettext_lazy("material", "What it is"), blank=True, max_length=5_000)
    link = models.URLField(_("Link"), max_length=500, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-added_at", "-pk")

    def __str__(self) -> str:
        return self.title
