"""Forms of the pages about the site."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.about.choices import SHORTCOMINGS, FeedbackTopic, Finding
from keino.web.about.models import Assessment, Feedback

#: A field that people never see; programs that fill in every field give themselves away.
TRAP = "leave_empty"


class FeedbackForm(forms.ModelForm):
    """A message to those who run the site. Nothing but the message is required."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Feedback
        fields = ["topic", "text", "page", "email"]
        widgets = {
            "topic": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 8, "maxlength": 10_000}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        help_texts = {
            "page": _("Address of the page you speak of, if there is one. You can leave it empty."),
            "email": _("Only if you want an answer by mail. You can leave it empty."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = FeedbackTopic.choices  # type: ignore[attr-defined]  # without an empty choice

    def clean_text(self) -> str:
        """A message has words in it, and an end."""
        text: str = self.cleaned_data["text"].strip()
        if len(text) > 10_000:
            raise ValidationError(_("The message is longer than 10,000 characters. Shorten it or send it in parts."))
        return text

    def clean_key(self) -> uuid.UUID:
        """The form's own key; a form that lost it gets a new one."""
        return self.cleaned_data.get("key") or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Refuse what filled in the field that people don't see."""
        cleaned = super().clean() or self.cleaned_data
        if self.data.get(TRAP):
            raise ValidationError(
                _("A field that must stay empty was filled in, as programs do. Nothing was sent. Send the form again.")
            )
        return cleaned


class AnswerForm(forms.Form):
    """An answer to feedback, or the reason why it gets none."""

    answer = forms.CharField(
        label=_("Answer, or the reason for closing without one"),
        help_text=_("Who left an e-mail address gets the answer by mail; a reason for closing is seen here only."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=10_000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AssessmentForm(forms.ModelForm):
    """A finding on one criterion; a shortcoming needs its reason."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Assessment
        fields = [
            "finding",
            "method",
            "evaluated_on",
            "reason_fi",
            "reason_sv",
            "reason_en",
            "alternative_fi",
            "alternative_sv",
            "alternative_en",
        ]
        widgets = {
            "finding": forms.RadioSelect,
            "evaluated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **{
                f"{name}_{language}": forms.Textarea(attrs={"rows": 3, "lang": language})
                for name in ("reason", "alternative")
                for language in ("fi", "sv", "en")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        if not self.instance.evaluated_on:
            self.fields["evaluated_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """A finding has a day and a method; a shortcoming says in Finnish what is wrong."""
        cleaned = super().clean() or self.cleaned_data
        finding = cleaned.get("finding")
        if finding != Finding.NOT_ASSESSED:
            for name in ("evaluated_on", "method"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A finding needs its day and how it was made."))
        if finding in SHORTCOMINGS and not cleaned.get("reason_fi"):
            self.add_error("reason_fi", _("Say what doesn't work and why: the statement must explain it."))
        if (day := cleaned.get("evaluated_on")) and day > timezone.localdate():
            self.add_error("evaluated_on", _("This day is still to come."))
        return cleaned
