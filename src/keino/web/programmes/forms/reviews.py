"""Forms of reviews: how the selection is done, who scores what, the scores, a tie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.models import Person
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.procurements.forms.fields import large
from keino.web.programmes.choices import CriterionKind
from keino.web.programmes.choices.selection import SCORE_WORDS, ScoreMiddle
from keino.web.programmes.models import Criterion, Review
from keino.web.programmes.models.texts import short_text
from keino.web.programmes.services.reviews import Given

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

_MET = [("yes", pgettext_lazy("criterion", "met")), ("no", pgettext_lazy("criterion", "not met"))]


class SelectionForm(EditForm):
    """Until when scores are given, and how they become one."""

    reviews_due_on = date_field(
        _("Scores are given by"), help_text=_("Reviewers are reminded a week and two days before, and on the day.")
    )
    middle = forms.ChoiceField(
        label=_("Several reviewers' scores become one by"),
        choices=ScoreMiddle.choices,
        widget=forms.RadioSelect,
        help_text=_("With two reviewers both give the same. With three or more the median leaves out one far score."),
    )


class AssignForm(forms.Form):
    """A reviewer for an application."""

    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"),
        queryset=Person.objects.none(),
        help_text=_("Only people without a tie to the applicant are offered."),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class TieForm(forms.Form):
    """A conflict of interest."""

    reason = forms.CharField(
        label=_("What ties you to the applicant?"),
        max_length=1_000,
        required=False,
        widget=large(3),
        help_text=_("A word is enough, for example a relative, or work for them. Hosts and coordinators read it."),
    )


class ReviewForm(forms.Form):
    """One application's scores: points or an answer for each criterion, and why. A draft requires nothing."""

    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False)

    def __init__(self, data: Any = None, *, review: Review, criteria: Sequence[Criterion], language: str) -> None:
        self.review, self.criteria = review, criteria
        there = {score.criterion_id: score for score in review.scores.all()}
        initial: dict[str, Any] = {"seen": review.version, "remark": review.remark}
        for each in criteria:
            if (score := there.get(each.pk)) is not None:
                initial[f"score_{each.pk}"] = _as_typed(score.given)
                initial[f"why_{each.pk}"] = score.reason
        super().__init__(data, initial=initial)
        for each in criteria:
            name = short_text(each, "name", language) or each.code
            self.fields[f"score_{each.pk}"] = forms.ChoiceField(
                label=name,
                help_text=_guidance(each, language),
                choices=_choices(each),
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"why_{each.pk}"] = forms.CharField(
                label=_("Why: {criterion}").format(criterion=name),
                max_length=2_000,
                required=False,
                widget=large(2),
            )
        self.fields["remark"] = forms.CharField(
            label=_("On the whole"), max_length=5_000, required=False, widget=large(4)
        )

    def say_what_is_required(self) -> None:
        """For the page: every score is needed before it is sent, though a draft may do without."""
        self.use_required_attribute = False
        for each in self.criteria:
            self.fields[f"score_{each.pk}"].required = True

    def take_newest(self) -> None:
        """After what was written couldn't be sent or kept: go on from the newest version, with the person's words."""
        self.review.refresh_from_db()
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(self.review.version)
        self.data = data

    def given(self) -> dict[int, Given]:
        """What was given for each criterion."""
        return {
            each.pk: Given(
                _read(self.cleaned_data.get(f"score_{each.pk}") or ""), self.cleaned_data.get(f"why_{each.pk}") or ""
            )
            for each in self.criteria
        }


def _choices(criterion: Criterion) -> list[tuple[str, Any]]:
    if criterion.kind == CriterionKind.PASS_FAIL:
        return list(_MET)
    return [(str(points), f"{points} – {word}") for points, word in SCORE_WORDS.items()]


def _guidance(criterion: Criterion, language: str) -> str:

    return escape(short_text(criterion, "guidance", language))  # help texts are shown as they are


def _as_typed(given: int | bool | None) -> str:
    if given is None:
        return ""
    if isinstance(given, bool):
        return "yes" if given else "no"
    return str(given)


def _read(text: str) -> int | bool | None:
    if not text:
        return None
    return text == "yes" if text in {"yes", "no"} else int(text)
