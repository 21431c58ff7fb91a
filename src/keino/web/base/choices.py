"""States and kinds of the things every page stands on, with their names for people."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """Languages of the site and its mail; people read their own names of them."""

    FI = "fi", "Suomi"
    SV = "sv", "Svenska"
    EN = "en", "English"


class JobState(TextChoices):
    """Where a piece of background work stands. Allowed moves: ``base.jobs``."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class MailState(TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("waiting")
    HELD = "held", _("kept for the next summary")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    SKIPPED = "skipped", _("not sent, as the recipient wished")


class Digest(TextChoices):
    """How often a person wants mail that isn't a duty."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")
