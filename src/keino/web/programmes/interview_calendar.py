"""An interview as an entry of a calendar program, in the mails about it.

Its identifier never changes, and every change of it raises the sequence: calendar programs change the entry they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.calendar_entries import CANCEL, REQUEST, Attendee, CalendarEntry, calendar_file
from keino.web.base.mail_files import MailFile, carries
from keino.web.programmes.choices.selection import InterviewState
from keino.web.programmes.models import Interview
from keino.web.programmes.services.interview_mails import CANCELLED, NOT_YOURS, TEMPLATE, interview_url

if TYPE_CHECKING:
    from keino.web.base.models import Mail


def register() -> None:
    """Say which mails carry an entry."""
    carries(TEMPLATE, calendar_entry)


def calendar_entry(mail: Mail) -> Iterator[MailFile]:
    """The entry as the interview stands when the mail goes out; what was overtaken by a later change carries none."""
    found = Interview.objects.select_related("application__edition__organisation", "application__organisation")
    interview = found.filter(public_id=mail.values["interview"]).first()
    if interview is None:
        return
    what, is_applicant = mail.values["what"], mail.values["is_applicant"]
    method = CANCEL if what in {CANCELLED, NOT_YOURS} else REQUEST
    concerns = is_applicant or interview.interviewers.filter(person=mail.person).exists()
    stands = concerns and interview.state != InterviewState.CANCELLED
    if stands != (method == REQUEST):
        return
    entry = entry_of(interview, mail.address, is_applicant=is_applicant)
    content = calendar_file([entry], stamp=timezone.now(), method=method)
    yield MailFile("keino.ics", content, f"text/calendar; method={method}")


def entry_of(interview: Interview, address: str, *, is_applicant: bool) -> CalendarEntry:
    """The entry of an interview, sent to the applicant or to somebody who holds it."""
    application = interview.application
    host = settings.SITE_ADDRESS.partition("://")[2] or settings.SITE_ADDRESS
    if is_applicant:
        title = _("Interview: %(name)s") % {"name": application.edition.shown_name}
    else:
        title = _("Interview of %(name)s") % {"name": application.organisation.shown_name}
    return CalendarEntry(
        uid=f"interview-{interview.public_id}@{host}",
        sequence=interview.version,  # notes raise it too: it must only never fall
        title=title,
        starts=interview.starts_at,
        ends=interview.ends_at,
        place=interview.place,
        url=interview_url(interview, is_applicant=is_applicant),
        organiser=application.edition.organisation.shown_name,
        attendee=Attendee(address),
    )
