"""What a token may do, and how a person logged in, with names for people."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class TokenScope(TextChoices):
    """What a program may do with a person's token."""

    READ = "read", pgettext_lazy("it may", "read")
    WRITE = "write", pgettext_lazy("it may", "read and write")
    #: For the address that a calendar program keeps; it opens nothing else.
    CALENDAR = "calendar", pgettext_lazy("it may", "read the calendar")


#: What a person may choose for a program; the calendar's own page makes tokens for calendars.
OF_PROGRAMS = (TokenScope.READ, TokenScope.WRITE)
#: Tokens work for so long at most, in days; a person chooses among these.
TOKEN_DAYS = (30, 90, 365)
