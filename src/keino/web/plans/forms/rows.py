"""Rows of a document in a form: as many as are there and two empty ones; a row left empty is not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict

MOST_ROWS = 50
EMPTY_ROWS = 2


class RowForm(forms.Form):
    """One row. Left empty as a whole it asks for nothing."""

    def full_clean(self) -> None:
        """As Django's; a row in which nothing was written has no errors and no data."""
        super().full_clean()
        if self.is_bound and self.is_blank:
            self._errors = ErrorDict()
            self.cleaned_data = {}

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into the row; a choice that is always made (a radio button) says nothing."""
        return not any(
            str(self.data.get(self.add_prefix(name)) or "").strip()
            for name in self.fields
            if name not in self.always_chosen
        )

    #: Fields that have a value also in an empty row.
    always_chosen: frozenset[str] = frozenset()

    def as_row(self) -> dict[str, Any]:
        """The row as JSON values."""
        return {name: _as_json(value) for name, value in self.cleaned_data.items()}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """What the form shows of a kept row."""
        numbers = {name for name, field in cls.base_fields.items() if isinstance(field, forms.DecimalField)}
        return {name: Decimal(value) if name in numbers and value else value for name, value in row.items()}


def _as_json(value: Any) -> Any:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


class RowsFormSet(forms.BaseFormSet[RowForm]):
    """All rows of one kind."""

    def rows(self) -> list[dict[str, Any]]:
        """The rows that were written, as JSON values."""
        return [form.as_row() for form in self.forms if form.cleaned_data]


def rows_formset(form: type[RowForm], rows: Sequence[Mapping[str, Any]], data: Any = None) -> RowsFormSet:
    """The formset of these rows."""
    made = forms.formset_factory(
        form, formset=RowsFormSet, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return cast("RowsFormSet", made(data, initial=[form.from_row(row) for row in rows], prefix="rows"))
