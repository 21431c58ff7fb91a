"""Take a result away: small files at once, big ones by background work."""

from __future__ import annotations

import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from keino.web.base.file_answers import as_attachment, made_file
from keino.web.base.who_asks import the_person
from keino.web.dashboards import tasks
from keino.web.dashboards.choices import LINE_FORMATS, MEDIA_TYPES, QUICK_FORMATS, ExportFormat
from keino.web.dashboards.drawn import drawing_code
from keino.web.dashboards.files import file_name, write_export
from keino.web.dashboards.models import Export
from keino.web.dashboards.queries.exports import exports_of, job_of
from keino.web.dashboards.services.exports import ask_export
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run
from keino.web.measurement.queries.lines import filter_from, query_of
from keino.web.measurement.queries.runs import current_run, runs_of
from keino.web.measurement.store import has_lines
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

LONGEST_QUERY = 2000


@organisation_page("measurement.see_results")
def export(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The files that a result can be taken away in, and those that were made."""
    run = current_run(organisation)
    formats = _formats(request, organisation, run)
    made = [each for each in exports_of(organisation)[:20] if each.format in {format_ for format_, *_ in formats}]
    context = {
        "organisation": organisation,
        "step": "footprint",
        "run": run,
        "formats": formats,
        "made": [(each, file_name(each.run, each.format, each.query)) for each in made],
    }
    return render(request, "dashboards/export.html", context)


def _formats(request: HttpRequest, organisation: Organisation, run: Run | None) -> list[tuple[str, str, bool]]:
    """(format, words, whether it is made at once) of what the person may take."""
    lines = run is not None and has_lines(run) and request.user.has_perm("measurement.see_lines", organisation)
    return [
        (format_.value, str(format_.label), format_ in QUICK_FORMATS)
        for format_ in ExportFormat
        if lines or format_ not in LINE_FORMATS
    ]


@organisation_page("measurement.see_results")
def download(request: HttpRequest, organisation: Organisation, wanted: str) -> HttpResponse:
    """A small file, made while the reader waits."""
    run = current_run(organisation)
    if run is None or wanted not in {format_.value for format_ in QUICK_FORMATS}:
        raise Http404
    return quick_file(request, run, ExportFormat(wanted))


def quick_file(request: HttpRequest, run: Run, wanted: ExportFormat) -> HttpResponse:
    """The answer with a file of a finished run; who has the same already is told so."""
    language = (get_language() or "fi")[:2]

    def content() -> bytes:
        with TemporaryDirectory(prefix="keino-export-") as folder:
            path = Path(folder, "export")
            write_export(run, wanted, path, language)
            return path.read_bytes()

    same = f"{run.public_id}{wanted}{language}{drawing_code()}"
    return made_file(request, content, same=same, media_type=MEDIA_TYPES[wanted], name=file_name(run, wanted))


@require_POST
@organisation_page("measurement.see_results")
def ask(request: HttpRequest, organisation: Organisation, wanted: str) -> HttpResponse:
    """Ask for a big file; asking twice finds the same one."""
    run = _run_asked(request, organisation)
    if run is None or wanted not in ExportFormat.values:
        raise Http404
    format_ = ExportFormat(wanted)
    _require_lines(request, organisation, format_)
    if format_ in LINE_FORMATS and not has_lines(run):
        raise Http404
    query = _lines_asked(request) if format_ in LINE_FORMATS else ""
    asked = ask_export(
        run=run, wanted=format_, language=(get_language() or "fi")[:2], query=query, by=the_person(request)
    )
    tasks.start(asked, by=the_person(request))
    return redirect("dashboards:export_file", slug=organisation.slug, key=asked.public_id)


def _run_asked(request: HttpRequest, organisation: Organisation) -> Run | None:
    """The finished run that the form names, else the current one."""
    asked = request.POST.get("run", "")
    if not asked:
        return current_run(organisation)
    try:
        return runs_of(organisation).filter(public_id=uuid.UUID(asked), state=RunState.DONE).first()
    except ValueError:
        return None


def _lines_asked(request: HttpRequest) -> str:
    """Which lines the form chooses, written in one way only; empty = all, also those that are no purchases."""
    if "lines" not in request.POST:
        return ""
    query = query_of(filter_from(QueryDict(request.POST["lines"]))) or "scope=purchases"
    if len(query) > LONGEST_QUERY:
        raise BadRequest
    return query


def _require_lines(request: HttpRequest, organisation: Organisation, wanted: str) -> None:
    if wanted in LINE_FORMATS and not request.user.has_perm("measurement.see_lines", organisation):
        raise PermissionDenied


def _found(organisation: Organisation, key: uuid.UUID) -> Export:
    return get_object_or_404(exports_of(organisation), public_id=key)


@organisation_page("measurement.see_results")
def export_file(request: HttpRequest, organisation: Organisation, key: uuid.UUID) -> HttpResponse:
    """How far a file is, then the file."""
    found = _found(organisation, key)
    _require_lines(request, organisation, found.format)
    job = job_of(found)
    context: dict[str, Any] = {
        "organisation": organisation,
        "step": "footprint",
        "export": found,
        "job": job,
        "name": file_name(found.run, found.format, found.query),
        "refresh": not found.is_ready and job is not None and not job.is_over,
    }
    return render(request, "dashboards/export_file.html", context)


@organisation_page("measurement.see_results")
def export_content(request: HttpRequest, organisation: Organisation, key: uuid.UUID) -> HttpResponse:
    """The bytes of a file that was made."""
    found = _found(organisation, key)
    _require_lines(request, organisation, found.format)
    if not found.is_ready or not default_storage.exists(found.stored_as):
        raise Http404
    answer = FileResponse(default_storage.open(found.stored_as), content_type=MEDIA_TYPES[found.format])
    # streamed, which is an answer like any other to whoever gets it
    return as_attachment(cast("HttpResponse", answer), file_name(found.run, found.format, found.query))
