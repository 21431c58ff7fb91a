"""What a programme brought about, as far as can be told: numbers worked out in the background, and reports of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.frozen import Frozen, FrozenQuerySet
from keino.web.cohorts.choices.engagement import EffectReportState, Outcome

if TYPE_CHECKING:
    from keino.domain.programmes.effect import Members

LANGUAGES = ("fi", "sv", "en")
#: ``EffectNumbers.scope`` of all editions together.
ALL = "all"
#: A minister's page, not a book.
LONGEST_SUMMARY = 1_500


class EffectNumbers(models.Model):
    """The newest numbers of an edition, or of all editions (``edition`` None). Worked out anew when somebody asks.

    ``content`` is ``cohorts.effect.numbers.Content`` as JSON; empty while they are worked out for the first time.
    """

    #: The edition's public id, or "all": one row of each.
    scope = models.CharField(max_length=36, unique=True)
    edition = models.OneToOneField(
        "programmes.Edition", null=True, blank=True, on_delete=models.CASCADE, related_name="effect_numbers"
    )
    content = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)  # as Job.error
    counted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.scope

    @property
    def subject(self) -> str:
        """How its background work names it."""
        return f"effect:{self.scope}"


class ToldOutcome(models.Model):
    """One outcome of an edition as it was told once. Whoever read it may set later numbers beside it.

    ``content`` is ``cohorts.effect.numbers.OutcomeNumbers`` as JSON. ``participants`` and ``comparable`` say who was
    counted, each key with a mark of what was counted of it; they are never shown, only compared.
    """

    edition = models.ForeignKey("programmes.Edition", on_delete=models.CASCADE, related_name="told_outcomes")
    code = models.CharField(max_length=20, choices=Outcome)
    told_on = models.DateField()
    content = models.JSONField()
    participants = models.JSONField()
    comparable = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["edition", "code"], name="told_outcomes_of_an_edition")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.code} {self.told_on}"

    @property
    def members(self) -> Members:
        """Who was counted; JSON has made texts of the keys."""
        participants, comparable = (
            {int(key): mark for key, mark in group.items()} for group in (self.participants, self.comparable)
        )
        return participants, comparable


class EffectReport(Frozen):
    """A report to the ministry, of one edition or of all. ``number`` counts the reports of the same.

    Its numbers are a copy, taken when it was begun or when somebody took newer ones; they are frozen with its approval.
    """

    FINAL: ClassVar[frozenset[str]] = frozenset(
        {"edition", "edition_id", "number", "content", "approved_by", "approved_by_id", "approved_at", "created_at"}
        | {f"summary_{language}" for language in LANGUAGES}
    )
    IS_FINAL: ClassVar[Q] = Q(state=EffectReportState.APPROVED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(
        "programmes.Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="effect_reports"
    )
    number = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    summary_fi = models.TextField(_("In short, in Finnish"), max_length=LONGEST_SUMMARY, blank=True)
    summary_sv = models.TextField(_("In short, in Swedish"), max_length=LONGEST_SUMMARY, blank=True)
    summary_en = models.TextField(_("In short, in English"), max_length=LONGEST_SUMMARY, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=EffectReportState, default=EffectReportState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    #: Raised by every change.
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[EffectReport]] = FrozenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state=EffectReportState.DRAFT, edition__isnull=False),
                name="one_draft_of_an_editions_effect",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=EffectReportState.DRAFT, edition=None),
                name="one_draft_of_all_editions_effect",
            ),
            models.CheckConstraint(
                condition=Q(state=EffectReportState.DRAFT) | Q(approved_at__isnull=False),
                name="an_approved_effect_report_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition or '*'} ({self.number})"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written."""
        return self.state == EffectReportState.DRAFT

    def summary(self, language: str) -> str:
        """What people wrote in a language; empty where they wrote nothing in it."""
        return getattr(self, f"summary_{language}", "") or ""

    @property
    def written_in(self) -> tuple[str, ...]:
        """Languages that have a summary."""
        return tuple(language for language in LANGUAGES if self.summary(language).strip())
