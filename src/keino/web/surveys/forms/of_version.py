"""The questions of one version as a form, for the pages of any app.

    form = form_of(version, request.POST or None, request.FILES or None, answer=answer, whole="send" in request.POST)
    if form.is_valid():
        save_answer(answer, given=form.given(), files=form.files_sent(), removed=form.removed(), seen=form.seen, by=…)

In a template: ``{% include "surveys/_questions.html" %}`` with ``form``, inside a ``form`` of
``enctype="multipart/form-data"``. Where ``save_answer`` raises Conflict: ``form.show_conflict(fresh_answer)``, which
keeps what was typed and shows what the others wrote.

With ``whole`` the questions that must be answered before sending are required; without, a draft may be saved as it is.
Questions that depend on another are all on the page, each saying so; with JavaScript those not asked are hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keino.domain.questionnaires.answers import (
    LONGEST_LONG_TEXT,
    LONGEST_TEXT,
    WrongAnswerError,
    checked,
    missing,
)
from keino.domain.questionnaires.question import NO, YES, Kind, Question
from keino.errors import KeinoError
from keino.web.base.errors import Conflict, as_data, said
from keino.web.base.forms import DayInput
from keino.web.surveys.answer_words import in_words, wrong_in_words
from keino.web.surveys.services.attachments import KINDS, LIMIT_MIB
from keino.web.surveys.texts import Said, in_reader_language

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.http import QueryDict

    from keino.web.surveys.models import Attachment, FormAnswer, FormVersion

_NAME, _REMOVE = "q_", "remove_"
#: A longer list is offered as a menu.
MOST_RADIO_BUTTONS = 9


@dataclass
class Part:
    """Questions under one heading; the first part may have none."""

    title: Said
    fields: list[BoundField] = field(default_factory=list)


class VersionForm(forms.Form):
    """The questions of a version; see the module. The hidden ``version`` is that of the answer that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, localize=False)

    def __init__(
        self,
        *args: Any,
        of: FormVersion,
        answer: FormAnswer | None,
        whole: bool,
        attachment_url: Callable[[Attachment], str] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.form_version, self.answer, self.whole = of, answer, whole
        #: What others wrote meanwhile: question and their answer in words.
        self.meanwhile: list[tuple[Said, str]] = []
        self.use_required_attribute = False  # a draft may be saved with questions open
        attached = {each.question_code: each for each in answer.attachments.all()} if answer and answer.pk else {}
        by_code = {question.code: question for question in of.asked}
        for question in of.asked:
            made = _field_of(question, by_code)
            attachment = attached.get(question.code)
            self.fields[_NAME + question.code] = made
            if attachment is not None:
                made.help_text = _with_file(made.help_text, attachment, attachment_url)
                made.required = False
                self.fields[_REMOVE + question.code] = forms.BooleanField(
                    label=_("Remove the file {name}").format(name=attachment.name), required=False
                )
        self.initial = {"version": answer.version if answer else 0, **_initial(of, answer), **self.initial}
        self._attached = attached

    # ---- what was written

    @property
    def seen(self) -> int:
        """The version of the answer that its writer saw."""
        return int(self.cleaned_data["version"])

    def given(self) -> dict[str, Any]:
        """Question → answer as it is kept, without files and without what wasn't answered."""
        return {code: value for code, value in self._given.items() if code not in self._file_codes()}

    def files_sent(self) -> dict[str, UploadedFile]:
        """Question → the file sent with the form."""
        found = {code: self.cleaned_data.get(_NAME + code) for code in self._file_codes()}
        return {code: file for code, file in found.items() if isinstance(file, UploadedFile)}

    def removed(self) -> set[str]:
        """Questions whose file goes."""
        return {code for code in self._file_codes() if self.cleaned_data.get(_REMOVE + code)}

    def _file_codes(self) -> list[str]:
        return [question.code for question in self.form_version.asked if question.kind == Kind.FILE]

    # ---- checking

    def _clean_fields(self) -> None:
        """Required is what ``clean`` says once it knows which questions are asked; the fields only show it."""
        required = {name: made.required for name, made in self.fields.items()}
        for name, made in self.fields.items():
            made.required = name == "version"
        try:
            super()._clean_fields()  # type: ignore[misc]  # Django's own; its type hints don't know it
        finally:
            for name, made in self.fields.items():
                made.required = required[name]

    def clean(self) -> dict[str, Any]:
        """Every answer of its kind, and, where the whole is asked for, none left out."""
        given: dict[str, Any] = {}
        for question in self.form_version.asked:
            try:
                answer = self._answer_to(question)
            except WrongAnswerError as error:
                self.add_error(_NAME + question.code, wrong_in_words(question, error.why))
            else:
                given |= {} if answer is None else {question.code: answer}
        for question in missing(self.form_version.asked, given) if self.whole else ():
            name = _NAME + question.code
            if name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        self._given = given
        return self.cleaned_data

    def _answer_to(self, question: Question) -> Any:
        value = self.cleaned_data.get(_NAME + question.code)
        if question.kind != Kind.FILE:
            return checked(question, value)
        stays = question.code in self._attached and not self.cleaned_data.get(_REMOVE + question.code)
        return "file" if value or stays else None

    # ---- what the page shows

    def parts(self) -> Iterator[Part]:
        """The questions in parts, each beginning with a question that has a heading."""
        part = Part(Said(""))
        for question in self.form_version.asked:
            if any(question.heading.values()):
                if part.fields:
                    yield part
                part = Part(in_reader_language(question.heading))
            part.fields.append(self[_NAME + question.code])
            if _REMOVE + question.code in self.fields:
                part.fields.append(self[_REMOVE + question.code])
        if part.fields:
            yield part

    def show_error(self, error: KeinoError) -> None:
        """Put an error of a service on top of the form; what was typed stays."""
        self.add_error(None, said(as_data(error)))

    def show_conflict(self, fresh: FormAnswer) -> None:
        """Somebody else saved meanwhile: keep what was typed, show theirs, and let a second save count."""
        self.show_error(Conflict())
        mine = self._given
        for question in self.form_version.asked:
            theirs = fresh.answers.get(question.code)
            if question.kind != Kind.FILE and theirs != mine.get(question.code):
                self.meanwhile.append((in_reader_language(question.text), in_words(question, theirs)))
        sent = cast("QueryDict", self.data).copy()
        sent[self.add_prefix("version")] = str(fresh.version)
        self.data = sent


def form_of(
    version: FormVersion,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    *,
    answer: FormAnswer | None = None,
    whole: bool = False,
    attachment_url: Callable[[Attachment], str] | None = None,
) -> VersionForm:
    """The questions of ``version`` as a form, with what ``answer`` holds so far; see the module.

    ``attachment_url`` gives the address where a file that was sent can be fetched, for the page that shows the form.
    """
    return VersionForm(data, files, of=version, answer=answer, whole=whole, attachment_url=attachment_url)


# ---- fields


def _initial(version: FormVersion, answer: FormAnswer | None) -> dict[str, Any]:
    if answer is None:
        return {}
    found = {}
    for question in version.asked:
        value = answer.answers.get(question.code)
        if question.kind != Kind.FILE and value is not None:
            found[_NAME + question.code] = _as_typed(question, value)
    return found


def _as_typed(question: Question, value: Any) -> Any:
    """An answer as its field takes it; a number is then shown as the reader's language writes it."""
    if question.kind == Kind.YES_NO:
        return YES if value else NO
    return Decimal(value) if question.kind == Kind.NUMBER else value


def _field_of(question: Question, others: Mapping[str, Question]) -> forms.Field:
    made = _MAKERS[question.kind](question)
    made.label = _label(question)
    made.help_text = _hint(question, others)
    made.required = question.required
    made.error_messages["required"] = _REQUIRED.get(question.kind, gettext_lazy("Answer this before you send."))
    condition = question.shown_if
    if condition is not None:
        made.widget.attrs |= {
            "data-shown-if": _NAME + condition.question,
            "data-shown-for": " ".join(condition.any_of),
        }
    return made


_REQUIRED = {
    Kind.YES_NO: gettext_lazy("Choose yes or no before you send."),
    Kind.ONE_OF: gettext_lazy("Choose one before you send."),
    Kind.MANY_OF: gettext_lazy("Choose at least one before you send."),
    Kind.FILE: gettext_lazy("Choose a file before you send."),
}


def _label(question: Question) -> str:
    text = in_reader_language(question.text)
    unit = in_reader_language(question.unit).text if question.kind == Kind.NUMBER else ""
    unit = "€" if question.kind == Kind.MONEY else unit
    shown = format_html('<span lang="{}">{}</span>', text.other_language, text) if text.other_language else text.text
    return format_html("{} ({})", shown, unit) if unit else shown


def _hint(question: Question, others: Mapping[str, Question]) -> str:
    parts: list[str] = []
    if question.shown_if is not None and question.shown_if.question in others:
        other = others[question.shown_if.question]
        values = [in_words(other, value) for value in question.shown_if.any_of]
        parts.append(
            _("Only if you answered {answers} to “{question}”.").format(
                answers=_(" or ").join(f"“{value}”" for value in values), question=in_reader_language(other.text)
            )
        )
    hint = in_reader_language(question.hint)
    if hint.text:
        parts.append(hint.text)
    if question.kind == Kind.FILE:
        parts.append(_("At most {limit} MB. One of these: {kinds}.").format(limit=LIMIT_MIB, kinds=", ".join(KINDS)))
    # the component shows hints as they are, so that they may hold links: escape what people wrote
    return format_html("{}", " ".join(parts)) if parts else ""


def _with_file(hint: Any, attachment: Attachment, attachment_url: Callable[[Attachment], str] | None) -> str:
    name = (
        format_html('<a href="{}">{}</a>', attachment_url(attachment), attachment.name)
        if attachment_url
        else attachment.name
    )
    return format_html("{} {}", format_html(_("Sent: {}. A new file takes its place."), name), hint)


def _text(_question: Question) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT)


def _long_text(_question: Question) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LONG_TEXT, widget=forms.Textarea(attrs={"rows": 6}))


def _yes_no(_question: Question) -> forms.Field:
    return forms.ChoiceField(choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect)


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(choice.code, in_reader_language(choice.text).text) for choice in question.choices]


def _one_of(question: Question) -> forms.Field:
    choices = _choices(question)
    if len(choices) > MOST_RADIO_BUTTONS:
        return forms.ChoiceField(choices=[("", _("Choose")), *choices])
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _many_of(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(choices=_choices(question), widget=forms.CheckboxSelectMultiple)


def _number(_question: Question) -> forms.Field:
    attrs = {"inputmode": "decimal", "autocomplete": "off"}
    return forms.DecimalField(localize=True, widget=forms.TextInput(attrs=attrs))


def _money(_question: Question) -> forms.Field:
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    return forms.DecimalField(
        localize=True,
        decimal_places=0,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"max_decimal_places": gettext_lazy("Write whole euros, without cents.")},
    )


def _date(_question: Question) -> forms.Field:
    return forms.DateField(widget=DayInput)


def _file(_question: Question) -> forms.Field:
    return forms.FileField(widget=forms.FileInput, max_length=1000, allow_empty_file=True)


_MAKERS: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _long_text,
    Kind.YES_NO: _yes_no,
    Kind.ONE_OF: _one_of,
    Kind.MANY_OF: _many_of,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.FILE: _file,
}
