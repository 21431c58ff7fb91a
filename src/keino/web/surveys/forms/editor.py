"""Make a form, describe a version, write one question: each text in every language of the version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.domain.questionnaires.question import STEERING, WITH_CHOICES, Choice, Condition, Question
from keino.domain.questionnaires.question import Kind as QuestionKind
from keino.web.base.choices import Language
from keino.web.base.translated import LANGUAGES
from keino.web.surveys.answer_words import in_words
from keino.web.surveys.choices import Anonymity, FormPurpose, Kind, LegalBasis
from keino.web.surveys.models import Form, FormVersion
from keino.web.surveys.services.forms import new_code
from keino.web.surveys.texts import in_reader_language

LONGEST_TITLE, LONGEST_TEXT, LONGEST_HINT, LONGEST_INTRO = 150, 300, 600, 4_000
MOST_CHOICES = 60


def text_fields(
    form: forms.BaseForm,
    name: str,
    label: Any,
    *,
    languages: Sequence[str] = LANGUAGES,
    longest: int,
    rows: int = 0,
    required: bool = False,
    help_text: Any = "",
    attrs: Mapping[str, str] | None = None,
) -> None:
    """Add one field for each language: ``name_fi`` and so on."""
    for language in languages:
        widget: forms.Widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        widget.attrs |= {"lang": language, **(attrs or {})}
        form.fields[f"{name}_{language}"] = forms.CharField(
            label=_("{what} – {language}").format(what=label, language=Language(language).label),
            max_length=longest,
            required=required,
            help_text=help_text,
            widget=widget,
        )


def texts_in(cleaned: Mapping[str, Any], name: str) -> dict[str, str]:
    """Language → text of fields that ``text_fields`` added; empty ones are left out."""
    found = {language: (cleaned.get(f"{name}_{language}") or "").strip() for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def texts_initial(texts: Mapping[str, str], name: str) -> dict[str, str]:
    """The initial values of such fields."""
    return {f"{name}_{language}": text for language, text in texts.items()}


class FormForm(forms.Form):
    """A new form."""

    purpose = forms.ChoiceField(label=_("What it is for"), choices=FormPurpose.choices, widget=forms.RadioSelect)
    anonymity = forms.ChoiceField(
        label=_("Who answered"),
        help_text=_("You can make a form anonymous later, but never the other way round once somebody has answered."),
        choices=Anonymity.choices,
        initial=Anonymity.NAMED,
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("A version is published once everything in it stands in each of these languages."),
        choices=Language.choices,
        initial=list(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text_fields(self, "title", _("Title"), longest=LONGEST_TITLE)
        self.order_fields([f"title_{language}" for language in LANGUAGES])

    def clean(self) -> dict[str, Any]:
        """A title in each chosen language."""
        for language in self.cleaned_data.get("languages", []):
            if not self.cleaned_data.get(f"title_{language}"):
                self.add_error(f"title_{language}", _("Write the title in each language that you have chosen."))
        return self.cleaned_data


class FormChangeForm(forms.Form):
    """What of a form may change whatever versions it has."""

    anonymity = forms.ChoiceField(
        label=_("Who answered"),
        help_text=_("Made anonymous, answers that are there already lose their names at once and for good."),
        choices=Anonymity.choices,
        widget=forms.RadioSelect,
    )
    is_retired = forms.BooleanField(
        label=_("Not offered any more"), help_text=_("What was answered stays."), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        initial = {"anonymity": form.anonymity, "is_retired": form.is_retired, "version": form.version}
        kwargs["initial"] = initial | texts_initial(form.title, "title")
        super().__init__(*args, **kwargs)
        text_fields(self, "title", _("Title"), longest=LONGEST_TITLE)
        self.order_fields([f"title_{language}" for language in LANGUAGES])

    def clean(self) -> dict[str, Any]:
        """At least one title."""
        if not texts_in(self.cleaned_data, "title"):
            self.add_error("title_fi", _("Write a title in at least one language."))
        return self.cleaned_data


class VersionAboutForm(forms.Form):
    """A draft's languages, introduction, and its entry in the register of personal data."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    legal_basis = forms.ChoiceField(
        label=_("On what ground personal data are held"), choices=LegalBasis.choices, widget=forms.RadioSelect
    )
    kept_months = forms.IntegerField(
        label=_("Kept for (months after sending)"),
        help_text=_("Then answers and files are deleted by themselves. Choose the shortest time that does."),
        min_value=1,
        max_value=120,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)

    def __init__(self, *args: Any, draft: FormVersion, **kwargs: Any) -> None:
        initial = {
            "languages": draft.languages,
            "legal_basis": draft.legal_basis,
            "kept_months": draft.kept_months,
            "version": draft.version,
        }
        initial |= texts_initial(draft.intro, "intro") | texts_initial(draft.data_purpose, "data_purpose")
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        text_fields(self, "intro", _("Introduction"), longest=LONGEST_INTRO, rows=4)
        text_fields(
            self,
            "data_purpose",
            _("What the answers are used for"),
            longest=LONGEST_INTRO,
            rows=3,
            help_text=_("People see this when they answer, and it stands in the register of forms."),
        )
        names = [f"{name}_{language}" for name in ("intro", "data_purpose") for language in LANGUAGES]
        self.order_fields(["languages", *names])


class QuestionForm(forms.Form):
    """One question of a draft."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=Kind.choices, widget=forms.RadioSelect)
    required = forms.BooleanField(
        label=_("Must be answered before sending"),
        help_text=_("A draft may always be saved without it."),
        required=False,
    )
    personal = forms.BooleanField(
        label=_("The answers are personal data"),
        help_text=_("For example names, addresses or opinions of a person. It is told to whoever answers."),
        required=False,
    )
    least = forms.DecimalField(label=_("Smallest number"), required=False, localize=True, widget=forms.TextInput)
    most = forms.DecimalField(label=_("Largest number"), required=False, localize=True, widget=forms.TextInput)
    shown_if = forms.MultipleChoiceField(
        label=_("Ask it only of those who answered"),
        help_text=_("Choose answers of one earlier question, or none to ask everyone."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)

    def __init__(self, *args: Any, draft: FormVersion, question: Question | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": draft.version, **_question_initial(question)}
        super().__init__(*args, **kwargs)
        self._question, self._others = question, draft.asked
        self._languages = list(draft.languages) or list(LANGUAGES)
        self._add_texts()
        for name in ("least", "most"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", **_shown_for("number", "money")}
        earlier = list(_before(draft.asked, question))
        if earlier:
            field = self.fields["shown_if"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [
                (f"{each.code}={value}", f"{in_reader_language(each.text)} – {in_words(each, value)}")
                for each in earlier
                for value in each.values
            ]
        else:
            del self.fields["shown_if"]
        texts = [f"text_{language}" for language in self._languages]
        lists = [f"{name}_{language}" for name in ("choices", "unit") for language in self._languages]
        self.order_fields([*texts, "kind", *lists, "least", "most", "required", "personal", "shown_if"])

    def _add_texts(self) -> None:
        languages = self._languages
        text_fields(self, "text", _("Question"), languages=languages, longest=LONGEST_TEXT)
        text_fields(
            self,
            "choices",
            _("Choices"),
            languages=languages,
            longest=LONGEST_TEXT * MOST_CHOICES,
            rows=5,
            help_text=_("One on each line, in the same order in each language."),
            attrs=_shown_for("one_of", "many_of"),
        )
        text_fields(
            self,
            "unit",
            _("Unit"),
            languages=languages,
            longest=40,
            help_text=_("For example t CO₂e or hours."),
            attrs=_shown_for("number"),
        )
        text_fields(self, "hint", _("Hint"), languages=languages, longest=LONGEST_HINT, rows=2)
        text_fields(
            self,
            "heading",
            _("Heading above it"),
            languages=languages,
            longest=LONGEST_TITLE,
            help_text=_("Begins a new part of the form. Leave it empty within a part."),
        )

    def clean_shown_if(self) -> Condition | None:
        """Answers of one question."""
        chosen = [value.partition("=") for value in self.cleaned_data["shown_if"]]
        if len({code for code, _sign, _value in chosen}) > 1:
            raise forms.ValidationError(_("Choose answers of one question only."))
        return Condition(chosen[0][0], tuple(value for *_others, value in chosen)) if chosen else None

    def clean(self) -> dict[str, Any]:
        """As many choices in each language, and words for the question in at least one."""
        if not texts_in(self.cleaned_data, "text"):
            self.add_error(f"text_{self._languages[0]}", _("Write the question in at least one language."))
        if self.cleaned_data.get("kind") in WITH_CHOICES:
            counts = {len(lines) for lines in self._choice_lines().values()}
            if len(counts) > 1 or max(counts, default=0) > MOST_CHOICES:
                said = _("Write as many choices in each language, one on each line, and at most {most}.")
                self.add_error(f"choices_{self._languages[0]}", said.format(most=MOST_CHOICES))
        return self.cleaned_data

    def _choice_lines(self) -> dict[str, list[str]]:
        found = texts_in(self.cleaned_data, "choices")
        return {
            language: [" ".join(line.split())[:LONGEST_TEXT] for line in text.splitlines() if line.strip()]
            for language, text in found.items()
        }

    def question(self) -> Question:
        """The question that was written. Its code stays, or is made of its words."""
        cleaned, kind = self.cleaned_data, QuestionKind(self.cleaned_data["kind"])
        text = texts_in(cleaned, "text")
        taken = [each.code for each in self._others]
        code = self._question.code if self._question else new_code(in_reader_language(text, "en").text, taken)
        has_limits = kind in {QuestionKind.NUMBER, QuestionKind.MONEY}
        return Question(
            code=code,
            kind=kind,
            text=text,
            hint=texts_in(cleaned, "hint"),
            heading=texts_in(cleaned, "heading"),
            required=cleaned["required"],
            personal=cleaned["personal"],
            choices=self._choices() if kind in WITH_CHOICES else (),
            unit=texts_in(cleaned, "unit") if kind == QuestionKind.NUMBER else {},
            least=cleaned["least"] if has_limits else None,
            most=cleaned["most"] if has_limits else None,
            shown_if=cleaned.get("shown_if"),
        )

    def _choices(self) -> tuple[Choice, ...]:
        """The choices with their codes: one whose words stay, in any language, keeps its code, and so do all where
        only words were mended and none came or went.
        """
        lines = self._choice_lines()
        texts = [dict(zip(lines, row, strict=True)) for row in zip(*lines.values(), strict=True)]
        old = self._question.choices if self._question else ()
        codes = [_code_of_same_words(text, old) for text in texts]
        if len(old) == len(texts):
            codes = [
                code or (each.code if each.code not in codes else "") for code, each in zip(codes, old, strict=True)
            ]
        found: list[Choice] = []
        for text, code in zip(texts, codes, strict=True):
            taken = [each.code for each in found] + [each for each in codes if each]
            found.append(Choice(code or new_code(in_reader_language(text, "en").text, taken), text))
        return tuple(found)


def _code_of_same_words(text: Mapping[str, str], old: Iterable[Choice]) -> str:
    for choice in old:
        if any(choice.text.get(language) == words for language, words in text.items()):
            return choice.code
    return ""


def _shown_for(*kinds: str) -> dict[str, str]:
    """Attributes by which a field is hidden unless the kind is one of these, for those who have JavaScript."""
    return {"data-shown-if": "kind", "data-shown-for": " ".join(kinds)}


def _before(questions: Sequence[Question], question: Question | None) -> Iterable[Question]:
    """The earlier questions on whose answers this one may depend."""
    for each in questions:
        if question is not None and each.code == question.code:
            return
        if each.kind in STEERING:
            yield each


def _question_initial(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {"kind": Kind.TEXT}
    found: dict[str, Any] = {
        "kind": str(question.kind),
        "required": question.required,
        "personal": question.personal,
        "least": question.least,
        "most": question.most,
    }
    for name in ("text", "hint", "heading", "unit"):
        found |= texts_initial(getattr(question, name), name)
    for language in LANGUAGES:
        found[f"choices_{language}"] = "\n".join(choice.text.get(language, "") for choice in question.choices)
    if question.shown_if:
        found["shown_if"] = [f"{question.shown_if.question}={value}" for value in question.shown_if.any_of]
    return found


class FormFilter(forms.Form):
    """Which forms a list shows."""

    purpose = forms.ChoiceField(
        label=_("What it is for"), choices=[("", _("everything")), *FormPurpose.choices], required=False
    )
