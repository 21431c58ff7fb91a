"""Rejected rows: page through them, mend their cells, have them read again; or do it in a spreadsheet program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.report import codes
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.base.file_names import shown_name
from keino.web.base.templatetags.keino import speaker
from keino.web.measurement.choices import TAKES_FILES, FileState
from keino.web.measurement.forms.ledgers import MendedCsvForm
from keino.web.measurement.models import LedgerFile, MendedRow
from keino.web.measurement.result_json import reading_from_json
from keino.web.measurement.services.mending import (
    LARGEST_CSV_BYTES,
    make_mended_file,
    mend_from_csv,
    mend_rows,
    rejected_folder,
)
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.measurement.views.ledger_places import Place

ROWS_PER_PAGE = 20


@dataclass
class _Rows:
    """Rejected rows as a sequence that a paginator can count and cut without reading all of them."""

    file: LedgerFile
    reason: str

    def __len__(self) -> int:
        from keino.engine.rejected import count_rejected

        return count_rejected(rejected_folder(self.file), self.reason)

    def __getitem__(self, part: slice) -> tuple[Any, ...]:
        from keino.engine.rejected import rejected_page

        start, stop = part.start or 0, part.stop or 0
        return rejected_page(rejected_folder(self.file), offset=start, limit=stop - start, reason=self.reason)


def _file(place: Place, ledger: UUID, file: UUID) -> LedgerFile:
    found = place.file(ledger, file)
    if not found.rejected_in or found.mends_id:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def rejected(request: HttpRequest, place: Place, ledger: UUID, file: UUID) -> HttpResponse:
    """The rejected rows of a file under its own header; cells can be changed."""
    found = _file(place, ledger, file)
    reason = request.GET.get("reason", "")
    reasons = _reasons(found)
    rows: Any = _Rows(found, reason if reason in reasons else "")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    typed: dict[int, list[str]] = {}
    error = ""
    if request.method == "POST":
        place.require("measurement.work")
        typed, seen = _typed(request, len(_header(found)))
        try:
            changed = mend_rows(found, typed, seen=seen, by=place.person)
        except KeinoError as problem:
            error = said(as_data(problem))
        else:
            text = ngettext("%(count)s row was saved.", "%(count)s rows were saved.", changed) % {"count": changed}
            messages.success(request, text)
            return redirect(request.get_full_path())
    return place.render(
        request,
        "ledger/rejected",
        409 if error else 200,
        file=found,
        ledger=found.ledger,
        header=_header(found),
        page_obj=page,
        rows=_shown(found, page.object_list, typed),
        error=error,
        reasons=reasons,
        reason=reason,
        can_mend=place.may_work and found.ledger.state in TAKES_FILES,
        mended_count=found.mended_rows.count(),
        csv_form=MendedCsvForm(),
        **_urls(place, ledger, file),
    )


def _urls(place: Place, ledger: UUID, file: UUID) -> dict[str, str]:
    names = ("rejected", "rejected_csv", "rejected_upload", "rejected_read")
    return {f"{name}_url": place.url(name, ledger=ledger, file=file) for name in names} | {
        "page_url": place.url("ledger", ledger=ledger)
    }


def _header(file: LedgerFile) -> tuple[str, ...]:
    from keino.engine.rejected import rejected_header

    return rejected_header(rejected_folder(file))


def _reasons(file: LedgerFile) -> dict[str, str]:
    """The reasons that occur in this file, in words."""
    reading = reading_from_json(file.reading) if file.reading else None
    speech = speaker()
    found = reading.rejections if reading else ()
    return {item.reason: codes.words(speech, codes.REJECTIONS, item.reason) for item in found}


def _typed(request: HttpRequest, width: int) -> tuple[dict[int, list[str]], dict[int, int]]:
    """Cells and versions by row, as the form sent them."""
    cells: dict[int, list[str]] = {}
    seen: dict[int, int] = {}
    for name in request.POST:
        row = name.removeprefix("version-")
        if row == name or not row.isascii() or not row.isdecimal() or len(row) > 15:
            continue
        version = request.POST[name]
        seen[int(row)] = int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else -1
        cells[int(row)] = [request.POST.get(f"cell-{row}-{index}", "") for index in range(width)]
    return cells, seen


def _shown(file: LedgerFile, rows: Any, typed: dict[int, list[str]]) -> list[dict[str, Any]]:
    """Each row with its cells (typed, else mended, else as printed), its reason and where it stands."""
    kept = {row.row: row for row in file.mended_rows.filter(row__in=[row.row for row in rows])}
    made = file.mended_files.exclude(state=FileState.REPLACED).order_by("-pk").first()
    still = _rejected_again(made)
    speech = speaker()
    return [
        {
            "row": row.row,
            "reason": codes.words(speech, codes.REJECTIONS, row.reason),
            "standing": _standing(kept.get(row.row), made, still.get(row.row), speech),
            "version": kept[row.row].version if row.row in kept else 0,
            "cells": typed.get(row.row) or (kept[row.row].cells if row.row in kept else list(row.cells)),
        }
        for row in rows
    ]


def _rejected_again(made: LedgerFile | None) -> dict[int, str]:
    """Rows of the ledger whose mended cells were rejected again, with the reason's code."""
    if made is None or not made.rejected_in:
        return {}
    from keino.engine.rejected import rejected_page

    rows = rejected_page(rejected_folder(made))
    return {int(row.cells[0]): row.reason for row in rows if row.cells and row.cells[0].isdecimal()}


def _standing(kept: MendedRow | None, made: LedgerFile | None, again: str | None, speech: Any) -> str:
    if kept is None:
        return ""
    if made is None or kept.mended_at > made.created_at or made.state == FileState.RECEIVED:
        return _("Mended, not read again yet")
    if again is not None:
        reason = codes.words(speech, codes.REJECTIONS, again)
        return _("Mended, still rejected: %(reason)s") % {"reason": reason}
    return _("Mended and counted")


@require_POST
def rejected_read(request: HttpRequest, place: Place, ledger: UUID, file: UUID) -> HttpResponse:
    """Read the ledger again with the rows that were mended."""
    found = _file(place, ledger, file)
    try:
        make_mended_file(found, by=place.person)
        ask_reading(found.ledger, by=place.person)
    except KeinoError as error:
        tell(request, error)
        return redirect(place.url("rejected", ledger=ledger, file=file))
    return redirect(place.url("ledger", ledger=ledger))


@require_GET
def rejected_csv(request: HttpRequest, place: Place, ledger: UUID, file: UUID) -> StreamingHttpResponse:
    """The rejected rows as CSV, to be mended in a spreadsheet program."""
    from keino.engine.rejected import rejected_csv as parts

    found = _file(place, ledger, file)
    response = StreamingHttpResponse(parts(rejected_folder(found)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="rejected-{found.public_id.hex[:8]}.csv"'
    return response


@require_POST
def rejected_upload(request: HttpRequest, place: Place, ledger: UUID, file: UUID) -> HttpResponse:
    """Take mended rows from a CSV file."""
    found = _file(place, ledger, file)
    form = MendedCsvForm(request.POST, request.FILES)
    back = redirect(place.url("rejected", ledger=ledger, file=file))
    if not form.is_valid():
        messages.error(request, _("Choose the file of mended rows first. Nothing was changed."))
        return back
    sent = form.cleaned_data["file"]
    if sent.size > LARGEST_CSV_BYTES:
        messages.error(request, _("The file of mended rows is too large. Nothing was changed."))
        return back
    try:
        changed = mend_from_csv(found, name=shown_name(sent.name or ""), content=sent.read(), by=place.person)
    except KeinoError as error:
        tell(request, error)
    else:
        text = ngettext("%(count)s row was saved.", "%(count)s rows were saved.", changed) % {"count": changed}
        messages.success(request, text)
    return back
