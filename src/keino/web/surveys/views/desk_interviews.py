"""Interviews of officials, each for its interviewer alone, and the centre's list of obstacles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import permitted_page
from keino.web.surveys.forms.editor import texts_in
from keino.web.surveys.forms.studies import InterviewForm, ObstacleForm
from keino.web.surveys.models import Interview, ObstacleCode
from keino.web.surveys.queries.forms import centre_of
from keino.web.surveys.queries.studies import interviews_of, obstacles_on_offer
from keino.web.surveys.services.interviews import (
    add_obstacle,
    change_interview,
    change_obstacle,
    delete_interview,
    record_interview,
)
from keino.web.surveys.views.common import show_error
from keino.web.surveys.views.desk_forms import MAY
from keino.web.surveys.views.desk_studies import year_or_404

PER_PAGE = 50


@require_safe
@never_cache
@permitted_page(MAY)
def interviews(request: HttpRequest, study_id: UUID, year: int) -> HttpResponse:
    """One's own interviews of a year."""
    found = year_or_404(study_id, year)
    page = Paginator(interviews_of(found, the_person(request)), PER_PAGE).get_page(request.GET.get("page"))
    context = {"study": found.study, "round": found, "page_obj": page}
    return render(request, "surveys/desk/interviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permitted_page(MAY)
def interview_new(request: HttpRequest, study_id: UUID, year: int) -> HttpResponse:
    """Write an interview down."""
    found = year_or_404(study_id, year)
    form = InterviewForm(
        request.POST or None,
        interview=None,
        obstacles=obstacles_on_offer(found.study.organisation),
        initial={"held_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            record_interview(
                round_=found,
                about=given["about"],
                held_on=given["held_on"],
                position=given["position"],
                notes=given["notes"],
                obstacles=given["obstacles"],
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error)
        else:
            messages.success(request, _("The interview is kept. Only you can read it."))
            return redirect("surveys:interviews", study_id=study_id, year=year)
    context = {"study": found.study, "round": found, "form": form}
    return render(request, "surveys/desk/interview.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permitted_page(MAY)
def interview(request: HttpRequest, study_id: UUID, year: int, interview_id: UUID) -> HttpResponse:
    """One of one's own interviews, to be read and mended."""
    mine = _own(request, study_id, year, interview_id)
    offered = obstacles_on_offer(mine.round.study.organisation, and_those_of=mine)
    form = InterviewForm(request.POST or None, interview=mine, obstacles=offered)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_interview(
                interview=mine,
                about=given["about"],
                held_on=given["held_on"],
                position=given["position"],
                notes=given["notes"],
                obstacles=given["obstacles"],
                seen=given["version"] or 0,
            )
        except KeinoError as error:
            show_error(form, error, version=mine.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:interviews", study_id=study_id, year=year)
    context = {"study": mine.round.study, "round": mine.round, "form": form, "interview": mine}
    return render(request, "surveys/desk/interview.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permitted_page(MAY)
def interview_delete(request: HttpRequest, study_id: UUID, year: int, interview_id: UUID) -> HttpResponse:
    """Delete one of one's own interviews."""
    mine = _own(request, study_id, year, interview_id)
    if request.method == "POST":
        try:
            delete_interview(interview=mine)
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("The interview is deleted."))
        return redirect("surveys:interviews", study_id=study_id, year=year)
    context = {"study": mine.round.study, "round": mine.round, "interview": mine}
    return render(request, "surveys/desk/interview_delete.html", context)


def _own(request: HttpRequest, study_id: UUID, year: int, interview_id: UUID) -> Interview:
    rows = Interview.objects.select_related("round__study__organisation", "about_organisation")
    found: Interview = get_object_or_404(
        rows, public_id=interview_id, round=year_or_404(study_id, year), interviewer=the_person(request)
    )
    return found


# ---- obstacles


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def obstacles(request: HttpRequest) -> HttpResponse:
    """The list that interviews are coded with, and a field to add to it."""
    form = ObstacleForm(request.POST or None)
    centre = _centre(request)
    if request.method == "POST" and form.is_valid():
        try:
            add_obstacle(organisation=centre, text=texts_in(form.cleaned_data, "text"), by=the_person(request))
        except KeinoError as error:
            show_error(form, error)
        else:
            messages.success(request, _("The obstacle is on the list."))
            return redirect("surveys:obstacles")
    page = Paginator(_list_of(centre), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page}
    return render(request, "surveys/desk/obstacles.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def obstacle(request: HttpRequest, code: str) -> HttpResponse:
    """Put an obstacle in other words, or take it off the list."""
    found = get_object_or_404(_list_of(_centre(request)), code=code)
    form = ObstacleForm(request.POST or None, obstacle=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_obstacle(
                obstacle=found,
                text=texts_in(form.cleaned_data, "text"),
                is_retired=form.cleaned_data["is_retired"],
                seen=form.cleaned_data["version"],
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error, version=found.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:obstacles")
    context = {"form": form, "obstacle": found}
    return render(request, "surveys/desk/obstacle.html", context, status=422 if form.is_bound else 200)


def _centre(request: HttpRequest) -> Organisation:
    found = centre_of(the_person(request))
    if found is None:
        raise Http404
    return found


def _list_of(centre: Organisation) -> QuerySet[ObstacleCode]:
    return ObstacleCode.objects.filter(organisation=centre).order_by("is_retired", "code")
