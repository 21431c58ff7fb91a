"""Mail about interviews to the applicant and to those who hold them; each carries an entry for the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.templatetags.keino import moment as moment_text
from keino.web.organisations.queries.people import responsible_persons
from keino.web.programmes.queries.ties import not_barred
from keino.web.programmes.services.applications.mails import application_url

if TYPE_CHECKING:
    import datetime as dt

    from keino.web.base.models import Person
    from keino.web.programmes.models import Interview

TEMPLATE = "programmes/mail/interview.txt"
#: What a mail says: somebody was named for it, it has another time or place, it is off, or somebody else holds it now.
PLANNED, MOVED, CANCELLED, NOT_YOURS = "planned", "moved", "cancelled", "not_yours"


def interview_url(interview: Interview, *, is_applicant: bool) -> str:
    """The whole address of the page where the applicant, or who holds it, finds the interview."""
    if is_applicant:
        return application_url(interview.application)
    edition = interview.application.edition
    return settings.SITE_ADDRESS + reverse("programmes:interview", args=[edition.slug, interview.public_id])


def tell_of_interview(interview: Interview, what: str) -> None:
    """Tell the applicant's responsible persons and everybody who holds it."""
    tell_applicant(interview, what)
    tell_holders([each.person for each in interview.interviewers.select_related("person")], interview, what)


def tell_applicant(interview: Interview, what: str) -> None:
    """Tell the applicant's responsible persons."""
    for person in responsible_persons(interview.application.organisation, timezone.localdate()):
        _tell(person, interview, what, is_applicant=True, at=interview.starts_at)


def tell_holders(
    people: Iterable[Person | None], interview: Interview, what: str, *, at: dt.datetime | None = None
) -> None:
    """Tell those who hold it, or held it ``at`` a moment that they know it by.

    Whoever has got a tie meanwhile hears nothing new of the applicant, only that it is off: their calendar has it.
    """
    found = [person for person in people if person is not None]
    if what in {PLANNED, MOVED}:
        found = not_barred(found, interview.application)
    for person in found:
        _tell(person, interview, what, is_applicant=False, at=at or interview.starts_at)


def _tell(person: Person, interview: Interview, what: str, *, is_applicant: bool, at: dt.datetime) -> None:
    application = interview.application
    with override(person.language):
        send_later(
            TEMPLATE,
            to=person,
            once=f"interview:{interview.public_id.hex}:{interview.version}:{what}:{person.public_id.hex}",
            interview=str(interview.public_id),
            what=what,
            is_applicant=is_applicant,
            edition=application.edition.shown_name,
            applicant=str(application.organisation),
            moment=moment_text(at),
            place=interview.place,
            questions_to=application.edition.contact_email,
            url=interview_url(interview, is_applicant=is_applicant),
        )
