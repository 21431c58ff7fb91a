"""Feedback and its clock of fourteen days."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.about.choices import FeedbackState, FeedbackTopic
from keino.web.base.choices import Language


class Feedback(models.Model):
    """One message. Act 306/2019 gives fourteen days to answer; ``due_on`` is the last of them, in Helsinki's calendar.

    Personal data: the e-mail address, and whatever the writer put into the text (register: feedback).
    """

    #: Chosen when the form is opened, so that sending it twice makes one row.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.CharField(pgettext_lazy("topic", "About"), max_length=15, choices=FeedbackTopic)
    text = models.TextField(_("Your message"))
    #: The page the writer speaks of, as they gave it.
    page = models.CharField(_("Page"), max_length=300, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    language = models.CharField(max_length=2, choices=Language)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=FeedbackState, default=FeedbackState.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField()
    answer = models.TextField(_("Answer"), blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state=FeedbackState.OPEN) & Q(ended_at=None))
                | (~Q(state=FeedbackState.OPEN) & Q(ended_at__isnull=False)),
                name="feedback_ends_with_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="feedback_due")]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}, {timezone.localdate(self.created_at).isoformat()}"

    @property
    def days_left(self) -> int:
        """Whole days until the last day of the clock; 0 on that day, negative when it is past."""
        return (self.due_on - timezone.localdate()).days

    @property
    def is_overdue(self) -> bool:
        """Whether it still waits after its last day."""
        return self.state == FeedbackState.OPEN and self.days_left < 0

    @property
    def days_overdue(self) -> int:
        """Whole days since the last day of the clock; 0 while it still runs."""
        return max(0, -self.days_left)

    @property
    def answered_in_days(self) -> int | None:
        """Days from message to answer; None while it waits."""
        if self.ended_at is None:
            return None
        passed: dt.timedelta = timezone.localdate(self.ended_at) - timezone.localdate(self.created_at)
        return passed.days
