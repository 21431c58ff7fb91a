"""The questions as a form: a level or "don't know" for each area, and the group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.domain.maturity.instrument import Area
from keino.domain.maturity.scores import LEVELS
from keino.web.surveys.choices import DONT_KNOW
from keino.web.surveys.instruments import in_language, instrument
from keino.web.surveys.models import AnswerSheet, Round, RoundGroup

_AREA = "area_"


class AnswerForm(forms.Form):
    """One respondent's answers. As a draft (``whole=False``) questions may be left open."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, round_: Round, sheet: AnswerSheet | None, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _initial(sheet)
        self.use_required_attribute = False  # a draft may be saved with questions open
        self._areas = instrument(round_.edition).areas
        self._groups: dict[str, RoundGroup] = {str(group.pk): group for group in round_.groups.order_by("position")}
        for number, area in enumerate(self._areas, start=1):
            self.fields[f"{_AREA}{area.code}"] = _question(number, area, whole=whole)
        if self._groups:
            self.fields["group"] = forms.ChoiceField(
                label=_("Which group do you belong to?"),
                help_text=_("Groups with fewer than five answers are not shown."),
                choices=[
                    (key, _("I'd rather not say") if group.is_unsaid else group.name)
                    for key, group in self._groups.items()
                ],
                widget=forms.RadioSelect,
                required=whole,
                error_messages={"required": _("Choose a group, or “I'd rather not say”.")},
            )

    def answers(self) -> dict[str, int | None]:
        """Area → level, None for "don't know"; areas without an answer are left out."""
        found = {area.code: self.cleaned_data.get(f"{_AREA}{area.code}") for area in self._areas}
        return {code: None if text == DONT_KNOW else int(text) for code, text in found.items() if text}

    def group(self) -> RoundGroup | None:
        """The chosen group."""
        return self._groups.get(self.cleaned_data.get("group") or "")


def _initial(sheet: AnswerSheet | None) -> dict[str, Any]:
    if sheet is None:
        return {"version": 0}
    answers = {f"{_AREA}{code}": DONT_KNOW if level is None else str(level) for code, level in sheet.answers.items()}
    return {"version": sheet.version, "group": str(sheet.group_id or ""), **answers}


def _question(number: int, area: Area, *, whole: bool) -> forms.ChoiceField:
    levels = [(str(level), f"{level} – {in_language(area.anchor(level))}") for level in LEVELS]
    return forms.ChoiceField(
        label=f"{number}. {in_language(area.name)}",
        help_text=in_language(area.question),
        choices=[*levels, (DONT_KNOW, _("I don't know"))],
        widget=forms.RadioSelect,
        required=whole,
        error_messages={"required": _("Choose a level, or “I don't know”.")},
    )
