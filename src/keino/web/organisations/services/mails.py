"""Mail to people whose roles or things change: everything in the recipient's language, with where to look."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day as day_text
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.queries.people import coordinators, responsible_persons

#: News of an organisation's people to those who answer for it; a change of one's own role is told in any case.
TOPIC = "organisations.people"
#: Days that an invitation is valid.
INVITATION_DAYS = 14


def link(name: str, **arguments: Any) -> str:
    """A page's whole address, for mail."""
    return settings.SITE_ADDRESS + reverse(f"organisations:{name}", kwargs=arguments)


def in_language(
    language: str, organisation: Organisation, kind: str = "", day: dt.date | None = None
) -> dict[str, Any]:
    """What every mail of this app says: the organisation, the role and the day as the recipient reads them."""
    with override(language):
        return {
            "organisation": organisation.shown_name,
            "role": str(RoleKind(kind).label) if kind else "",
            "day": day_text(day) if day else "",
        }


def tell_of_role(template: str, role: Role, *, by: Person | None, day: dt.date | None = None, **values: Any) -> None:
    """Tell the holder of a role what happened to it; nobody is told of what they did themselves."""
    if by is not None and role.person_id == by.pk:
        return
    send_later(
        template,
        to=role.person,
        by=str(by or ""),
        url=settings.SITE_ADDRESS + settings.LOGIN_REDIRECT_URL,
        **in_language(role.person.language, role.organisation, role.kind, day),
        **values,
    )


def tell_centre(role: Role, *, by: Person, last: dt.date) -> None:
    """Tell those who share out the centre's help that a buyer ended one of its people's."""
    for person in coordinators(role.organisation, timezone.localdate()).exclude(pk__in=[role.person_id, by.pk]):
        with override(person.language):
            buyer = role.about.shown_name if role.about is not None else ""
        send_later(
            "organisations/mail/helper_sent_away.txt",
            to=person,
            topic=TOPIC,
            by=str(by),
            person=str(role.person),
            buyer=buyer,
            **in_language(person.language, role.organisation, role.kind, last),
        )


def tell_responsible(what: str, role: Role, *, by: Person | None) -> None:
    """Tell those who answer for an organisation that somebody else changed a role there.

    ``what`` is given, changed, ended, withdrawn or deputy. The holder is told in a mail of their own.
    """
    for person in responsible_persons(role.organisation, timezone.localdate()):
        if person.pk not in {role.person_id, by.pk if by else None}:
            send_later(
                "organisations/mail/people_changed.txt",
                to=person,
                topic=TOPIC,
                by=str(by or ""),
                what=what,
                person=str(role.person),
                url=link("people", slug=role.organisation.slug),
                **in_language(person.language, role.organisation, role.kind),
            )
