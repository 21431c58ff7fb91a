"""Mail as rows: a service asks for a mail inside its transaction; a worker writes and sends it.

Templates are ``<app>/mail/<name>.txt`` with ``{% block subject %}`` and ``{% block body %}``, written with translatable
texts and rendered in the recipient's language. Every mail says who, what, by when, why you got it and how to stop it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from keino.web.base.models import Mail

if TYPE_CHECKING:
    from keino.web.base.models import Person


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
    try:
        with transaction.atomic():
            return Mail.objects.create(
                person=to,
                address=to.email if to else address,
                language=to.language if to else language,
                template=template,
                values=values,
                topic=topic,
                once=once,
                send_after=timezone.now() + delay,
            )
    except IntegrityError:
        return None
