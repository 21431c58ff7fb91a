"""The audit trail: who changed what, before and after, when, and on whose behalf.

``django-auditlog`` keeps one table of changes; models are registered in their app's ``apps.py`` by ``audited``. Pages
name the person by the middleware; services and background work name them by ``acting``.

``acting`` keeps its own context and one receiver for good. The library's ``set_actor`` and ``set_extra_data`` replace
one another when nested (version 3.4: the inner one wins and the outer one is not restored), so a service inside a
request would lose the person, the deed or both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import pre_save

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: Model → the path from it to the organisation it belongs to; "pk" for the organisation itself.
_BELONGS: dict[type[Model], str] = {}


@dataclass(frozen=True)
class Deed:
    """Who acts now, for whom, and what they do."""

    by: Person | None
    on_behalf_of: Person | None
    act: str


_DEED: ContextVar[Deed | None] = ContextVar("keino_deed", default=None)


def audited(
    *models: type[Model], mask: tuple[str, ...] = (), leave_out: tuple[str, ...] = (), belongs_to: str = "organisation"
) -> None:
    """Keep a trail of these models. ``mask`` hides values (secrets, personal data), ``leave_out`` skips columns.

    ``belongs_to`` is the path to the organisation on whose audit page the changes are shown; a model without such a
    column is on none.
    """
    for model in models:
        names = {field.name for field in model._meta.get_fields()}  # noqa: SLF001  # Django's own name for it
        auditlog.register(
            model,
            mask_fields=[name for name in mask if name in names],
            exclude_fields=[name for name in leave_out if name in names],
        )
        if belongs_to == "pk" or belongs_to.split("__", maxsplit=1)[0] in names:
            _BELONGS[model] = belongs_to


@contextmanager
def acting(by: Person | None, *, on_behalf_of: Person | None = None, act: str = "") -> Iterator[None]:
    """Changes inside are ``by``'s. ``act`` names what was done, where the change alone doesn't say it.

    Inside another ``acting`` the inner one counts until it ends; what it doesn't name is taken from the outer one.
    """
    outer = _DEED.get()
    if outer is not None and outer.by == by:
        on_behalf_of, act = on_behalf_of or outer.on_behalf_of, act or outer.act
    token = _DEED.set(Deed(by, on_behalf_of, act))
    try:
        yield
    finally:
        _DEED.reset(token)


def _name_the_deed(sender: type[Model], instance: Any, **_: Any) -> None:
    """Write into a new row of the trail who acted; the middleware fills in what a request knows."""
    deed = _DEED.get()
    if deed is None or instance.pk is not None:
        return
    if deed.by is not None:
        instance.actor, instance.actor_email = deed.by, None  # an address would outlive the person's erasure
    extra = dict(instance.additional_data or {})
    if deed.on_behalf_of is not None:
        extra["on_behalf_of"] = deed.on_behalf_of.pk
    if deed.act:
        extra["act"] = deed.act
    instance.additional_data = extra or None


pre_save.connect(_name_the_deed, sender=LogEntry, dispatch_uid="keino.deed")


def trail_of(thing: Model) -> QuerySet[LogEntry]:
    """The changes of one thing, newest first."""
    kind = ContentType.objects.get_for_model(thing)
    found: QuerySet[LogEntry] = LogEntry.objects.filter(content_type=kind, object_id=thing.pk)
    return found.select_related("actor", "content_type").order_by("-timestamp", "-pk")


def trail_of_organisation(organisation: Model) -> QuerySet[LogEntry]:
    """The changes of an organisation and of everything that belongs to it, newest first."""
    found = Q(pk__in=[])
    for model, path in _BELONGS.items():
        kind = ContentType.objects.get_for_model(model)
        things = model._default_manager.filter(**{path: organisation.pk}).values("pk")  # noqa: SLF001  # Django's name
        found |= Q(content_type=kind, object_id__in=things)
    rows: QuerySet[LogEntry] = LogEntry.objects.filter(found)
    return rows.select_related("actor", "content_type").order_by("-timestamp", "-pk")
