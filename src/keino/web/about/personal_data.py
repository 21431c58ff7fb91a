"""What these pages hold of people: feedback."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from keino.web.about.models import Assessment, Feedback
from keino.web.about.services import retire_feedback
from keino.web.base.models import Person
from keino.web.base.personal_data import Register


def _theirs(person: Person) -> Any:
    return Feedback.objects.filter(person=person) | Feedback.objects.filter(email__iexact=person.email)


def _export(person: Person) -> Any:
    return [
        {
            "topic": feedback.topic,
            "text": feedback.text,
            "page": feedback.page,
            "email": feedback.email,
            "created_at": feedback.created_at.isoformat(),
            "state": feedback.state,
            "answer": feedback.answer,
        }
        for feedback in _theirs(person).order_by("pk")
    ]


def _erase(person: Person) -> None:
    """The message stays without its writer: what was reported may still have to be mended."""
    _theirs(person).update(email="", person=None)
    Feedback.objects.filter(ended_by=person).update(ended_by=None)
    Assessment.objects.filter(assessed_by=person).update(assessed_by=None)


FEEDBACK = Register(
    key="feedback",
    title=_("Feedback"),
    purpose=_("To answer feedback within fourteen days and to mend what it reports."),
    legal_ground=_(
        "Legal obligation of the body that runs the site, where it is bound by act 306/2019; else its legitimate "
        "interest in answering those who write to it."
    ),
    kept_for=_("One year after the answer. An e-mail address is optional."),
    columns=(
        "about.Feedback.email",
        "about.Feedback.text",
        "about.Feedback.person",
        "about.Feedback.answer",
        "about.Feedback.ended_by",
        "about.Assessment.assessed_by",
    ),
    export=_export,
    erase=_erase,
    stays=_("What you told us, without your name and address, as it may still have to be mended."),
    retire=retire_feedback,
)
