"""What is asked: which years to compare, which year to report, what the responsible person writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from keino.web.base.choices import Language
from keino.web.base.forms import DayInput
from keino.web.base.templatetags.keino import moment
from keino.web.followup.models.report import LANGUAGES, LONGEST
from keino.web.followup.questions import Question
from keino.web.measurement.names import category_name

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult
    from keino.web.measurement.models import Run


class QuestionForm(forms.Form):
    """Two years, what joined or left the organisation between them, and by which result the earlier was reported."""

    year_from = forms.TypedChoiceField(label=gettext_lazy("From the year"), coerce=int)
    year_to = forms.TypedChoiceField(label=gettext_lazy("To the year"), coerce=int)
    reported_by = forms.ChoiceField(
        label=gettext_lazy("The earlier year was reported by"),
        help_text=gettext_lazy(
            "Where it was reported by another calculation, what its factors, rules and ledgers change is told apart."
        ),
        required=False,
    )
    moved_categories = forms.MultipleChoiceField(
        label=gettext_lazy("Categories that joined or left the organisation"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    moved_units = forms.CharField(
        label=gettext_lazy("Units that joined or left the organisation"),
        help_text=gettext_lazy("One on each line, as the ledger writes them."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )

    def __init__(
        self, *args: Any, result: FootprintResult, earlier: Sequence[Run] = (), plan: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._units = {str(part.keys["unit_name"]) for part in result.by_unit}
        self._plan = plan
        years = [(str(year), str(year)) for year in sorted(result.years, reverse=True)]
        runs = [(str(run.public_id), _run_name(run)) for run in earlier]
        choices: dict[str, list[tuple[str, Any]]] = {
            "year_from": years,
            "year_to": years,
            "reported_by": [("", _("the same result")), *runs],
            "moved_categories": [(code, category_name(code)) for code in _codes(result)],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def clean_moved_units(self) -> tuple[str, ...]:
        """Names that the ledger has; which it doesn't have is said."""
        names = tuple(dict.fromkeys(line.strip() for line in self.cleaned_data["moved_units"].splitlines()))
        wanted = tuple(name for name in names if name)
        if unknown := [name for name in wanted if name not in self._units]:
            said = _("The ledgers have no such unit: %(names)s.") % {"names": ", ".join(unknown)}
            raise ValidationError(said, code="unknown_unit")
        return wanted

    def clean(self) -> dict[str, Any]:
        """Refuse the same year twice, and years the wrong way round."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if first is not None and last is not None and first >= last:
            said = _("A change leads from an earlier year to a later one. Choose a later year here.")
            self.add_error("year_to", ValidationError(said, code="years_in_wrong_order"))
        return cleaned

    def question(self) -> Question:
        """What was asked."""
        asked = self.cleaned_data
        return Question(
            asked["year_from"],
            asked["year_to"],
            moved_units=tuple(asked["moved_units"]),
            moved_categories=tuple(asked["moved_categories"]),
            reported_by=asked["reported_by"],
            plan=self._plan,
        )


def _run_name(run: Run) -> str:
    return f"{moment(run.finished_at)}{f' – {run.reason}' if run.reason else ''}"


def _codes(result: FootprintResult) -> list[str]:
    """Main categories with something bought, each followed by its leaves."""
    leaves = {str(part.keys["category"]) for part in result.by_category} - {""}
    return sorted(leaves | {leaf.partition(".")[0] for leaf in leaves})


class BeginForm(forms.Form):
    """Which year to report."""

    year = forms.TypedChoiceField(label=pgettext_lazy("report", "Year"), coerce=int)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """What the responsible person writes, in the languages they choose, and when it goes to the council."""

    meeting_on = forms.DateField(
        label=gettext_lazy("Meeting of the council on"),
        help_text=gettext_lazy("Until then it has to be approved; the homes of those concerned show the day."),
        widget=DayInput,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(Language.choices)
        labels = {
            "summary": _("In short ({language})"),
            "next_steps": _("Next steps ({language})"),
        }
        hints = {
            "summary": _("Two or three sentences for somebody who reads nothing else. At most %(count)s characters."),
            "next_steps": _("What is done next, by whom and by when. At most %(count)s characters."),
        }
        words = {
            f"{text}_{language}": forms.CharField(
                label=labels[text].format(language=names[language]),
                help_text=hints[text] % {"count": LONGEST[text]},
                widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
                max_length=LONGEST[text],
                required=False,
            )
            for language in LANGUAGES
            for text in labels
        }
        self.fields = words | self.fields  # the words come first

    def texts(self) -> dict[str, str]:
        """What was written, by column."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"meeting_on", "seen"}}
