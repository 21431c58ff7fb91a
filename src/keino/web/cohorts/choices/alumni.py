"""What follows an edition."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FollowUpKind(TextChoices):
    """Which meeting it is."""

    ALUMNI_MEETING = "alumni_meeting", _("alumni meeting")
    FOLLOW_UP_MEETING = "follow_up_meeting", _("follow-up meeting")


class FollowUpState(TextChoices):
    """Where a task stands."""

    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    CANCELLED = "cancelled", pgettext_lazy("task", "cancelled")
