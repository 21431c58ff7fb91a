"""A reviewer's pages: the applications to score, one at a time, and the declaration of a tie."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.views.editing import status_of
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.selection import UNDER_REVIEW
from keino.web.programmes.forms.reviews import ReviewForm, TieForm
from keino.web.programmes.models import Edition, Review
from keino.web.programmes.not_now import not_now
from keino.web.programmes.queries.application_questions import shown_answers
from keino.web.programmes.queries.selection import criteria_of, others_of, own_reviews, reviews_by, selection_of
from keino.web.programmes.queries.selection_parts import application_parts
from keino.web.programmes.queries.ties import has_tie
from keino.web.programmes.services.reviews import declare_tie, save_review, send_review
from keino.web.programmes.views.selection import form_page
from keino.web.programmes.views.selection_common import (
    OVERSEE,
    REVIEW,
    criterion_name,
    language,
    names_of,
    open_application,
    selection_page,
)


@require_GET
@selection_page(REVIEW)
def reviews(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What the person is to score: what waits first."""
    found = own_reviews(the_person(request), edition)
    names = names_of(edition)
    waiting = sum(not each.is_sent and each.application.state in UNDER_REVIEW for each in found)
    context = {
        "edition": edition,
        "rows": [{"review": each, "name": names.get(each.application_id, "")} for each in found],
        "closed": reviews_by(the_person(request), edition).count() - len(found),
        "waiting": waiting,
        "not_now": not_now(edition, Act.REVIEW) if waiting else "",
        "due_on": selection_of(edition).reviews_due_on,
        "may_oversee": any(the_person(request).has_perm(each, edition) for each in OVERSEE),
    }
    return render(request, "programmes/selection/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(REVIEW)
def review(request: HttpRequest, edition: Edition, review: UUID) -> HttpResponse:
    """One application and one's scores for it. What is chosen is kept as a draft by itself."""
    found = _own(request, edition, review)
    criteria = criteria_of(edition)
    is_open = not found.is_sent and found.application.state in UNDER_REVIEW
    form = ReviewForm(request.POST or None, review=found, criteria=criteria, language=language())
    if request.method == "POST" and form.is_valid():
        answer = _saved(request, edition, found, form)
        if answer is not None:
            return answer
    form.say_what_is_required()
    answers, some_hidden = shown_answers(found.application, is_anonymous=edition.hides_applicants)
    context = {
        "edition": edition,
        "review": found,
        "name": names_of(edition).get(found.application_id, ""),
        "parts": application_parts(found.application, is_anonymous=edition.hides_applicants),
        "answers": answers,
        "some_hidden": some_hidden,
        "form": form,
        "questions": [
            {"score": form[f"score_{each.pk}"], "why": form[f"why_{each.pk}"], "criterion": each} for each in criteria
        ],
        "is_open": is_open,
        "not_now": not_now(edition, Act.REVIEW) if is_open else "",
        "own": _shown(criteria, found),
        "others": [{"review": each, "rows": _shown(criteria, each)} for each in others_of(found)]
        if found.is_sent
        else [],
    }
    return render(request, "programmes/selection/review.html", context, status=status_of(form))


def _own(request: HttpRequest, edition: Edition, key: UUID) -> Review:
    """One of the person's own reviews, or 404; refused where they have a tie to the applicant."""
    person = the_person(request)
    found = get_object_or_404(reviews_by(person, edition), public_id=key)
    if has_tie(person, found.application):
        raise PermissionDenied
    return found


def _saved(request: HttpRequest, edition: Edition, review: Review, form: ReviewForm) -> HttpResponse | None:
    """Keep or send what was written and lead on; None where the form is shown again."""
    values = form.cleaned_data
    said: dict[str, Any] = {"remark": values["remark"], "by": the_person(request), "seen": values["seen"]}
    try:
        if "send" in request.POST:
            send_review(review, form.given(), **said)
            messages.success(request, _("Your scores are sent."))
            return redirect("programmes:reviews", edition=edition.slug)
        save_review(review, form.given(), **said)
    except Conflict as error:
        refuse(form, error)
        form.take_newest()
        return None
    except KeinoError as error:
        form.take_newest()
        refuse(form, error)
        return None
    if "HX-Request" not in request.headers:
        messages.success(request, _("Saved as a draft."))
    return redirect("programmes:review", edition=edition.slug, review=review.public_id)


def _shown(criteria: Any, review: Review) -> list[dict[str, Any]]:
    there = {score.criterion_id: score for score in review.scores.all()}
    return [{"name": criterion_name(each), "score": there.get(each.pk)} for each in criteria]


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(*OVERSEE, REVIEW)
def tie(request: HttpRequest, edition: Edition, application: UUID) -> HttpResponse:
    """Say that one has a tie to an applicant: the application is then closed to one."""
    found = open_application(request, edition, application)
    person = the_person(request)
    oversees = any(person.has_perm(each, edition) for each in OVERSEE)
    if not oversees and not found.reviews.filter(reviewer=person).exists():
        raise Http404
    form = TieForm(request.POST or None)
    back = "programmes:selection" if oversees else "programmes:reviews"
    if request.method == "POST" and form.is_valid():
        declare_tie(found, reason=form.cleaned_data["reason"], by=person)
        messages.success(request, _("Thank you. The application is closed to you from now on."))
        return redirect(back, edition=edition.slug)
    name = names_of(edition).get(found.pk, "") if not oversees else str(found.organisation)
    return form_page(
        request,
        edition,
        form,
        title=_("A tie to {name}").format(name=name),
        lead=_(
            "You then see neither this application nor its scores, don't score it and don't decide on it. This can't "
            "be taken back here."
        ),
        button=pgettext("button", "I have a tie to this applicant"),
        cancel_url=reverse(back, args=[edition.slug]),
    )
