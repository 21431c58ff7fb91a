"""A discussion as an entry of a calendar program, in a file and in mails.

Every discussion of one application has the same UID, and its sequence rises when it is moved or cancelled: calendar
programs change the entry they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.calendar_entries import CANCEL, REQUEST, Attendee, CalendarEntry, calendar_file
from keino.web.base.mail_files import MailFile, carries
from keino.web.programmes.models import Discussion
from keino.web.programmes.services.applications.mails import BOOKED, CANCELLED, OFF, TO_HOLD, application_url, desk_url

if TYPE_CHECKING:
    from keino.web.base.models import Mail

#: Which calendar message a mail carries.
METHODS = {BOOKED: REQUEST, TO_HOLD: REQUEST, CANCELLED: CANCEL, OFF: CANCEL}


def register() -> None:
    """Say which mails carry an entry."""
    for template in METHODS:
        carries(template, calendar_entry)


def calendar_entry(mail: Mail) -> Iterator[MailFile]:
    """The entry of a mail; a booking that was overtaken by a later change carries none."""
    found = Discussion.objects.select_related("application__edition", "application__organisation")
    discussion = found.filter(public_id=mail.values["discussion"]).first()
    if discussion is None:
        return
    method = METHODS[mail.template]
    if method == REQUEST and discussion.cancelled_at is not None:
        return
    for_expert = mail.template in {TO_HOLD, OFF}
    entry = entry_of(discussion, address=mail.address, for_expert=for_expert)
    content = calendar_file([entry], stamp=timezone.now(), method=method)
    yield MailFile("keino.ics", content, f"text/calendar; method={method}")


def entry_of(discussion: Discussion, *, address: str = "", for_expert: bool = False) -> CalendarEntry:
    """The entry of a discussion: for the applicant or for an expert, to an address or as a file."""
    application = discussion.application
    host = settings.SITE_ADDRESS.partition("://")[2] or settings.SITE_ADDRESS
    title = _("Discussion: {edition}").format(edition=application.edition.shown_name)
    return CalendarEntry(
        uid=f"discussion-{application.public_id}@{host}",
        sequence=discussion.sequence,
        title=f"{title}, {application.organisation.shown_name}" if for_expert else title,
        starts=discussion.starts_at,
        ends=discussion.ends_at,
        place=discussion.place,
        url=desk_url(application) if for_expert else application_url(application),
        organiser=application.edition.organisation.shown_name,
        attendee=Attendee(address) if address else None,
    )
