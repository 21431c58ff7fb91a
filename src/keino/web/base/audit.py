"""The audit trail: who changed what, before and after, when, and on whose behalf.

``django-auditlog`` keeps one table of changes; models are registered in their app's ``apps.py`` by ``audited``. Pages
name the person by the middleware; services and background work name them by ``acting``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from auditlog.context import set_actor, set_extra_data
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from keino.web.base.models import Person


def audited(*models: type[Model], mask: tuple[str, ...] = (), leave_out: tuple[str, ...] = ()) -> None:
    """Keep a trail of these models. ``mask`` hides values (secrets, personal data), ``leave_out`` skips columns."""
    for model in models:
        names = {field.name for field in model._meta.get_fields()}  # noqa: SLF001  # Django's own name for it
        auditlog.register(
            model,
            mask_fields=[name for name in mask if name in names],
            exclude_fields=[name for name in leave_out if name in names],
        )


@contextmanager
def acting(by: Person | None, *, on_behalf_of: Person | None = None, act: str = "") -> Iterator[None]:
    """Changes inside are ``by``'s. ``act`` names what was done, where the change alone doesn't say it."""
    extra: dict[str, Any] = {}
    if on_behalf_of is not None:
        extra["on_behalf_of"] = on_behalf_of.pk
    if act:
        extra["act"] = act
    with set_extra_data({"additional_data": extra or None}), set_actor(by):
        yield


def trail_of(thing: Model) -> QuerySet[LogEntry]:
    """The changes of one thing, newest first."""
    kind = ContentType.objects.get_for_model(thing)
    found: QuerySet[LogEntry] = LogEntry.objects.filter(content_type=kind, object_pk=str(thing.pk))
    return found.select_related("actor").order_by("-timestamp", "-pk")
