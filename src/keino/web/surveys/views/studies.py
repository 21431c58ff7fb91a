"""What everyone may see: published results of studies, as pages and as data, and the register of forms."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from keino.report.plain_sheet import TYPES
from keino.web.base.visitor_pages import same_for_visitors
from keino.web.surveys.forms.of_version import form_of
from keino.web.surveys.queries.forms import newest_version, register_of_forms
from keino.web.surveys.queries.studies import shown_studies, shown_years
from keino.web.surveys.study_data import study_csv
from keino.web.surveys.views.desk_studies import comparison_context, results_context

PER_PAGE = 50


@require_safe
@same_for_visitors
def public_studies(request: HttpRequest) -> HttpResponse:
    """Studies with published results."""
    page = Paginator(shown_studies(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/public/studies.html", {"page_obj": page})


@require_safe
@same_for_visitors
def public_study(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The results of one year of a study: the newest, or the one asked for by ``?year=``."""
    study = get_object_or_404(shown_studies(), public_id=study_id)
    rounds = list(shown_years(study))
    asked = request.GET.get("year", "")
    chosen = next((each for each in rounds if str(each.year) == asked), rounds[0])
    context = {"study": study, "rounds": rounds, "round": chosen, **results_context(chosen)}
    return render(request, "surveys/public/study.html", context)


@require_safe
@same_for_visitors
def public_compare(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Two published years beside one another."""
    study = get_object_or_404(shown_studies(), public_id=study_id)
    rounds = list(shown_years(study))
    context = {"study": study, "years": [each.year for each in rounds], **comparison_context(request, rounds)}
    return render(request, "surveys/public/compare.html", context)


@require_safe
def public_study_data(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Everything that is published of a study as CSV, under CC BY 4.0."""
    study = get_object_or_404(shown_studies(), public_id=study_id)
    answer = HttpResponse(study_csv(list(shown_years(study))), content_type=TYPES["csv"])
    answer["Content-Disposition"] = f'attachment; filename="keino-study-{study.public_id}.csv"'
    answer["Link"] = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    return answer


@require_safe
@same_for_visitors
def register(request: HttpRequest) -> HttpResponse:
    """Every form that people are asked to answer: why, on what ground, for how long."""
    page = Paginator(register_of_forms(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "surveys/public/register.html", {"page_obj": page})


@require_safe
def register_entry(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """One form: its entry in the register, and its questions as they are asked."""
    found = get_object_or_404(register_of_forms(), public_id=form_id)
    version = newest_version(found)
    context = {"asked_form": found, "form_version": version, "form": form_of(version)}
    return render(request, "surveys/public/form.html", context)
