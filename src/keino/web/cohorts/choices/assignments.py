"""Assignments: when they are done, and where an organisation's work stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssignmentKind(TextChoices):
    """When it is done."""

    PRE = "pre", _("pre-assignment")
    BETWEEN = "between", _("between the sessions")
    FINAL = "final", _("at the end")


class WorkState(TextChoices):
    """Where the work of one organisation on one assignment stands."""

    ASSIGNED = "assigned", pgettext_lazy("assignment", "to be done")
    SUBMITTED = "submitted", pgettext_lazy("assignment", "handed in")
    RETURNED = "returned", pgettext_lazy("assignment", "returned with feedback")
    ACCEPTED = "accepted", pgettext_lazy("assignment", "accepted")


#: States in which the organisation writes.
WRITTEN_ON = frozenset({WorkState.ASSIGNED, WorkState.RETURNED})


class Verdict(TextChoices):
    """What a mentor says of what was handed in."""

    RETURNED = "returned", pgettext_lazy("verdict", "returned")
    ACCEPTED = "accepted", pgettext_lazy("verdict", "accepted")
