"""What stands in place of a number that may not be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from keino.web.surveys.queries.results import GroupResult


def too_few() -> str:
    """Of everyone."""
    return _("fewer than five answers")


def why_not(result: GroupResult) -> str:
    """Of a group: it has too few, it is left out because another one has, or this one number would tell of too few."""
    if result.group.is_joined:
        return _("left out with a small group")
    return too_few() if result.respondents is None else _("not shown")
