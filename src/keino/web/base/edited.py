"""Rows that several people edit: locked, and changed only in the version that was seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar, cast

from django.db import models

from keino.web.base.errors import Conflict


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int

    @property
    def pk(self) -> Any:
        """Its key."""

    def save(self) -> None:
        """Write it."""


Edited = TypeVar("Edited", bound=Versioned)


def locked(thing: Edited) -> Edited:
    """The row as it is now; nobody else changes it until the transaction ends."""
    rows = cast("type[models.Model]", type(thing))._default_manager  # noqa: SLF001  # Django's name
    return cast("Edited", rows.select_for_update().get(pk=thing.pk))


def as_seen(thing: Edited, seen: int) -> Edited:
    """The locked row. Raises Conflict where somebody changed it since version ``seen``."""
    row = locked(thing)
    if row.version != seen:
        raise Conflict
    return row


def changed(row: Edited, values: Mapping[str, object]) -> bool:
    """Give a locked row these values and the next version; False when it has them already (a second press)."""
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in new.items():
        setattr(row, name, value)
    if new:
        row.version += 1
        row.save()
    return bool(new)
