"""States and endings of sparring."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SessionState(TextChoices):
    """Where a sparring session stands."""

    AGREED = "agreed", pgettext_lazy("sparring session", "agreed")
    HELD = "held", pgettext_lazy("sparring session", "held")
    CANCELLED = "cancelled", pgettext_lazy("sparring session", "cancelled")


class SessionMode(TextChoices):
    """Where people meet."""

    ONLINE = "online", _("online")
    ON_SITE = "on_site", _("on site")


class CaseState(TextChoices):
    """Where a case of digital sparring stands."""

    OPEN = "open", pgettext_lazy("digital sparring", "open")
    ENDED = "ended", pgettext_lazy("digital sparring", "ended")


class CaseEnd(TextChoices):
    """What digital sparring ends with."""

    DEVELOP = "develop", _("develop")
    BUY = "buy", _("buy")
    LEAVE = "leave", _("leave it")
