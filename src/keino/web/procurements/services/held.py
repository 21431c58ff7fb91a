"""Rows held for a change: locked until the transaction ends, and as their editor saw them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from keino.web.base.errors import Conflict

if TYPE_CHECKING:
    from django.db.models import Model


class _Versioned(Protocol):
    pk: int | None
    version: int


Thing = TypeVar("Thing", bound=_Versioned)


def held(thing: Thing, *, seen: int | None = None) -> Thing:
    """The row as it stands, locked. Raises Conflict when somebody changed it since version ``seen``."""
    model = cast("type[Model]", type(thing))
    kept = cast("Thing", model._default_manager.select_for_update().get(pk=thing.pk))  # noqa: SLF001  # Django's name
    if seen is not None and kept.version != seen:
        raise Conflict
    return kept


def changed(thing: Thing, values: dict[str, object]) -> bool:
    """Give a held row these values and the next version; False when it has them already (a second press)."""
    new = {name: value for name, value in values.items() if getattr(thing, name) != value}
    for name, value in new.items():
        setattr(thing, name, value)
    if new:
        thing.version += 1
        cast("Model", thing).save()
    return bool(new)
