"""Studies over years: the same questions asked again, a round for each year, and what may be told of each."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.surveys.choices import StudyRoundState
from keino.web.surveys.models.form import Form, FormVersion
from keino.web.surveys.texts import Said, in_reader_language


class Study(models.Model):
    """A study of the centre. ``title`` and ``question`` (what it wants to know) are language → text."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="studies")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="studies", verbose_name=_("Form"))
    title = models.JSONField(_("Title"))
    question = models.JSONField(_("What it wants to know"), default=dict, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Owner"),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return self.shown_title.text

    @property
    def shown_title(self) -> Said:
        """The title, for the reader."""
        return in_reader_language(self.title)

    @property
    def shown_question(self) -> Said:
        """What it wants to know, for the reader."""
        return in_reader_language(self.question)


class StudyRound(models.Model):
    """One year of a study, with the version of the form that is asked.

    ``results`` are written when the round closes and hold only what may be told (``surveys.study_results``); they stay
    when the answers and interviews they were counted from are deleted.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="rounds", verbose_name=_("Study"))
    year = models.PositiveSmallIntegerField(_("Year"))
    form_version = models.ForeignKey(
        FormVersion, on_delete=models.PROTECT, related_name="study_rounds", verbose_name=_("Version of the form")
    )
    opens_on = models.DateField(_("First day to answer"))
    closes_on = models.DateField(_("Last day to answer"))
    state = models.CharField(_("State"), max_length=10, choices=StudyRoundState, default=StudyRoundState.COLLECTING)
    results = models.JSONField(_("Results"), null=True, blank=True)
    closed_on = models.DateField(_("Closed"), null=True, blank=True)
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "year"], name="one_round_of_a_study_a_year"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="study_round_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(state=StudyRoundState.COLLECTING, results__isnull=True)
                | Q(~Q(state=StudyRoundState.COLLECTING), results__isnull=False),
                name="study_round_closed_with_results",
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_on"], name="study_rounds_open")]

    def __str__(self) -> str:
        return f"{self.study} {self.year}"

    @property
    def subject(self) -> str:
        """What its answers are answers to."""
        return f"study_round:{self.public_id}"

    @property
    def is_collecting(self) -> bool:
        """Whether answers and interviews may still come."""
        return self.state == StudyRoundState.COLLECTING

    @property
    def is_published(self) -> bool:
        """Whether everyone may see what may be told of it."""
        return self.state == StudyRoundState.PUBLISHED
