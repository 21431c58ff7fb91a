"""Kinds and states of a round of the self-assessment, and its levels in words."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class RoundKind(TextChoices):
    """Where in its development an organisation asks."""

    BASELINE = "baseline", _("baseline")
    END = "end", _("end of a period")
    FOLLOW_UP = "follow_up", _("follow-up")


class RoundState(TextChoices):
    """Where a round stands. A closed one never opens again: two views of it would differ by a few people."""

    COLLECTING = "collecting", _("open for answers")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


#: Allowed moves of a round; each is written to the audit trail.
ROUND_MOVES: dict[str, frozenset[str]] = {
    RoundState.COLLECTING: frozenset({RoundState.CLOSED, RoundState.CANCELLED}),
    RoundState.CLOSED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}


class Level(IntegerChoices):
    """A level in words; what it means in each area stands in the fact table ``maturity_levels``."""

    ONE = 1, _("at the beginning")
    TWO = 2, _("first steps")
    THREE = 3, _("agreed")
    FOUR = 4, _("in use and followed")
    FIVE = 5, _("improving all the time")


#: The answer of somebody who doesn't know, as a form sends it.
DONT_KNOW = "unknown"
