"""Interviews of officials: what one said, for the interviewer alone, and the obstacles named, coded to be counted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.surveys.models.study import StudyRound
from keino.web.surveys.texts import Said, in_reader_language


class ObstacleCode(models.Model):
    """An obstacle that interviews are coded with. ``text`` is language → text; the code never changes."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="obstacle_codes"
    )
    code = models.CharField(_("Code"), max_length=40)
    text = models.JSONField(_("Obstacle"))
    #: Not offered any more; interviews that were coded with it keep it.
    is_retired = models.BooleanField(_("Not offered any more"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="obstacle_code_once")]

    def __str__(self) -> str:
        return self.shown_text.text

    @property
    def shown_text(self) -> Said:
        """The obstacle, for the reader."""
        return in_reader_language(self.text)


class Interview(models.Model):
    """One interview. Only the interviewer reads it; everyone else sees counts over at least five organisations.

    ``position`` says what the official does and never who they are.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(StudyRound, on_delete=models.PROTECT, related_name="interviews")
    about_organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="interviews",
        verbose_name=_("Organisation of the official"),
    )
    held_on = models.DateField(_("Held on"))
    position = models.CharField(_("What the official does"), max_length=120)
    notes = models.TextField(_("Notes"), max_length=20_000, blank=True)
    obstacles = models.ManyToManyField(ObstacleCode, related_name="+", blank=True, verbose_name=_("Obstacles"))
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Interviewer"),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["round", "interviewer"], name="interviews_of_interviewer")]

    def __str__(self) -> str:
        return f"{self.about_organisation}: {self.position}"
