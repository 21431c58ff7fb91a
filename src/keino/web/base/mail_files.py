"""Files that mails carry: written when the mail is sent, from its values, so that a row keeps no file.

An app says in its ``apps.py`` which of its templates carry files:
``carries("events/mail/booked.txt", calendar_entry)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation

if TYPE_CHECKING:
    from keino.web.base.models import Mail


@dataclass(frozen=True)
class MailFile:
    """One file: its name, content and type (``text/calendar; method=REQUEST``)."""

    name: str
    content: bytes
    media_type: str


Writer = Callable[["Mail"], Iterable[MailFile]]
_WRITERS: dict[str, Writer] = {}


def carries(template: str, writer: Writer) -> None:
    """Let every mail of a template carry what ``writer`` writes for it."""
    _WRITERS[template] = writer


def files_of(mail: Mail) -> list[MailFile]:
    """The files of a mail, in its language; none for most."""
    writer = _WRITERS.get(mail.template)
    if writer is None:
        return []
    with translation.override(mail.language):
        return list(writer(mail))
