"""A form that somebody else overtook: the text stays, and saving again is a choice made with it in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import QueryDict


def seen_now(form: BaseForm, version: int) -> None:
    """Let the form's hidden ``seen`` be the newest version."""
    data = cast("QueryDict", form.data).copy()
    data["seen"] = str(version)
    form.data = data
