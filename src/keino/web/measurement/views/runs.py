"""Pages of runs: all of them, one with its manifest, a new one, two side by side, publishing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.base.jobs import try_again
from keino.web.base.templatetags.keino import day, moment
from keino.web.base.who_asks import the_person
from keino.web.measurement.choices import RunState
from keino.web.measurement.forms.runs import CalculateForm, CompareForm
from keino.web.measurement.models import Run
from keino.web.measurement.names import answer_name, category_name
from keino.web.measurement.queries.comparisons import compare_runs
from keino.web.measurement.queries.runs import (
    changed_since,
    current_run,
    ledgers_to_count,
    newer_edition,
    open_run,
    published_run,
    run_result,
    runs_of,
)
from keino.web.measurement.services.runs import ask_run, publish_run, withdraw_publication
from keino.web.measurement.store import MANIFEST, damaged_files, folder_of
from keino.web.measurement.tasks.runs import job_of, start
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

RUNS_PER_PAGE = 25
#: Runs that can be chosen for comparison.
COMPARED_RUNS = 50


def step_words() -> dict[str, str]:
    """What the steps of a calculation are called while it goes on."""
    return {
        "read": _("Reading the ledgers"),
        "categorise": _("Choosing a category for every line"),
        "lines": _("Working out every line’s footprint"),
        "keep": _("Putting the result in its place"),
    }


@require_GET
@organisation_page("measurement.see_results")
def runs(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every calculation of the organisation, newest first."""
    page = Paginator(runs_of(organisation), RUNS_PER_PAGE).get_page(request.GET.get("page"))
    current = current_run(organisation)
    waiting = open_run(organisation)
    choices = _compared(organisation)
    context = {
        "organisation": organisation,
        "step": "footprint",
        "page_obj": page,
        "current": current,
        "waiting": waiting,
        "job": job_of(waiting) if waiting else None,
        "changes": changed_since(current) if current else (),
        "newer_edition": newer_edition(current) if current else "",
        "has_ledgers": ledgers_to_count(organisation).exists(),
        "compare": CompareForm(choices=choices, initial=_last_two(choices)) if len(choices) > 1 else None,
        "may_work": request.user.has_perm("measurement.work", organisation),
    }
    return render(request, "measurement/runs.html", context)


def _compared(organisation: Organisation) -> list[tuple[str, str]]:
    found = runs_of(organisation).filter(state=RunState.DONE)[:COMPARED_RUNS]
    return [(str(run.public_id), _run_name(run)) for run in found]


def _run_name(run: Run) -> str:
    return f"{moment(run.finished_at)}{f' – {run.reason}' if run.reason else ''}"


def _last_two(choices: list[tuple[str, str]]) -> dict[str, str]:
    return {"new": choices[0][0], "old": choices[1][0]} if len(choices) > 1 else {}


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("measurement.work")
def calculate(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Calculate from every confirmed ledger; one press when nothing is to be chosen."""
    form = CalculateForm(
        request.POST if request.method == "POST" else None, initial={"edition": request.GET.get("edition", "")}
    )
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                run = ask_run(
                    owner=organisation,
                    ledgers=ledgers_to_count(organisation),
                    by=the_person(request),
                    edition=form.cleaned_data["edition"],
                    reason=form.cleaned_data["reason"],
                )
                start(run, by=the_person(request))
        except KeinoError as error:
            problem = said(as_data(error))
        else:
            return redirect("measurement:run", slug=organisation.slug, run=run.public_id)
    context = {
        "organisation": organisation,
        "step": "footprint",
        "form": form,
        "problem": problem,
        "ledgers": ledgers_to_count(organisation),
        "current": current_run(organisation),
    }
    return render(request, "measurement/run_calculate.html", context, status=422 if problem or form.errors else 200)


def one_run(organisation: Organisation, public_id: UUID) -> Run:
    """The organisation's run, without its result; 404 for anybody else's."""
    return get_object_or_404(runs_of(organisation), public_id=public_id)


@require_GET
@organisation_page("measurement.see_results")
def run(request: HttpRequest, organisation: Organisation, run: UUID) -> HttpResponse:
    """One calculation: how far it is, or what came out and what it was made from."""
    found = one_run(organisation, run)
    may_work = request.user.has_perm("measurement.work", organisation)
    context: dict[str, Any] = {"organisation": organisation, "step": "footprint", "run": found, "may_work": may_work}
    if found.state == RunState.DONE:
        return render(request, "measurement/run.html", context | _finished(request, organisation, found))
    job = job_of(found)
    context |= {"job": job, "step_text": step_words().get(job.step, "") if job else ""}
    response = render(request, "measurement/run_waiting.html", context)
    if job is not None and not job.is_over:
        response["Refresh"] = "5"  # also without JavaScript the page shows the end
    return response


def _finished(request: HttpRequest, organisation: Organisation, found: Run) -> dict[str, Any]:
    kept = Run.objects.values("manifest", "options").get(pk=found.pk)
    result = run_result(found)
    inputs = (kept["manifest"] or {}).get("inputs", [])
    current = current_run(organisation)
    published = published_run(organisation)
    return {
        "result": result,
        "manifest": kept["manifest"],
        "earlier": runs_of(organisation).filter(superseded_by=found).first(),
        "files": list(zip(result.readings, inputs, strict=False)),
        "editions": sorted(result.editions.items()),
        "rules": [
            {"conditions": rule["conditions"], "answer": answer_name(rule["category"], rule["exclusion_reason"])}
            for rule in kept["options"].get("rules", [])
        ],
        "is_current": current is not None and current.pk == found.pk,
        "current": current,
        "newer_edition": newer_edition(found),
        "is_shown": published is not None and published.pk == found.pk,
        "may_publish": request.user.has_perm("measurement.publish", organisation),
        "damaged": damaged_files(found) if request.GET.get("check") else None,
        "checked": bool(request.GET.get("check")),
    }


@require_GET
@organisation_page("measurement.see_results")
def run_manifest(request: HttpRequest, organisation: Organisation, run: UUID) -> HttpResponse:
    """The manifest as the run wrote it, byte for byte."""
    found = one_run(organisation, run)
    path = folder_of(found) / MANIFEST if found.state == RunState.DONE else None
    if path is None or not path.is_file():
        raise Http404
    name = f"manifest-{found.public_id}.json"
    response = HttpResponse(path.read_bytes(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@organisation_page("measurement.work")
def run_again(request: HttpRequest, organisation: Organisation, run: UUID) -> HttpResponse:
    """Try a failed calculation again, from the same ledgers and rules."""
    found = one_run(organisation, run)
    job = job_of(found)
    if found.state == RunState.FAILED and job is not None:
        try_again(job)
    return redirect("measurement:run", slug=organisation.slug, run=found.public_id)


@require_POST
@organisation_page("measurement.publish")
def run_publish(request: HttpRequest, organisation: Organisation, run: UUID) -> HttpResponse:
    """Show a result to everyone, or stop showing it."""
    found = one_run(organisation, run)
    try:
        if request.POST.get("publish") == "no":
            withdraw_publication(run=found, by=the_person(request))
            messages.success(request, _("This result is no longer shown to everyone."))
        else:
            publish_run(run=found, by=the_person(request))
            messages.success(request, _("This result is published."))
    except KeinoError as error:
        tell(request, error)
    return redirect("measurement:run", slug=organisation.slug, run=found.public_id)


@require_GET
@organisation_page("measurement.see_results")
def run_comparison(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What changed from one result to another, and why."""
    form = CompareForm(request.GET or None, choices=_compared(organisation))
    context: dict[str, Any] = {"organisation": organisation, "step": "footprint", "form": form}
    if form.is_valid():
        old, new = (one_run(organisation, UUID(form.cleaned_data[name])) for name in ("old", "new"))
        comparison, results = compare_runs(old, new), (run_result(old), run_result(new))
        kg_before, kg_after = (result.total.footprint_kgco2e or 0.0 for result in results)
        context |= {
            "old": old,
            "new": new,
            "old_result": results[0],
            "new_result": results[1],
            "comparison": comparison,
            "rows": [(category_name(pair.category), pair) for pair in comparison.categories],
            "old_day": day(old.finished_at),
            "new_day": day(new.finished_at),
            "total_change": kg_after - kg_before,
        }
    return render(request, "measurement/run_comparison.html", context)
