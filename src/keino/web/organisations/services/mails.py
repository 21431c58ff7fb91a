"""Mail to people whose roles or things change: everything in the recipient's language, with where to look."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role

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
            "day": date_format(day, "DATE_FORMAT") if day else "",
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
