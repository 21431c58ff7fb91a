"""Mail to the writers of a lesson when others can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from keino.web.base.mail import send_later
from keino.web.organisations.queries.people import responsible_persons
from keino.web.organisations.services.mails import in_language

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.cohorts.models import LessonTemplate

TOPIC = "cohorts.alumni"


def tell_of_promotion(template: LessonTemplate, *, by: Person) -> int:
    """Tell those who answer for the organisation that its lesson became a template; once."""
    organisation = template.lesson.participation.organisation
    url = settings.SITE_ADDRESS + reverse("cohorts:template", args=[template.public_id])
    mails = [
        send_later(
            "cohorts/mail/lesson_promoted.txt", to=person, topic=TOPIC,
            once=f"lesson {template.public_id} {person.pk}", by=str(by), title=template.title, url=url,
            lesson=template.lesson.title, **in_language(person.language, organisation),
        )
        for person in responsible_persons(organisation, timezone.localdate())
    ]  # fmt: skip
    return sum(mail is not None for mail in mails)
