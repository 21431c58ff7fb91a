"""The worker's side of mail: what is due goes out, what can't go out is tried again and in the end visibly failed.

A mail is claimed by one statement that moves its next try into the future, so two workers never send the same mail, and
a worker that dies while sending leaves one that is tried again. Its Message-ID stays the same over all tries.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from keino.web.base.choices import Digest, MailState
from keino.web.base.mail import SECRET, WIPED, is_stopped, send_later
from keino.web.base.mail_files import files_of
from keino.web.base.mail_text import written
from keino.web.base.models import Mail, Person

#: Waits between tries: a minute, doubled up to six hours; about a day in all.
FIRST_WAIT, LONGEST_WAIT, MOST_TRIES = timedelta(minutes=1), timedelta(hours=6), 12
BATCH = 20
SUMMARY = "base/mail/summary.txt"
_logger = logging.getLogger("keino.mail")


def send_due() -> int:
    """Send what is due, at most one batch; returns how many were sent."""
    due = Mail.objects.filter(state=MailState.WAITING, send_after__lte=timezone.now())
    found = list(due.select_related("person").order_by("send_after", "pk")[:BATCH])
    if not found:
        return 0
    connection, sent = get_connection(), 0
    try:
        for mail in found:
            sent += _send(mail, connection)
    except OSError as error:  # the mail server is away: the rest of the batch stays due
        _logger.warning("the mail server did not answer: %s", error)
    finally:
        connection.close()
    return sent


def _send(mail: Mail, connection: Any) -> bool:
    """Claim and send one mail; whether it went out."""
    wait = min(FIRST_WAIT * 2**mail.attempts, LONGEST_WAIT)
    claimed = Mail.objects.filter(pk=mail.pk, state=MailState.WAITING, attempts=mail.attempts).update(
        attempts=F("attempts") + 1, send_after=timezone.now() + wait
    )
    if not claimed:
        return False
    mail.attempts += 1
    state = _unwanted(mail)
    if state is not None:
        _end(mail, state)
        return False
    try:
        message = _message(mail, connection)
        connection.open()
        message.send()
    except OSError as error:
        _failed(mail, error)
        if not isinstance(error, smtplib.SMTPException):  # (which are OSErrors too, of this mail only)
            raise
        return False
    except Exception as error:  # noqa: BLE001  # whatever goes wrong is tried again and then shown
        _failed(mail, error)
        return False
    _end(mail, MailState.SENT)
    return True


def _unwanted(mail: Mail) -> str | None:
    """The state of a mail that doesn't go out now: its recipient is gone, said no, or wants a summary."""
    if mail.person is not None and (mail.person.erased_at or not mail.person.is_active):
        return MailState.SKIPPED
    if not mail.topic:
        return None
    if is_stopped(mail) or (mail.person is not None and mail.person.digest == Digest.NEVER):
        return MailState.SKIPPED
    if mail.person is not None and mail.person.digest in {Digest.DAILY, Digest.WEEKLY}:
        return MailState.HELD
    return None


def _message(mail: Mail, connection: Any) -> EmailMultiAlternatives:
    text = written(mail)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{mail.public_id}@{domain}>", "Auto-Submitted": "auto-generated"}
    if text.stop_url:
        headers["List-Unsubscribe"] = f"<{text.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(text.subject, text.text, to=[mail.address], headers=headers, connection=connection)
    message.attach_alternative(text.html, "text/html")
    for file in files_of(mail):
        message.attach(file.name, file.content, file.media_type)
    return message


def _failed(mail: Mail, error: Exception) -> None:
    refused = isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _said in error.recipients.values()
    )
    said = f"{type(error).__name__}: {error}".replace(mail.address, "…")[:500]
    _logger.warning("mail %s (%s) was not sent, try %d: %s", mail.public_id, mail.template, mail.attempts, said)
    if refused or mail.attempts >= MOST_TRIES:
        _end(mail, MailState.FAILED, error=said)
    else:
        Mail.objects.filter(pk=mail.pk).update(error=said)


def _end(mail: Mail, state: str, *, error: str = "") -> None:
    values = mail.values
    if state != MailState.HELD and any(name.startswith(SECRET) for name in values):
        values = {name: value for name, value in values.items() if not name.startswith(SECRET)} | {WIPED: True}
    sent_at = timezone.now() if state == MailState.SENT else None
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state=state, error=error, values=values, sent_at=sent_at)
        if mail.template == SUMMARY and state != MailState.HELD:
            mail.parts.filter(state=MailState.HELD).update(state=state, sent_at=sent_at)


# ---- summaries


def write_summaries() -> int:
    """One mail each for the people who want a summary today: daily ones every day, weekly ones on Mondays.

    What was kept for somebody who has since chosen mail at once goes out now. Returns how many summaries were queued.
    """
    today = timezone.localdate()
    _release()
    wanted = [Digest.DAILY, Digest.WEEKLY] if today.weekday() == 0 else [Digest.DAILY]
    held = Q(mail__state=MailState.HELD, mail__summary=None)
    people = Person.objects.filter(held, digest__in=wanted, is_active=True, erased_at=None).distinct()
    return sum(_summary_for(person, f"summary:{person.public_id}:{today}") for person in people)


def _summary_for(person: Person, once: str) -> bool:
    with transaction.atomic():
        parts = Mail.objects.filter(person=person, state=MailState.HELD, summary=None)
        count = parts.count()
        summary = send_later(SUMMARY, to=person, once=once, count=count) if count else None
        if summary is None:
            return False
        parts.update(summary=summary)
    return True


def _release() -> None:
    held = Mail.objects.filter(state=MailState.HELD, summary=None)
    now = timezone.now()
    held.filter(person__digest=Digest.AT_ONCE).update(state=MailState.WAITING, attempts=0, send_after=now)
    held.filter(person__digest=Digest.NEVER).update(state=MailState.SKIPPED)
