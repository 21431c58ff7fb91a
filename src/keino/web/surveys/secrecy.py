"""How a respondent finds their own answers, and nobody else can (docs/decisions/0016-single-answers-stay-secret.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from keino.web.base.models import Person

_SALT = "keino.surveys.answer_sheet"
_SALT_OF_FORMS = "keino.surveys.form_answer"


def sheet_key(round_id: UUID, person: Person) -> str:
    """The key of a person's sheet in a round (both by their public ids): an HMAC with the site's secret.

    Keys of one person in two rounds have nothing in common.
    """
    return salted_hmac(_SALT, f"{round_id}:{person.public_id}", algorithm="sha256").hexdigest()


def respondent_key(form_id: UUID, subject: str, who: str) -> str:
    """The key by which a respondent's answer to a form is found again: an HMAC as above."""
    return salted_hmac(_SALT_OF_FORMS, f"{form_id}:{subject}:{who}", algorithm="sha256").hexdigest()
