"""The audit trail of an organisation, readable: who did what, before and after, when, on whose behalf."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db.models import DecimalField, Field, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keino.web.base.audit import trail_of_organisation
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day, moment
from keino.web.organisations.acts import ACTS
from keino.web.organisations.field_names import field_name
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

PER_PAGE = 50
NOTHING = "–"
EMPTY = frozenset({"", "None", "[]", "{}", "null"})
SILENT = frozenset({"id", "public_id", "version", "created_at"})
#: Apps whose changes tell of the organisation and its people, not of what it buys.
ABOUT_PEOPLE = ("base", "accounts", "organisations")
Names = dict[tuple[type[Model], int], str]


@require_safe
@organisation_page("organisations.see_audit")
def audit(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The newest changes first; those of ledgers and footprints only for who may see these."""
    trail = trail_of_organisation(organisation)
    if not request.user.has_perm("measurement.see_lines", organisation):
        trail = trail.filter(content_type__app_label__in=ABOUT_PEOPLE)
    page = Paginator(trail, PER_PAGE).get_page(request.GET.get("page"))
    entries = list(page)
    names = _names(entries)
    rows = [_row(entry, names) for entry in entries]
    context = {"organisation": organisation, "step": "settings", "page_obj": page, "rows": rows}
    return render(request, "organisations/audit.html", context)


def _row(entry: LogEntry, names: Names) -> dict[str, Any]:
    extra = entry.additional_data or {}
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
    done = {0: _("added"), 1: _("changed"), 2: _("removed"), 3: _("looked at")}
    return {
        "when": entry.timestamp,
        "who": str(entry.actor) if entry.actor else "",
        "on_behalf_of": names.get((Person, extra.get("on_behalf_of", 0)), ""),
        "act": ACTS.get(extra.get("act", ""), done[entry.action]),
        "thing": entry.object_repr,
        "kind": model._meta.verbose_name if model else "",  # noqa: SLF001  # Django's own name for it
        "changes": [
            _change(model, name, values, names)
            for name, values in _pairs(entry)
            if isinstance(values, dict) or _field(model, name) is not None
        ],
    }


def _pairs(entry: LogEntry) -> Iterable[tuple[str, Any]]:
    """The changes that say something: not the row's own keys and clocks, and nothing that stayed empty."""
    return [
        (name, values)
        for name, values in (entry.changes or {}).items()
        if name not in SILENT and not (isinstance(values, list) and all(str(value) in EMPTY for value in values))
    ]


def _change(model: type[Model] | None, name: str, values: Any, names: Names) -> dict[str, str]:
    if isinstance(values, dict):  # rows added to or taken from a list
        return {"label": field_name(name), "before": "", "after": ", ".join(map(str, values.get("objects", [])))}
    field = _field(model, name)
    before, after = (_shown(field, value, names) for value in values)
    return {"label": field_name(name, getattr(field, "verbose_name", None)), "before": before, "after": after}


def _field(model: type[Model] | None, name: str) -> Field | None:
    try:
        found = model._meta.get_field(name) if model else None  # noqa: SLF001  # Django's own name for it
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def _shown(field: Field | None, value: Any, names: Names) -> str:
    """A value as people read it: names for keys and choices, dates as dates."""
    text = "" if value is None else str(value)
    if text in EMPTY:
        return NOTHING
    if field is None:
        return text
    if field.is_relation and isinstance(field.related_model, type) and text.isdigit():
        return names.get((field.related_model, int(text)), text)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(text, text))
    if text in {"True", "False"}:
        return _("yes") if text == "True" else _("no")
    return _as_money(text) if isinstance(field, DecimalField) else _as_date(text)


def _as_money(text: str) -> str:
    return number_format(Decimal(text), decimal_pos=2, force_grouping=True)


def _as_date(text: str) -> str:
    """A day or a moment as people write it; the trail keeps moments as UTC without saying so."""
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:
        pass
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment(when if when.tzinfo else when.replace(tzinfo=dt.UTC))


def _names(entries: list[LogEntry]) -> Names:
    """Names of the people and things that these changes point to, with one query for each kind."""
    wanted: defaultdict[type[Model], set[int]] = defaultdict(set)
    for entry in entries:
        wanted[Person].add((entry.additional_data or {}).get("on_behalf_of", 0))
        model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
        for name, values in _pairs(entry):
            field = _field(model, name)
            target = field.related_model if field is not None and field.is_relation else None
            if isinstance(target, type) and isinstance(values, list):
                wanted[target] |= {int(value) for value in map(str, values) if value.isdigit()}
    return {
        (model, thing.pk): str(thing)
        for model, keys in wanted.items()
        for thing in model._default_manager.filter(pk__in=keys - {0})  # noqa: SLF001  # Django's own name for it
    }
