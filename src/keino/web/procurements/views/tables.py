"""Pages of tables: a template to fill in, everything as a file, sending one back, its preview, taking it in."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.report.plain_sheet import FORMATS, TYPES, PlainSheet, written
from keino.web.base.deeds import tell
from keino.web.base.errors import said
from keino.web.base.file_names import shown_name
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved, status_of
from keino.web.procurements.forms.tables import TableForm
from keino.web.procurements.models import TableImport
from keino.web.procurements.services.tables import TABLES, export_of, preview, refused_of, template_of
from keino.web.procurements.table_choices import Change, ImportState, TableKind
from keino.web.procurements.tasks.tables import ask_taking, job_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

ROWS_PER_PAGE = 50
#: Lists that the tables are of.
LIST_PAGES = {TableKind.CONTRACTS: "procurements:contracts", TableKind.PROCUREMENTS: "procurements:procurements"}


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def table(request: HttpRequest, organisation: Organisation, kind: str) -> HttpResponse:
    """Get a template or everything there is, and send a filled-in table. Nothing is changed before its preview."""
    _require(kind)
    form = TableForm(request.POST or None, request.FILES or None)
    sent = saved(request, form, lambda: _preview(organisation, kind, form.cleaned_data["file"], by=the_person(request)))
    if sent is not None:
        return redirect("procurements:table_preview", slug=organisation.slug, kind=kind, sent=sent.public_id)
    context = _context(organisation, kind) | {"form": form, "columns": TABLES[kind].columns, "formats": FORMATS}
    return render(request, "procurements/table.html", context, status=status_of(form))


def _preview(organisation: Organisation, kind: str, file: UploadedFile, *, by: Any) -> TableImport:
    with TemporaryDirectory(prefix="keino-sent-") as folder:
        path = Path(folder, shown_name(file.name or ""))
        with path.open("wb") as stream:
            for piece in file.chunks():
                stream.write(piece)
        return preview(organisation, kind, path, by=by)


@require_GET
@organisation_page("procurements.work")
def table_template(request: HttpRequest, organisation: Organisation, kind: str, wanted: str) -> HttpResponse:
    """The table without rows."""
    _require(kind, wanted)
    return _file(template_of(kind), f"keino-{kind}-template", wanted)


@require_GET
@organisation_page("procurements.see")
def table_export(request: HttpRequest, organisation: Organisation, kind: str, wanted: str) -> HttpResponse:
    """Everything there is."""
    _require(kind, wanted)
    owner = slugify(organisation.shown_name)[:60]
    return _file(export_of(organisation, kind), "-".join(part for part in ("keino", owner, kind) if part), wanted)


@require_GET
@organisation_page("procurements.work")
def table_preview(request: HttpRequest, organisation: Organisation, kind: str, sent: UUID) -> HttpResponse:
    """What a sent table would do, row by row, the refused ones first; once it is confirmed, what it did."""
    found = _sent(organisation, kind, sent)
    counts = {change: sum(row["change"] == change for row in found.rows) for change in Change.values}
    order = (Change.REFUSED, Change.CHANGED, Change.NEW, Change.SAME)
    rows = sorted(found.rows, key=lambda row: (order.index(row["change"]), row["row"]))
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    job = job_of(found)
    context = _context(organisation, kind) | {
        "sent": found,
        "counts": counts,
        "whole": len(found.rows),
        "taken": counts[Change.NEW] + counts[Change.CHANGED],
        "page_obj": page,
        "rows": [_shown(kind, row) for row in page],
        "is_preview": found.state == ImportState.PREVIEW,
        "is_done": found.state == ImportState.DONE,
        "job": job,
        "page_url": request.path,
    }
    return render(request, "procurements/table_preview.html", context)


def _shown(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row for the page: its number, name, what it does, and its problems by the names of their columns."""
    labels = {column.name: str(column.label) for column in TABLES[kind].columns}
    return {
        "number": row["row"],
        "title": row["cells"].get("title", ""),
        "change": Change(row["change"]).label,
        "is_refused": row["change"] == Change.REFUSED,
        "differs": [labels[name] for name in row["differs"]],
        "problems": [(labels.get(each["column"], ""), said(each["error"])) for each in row["problems"]],
    }


@require_POST
@organisation_page("procurements.work")
def table_take(request: HttpRequest, organisation: Organisation, kind: str, sent: UUID) -> HttpResponse:
    """Confirm: the rows that hold are taken in, the refused ones stay for mending."""
    found = _sent(organisation, kind, sent)
    try:
        ask_taking(found, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    return redirect("procurements:table_preview", slug=organisation.slug, kind=kind, sent=sent)


@require_GET
@organisation_page("procurements.work")
def table_refused(request: HttpRequest, organisation: Organisation, kind: str, sent: UUID, wanted: str) -> HttpResponse:
    """The refused rows with what is wrong, to be mended and sent again."""
    _require(kind, wanted)
    return _file(refused_of(_sent(organisation, kind, sent)), f"keino-{kind}-refused", wanted)


def _sent(organisation: Organisation, kind: str, key: UUID) -> TableImport:
    found = TableImport.objects.select_related("organisation", "sent_by")
    return get_object_or_404(found, organisation=organisation, kind=kind, public_id=key)


def _require(kind: str, wanted: str = FORMATS[0]) -> None:
    if kind not in TABLES or wanted not in FORMATS:
        raise Http404


def _file(sheet: PlainSheet, stem: str, wanted: str) -> HttpResponse:
    answer = HttpResponse(written(sheet, wanted), content_type=TYPES[wanted])
    answer.headers["Content-Disposition"] = f'attachment; filename="{stem}.{wanted}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _context(organisation: Organisation, kind: str) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "step": "procurements",
        "kind": kind,
        "kind_name": TableKind(kind).label,
        "list_page": LIST_PAGES[TableKind(kind)],
    }
