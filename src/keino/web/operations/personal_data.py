"""What mail, jobs and choices about mail hold of people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from keino.web.accounts.services.erasure import forget_words
from keino.web.base.models import Job, Mail, MailOptOut, Person
from keino.web.base.personal_data import Register, registered
from keino.web.operations.services import retire_mail


def _mail_of(person: Person) -> Any:
    return Mail.objects.filter(person=person) | Mail.objects.filter(address__iexact=person.email)


def _export(person: Person) -> dict[str, Any]:
    """Which mail was sent when; not its secret links."""
    return {
        "mail": [
            {"template": mail.template, "topic": mail.topic, "state": mail.state, "sent_at": mail.sent_at}
            for mail in _mail_of(person).order_by("pk")
        ],
        "stopped_topics": list(MailOptOut.objects.filter(person=person).values_list("topic", flat=True)),
        "jobs": list(Job.objects.filter(created_by=person).values("kind", "state", "created_at")),
    }


def _erase(person: Person) -> None:
    """Mail to the person goes; in mail to others, which says who did something, "a former user" did it."""
    _mail_of(person).delete()
    forget_words(Mail.objects.all(), ("values",), [text for text in (person.email, person.name) if text])
    MailOptOut.objects.filter(person=person).delete()
    MailOptOut.objects.filter(person=None, address__iexact=person.email).delete()
    Job.objects.filter(created_by=person).update(created_by=None)


MAIL = registered(
    Register(
        key="mail",
        title=_("Mail that the site sends"),
        purpose=_("To send log-in links, invitations and what people chose to be told, and to see what failed."),
        legal_ground=_("Performance of the service that the person asked for."),
        kept_for=_("90 days after it was asked for. Secret links and codes are wiped as soon as the mail is sent."),
        columns=(
            "base.Mail.person",
            "base.Mail.address",
            "base.Mail.values",
            "base.Mail.error",
            "base.Mail.once",
            "base.MailOptOut.person",
            "base.MailOptOut.address",
            "base.Job.created_by",
        ),
        export=_export,
        erase=_erase,
        retire=retire_mail,
    )
)
