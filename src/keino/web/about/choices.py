"""Findings of the accessibility checklist, and where a piece of feedback stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Finding(TextChoices):
    """How the site meets one success criterion."""

    NOT_ASSESSED = "not_assessed", _("not assessed")
    PASS = "pass", _("met")
    PARTIAL = "partial", _("met in part")
    FAIL = "fail", _("not met")
    NOT_PRESENT = "not_present", _("nothing of the kind on the site")


#: Findings that the statement must explain.
SHORTCOMINGS = (Finding.PARTIAL, Finding.FAIL)


class Method(TextChoices):
    """How a finding was made."""

    SELF = "self", _("our own check, by hand and by program")
    AUDIT = "audit", _("check by somebody outside")
    PEOPLE = "people", _("test with people who use assistive technology")


class Conformance(TextChoices):
    """What the findings say of the site as a whole; worked out, never entered."""

    UNKNOWN = "unknown", _("has not been assessed as a whole")
    FULL = "full", _("meets all the criteria")
    PARTIAL = "partial", _("meets the criteria in part")


class FeedbackTopic(TextChoices):
    """What feedback is about."""

    ACCESSIBILITY = "accessibility", pgettext_lazy("topic of feedback", "accessibility")
    FAULT = "fault", pgettext_lazy("topic of feedback", "something doesn't work")
    NUMBERS = "numbers", pgettext_lazy("topic of feedback", "a number or its source")
    PRIVACY = "privacy", pgettext_lazy("topic of feedback", "privacy")
    SECURITY = "security", pgettext_lazy("topic of feedback", "security")
    OTHER = "other", pgettext_lazy("topic of feedback", "something else")


class FeedbackState(TextChoices):
    """Where a piece of feedback stands."""

    OPEN = "open", pgettext_lazy("feedback", "waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("feedback", "answered")
    CLOSED = "closed", pgettext_lazy("feedback", "closed without an answer")


#: Allowed moves of feedback; each is written to the audit trail.
FEEDBACK_MOVES: dict[str, frozenset[str]] = {
    FeedbackState.OPEN: frozenset({FeedbackState.ANSWERED, FeedbackState.CLOSED}),
    FeedbackState.ANSWERED: frozenset(),
    FeedbackState.CLOSED: frozenset(),
}
