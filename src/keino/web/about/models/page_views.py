"""How often pages were looked at: counts, and nothing about who looked."""

from __future__ import annotations

from django.db import models


class PageViews(models.Model):
    """Views of one kind of page in one language on one day. A kind is the address's name, never the address itself."""

    day = models.DateField()
    page = models.CharField(max_length=100)
    language = models.CharField(max_length=2)
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "page", "language"], name="one_count_per_page_day_language")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.page} {self.language}: {self.views}"
