"""A question to a programme's contact person: one mail, from anybody."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from keino.web.base.mail import send_later
from keino.web.base.models import Mail
from keino.web.programmes.errors.applications import NobodyToAsk, QuestionsTooMany
from keino.web.programmes.models import Edition
from keino.web.programmes.queries.applications import hosts_of

TEMPLATE = "programmes/mail/question.txt"
#: Mails with questions that leave in an hour at most: more is no call, it is a program.
MOST_PER_HOUR = 30


@transaction.atomic
def ask_contact(
    edition: Edition, *, key: uuid.UUID, question: str, email: str, name: str = "", organisation: str = ""
) -> None:
    """Mail a question to the contact person, else to the hosts. The same form sent twice asks once.

    Raises NobodyToAsk and QuestionsTooMany.
    """
    once = f"question:{edition.public_id.hex}:{key.hex}"
    if Mail.objects.filter(once__startswith=once).exists():
        return
    since = timezone.now() - dt.timedelta(hours=1)
    if Mail.objects.filter(template=TEMPLATE, created_at__gte=since).count() >= MOST_PER_HOUR:
        raise QuestionsTooMany(address=edition.contact_email or "–")
    addresses = [(edition.contact_email, edition.language)] if edition.contact_email else []
    addresses = addresses or [(host.email, host.language) for host in hosts_of(edition)]
    if not addresses:
        raise NobodyToAsk
    for address, language in addresses:
        send_later(
            TEMPLATE,
            address=address,
            language=language,
            once=f"{once}:{address}"[:200],
            edition=edition.shown_name,
            question=question.strip(),
            email=email,
            name=name.strip(),
            organisation=organisation.strip(),
            url=settings.SITE_ADDRESS + reverse("programmes:can_we_apply", args=[edition.slug]),
        )
