"""Reviews of applications: who scores which one, what they gave, and who has a tie to an applicant."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.programmes.choices.selection import ReviewState, ScoreMiddle


class Selection(models.Model):
    """How an edition's selection is done, and since when its result is public.

    ``published_at`` publishes those who were selected by decisions made until then; who comes later is published by
    publishing again.
    """

    edition = models.OneToOneField("programmes.Edition", on_delete=models.CASCADE, related_name="selection")
    reviews_due_on = models.DateField(_("Scores are given by"), null=True, blank=True)
    middle = models.CharField(
        _("Several reviewers' scores become one by"), max_length=10, choices=ScoreMiddle, default=ScoreMiddle.MEAN
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"{self.edition}"


class Review(models.Model):
    """One reviewer's scores of one application. A draft is seen by its writer alone; a sent one never changes back.

    The reviews of somebody with a tie stay as rows and count nowhere.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("programmes.Application", on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reviews_to_write"
    )
    state = models.CharField(_("State"), max_length=10, choices=ReviewState, default=ReviewState.DRAFT)
    remark = models.TextField(_("On the whole"), max_length=5_000, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    assigned_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="one_review_of_a_reviewer"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.DRAFT, sent_at=None) | Q(state=ReviewState.SENT, sent_at__isnull=False),
                name="sent_review_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "state"], name="reviews_of_reviewer")]

    def __str__(self) -> str:
        return f"{self.reviewer or '–'}"

    @property
    def is_sent(self) -> bool:
        """Whether it counts."""
        return self.state == ReviewState.SENT


class Score(models.Model):
    """What a reviewer gives for one criterion: points from 0 to 4, or whether it is met. Neither: not given yet."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("programmes.Criterion", on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("Points"), null=True, blank=True)
    is_met = models.BooleanField(_("Met"), null=True, blank=True)
    reason = models.TextField(_("Why"), max_length=2_000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_score_of_a_criterion"),
            models.CheckConstraint(condition=Q(points=None) | Q(points__lte=4), name="score_from_0_to_4"),
            models.CheckConstraint(condition=Q(points=None) | Q(is_met=None), name="score_is_points_or_an_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}"

    @property
    def given(self) -> int | bool | None:
        """The points or the answer; None where neither is given."""
        return self.is_met if self.points is None else self.points


class DeclaredTie(models.Model):
    """A conflict of interest that somebody declared. What follows from roles needs no row (``queries.ties``)."""

    application = models.ForeignKey("programmes.Application", on_delete=models.CASCADE, related_name="declared_ties")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="declared_ties")
    reason = models.TextField(_("What ties you to the applicant?"), max_length=1_000, blank=True)
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="tie_declared_once")]

    def __str__(self) -> str:
        return f"{self.person}"
