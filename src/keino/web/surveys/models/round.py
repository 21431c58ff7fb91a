"""Rounds of the self-assessment, the groups that respondents choose from, and what a closed round shows."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keino.web.surveys.choices import RoundKind, RoundState


class Round(models.Model):
    """One round in one organisation, bound to one edition of the questions.

    ``people`` and ``respondents`` are written when it closes: how many could answer and how many did. The latter stays
    empty where fewer than five answered. ``version`` is raised by every change.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="maturity_rounds"
    )
    kind = models.CharField(_("Kind of round"), max_length=10, choices=RoundKind)
    name = models.CharField(_("Name"), max_length=100)
    edition = models.CharField(_("Edition of the questions"), max_length=10)
    opens_on = models.DateField(_("First day to answer"))
    closes_on = models.DateField(_("Last day to answer"))
    state = models.CharField(_("State"), max_length=10, choices=RoundState, default=RoundState.COLLECTING)
    people = models.PositiveIntegerField(_("People who could answer"), null=True, blank=True)
    respondents = models.PositiveIntegerField(_("People who answered"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Opened by"),
    )
    #: Nobody: the round closed by itself after its last day.
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Closed by"),
    )
    closed_on = models.DateField(_("Closed"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state=RoundState.COLLECTING), name="one_round_open_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="round_closes_after_it_opens"
            ),
        ]
        indexes = [models.Index(fields=["state", "edition"], name="rounds_to_compare")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_collecting(self) -> bool:
        """Whether answers may still come, its first day included or not."""
        return self.state == RoundState.COLLECTING

    @property
    def is_shown(self) -> bool:
        """Whether it has results that may be shown."""
        return self.state == RoundState.CLOSED and self.respondents is not None


class RoundGroup(models.Model):
    """A group that respondents put themselves in, such as a role or a unit; ``is_unsaid``: "I'd rather not say".

    ``respondents`` is written when the round closes, and only where the number may be shown. ``is_joined``: the group
    has five answers, but a smaller one could be worked out if it were shown.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("Name"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("Place in the list"))
    is_unsaid = models.BooleanField(_("No group said"), default=False)
    respondents = models.PositiveIntegerField(_("People who answered"), null=True, blank=True)
    is_joined = models.BooleanField(_("Left out with a small group"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="round_group_position_once"),
        ]

    def __str__(self) -> str:
        return gettext("No group said") if self.is_unsaid else self.name


class Score(models.Model):
    """The mean of one area in a closed round, of everyone or of one group. Only what may be shown is ever written."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="scores")
    group = models.ForeignKey(RoundGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="scores")
    area_code = models.CharField(max_length=40)
    mean = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "area_code"], condition=Q(group=None), name="score_of_the_whole_once"
            ),
            models.UniqueConstraint(
                fields=["round", "group", "area_code"], condition=~Q(group=None), name="score_of_a_group_once"
            ),
            models.CheckConstraint(condition=Q(mean__gte=1, mean__lte=5), name="score_is_a_level"),
        ]

    def __str__(self) -> str:
        return f"{self.area_code}: {self.mean:.2f}"
