"""A form that makes or changes one thing: its key makes pressing twice harmless, its version shows who was quicker."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from django import forms

if TYPE_CHECKING:
    from django.http import QueryDict

_HIDDEN = ("key", "seen")


class EditForm(forms.Form):
    """The fields of one thing, filled with what it has. ``thing`` None: a new one."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False, required=False)

    def __init__(self, *args: Any, thing: Any | None = None, **kwargs: Any) -> None:
        self.thing = thing
        hidden = {"key": uuid.uuid4(), "seen": getattr(thing, "version", 0)}
        kwargs["initial"] = hidden | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        #: What somebody else changed meanwhile: label, what it is now, what was written here.
        self.changed_meanwhile: list[dict[str, Any]] = []

    def has_now(self, name: str) -> Any:
        """What the thing has in one of the form's fields."""
        return getattr(self.thing, name)

    def _asks(self, name: str) -> bool:
        """Whether a field is one of the thing's, not one of the form's own."""
        return name not in _HIDDEN and self.thing is not None and hasattr(self.thing, name)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What stands in a field when the page opens."""
        if field_name not in self.initial and self._asks(field_name):
            return self.has_now(field_name)
        return super().get_initial_for_field(field, field_name)

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
        """The version that was on the page; 0, which no row has, where the form doesn't say it."""
        return self.cleaned_data.get("seen") or 0

    def show_newest(self) -> None:
        """After somebody else was quicker: keep the person's text, take up the newest version, tell what differs."""
        assert self.thing is not None
        self.thing.refresh_from_db()
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(self.thing.version)
        self.data = data
        self.changed_meanwhile = [
            {"label": field.label, "now": self.has_now(name), "yours": self.cleaned_data.get(name)}
            for name, field in self.fields.items()
            if self._asks(name) and self.has_now(name) != self.cleaned_data.get(name)
        ]


class EditModelForm(EditForm, forms.ModelForm):
    """An ``EditForm`` whose fields come from the columns of a model; the service changes the row, or nobody."""

    def __init__(self, *args: Any, thing: Any | None = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, instance=thing, **kwargs)

    def _post_clean(self) -> None:
        """Keep the row as it is in the database."""
