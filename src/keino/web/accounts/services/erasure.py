"""Erasing a person: what is deleted, what stays without a name, and what must be handed over first."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditlog.context import disable_auditlog
from auditlog.models import LogEntry
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext

from keino.web.accounts.errors import ErasureBlocked
from keino.web.base.audit import acting
from keino.web.base.models import Person
from keino.web.base.personal_data import Register, registers

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.base.owned import Owned

#: person → things that need somebody else before the person may go.
Blocker = Callable[[Person], Iterable["Owned"]]
_BLOCKERS: list[Blocker] = []


def blocks_erasure(blocker: Blocker) -> Blocker:
    """Register a function person → things to hand over first; apps to the right call it in ``apps.py``."""
    _BLOCKERS.append(blocker)
    return blocker


@dataclass(frozen=True)
class ErasurePreview:
    """What erasing would do: which registers are emptied, and what stands in its way."""

    registers: tuple[Register, ...]
    in_the_way: tuple[Owned, ...]


def erasure_preview(person: Person) -> ErasurePreview:
    """What would happen, without doing it."""
    return ErasurePreview(registers(), tuple(thing for blocker in _BLOCKERS for thing in blocker(person)))


@transaction.atomic
def erase_person(person: Person, *, by: Person) -> None:
    """Erase a person's data in every register, at once or not at all. What they did stays, by "a former user"."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        return
    in_the_way = erasure_preview(person).in_the_way
    if in_the_way:
        raise ErasureBlocked(things=tuple(str(thing.title) for thing in in_the_way))
    known_as = tuple(text for text in (person.email, person.name) if text)
    with acting(by, act="erase_person"):
        for register in registers():
            register.erase(person)
    with disable_auditlog():
        _forget_name(person)
        _forget_in_trail(person, known_as)


def _forget_name(person: Person) -> None:
    person.refresh_from_db()
    person.email = f"erased {person.public_id}"  # no address: nothing can be sent there, and nobody can log in
    person.name = ""
    person.set_unusable_password()
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.erased_at = timezone.now()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()


def _forget_in_trail(person: Person, known_as: tuple[str, ...]) -> None:
    """Take the name and address out of the audit trail; who acted stays as a number without a name."""
    LogEntry.objects.filter(actor=person).update(actor_email=None, remote_addr=None)
    forget_words(LogEntry.objects.all(), ("object_repr", "changes_text", "changes", "serialized_data"), known_as)


def forget_words(rows: QuerySet[Any], columns: tuple[str, ...], known_as: Iterable[str]) -> None:
    """Write "a former user" wherever these columns have one of the words, in texts and in JSON values alike."""
    known_as = tuple(known_as)
    named = Q()
    for column, text in itertools.product(columns, known_as):
        # SQLite keeps JSON with escaped letters, PostgreSQL as they are
        named |= Q(**{f"{column}_read__icontains": text}) | Q(**{f"{column}_read__icontains": json.dumps(text)[1:-1]})
    read = {f"{column}_read": Cast(column, TextField()) for column in columns}
    if not known_as:
        return
    for row in rows.annotate(**read).filter(named).iterator():
        for column in columns:
            setattr(row, column, _without(getattr(row, column), known_as))
        row.save(update_fields=list(columns))


def _without(value: Any, known_as: tuple[str, ...]) -> Any:
    """The value with the names replaced, however deep they stand; "Ann" stays in "Annual report"."""
    if isinstance(value, str):
        for text in known_as:
            value = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", gettext("a former user"), value, flags=re.IGNORECASE)
        return value
    if isinstance(value, dict):
        return {key: _without(part, known_as) for key, part in value.items()}
    if isinstance(value, list):
        return [_without(part, known_as) for part in value]
    return value
