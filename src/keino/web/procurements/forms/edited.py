"""A form that makes or changes one thing: its key makes pressing twice harmless, its version shows who was quicker."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from django import forms

if TYPE_CHECKING:
    from django.http import QueryDict

_HIDDEN = ("key", "seen")


class EditForm(forms.Form):
    """The fields of one thing. ``thing`` None: a new one."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False, required=False)

    def __init__(self, *args: Any, thing: Any | None = None, **kwargs: Any) -> None:
        first = {name: getattr(thing, name, None) for name in self.base_fields} if thing is not None else {}
        first |= {"owner": getattr(thing, "owner", None)} if thing is not None else {}
        kwargs["initial"] = {**first, "key": uuid.uuid4(), "seen": getattr(thing, "version", 0)} | kwargs.get(
            "initial", {}
        )
        super().__init__(*args, **kwargs)
        self.thing = thing
        #: What somebody else changed meanwhile: label, what it is now, what was written here.
        self.changed_meanwhile: list[dict[str, Any]] = []

    def values(self) -> dict[str, Any]:
        """What was written, without the hidden fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in _HIDDEN}

    @property
    def new_key(self) -> uuid.UUID:
        """The key of what this form makes."""
        found = self.cleaned_data.get("key")
        return found if isinstance(found, uuid.UUID) else uuid.uuid4()

    @property
    def version_seen(self) -> int:
        """The version that was on the page."""
        return self.cleaned_data.get("seen") or 0

    def show_newest(self) -> None:
        """After somebody else was quicker: keep the person's text, take up the newest version, tell what differs."""
        assert self.thing is not None
        self.thing.refresh_from_db()
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(self.thing.version)
        self.data = data
        self.changed_meanwhile = [
            {"label": field.label, "now": getattr(self.thing, name), "yours": self.cleaned_data.get(name)}
            for name, field in self.fields.items()
            if name not in _HIDDEN
            and hasattr(self.thing, name)
            and getattr(self.thing, name) != self.cleaned_data.get(name)
        ]
