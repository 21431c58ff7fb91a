"""The council report: one year on one page, approved by name and never changed afterwards."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.frozen import Frozen, FrozenQuerySet
from keino.web.followup.choices import ReportState

LANGUAGES = ("fi", "sv", "en")
TEXTS = ("summary", "next_steps")
#: So that it stands on one page.
LONGEST = {"summary": 700, "next_steps": 600}


class CouncilReport(Frozen):
    """One year's report of an organisation. ``edition`` counts the reports of the same year.

    ``content`` are its numbers in no language (``report.council.CouncilContent`` as JSON), taken from ``run``; empty
    while they are being collected. ``summary`` and ``next_steps`` are people's words, one column per language.
    """

    FINAL: ClassVar[frozenset[str]] = frozenset(
        {"organisation", "year", "edition", "run", "content", "approved_by", "approved_at", "created_at"}
        | {*TEXTS, *(f"{text}_{language}" for text in TEXTS for language in LANGUAGES)}
    )
    IS_FINAL: ClassVar[Q] = ~Q(state=ReportState.DRAFT)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="council_reports"
    )
    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    run = models.ForeignKey("measurement.Run", on_delete=models.PROTECT, related_name="council_reports")
    content = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)  # as Job.error
    summary = models.TextField(_("In short"), max_length=LONGEST["summary"], blank=True)
    next_steps = models.TextField(_("Next steps"), max_length=LONGEST["next_steps"], blank=True)
    #: The meeting that it goes to.
    meeting_on = models.DateField(_("Meeting of the council on"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    #: Raised by every change; a form that was opened before somebody else's change is refused, not obeyed.
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[CouncilReport]] = FrozenQuerySet.as_manager()  # type: ignore[assignment]  # narrower

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "edition"], name="one_report_of_an_edition"),
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=Q(state=ReportState.DRAFT), name="one_draft_of_a_year"
            ),
            # a published report may stand beside its successor until that one is published too
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=Q(state=ReportState.APPROVED), name="one_approved_report"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=Q(state=ReportState.PUBLISHED), name="one_published_report"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(content__isnull=False, approved_at__isnull=False),
                name="an_approved_report_has_its_numbers",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.PUBLISHED) | Q(published_at__isnull=False),
                name="a_published_report_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year} ({self.edition})"

    def written(self, name: str, language: str) -> str:
        """What people wrote in a language; empty where they wrote nothing in it."""
        return getattr(self, f"{name}_{language}", "") or ""

    @property
    def written_in(self) -> tuple[str, ...]:
        """Languages that have a summary."""
        return tuple(language for language in LANGUAGES if self.written("summary", language).strip())

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written."""
        return self.state == ReportState.DRAFT

    @property
    def subject(self) -> str:
        """How its background work names it."""
        return f"council_report:{self.public_id}"
