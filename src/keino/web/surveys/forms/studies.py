"""Begin a study, open a year, write an interview down, keep the list of obstacles, choose two years."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.base.forms import DayInput
from keino.web.base.translated import LANGUAGES
from keino.web.organisations.choices import BUYERS
from keino.web.organisations.forms.fields import OrganisationField
from keino.web.surveys.choices import FormPurpose
from keino.web.surveys.forms.editor import text_fields, texts_in, texts_initial
from keino.web.surveys.models import Form, Interview, ObstacleCode, Study, StudyRound
from keino.web.surveys.texts import in_reader_language

LONGEST_TITLE, LONGEST_QUESTION, LONGEST_POSITION, LONGEST_NOTES, LONGEST_OBSTACLE = 150, 2_000, 120, 20_000, 120


class StudyForm(forms.Form):
    """A study: what it is called, what it wants to know, with which form."""

    form = forms.ModelChoiceField(
        label=_("Form"),
        help_text=_("Each year asks the newest published version of it."),
        queryset=Form.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )

    def __init__(self, *args: Any, study: Study | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if study is not None:
            initial = texts_initial(study.title, "title") | texts_initial(study.question, "question")
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        text_fields(self, "title", _("Title"), longest=LONGEST_TITLE)
        text_fields(self, "question", _("What it wants to know"), longest=LONGEST_QUESTION, rows=3)
        if study is None:
            field = self.fields["form"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Form.objects.filter(purpose=FormPurpose.STUDY, is_retired=False).order_by("-pk")
            self.order_fields(["form"])
        else:
            del self.fields["form"]
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, localize=False, initial=study.version)

    def clean(self) -> dict[str, Any]:
        """At least one title."""
        if not texts_in(self.cleaned_data, "title"):
            self.add_error(f"title_{LANGUAGES[0]}", _("Write a title in at least one language."))
        return self.cleaned_data


class YearForm(forms.Form):
    """A new year of a study."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=2000,
        max_value=2100,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )
    opens_on = forms.DateField(label=_("First day to answer"), widget=DayInput)
    closes_on = forms.DateField(
        label=_("Last day to answer"),
        help_text=_("The year closes by itself the day after, and what may be told is counted. That happens once."),
        widget=DayInput,
    )


class LastDayForm(forms.Form):
    """Another last day of an open year."""

    closes_on = forms.DateField(label=_("Last day to answer"), widget=DayInput)
    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)


class InterviewForm(forms.Form):
    """One interview of an official."""

    about = OrganisationField(label=_("Organisation of the official"), required=True)
    position = forms.CharField(
        label=_("What the official does"),
        help_text=_("Never a name: for example “buyer of food” or “head of procurement”."),
        max_length=LONGEST_POSITION,
    )
    held_on = forms.DateField(label=_("Held on"), widget=DayInput)
    obstacles = forms.MultipleChoiceField(
        label=_("Obstacles that were named"), required=False, widget=forms.CheckboxSelectMultiple
    )
    notes = forms.CharField(
        label=_("Notes"),
        help_text=_("Only you read them. Write down what was said, not who said it."),
        max_length=LONGEST_NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, localize=False, required=False)

    def __init__(
        self, *args: Any, interview: Interview | None, obstacles: Iterable[ObstacleCode], **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {}
        if interview is not None:
            initial = {
                "about": interview.about_organisation,
                "position": interview.position,
                "held_on": interview.held_on,
                "obstacles": [each.code for each in interview.obstacles.all()],
                "notes": interview.notes,
                "version": interview.version,
            }
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        field = self.fields["obstacles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(each.code, str(each)) for each in obstacles]

    def clean_about(self) -> Any:
        """A public buyer: officials work there."""
        about = self.cleaned_data["about"]
        if about is not None and about.kind not in BUYERS:
            raise forms.ValidationError(_("Choose a public buyer."))
        return about


class ObstacleForm(forms.Form):
    """An obstacle in words."""

    def __init__(self, *args: Any, obstacle: ObstacleCode | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = texts_initial(obstacle.text, "text") if obstacle else {}
        super().__init__(*args, **kwargs)
        text_fields(self, "text", _("Obstacle"), longest=LONGEST_OBSTACLE, required=True)
        if obstacle is not None:
            self.fields["is_retired"] = forms.BooleanField(
                label=_("Not offered any more"),
                help_text=_("Interviews that were coded with it keep it."),
                required=False,
                initial=obstacle.is_retired,
            )
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, localize=False, initial=obstacle.version
            )


class TwoYearsForm(forms.Form):
    """Which two years, and which question of them (none: all)."""

    before = forms.TypedChoiceField(label=_("Earlier year"), coerce=int)
    after = forms.TypedChoiceField(label=_("Later year"), coerce=int)
    question = forms.ChoiceField(label=_("Question"), required=False)

    def __init__(self, *args: Any, rounds: Iterable[StudyRound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = sorted({each.year for each in rounds})
        questions = {question.code: question for each in rounds for question in each.form_version.asked}
        self.fields["before"].choices = self.fields["after"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            ("", _("all questions")),
            *((code, in_reader_language(question.text).text) for code, question in questions.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Two different years, the earlier one first."""
        before, after = self.cleaned_data.get("before"), self.cleaned_data.get("after")
        if before is not None and after is not None and before >= after:
            self.add_error("after", _("Choose a year after the earlier one."))
        return self.cleaned_data
