"""States of the council report."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ReportState(TextChoices):
    """Where a council report stands. From its approval on, its numbers and texts are never changed."""

    DRAFT = "draft", pgettext_lazy("council report", "draft")
    APPROVED = "approved", pgettext_lazy("council report", "approved")
    PUBLISHED = "published", pgettext_lazy("council report", "published")
    SUPERSEDED = "superseded", pgettext_lazy("council report", "superseded by a newer one")


#: Allowed moves; each is written to the audit trail.
REPORT_MOVES: dict[str, frozenset[str]] = {
    ReportState.DRAFT: frozenset({ReportState.APPROVED}),
    ReportState.APPROVED: frozenset({ReportState.PUBLISHED, ReportState.SUPERSEDED}),
    ReportState.PUBLISHED: frozenset({ReportState.APPROVED, ReportState.SUPERSEDED}),
    ReportState.SUPERSEDED: frozenset(),
}
#: What an organisation stands behind.
IN_FORCE = (ReportState.APPROVED, ReportState.PUBLISHED)
