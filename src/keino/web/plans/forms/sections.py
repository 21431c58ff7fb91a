"""A document is written section by section: each has a few fields, or rows, or both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.organisations.models import Organisation
from keino.web.plans.forms.rows import RowForm, RowsFormSet, rows_formset

Rows = Sequence[Mapping[str, Any]]


class DocumentForm(forms.ModelForm[Any]):
    """Some columns of a document. ``organisation`` is whose it is: people and targets are chosen among its own."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        self.organisation = organisation
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class Section:
    """One section of a document: its title, what it is for, its fields and its rows.

    ``rows_of`` gives the rows as they are kept; ``row_form`` makes their form for the document (people, categories).
    """

    title: str | Promise
    lead: str | Promise = ""
    form: type[DocumentForm] | None = None
    rows: str = ""
    row_name: str | Promise = ""
    row_form: Callable[[Any], type[RowForm]] | None = None
    rows_of: Callable[[Any], Rows] | None = None


class SectionForm:
    """The form of one section: its fields and its rows, checked together."""

    def __init__(self, section: Section, document: Model, organisation: Organisation, data: Any = None) -> None:
        self.section = section
        self.fields: DocumentForm | None = None
        self.rows: RowsFormSet | None = None
        if section.form is not None:
            self.fields = section.form(data, instance=document, organisation=organisation)
        if section.row_form is not None and section.rows_of is not None:
            self.rows = rows_formset(section.row_form(document), section.rows_of(document), data)
        self.refusals: list[str] = []

    def is_valid(self) -> bool:
        """Whether all of it can be saved."""
        checked = [part.is_valid() for part in (self.fields, self.rows) if part is not None]
        return all(checked)

    def values(self) -> dict[str, Any]:
        """The columns that the fields write."""
        return dict(self.fields.cleaned_data) if self.fields is not None else {}

    def refuse(self, error: KeinoError) -> None:
        """Show a service's error on top."""
        self.refusals.append(said(as_data(error)))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Everything to mend: where it is on the page ("" = nowhere in particular), and what."""
        found = [("", text) for text in self.refusals]
        for form in self._forms():
            found += [("", str(error)) for error in form.non_field_errors()]
            found += [
                (field.id_for_label or field.auto_id, f"{field.label}: {error}")
                for field in form
                for error in field.errors
            ]
        if self.rows is not None and self.rows.is_bound:
            found += [("", str(error)) for error in self.rows.non_form_errors()]
        return found

    def _forms(self) -> list[forms.BaseForm]:
        several = list(self.rows.forms) if self.rows is not None else []
        whole: list[forms.BaseForm] = [self.fields] if self.fields is not None else []
        return [form for form in [*whole, *several] if form.is_bound]


def long_text(rows: int = 6) -> forms.Textarea:
    """A field for a paragraph or several."""
    return forms.Textarea(attrs={"rows": rows})


def seen_version(data: Mapping[str, Any]) -> int:
    """Which change of the document the form was opened on; 0, which no document has, where it doesn't say."""
    text = str(data.get("version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
