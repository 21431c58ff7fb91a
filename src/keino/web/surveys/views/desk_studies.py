"""Studies at the desk: the list, a study with its years, a year from its opening to its publication, two years."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import done
from keino.web.base.who_asks import the_person
from keino.web.organisations.pages import permitted_page
from keino.web.surveys.comparison_words import change_rows, why_not
from keino.web.surveys.forms.editor import texts_in
from keino.web.surveys.forms.studies import LastDayForm, StudyForm, TwoYearsForm, YearForm
from keino.web.surveys.models import Study, StudyRound
from keino.web.surveys.queries.forms import centre_of
from keino.web.surveys.queries.studies import closed_years, interviews_of, is_open, pairs, sent_count, studies
from keino.web.surveys.services.studies import (
    begin_study,
    change_last_day,
    change_study,
    close_year,
    open_year,
    publish_year,
    withdraw_year,
)
from keino.web.surveys.study_results import group_names, obstacle_lines, told_of
from keino.web.surveys.views.common import show_error
from keino.web.surveys.views.desk_forms import MAY

PER_PAGE = 50


@require_safe
@permitted_page(MAY)
def studies_list(request: HttpRequest) -> HttpResponse:
    """All studies."""
    page = Paginator(studies(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/desk/studies.html", {"page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def study_new(request: HttpRequest) -> HttpResponse:
    """Begin a study."""
    form = StudyForm(request.POST or None)
    centre = centre_of(the_person(request))
    if request.method == "POST" and form.is_valid():
        if centre is None:
            raise Http404
        made = begin_study(
            organisation=centre,
            form=form.cleaned_data["form"],
            title=texts_in(form.cleaned_data, "title"),
            question=texts_in(form.cleaned_data, "question"),
            by=the_person(request),
        )
        messages.success(request, _("The study is begun. Open its first year when its form is published."))
        return redirect("surveys:study", study_id=made.public_id)
    return render(request, "surveys/desk/study_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@permitted_page(MAY)
def study(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """A study: its years."""
    found = study_or_404(study_id)
    rounds = found.rounds.select_related("form_version").order_by("-year")
    page = Paginator(rounds, PER_PAGE).get_page(request.GET.get("page"))
    years = list(closed_years(found)[:2])
    context = {"study": found, "page_obj": page, "compare": years[::-1] if len(years) > 1 else None}
    return render(request, "surveys/desk/study.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def study_change(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Change the title or what a study wants to know."""
    found = study_or_404(study_id)
    form = StudyForm(request.POST or None, study=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_study(
                study=found,
                title=texts_in(given, "title"),
                question=texts_in(given, "question"),
                seen=given["version"],
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error, version=found.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:study", study_id=study_id)
    context = {"form": form, "study": found}
    return render(request, "surveys/desk/study_change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def year_open(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Open a year."""
    found, today = study_or_404(study_id), timezone.localdate()
    form = YearForm(request.POST or None, initial={"year": today.year, "opens_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = open_year(study=found, today=today, by=the_person(request), **form.cleaned_data)
        except KeinoError as error:
            show_error(form, error)
        else:
            messages.success(request, _("The year is open. Buyers find the form among their forms."))
            return redirect("surveys:study_year", study_id=study_id, year=made.year)
    context = {"form": form, "study": found}
    return render(request, "surveys/desk/year_open.html", context, status=422 if form.is_bound else 200)


@require_safe
@permitted_page(MAY)
def study_year(request: HttpRequest, study_id: UUID, year: int) -> HttpResponse:
    """A year, wherever it stands. Nothing is counted before it closes, or each new answer could be told."""
    found, today = year_or_404(study_id, year), timezone.localdate()
    context: dict[str, Any] = {"study": found.study, "round": found}
    if found.is_collecting:
        context |= {
            "is_open": is_open(found, today),
            "sent": sent_count(found),
            "mine": interviews_of(found, the_person(request)).count(),
        }
    else:
        context |= results_context(found)
    return render(request, "surveys/desk/year.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def year_change(request: HttpRequest, study_id: UUID, year: int) -> HttpResponse:
    """Give an open year another last day."""
    found = year_or_404(study_id, year)
    initial = {"closes_on": found.closes_on, "version": found.version}
    form = LastDayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_last_day(
                round_=found,
                closes_on=form.cleaned_data["closes_on"],
                seen=form.cleaned_data["version"],
                today=timezone.localdate(),
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error, version=year_or_404(study_id, year).version)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:study_year", study_id=study_id, year=year)
    context = {"form": form, "study": found.study, "round": found}
    return render(request, "surveys/desk/year_change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MAY)
def year_close(request: HttpRequest, study_id: UUID, year: int) -> HttpResponse:
    """Close a year for good."""
    found = year_or_404(study_id, year)
    if request.method == "POST":
        close = partial(close_year, round_=found, today=timezone.localdate(), by=the_person(request))
        return _done(request, close, found, _("The year is closed, and what may be told is counted."))
    return render(request, "surveys/desk/year_close.html", {"study": found.study, "round": found})


@require_POST
@permitted_page(MAY)
def year_publish(request: HttpRequest, study_id: UUID, year: int) -> HttpResponse:
    """Show everyone what may be told of a closed year."""
    found = year_or_404(study_id, year)
    publish = partial(publish_year, round_=found, by=the_person(request))
    return _done(request, publish, found, _("Everyone can see the results now."))


@require_POST
@permitted_page(MAY)
def year_withdraw(request: HttpRequest, study_id: UUID, year: int) -> HttpResponse:
    """Stop showing a year."""
    found = year_or_404(study_id, year)
    withdraw = partial(withdraw_year, round_=found, by=the_person(request))
    return _done(request, withdraw, found, _("The results are no longer shown."))


@require_safe
@permitted_page(MAY)
def study_compare(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Two years beside one another, question by question."""
    found = study_or_404(study_id)
    context = {"study": found, **comparison_context(request, list(closed_years(found)))}
    return render(request, "surveys/desk/compare.html", context)


# ---- shared with the public pages


def results_context(round_: StudyRound) -> dict[str, Any]:
    """What may be told of a year."""
    groups = group_names(round_)
    return {
        "told": list(told_of(round_)),
        "obstacles": obstacle_lines(round_),
        "groups": groups,
        "results": round_.results,
    }


def comparison_context(request: HttpRequest, rounds: list[StudyRound]) -> dict[str, Any]:
    """What may be told of two years, and which questions can't be compared and why."""
    by_year = {round_.year: round_ for round_ in rounds}
    form = TwoYearsForm(request.GET or None, rounds=rounds)
    if not form.is_bound or not form.is_valid():
        return {"form": form}
    before, after = by_year[form.cleaned_data["before"]], by_year[form.cleaned_data["after"]]
    chosen = form.cleaned_data["question"]
    found = [pair for pair in pairs(before, after) if chosen in {"", pair.code}]
    return {
        "form": form,
        "before": before,
        "after": after,
        "same": [(pair.told, change_rows(pair)) for pair in found if pair.may_compare and pair.told.is_counted],
        "refused": [(pair.told, why_not(pair, before.year, after.year)) for pair in found if not pair.may_compare],
        "chosen": chosen,
    }


def study_or_404(study_id: UUID) -> Study:
    """A study."""
    found: Study = get_object_or_404(Study.objects.select_related("form", "organisation"), public_id=study_id)
    return found


def year_or_404(study_id: UUID, year: int) -> StudyRound:
    """A year of a study."""
    rows = StudyRound.objects.select_related("study__organisation", "form_version__form")
    found: StudyRound = get_object_or_404(rows, study__public_id=study_id, year=year)
    return found


def _done(request: HttpRequest, act: Callable[[], object], round_: StudyRound, well: str) -> HttpResponse:
    done(request, act, well)
    return redirect("surveys:study_year", study_id=round_.study.public_id, year=round_.year)
