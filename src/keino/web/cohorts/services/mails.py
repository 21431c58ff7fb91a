"""Mail of the cohort space: to those who hold the role today, never to whoever once made the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day as day_text
from keino.web.base.templatetags.keino import moment as moment_text
from keino.web.cohorts.models import Participation
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role
from keino.web.organisations.queries.people import responsible_persons

#: Dates, reminders and feedback of programmes in which one's organisation takes part.
TOPIC = "cohorts.work"


def leaders_of(participation: Participation) -> list[Person]:
    """Whom the organisation's mail goes to: who is responsible for the programme, as long as they may work on it; else
    the organisation's responsible persons of today.
    """
    person, organisation = participation.responsible, participation.organisation
    if person is not None and person.has_perm("cohorts.work", organisation):
        return [person]
    return list(responsible_persons(organisation, timezone.localdate()))


def mentors_of(participation: Participation) -> list[Person]:
    """Whom the mentor's mail goes to: the named mentor, as long as they may guide; else who helps the buyer today."""
    person, organisation = participation.mentor, participation.organisation
    if person is not None and person.has_perm("cohorts.guide", organisation):
        return [person]
    held = Role.objects.on(timezone.localdate()).filter(
        about=organisation, kind__in=(RoleKind.MENTOR, RoleKind.EXPERT), person__is_active=True
    )
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("pk"))


def page_link(name: str, participation: Participation, **more: Any) -> str:
    """A page of the cohort space, whole, for mail."""
    arguments = {"slug": participation.organisation.slug, "edition": participation.edition.slug, **more}
    return settings.SITE_ADDRESS + reverse(f"cohorts:{name}", kwargs=arguments)


def tell(
    template: str,
    people: Sequence[Person],
    participation: Participation,
    *,
    url: str,
    once: str | None = None,
    by: Person | None = None,
    due: dt.datetime | None = None,
    day: dt.date | None = None,
    **values: Any,
) -> int:
    """Queue a mail to each; nobody is told of what they did themselves. Returns how many were queued."""
    sent = 0
    for person in people:
        if by is not None and person.pk == by.pk:
            continue
        with override(person.language):
            words: dict[str, Any] = {
                "organisation": str(participation.organisation.shown_name),
                "edition": str(participation.edition),
                "moment": moment_text(due) if due else "",
                "day": day_text(day) if day else "",
            }
        mail = send_later(
            f"cohorts/mail/{template}.txt",
            to=person,
            topic=TOPIC,
            once=f"cohorts {once} {person.pk}" if once else None,
            by=str(by or ""),
            url=url,
            **words,
            **values,
        )
        sent += int(mail is not None)
    return sent
