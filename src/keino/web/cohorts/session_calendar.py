"""A sparring session as an entry for calendar programs: asked for, changed, called off.

The mails about a session carry it. Its identifier never changes; the session's ``sequence`` rises with each change of
time or place, so that calendar programs change the entry they have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.calendar_entries import CANCEL, PUBLISH, REQUEST, Attendee, CalendarEntry, calendar_file
from keino.web.base.mail_files import MailFile, carries
from keino.web.cohorts.choices.sparring import SessionState
from keino.web.cohorts.models import SparringSession

if TYPE_CHECKING:
    from keino.web.base.models import Mail

#: Mails about a session; all carry its entry.
MAILS = ("agreed", "moved", "cancelled")


def url_of(session: SparringSession) -> str:
    """The session's page, with the site's address."""
    path = reverse("cohorts:sparring_session", args=[session.organisation.slug, session.public_id])
    return f"{settings.SITE_ADDRESS}{path}"


def entry(session: SparringSession, *, stamp: dt.datetime, attendee: str = "") -> tuple[bytes, str]:
    """(file, method) of a session: asked of an attendee, for everyone, or off. In the language of this moment."""
    method = CANCEL if session.state == SessionState.CANCELLED else REQUEST if attendee else PUBLISH
    written = CalendarEntry(
        uid=f"sparring-{session.public_id}",
        sequence=session.sequence,
        title=_("Sparring: {organisation}").format(organisation=session.organisation.shown_name),
        starts=session.starts_at,
        ends=session.ends_at,
        text=_("The agenda and what was agreed before are on the session's page."),
        place=session.place,
        url=url_of(session),
        attendee=Attendee(attendee) if attendee else None,
    )
    return calendar_file([written], stamp=stamp, method=method), method


def entry_of_mail(mail: Mail) -> Iterable[MailFile]:
    """The entry that a mail about a session carries: the session as it is when the mail goes out."""
    found = SparringSession.objects.filter(public_id=mail.values["session"]).select_related("organisation").first()
    if found is not None:
        content, method = entry(found, stamp=timezone.now(), attendee=mail.address)
        yield MailFile("sparring.ics", content, f"text/calendar; method={method}; charset=utf-8")


def register() -> None:
    """Let the mails carry it."""
    for what in MAILS:
        carries(f"cohorts/mail/sparring_{what}.txt", entry_of_mail)
