"""Tables of what may be told of studies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext as _

from keino.web.base.templatetags.keino import number
from keino.web.surveys.study_results import group_names, in_cell, obstacle_lines

if TYPE_CHECKING:
    from keino.web.surveys.models import StudyRound
    from keino.web.surveys.study_results import Told

register = template.Library()
TABLE = "base/components/plain_table.html"


@register.inclusion_tag(TABLE, takes_context=True)
def study_table(context: template.Context, told: Told) -> dict[str, Any]:
    """One question: its choices with how many chose each, or its mean."""
    answers = _("{number} answers").format(number=number(told.answers))
    if told.lines and told.lines[0].code == "mean":
        mean = told.lines[0].mean
        shown = _("not shown") if mean is None else f"{number(mean, 1)} {told.unit}".strip()
        return _table(context, f"{told.text} ({answers})", [_("Number"), _("Value")], [[_("Mean"), shown]])
    head = [_("Answer"), _("How many"), _("Share, %")]
    rows = [[line.words, in_cell(line.count), "–" if line.share is None else number(line.share)] for line in told.lines]
    return _table(context, f"{told.text} ({answers})", head, rows)


@register.inclusion_tag(TABLE, takes_context=True)
def obstacle_table(context: template.Context, round_: StudyRound) -> dict[str, Any]:
    """Obstacles with in how many organisations each was named, in all and by kind of organisation."""
    head = [_("Obstacle"), _("Organisations that named it")]
    head += [f"{name} ({number(count)})" for name, count in group_names(round_)]
    rows = [
        [line.text.text, number(line.count), *(in_cell(count) for count in line.by_group)]
        for line in obstacle_lines(round_)
    ]
    return _table(context, _("Obstacles, the most named first"), head, rows)


@register.inclusion_tag(TABLE, takes_context=True)
def change_table(
    context: template.Context, told: Told, rows: list[list[str]], before: StudyRound, after: StudyRound
) -> dict[str, Any]:
    """One question in two years."""
    head = [_("Answer"), str(before.year), str(after.year), _("Change")]
    return _table(context, told.text.text, head, rows)


def _table(context: template.Context, caption: str, head: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"caption": caption, "head": head, "rows": rows}
