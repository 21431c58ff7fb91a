"""Pages of the interviews: the guide, the list, one interview with its notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.models import Person
from keino.web.base.who_asks import the_person
from keino.web.events.models import Event
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.views.editing import did_save, saved, status_of
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.selection import UNDER_REVIEW, InterviewState
from keino.web.programmes.forms.interviews import InterviewForm, NotesForm, PlacedQuestionForm, QuestionForm
from keino.web.programmes.models import Application, Edition, GuideQuestion, Interview
from keino.web.programmes.not_now import not_any_more, time_for
from keino.web.programmes.queries.application_questions import shown_answers
from keino.web.programmes.queries.selection import applications_in, guide_of, interviews_in, people_named
from keino.web.programmes.queries.ties import has_tie, tied_from, ties_of
from keino.web.programmes.services.interviews import (
    add_question,
    cancel_interview,
    change_interview,
    change_question,
    hold_interview,
    plan_interview,
    remove_question,
    write_notes,
)
from keino.web.programmes.views.selection import form_page
from keino.web.programmes.views.selection_common import MANAGE, OVERSEE, open_application, selection_page

#: Who may open the interviews: who oversees the selection, and everybody else who holds one (theirs).
NAMED = "programmes.see_edition"


# ---- the guide


@require_GET
@selection_page(NAMED)
def guide(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The questions that every applicant is asked."""
    context = {
        "edition": edition,
        "questions": list(guide_of(edition)),
        "may_manage": the_person(request).has_perm(MANAGE, edition),
    }
    return render(request, "programmes/selection/guide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(MANAGE)
def question_new(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Add a question."""
    form = QuestionForm(request.POST or None)
    by = the_person(request)
    if saved(request, form, lambda: add_question(edition, by=by, key=form.new_key, **form.values())):
        messages.success(request, _("Saved."))
        return redirect("programmes:guide", edition=edition.slug)
    return form_page(request, edition, form, title=_("New question"), back="programmes:guide")


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(MANAGE)
def question(request: HttpRequest, edition: Edition, question: UUID) -> HttpResponse:
    """Change a question."""
    found = get_object_or_404(GuideQuestion, edition=edition, public_id=question)
    form = PlacedQuestionForm(request.POST or None, thing=found)
    by = the_person(request)
    if did_save(request, form, lambda: change_question(found, by=by, seen=form.version_seen, **form.values())):
        return redirect("programmes:guide", edition=edition.slug)
    return form_page(request, edition, form, title=_("Change the question"), back="programmes:guide")


@require_POST
@selection_page(MANAGE)
def question_remove(request: HttpRequest, edition: Edition, question: UUID) -> HttpResponse:
    """Take a question out of the guide."""
    found = GuideQuestion.objects.filter(edition=edition, public_id=question).first()
    if found is not None:
        try:
            remove_question(found, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
    return redirect("programmes:guide", edition=edition.slug)


# ---- interviews


@require_GET
@selection_page(NAMED)
def interviews(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The interviews that the person may open, and applicants that have none yet."""
    person = the_person(request)
    oversees = _oversees(person, edition)
    found = list(interviews_in(edition))
    if not oversees:
        found = [each for each in found if _holds(person, each)]
    applications = list(applications_in(edition)) if oversees else [each.application for each in found]
    closed = tied_from(person, applications)
    asked = {each.application_id for each in found}
    context = {
        "edition": edition,
        "rows": [each for each in found if each.application_id not in closed],
        "without": [
            each
            for each in applications
            if oversees and each.pk not in asked and each.pk not in closed and each.state in UNDER_REVIEW
        ],
        "closed": len(closed),
        "questions": guide_of(edition).count(),
        "not_now": not_any_more(edition, Act.INTERVIEW),
        "may_manage": person.has_perm(MANAGE, edition),
    }
    return render(request, "programmes/selection/interviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(MANAGE)
def interview_new(request: HttpRequest, edition: Edition, application: UUID) -> HttpResponse:
    """Plan the interview of an applicant."""
    found = open_application(request, edition, application)
    form = InterviewForm(request.POST or None, people=_people(edition, found), events=_events(edition))
    by = the_person(request)

    def plan() -> Interview | None:
        when = form.when()
        if when is None:
            return None
        chosen = list(form.cleaned_data["interviewers"])
        return plan_interview(found, when, interviewers=chosen, by=by, key=form.new_key)

    made = saved(request, form, plan)
    if made:
        messages.success(request, _("The interview is planned. The applicant and the interviewers are told by mail."))
        return redirect("programmes:interviews", edition=edition.slug)
    title = _("Interview of {name}").format(name=found.organisation)
    return form_page(
        request,
        edition,
        form,
        title=title,
        back="programmes:interviews",
        lead=time_for(edition, Act.INTERVIEW),
        not_now=not_any_more(edition, Act.INTERVIEW),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(NAMED)
def interview(request: HttpRequest, edition: Edition, interview: UUID) -> HttpResponse:
    """One interview: the guide with what was said to each question. What is typed is kept by itself."""
    found = _interview(request, edition, interview)
    person = the_person(request)
    questions = list(guide_of(edition))
    may_write = _holds(person, found) or person.has_perm(MANAGE, edition)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = NotesForm(request.POST or None, interview=found, guide=questions)
    if request.method == "POST" and form.is_valid():
        try:
            write_notes(found, form.said(), notes=form.cleaned_data["notes"], by=person, seen=form.cleaned_data["seen"])
            if "held" in request.POST:
                hold_interview(found, by=person)
        except KeinoError as error:
            form.take_newest()
            refuse(form, error)
        else:
            if "HX-Request" not in request.headers:
                messages.success(request, _("Saved."))
            return redirect("programmes:interview", edition=edition.slug, interview=found.public_id)
    context = {
        "edition": edition,
        "interview": found,
        "answers": shown_answers(found.application, is_anonymous=False)[0],
        "form": form,
        "may_write": may_write,
        "may_manage": person.has_perm(MANAGE, edition),
        "may_oversee": _oversees(person, edition),
        "is_over": found.starts_at <= timezone.now(),
    }
    return render(request, "programmes/selection/interview.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(MANAGE)
def interview_edit(request: HttpRequest, edition: Edition, interview: UUID) -> HttpResponse:
    """Change time, place or interviewers."""
    found = _interview(request, edition, interview)
    people = _people(edition, found.application)
    form = InterviewForm(request.POST or None, people=people, events=_events(edition), thing=found)
    by = the_person(request)

    def change() -> bool | None:
        when = form.when()
        if when is None:
            return None
        change_interview(
            found, when, interviewers=list(form.cleaned_data["interviewers"]), by=by, seen=form.version_seen
        )
        return True

    if saved(request, form, change):
        messages.success(request, _("Saved."))
        return redirect("programmes:interview", edition=edition.slug, interview=found.public_id)
    url = reverse("programmes:interview", args=[edition.slug, found.public_id])
    return form_page(request, edition, form, title=_("Change the interview"), cancel_url=url)


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(MANAGE)
def interview_cancel(request: HttpRequest, edition: Edition, interview: UUID) -> HttpResponse:
    """Cancel a planned interview, after asking."""
    found = _interview(request, edition, interview)
    if request.method == "POST":
        try:
            cancel_interview(found, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        return redirect("programmes:interviews", edition=edition.slug)
    url = reverse("programmes:interview", args=[edition.slug, found.public_id])
    context = {"edition": edition, "interview": found, "cancel_url": url}
    return render(request, "programmes/selection/interview_cancel.html", context)


# ---- who may open which


def _oversees(person: Person, edition: Edition) -> bool:
    return any(person.has_perm(each, edition) for each in OVERSEE)


def _holds(person: Person, interview: Interview) -> bool:
    return any(each.person_id == person.pk for each in interview.interviewers.all())


def _interview(request: HttpRequest, edition: Edition, key: UUID) -> Interview:
    """An interview that the person may open, or 404: they oversee the selection or hold it. Refused with a tie."""
    person = the_person(request)
    found = get_object_or_404(interviews_in(edition).exclude(state=InterviewState.CANCELLED), public_id=key)
    if not (_oversees(person, edition) or _holds(person, found)):
        raise Http404
    if has_tie(person, found.application):
        raise PermissionDenied
    return found


def _people(edition: Edition, application: Application) -> QuerySet[Person]:
    """Who can hold the interview: people of the edition without a tie; where reviewers don't see who applies, not its
    reviewers.
    """
    named = people_named(edition)
    barred = {person for person, _application in ties_of(list(named), [application])}
    if edition.hides_applicants:
        barred |= set(application.reviews.exclude(reviewer=None).values_list("reviewer", flat=True))
    return named.exclude(pk__in=barred)


def _events(edition: Edition) -> QuerySet[Event]:
    """Coming events of the host."""
    found: Any = Event.objects.filter(organiser=edition.organisation, ends_at__gt=timezone.now(), cancelled_at=None)
    return found.order_by("starts_at", "pk")
