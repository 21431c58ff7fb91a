"""Mail to the approvers of an organisation when something waits for them, once for each time it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.organisations.queries.people import approvers
from keino.web.organisations.services.mails import in_language

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

TOPIC = "plans.approvals"


def ask_approvers(
    organisation: Organisation, template: str, *,
    once: str, path: str, by: Person | None, words: Callable[[], Mapping[str, Any]] = dict,
) -> int:  # fmt: skip
    """Ask every approver but the sender to read what stands at ``path``; returns how many mails were asked for.

    ``once`` names the sending, so that asking again for the same one sends nothing. ``words`` are the template's own
    values, read in each recipient's language.
    """
    sent = 0
    for person in approvers(organisation, timezone.localdate()):
        if by is not None and person.pk == by.pk:
            continue
        with override(person.language):
            values = in_language(person.language, organisation) | dict(words())
        mail = send_later(
            template, to=person, topic=TOPIC, once=f"approval {once} {person.pk}",
            by=str(by or ""), url=settings.SITE_ADDRESS + path, **values,
        )  # fmt: skip
        sent += mail is not None
    return sent
