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


# ---- forms


class FormPurpose(TextChoices):
    """What a form is for: where it is offered."""

    APPLICATION = "application", _("application to a programme")
    ASSIGNMENT = "assignment", _("assignment of a programme")
    FEEDBACK = "feedback", _("feedback on a session")
    STUDY = "study", _("study over years")
    OTHER = "other", _("other")


class Anonymity(TextChoices):
    """Whether it is known who answered. The later one promises more; a promise is never taken back."""

    NAMED = "named", _("with names: it is known who answered")
    ANONYMOUS = "anonymous", _("anonymous: nobody can tell who answered")


class LegalBasis(TextChoices):
    """On what ground personal data in answers may be held (GDPR, article 6(1))."""

    CONSENT = "consent", _("consent of whoever answers (article 6(1)(a))")
    CONTRACT = "contract", _("an agreement with whoever answers (article 6(1)(b))")
    LEGAL_DUTY = "legal_duty", _("a duty by law (article 6(1)(c))")
    PUBLIC_TASK = "public_task", _("a task carried out in the public interest (article 6(1)(e))")


class AnswerState(TextChoices):
    """Where an answer stands."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")


class Kind(TextChoices):
    """What answers a question; the values are those of ``domain.questionnaires``."""

    TEXT = "text", _("short text")
    LONG_TEXT = "long_text", _("long text")
    YES_NO = "yes_no", _("yes or no")
    ONE_OF = "one_of", _("one of a list")
    MANY_OF = "many_of", _("any number of a list")
    NUMBER = "number", _("number with a unit")
    MONEY = "money", _("whole euros")
    DATE = "date", _("date")
    FILE = "file", _("file")


class StudyRoundState(TextChoices):
    """Where a year of a study stands. What was counted is never counted again: two counts would tell of single ones."""

    COLLECTING = "collecting", _("open for answers")
    CLOSED = "closed", _("closed")
    PUBLISHED = "published", _("published")


#: Allowed moves of a year of a study.
STUDY_ROUND_MOVES: dict[str, frozenset[str]] = {
    StudyRoundState.COLLECTING: frozenset({StudyRoundState.CLOSED}),
    StudyRoundState.CLOSED: frozenset({StudyRoundState.PUBLISHED}),
    StudyRoundState.PUBLISHED: frozenset({StudyRoundState.CLOSED}),
}
