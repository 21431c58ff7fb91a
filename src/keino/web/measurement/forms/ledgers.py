"""Input about ledgers: files, the books' total, what columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.measurement.column_names import CHOICES, NAMES

if TYPE_CHECKING:
    from keino.engine.ingest.mapping_file import SavedMapping
    from keino.engine.look import Look

_CURRENCIES = ("EUR", "GBP", "SEK", "NOK", "DKK", "USD")


class FilesInput(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; a list of them comes out. Empty files are let through: reading says what they are."""

    widget = FilesInput(attrs={"multiple": True})

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Every file that was sent."""
        given = list(data) if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given or [None]]


class LedgerForm(forms.Form):
    """What a ledger is called, and the year of rows without a date."""

    title = forms.CharField(
        label=_("What this ledger is called"),
        max_length=200,
        required=False,
        help_text=_("For example “Purchases 2024”. Left empty, it is called after its first file."),
    )
    ledger_year = forms.IntegerField(
        label=_("Year of rows without a date"),
        min_value=1990,
        max_value=2100,
        required=False,
        localize=False,
        help_text=_("Only needed if the file has no dates at all. Most ledgers have them."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )


class UploadForm(LedgerForm):
    """A new ledger with its files."""

    ledger_files = FilesField(
        label=_("Ledger files"),
        help_text=_(
            "CSV, Excel, OpenDocument or Parquet, as your accounting system exports them. Several files at once are "
            "fine, for example one for each year."
        ),
    )
    field_order = ("ledger_files", "title", "ledger_year")


class VisitUploadForm(forms.Form):
    """A ledger without an account."""

    ledger_files = UploadForm.base_fields["ledger_files"]


class MoreFilesForm(forms.Form):
    """More files for a ledger."""

    ledger_files = UploadForm.base_fields["ledger_files"]


class SeenForm(forms.Form):
    """A button that says which version of a thing its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)


class ApproveForm(SeenForm):
    """The books' total, and why it differs, if it does."""

    books_total = forms.DecimalField(
        label=_("Total in the books"),
        max_digits=18,
        decimal_places=2,
        localize=True,
        help_text=_("The sum of the same purchases in your accounting system, without VAT."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Why they differ"),
        max_length=300,
        required=False,
        help_text=_("Needed only where the totals differ. The reason is kept with the approval."),
    )


class MendedCsvForm(forms.Form):
    """Rejected rows, mended in a spreadsheet program."""

    file = forms.FileField(label=_("Mended rows (CSV)"))


class MappingForm(forms.Form):
    """What each column of a file means, and how its values are written. Column n of the file is ``column_n``."""

    amount_basis = forms.ChoiceField(
        label=_("Amounts"),
        required=False,
        choices=[("", _("as keino finds")), ("net", _("without VAT")), ("gross", _("with VAT"))],
    )
    decimal = forms.ChoiceField(
        label=_("Decimal mark"),
        required=False,
        choices=[("", _("as keino finds")), (",", _("comma: 1 234,50")), (".", _("point: 1,234.50"))],
    )
    date_order = forms.ChoiceField(
        label=_("Dates"),
        required=False,
        choices=[
            ("", _("as keino finds")),
            ("day_first", _("day first: 31/12/2024")),
            ("month_first", _("month first: 12/31/2024")),
        ],
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        choices=[("", _("as keino finds")), *((code, code) for code in _CURRENCIES)],
    )
    sheet = forms.ChoiceField(label=pgettext_lazy("workbook", "Sheet"), required=False)
    header_row = forms.IntegerField(
        label=_("Row of the headings"),
        min_value=0,
        max_value=400,
        required=False,
        localize=False,
        help_text=_("0 if the file has no headings. Left empty, keino finds them."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False)

    def __init__(self, *args: Any, look: Look, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look = look
        for column in look.columns:
            self.fields[f"column_{column.number}"] = forms.ChoiceField(
                label=column.header or _("Column %(number)s") % {"number": column.number},
                required=False,
                choices=CHOICES,
                initial=column.meaning,
            )
        sheet = self.fields["sheet"]
        assert isinstance(sheet, forms.ChoiceField)
        sheet.choices = [("", _("as keino finds")), *((name, name) for name in look.sheets)]
        if len(look.sheets) < 2:
            del self.fields["sheet"]

    @property
    def columns(self) -> list[tuple[Any, forms.BoundField]]:
        """Each column of the file with its field."""
        return [(column, self[f"column_{column.number}"]) for column in self.look.columns]

    @property
    def styles(self) -> Sequence[forms.BoundField]:
        """The fields that say how values are written."""
        names = ("amount_basis", "decimal", "date_order", "currency", "sheet", "header_row")
        return [self[name] for name in names if name in self.fields]

    def meanings(self) -> dict[int, str]:
        """Column number → meaning, as chosen."""
        return {column.number: self.cleaned_data.get(f"column_{column.number}", "") for column in self.look.columns}

    def clean(self) -> dict[str, Any]:
        """No two columns may be the same thing, and the amount must be somewhere."""
        given: dict[str, Any] = super().clean() or {}
        chosen: dict[str, int] = {}
        for number, name in self.meanings().items():
            if name and name in chosen:
                self.add_error(
                    f"column_{number}",
                    _("“%(name)s” is also chosen for column %(other)s. Choose it for one column only.")
                    % {"name": NAMES[name], "other": chosen[name]},
                )
            chosen.setdefault(name, number)
        if not {"amount_net", "amount_gross"} & set(chosen) and not self.errors:
            self.add_error(None, _("Choose the column that holds the amount, without VAT or with VAT."))
        return given

    def mapping(self) -> SavedMapping:
        """What was chosen, as the engine reads it."""
        from keino.engine.ingest.chosen_columns import chosen_mapping

        wishes = ("amount_basis", "decimal", "currency", "sheet", "header_row")
        return chosen_mapping(
            [column.header for column in self.look.columns],
            self.meanings(),
            {column.number: column.values for column in self.look.columns},
            date_order=self.cleaned_data.get("date_order", ""),
            **{name: self.cleaned_data.get(name) for name in wishes},
        )
