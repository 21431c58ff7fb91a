"""Mail as rows: a service asks for a mail inside its transaction; a worker writes and sends it (``base.mail_sending``).

Templates are ``<app>/mail/<name>.txt`` with ``{% block subject %}`` and ``{% block body %}`` (and, where the general
sentence doesn't fit, ``{% block reason %}``: why you got it), written with translatable texts and rendered in the
recipient's language. Every mail says who, what, by when, why you got it and how to stop it.

A topic is what people may stop or have summed up; each app names its own by ``topic``. Mail without one is a duty: it
goes at once. A value whose name begins with ``_secret`` (a log-in code) is wiped when the mail was sent or given up.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from keino.web.base.choices import MailState
from keino.web.base.models import Mail, MailOptOut, Person

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SECRET = "_secret"  # noqa: S105  # how such values' names begin
WIPED = "_wiped"
_SALT = "keino.mail.stop"
_TOPICS: dict[str, _StrPromise] = {}


def topic(key: str, title: _StrPromise) -> str:
    """Name a topic of mail for people; returns its key."""
    _TOPICS[key] = title
    return key


def topics() -> dict[str, _StrPromise]:
    """All topics with their names."""
    return dict(sorted(_TOPICS.items()))


def send_later(
    template: str,
    *,
    to: Person | None = None,
    address: str = "",
    language: str = "",
    topic: str = "",
    once: str | None = None,
    delay: timedelta = timedelta(0),
    **values: Any,
) -> Mail | None:
    """Queue a mail to a person, or to an address and language. ``topic`` empty = a duty, which can't be stopped.

    ``values`` are JSON values for the template. With ``once`` a second mail of the same key is not queued (None).
    """
    if to is None and not (address and language):
        raise ValueError("a mail needs a person, or an address and a language")
    recipient = to.email if to else address
    try:
        validate_email(recipient)
    except ValidationError as error:
        if to is None or to.erased_at is None:
            raise ValueError("a mail needs a proper address") from error
        return None  # erased people have no address and get no mail
    try:
        with transaction.atomic():
            return Mail.objects.create(
                person=to,
                address=recipient,
                language=to.language if to else language,
                template=template,
                values=values,
                topic=topic,
                once=once,
                send_after=timezone.now() + delay,
            )
    except IntegrityError:
        if once is None:
            raise
        return None


def send_again(mail: Mail) -> bool:
    """Queue a mail anew that was sent or given up; False when it waits already or its secret values are gone."""
    if mail.values.get(WIPED):
        return False
    again = Mail.objects.filter(pk=mail.pk, state__in=(MailState.FAILED, MailState.SENT))
    return bool(again.update(state=MailState.WAITING, attempts=0, error="", send_after=timezone.now()))


# ---- stopping mail


def stop_token(mail: Mail) -> str:
    """The signed text of a link that stops a mail's topic without log-in; no address stands in it."""
    who = {"p": str(mail.person.public_id)} if mail.person else {"m": str(mail.public_id)}
    return signing.dumps({**who, "t": mail.topic}, salt=_SALT)


def read_stop_token(token: str) -> tuple[Person | None, str, str] | None:
    """(person, address, topic) of a link; None when it wasn't made here, or whom it names is gone."""
    try:
        told = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    if "p" in told:
        person = Person.objects.filter(public_id=told["p"], erased_at=None).first()
        return (person, "", told["t"]) if person else None
    mail = Mail.objects.filter(public_id=told["m"]).first()
    return (None, mail.address, told["t"]) if mail else None


def stop(*, topic: str, person: Person | None = None, address: str = "") -> None:
    """No more mail on a topic. Doing it twice is harmless."""
    whom: dict[str, Any] = {"person": person} if person else {"person": None, "address": address.lower()}
    MailOptOut.objects.get_or_create(topic=topic, **whom)


def resume(*, topic: str, person: Person | None = None, address: str = "") -> None:
    """Mail on a topic again."""
    whom: dict[str, Any] = {"person": person} if person else {"person": None, "address": address.lower()}
    MailOptOut.objects.filter(topic=topic, **whom).delete()


def is_stopped(mail: Mail) -> bool:
    """Whether the recipient wants no mail on this topic."""
    if not mail.topic:
        return False
    if mail.person_id:
        return MailOptOut.objects.filter(person=mail.person_id, topic=mail.topic).exists()
    return MailOptOut.objects.filter(person=None, address=mail.address.lower(), topic=mail.topic).exists()
