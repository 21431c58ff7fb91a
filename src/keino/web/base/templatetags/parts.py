"""Tags and filters for the parts of pages: addresses, the path of an organisation, tables, fields of forms."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from keino.web.base.addresses import address_or_none

register = template.Library()

#: Steps of the path with the permission that opens each; the later ones appear when their pages do.
PATH = (
    ("ledger", _("Ledger"), "measurement:ledgers", "measurement.see_lines"),
    ("footprint", _("Footprint"), "dashboards:footprint", "measurement.see_results"),
    ("hotspots", _("Hotspots"), "dashboards:hotspots", "measurement.see_results"),
    ("plan", _("Plan"), "plans:plan", "plans.see"),
    ("procurements", _("Procurements"), "procurements:procurements", "procurements.see"),
    ("follow-up", _("Follow-up"), "followup:follow_up", "plans.see"),
)
ROOMS = (
    ("home", _("Home"), "dashboards:home", "organisations.see_home"),
    ("maturity", _("Self-assessment"), "surveys:maturity", "surveys.see"),
    ("forms", _("Forms"), "surveys:forms_to_answer", "surveys.answer"),
    ("programme", _("Programmes"), "cohorts:programmes", "cohorts.see"),
    ("people", _("People"), "organisations:people", "organisations.see_home"),
    ("settings", _("Settings"), "organisations:settings", "organisations.edit"),
)
URGENCIES = (
    ("overdue", _("Overdue")),
    ("week", _("Due this week")),
    ("you", _("Waiting for you")),
    ("others", _("Waiting for others")),
)
_NUMERIC = re.compile(r"[<>≈]?\s*[+\-−–]?[\d\s\u00a0\u202f.,–]*\d[\d\s\u00a0\u202f.,%–]*[^\d\w]*(?:€|t|kg|%)?|–|")


# ---- words held for later


class HoldNode(template.Node):
    """Renders what it wraps and keeps it under a name."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Keep the text, print nothing."""
        context[self.name] = SafeString(self.nodelist.render(context).strip())
        return SafeString("")


@register.tag
def hold(parser: Parser, token: Token) -> HoldNode:
    """``{% hold "page_title" %}…{% endhold %}``: a block's text for several places of one page."""
    name = token.split_contents()[1].strip("\"'")
    nodelist = parser.parse(("endhold",))
    parser.delete_first_token()
    return HoldNode(name, nodelist)


@register.simple_tag(takes_context=True)
def unique_id(context: template.Context, start: str) -> str:
    """An id that no other part of this page has."""
    root: Any = context.render_context.dicts[0] if context.render_context.dicts else {}
    root["_ids"] = root.get("_ids", 0) + 1
    return f"{start}-{root['_ids']}"


# ---- addresses


register.simple_tag(address_or_none)


@register.simple_tag(takes_context=True)
def order_query(context: template.Context, column: str, parameter: str = "order") -> str:
    """The query string that sorts by a column, or the other way round where it is sorted by it; back to page one."""
    query: QueryDict = context["request"].GET.copy()
    query[parameter] = f"-{column}" if query.get(parameter) == column else column
    query.pop("page", None)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def order_state(context: template.Context, column: str, parameter: str = "order") -> str:
    """``ascending``, ``descending`` or ``none``: the value of ``aria-sort``."""
    asked = context["request"].GET.get(parameter, "")
    return {column: "ascending", f"-{column}": "descending"}.get(asked, "none")


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, page: int, parameter: str = "page") -> str:
    """The query string of another page of the same list, sorted and filtered as this one."""
    query: QueryDict = context["request"].GET.copy()
    query[parameter] = str(page)
    return f"?{query.urlencode()}"


@register.filter
def pages_around(page: Page[Any]) -> list[int | None]:
    """The page numbers to offer: first, last and some around this one; None where numbers are left out."""
    return [
        place if isinstance(place, int) else None
        for place in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


@register.filter
def starts(path: str | None, beginning: str | None) -> bool:
    """Whether an address lies under another one."""
    return bool(path and beginning and path.startswith(beginning))


# ---- an organisation's path and rooms


@register.simple_tag(takes_context=True)
def organisation_path(context: template.Context) -> list[dict[str, Any]]:
    """The steps that exist and that the reader may open, with the present one marked."""
    return _open_pages(context, PATH)


@register.simple_tag(takes_context=True)
def organisation_rooms(context: template.Context) -> list[dict[str, Any]]:
    """Home, people and settings, as far as the reader may open them."""
    return _open_pages(context, ROOMS)


def _open_pages(context: template.Context, pages: tuple[tuple[str, Any, str, str], ...]) -> list[dict[str, Any]]:
    organisation, user = context["organisation"], context.get("user")
    done = set(context.get("steps_done") or ())
    found = []
    for key, title, name, permission in pages:
        url = address_or_none(name, slug=organisation.slug)
        if url and user is not None and user.has_perm(permission, organisation):
            state = "current" if key == context.get("step") else "done" if key in done else "todo"
            found.append({"key": key, "title": title, "url": url, "state": state})
    return found


# ---- tables


@register.filter
def number_columns(rows: list[list[Any]]) -> set[int]:
    """Which columns hold numbers only: they are set flush right.

    >>> sorted(number_columns([["A", "12,5 %", "–"], ["B", "−1 200 €", "3"]]))
    [1, 2]
    """
    columns = list(zip(*rows, strict=False))
    return {
        place
        for place, cells in enumerate(columns)
        if any(str(cell).strip() for cell in cells) and all(_NUMERIC.fullmatch(str(cell).strip()) for cell in cells)
    }


# ---- what needs the reader


@register.filter
def by_urgency(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What needs the reader in groups, the most urgent first; within a group by its day."""
    groups = []
    for kind, title in URGENCIES:
        found = sorted(
            (item for item in items if item["kind"] == kind), key=lambda item: str(item.get("due") or "9999")
        )
        if found:
            groups.append({"kind": kind, "title": title, "items": found})
    return groups


# ---- forms


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is shown: ``check``, ``choices``, ``file`` or ``text``."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "file" if isinstance(widget, FileInput) else "text"


@register.filter
def dressed(field: BoundField, classes: str) -> SafeString:
    """The field's input with the library's classes and without a placeholder, which the label replaces."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{own} {classes}".strip(), "placeholder": False})


@register.filter
def choice_class(field: BoundField) -> str:
    """The library's class for the choices of a field."""
    return "hds-checkbox" if isinstance(field.field.widget, CheckboxSelectMultiple) else "hds-radio-button"


@register.filter
def id_to_jump_to(field: BoundField) -> str:
    """The id that a link in the error summary leads to: the input, or the first of several."""
    if field_kind(field) == "choices":
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def dressed_choice(choice: BoundWidget, kind: str) -> SafeString:
    """One radio button or checkbox of several, without its label."""
    choice.data["attrs"]["class"] = f"{kind}__input"
    return choice.tag()


@register.filter
def fields_with_errors(form: BaseForm) -> list[BoundField]:
    """The visible fields that somebody has to mend."""
    return [field for field in form.visible_fields() if field.errors]
