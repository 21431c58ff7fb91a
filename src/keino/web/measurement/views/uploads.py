"""Files come in: by a plain form, or in pieces by a script. Both end on the reading page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.base.file_names import shown_name
from keino.web.base.who_asks import person_or_none
from keino.web.measurement.choices import TAKES_FILES, FileState
from keino.web.measurement.forms.ledgers import MoreFilesForm, UploadForm, VisitUploadForm
from keino.web.measurement.models import Ledger, LedgerFile
from keino.web.measurement.services.ledgers import open_ledger
from keino.web.measurement.services.upload_errors import FileTooLarge, WrongOffset
from keino.web.measurement.services.uploads import (
    VISIT_LIMIT_BYTES,
    finish_file,
    receive_piece,
    receive_whole,
    remove_file,
    start_file,
)
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.measurement.views.ledger_places import Place, as_json
from keino.web.measurement.visitors import FILES_AN_HOUR, count_try, visit_begun, visit_of

View = Callable[..., HttpResponse]
#: A form is a little larger than its files.
_FORM_BYTES = 2**20
#: Files that one form may bring.
_FORM_FILES = 50


def bounded(limit: Callable[[], int]) -> Callable[[View], View]:
    """Refuse a form that is too large before a byte of it is read; the token is looked for after that."""

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            most = limit()
            if int(request.META.get("CONTENT_LENGTH") or 0) > most + _FORM_BYTES:
                error = FileTooLarge(name=_("What you chose"), limit_mib=most // 2**20)
                response = HttpResponse(said(as_data(error)), content_type="text/plain; charset=utf-8", status=413)
                response.headers["Connection"] = "close"
                return response
            return protected(request, *args, **kwargs)

        return guarded

    return decorate


def _site_limit() -> int:
    return settings.UPLOAD_LIMIT_BYTES


def _visit_limit() -> int:
    return min(settings.UPLOAD_LIMIT_BYTES, VISIT_LIMIT_BYTES)


@bounded(_site_limit)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, place: Place) -> HttpResponse:
    """A new ledger of an organisation."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _taken(request, place, form.cleaned_data["ledger_files"], form.cleaned_data)
    return _upload_page(request, place, form)


@bounded(_visit_limit)
@require_http_methods(["GET", "HEAD", "POST"])
def try_it(request: HttpRequest) -> HttpResponse:
    """Try it without an account: drop a ledger, it stays on this visit."""
    form = VisitUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            place = _begun(request)
        except KeinoError as error:
            tell(request, error)
            return redirect("measurement:try")
        return _taken(request, place, form.cleaned_data["ledger_files"], {})
    visit = visit_of(request)
    kept = Place(visit=visit)
    ledgers = list(kept.ledgers.order_by("pk")) if visit else []
    return _upload_page(request, kept, form, template="visit/try", ledgers=ledgers)


def _begun(request: HttpRequest) -> Place:
    place = Place(visit=visit_begun(request), person=person_or_none(request))
    count_try(request, "file", FILES_AN_HOUR)
    return place


def _upload_page(request: HttpRequest, place: Place, form: Any, **context: Any) -> HttpResponse:
    is_visit = place.organisation is None
    template = context.pop("template", "ledger/upload")
    limit = _visit_limit() if is_visit else _site_limit()
    return place.render(
        request,
        template,
        status=400 if form.is_bound else 200,
        form=form,
        start_url=reverse("measurement:try_start") if is_visit else place.url("upload_start"),
        limit_mib=limit // 2**20,
        limit_bytes=limit,
        piece_bytes=settings.UPLOAD_PIECE_BYTES,
        **context,
    )


def _taken(request: HttpRequest, place: Place, files: list[Any], wishes: dict[str, Any]) -> HttpResponse:
    """Make a ledger of the files of a form and have it read."""
    title = wishes.get("title") or _title_of(files[0].name)
    ledger = open_ledger(
        organisation=place.organisation,
        visit=place.visit,
        title=title,
        ledger_year=wishes.get("ledger_year"),
        by=place.person,
    )
    return _added(request, place, ledger, files)


def _title_of(name: str) -> str:
    return PurePath(shown_name(name)).stem[:200] or _("Ledger")


def _added(request: HttpRequest, place: Place, ledger: Ledger, files: list[Any]) -> HttpResponse:
    for sent in files[:_FORM_FILES]:
        try:
            receive_whole(ledger, name=sent.name or "", size=sent.size or 0, stream=sent, by=place.person)
        except KeinoError as error:
            tell(request, error)
    return _read(request, place, ledger)


def _read(request: HttpRequest, place: Place, ledger: Ledger) -> HttpResponse:
    try:
        ask_reading(ledger, by=place.person)
    except KeinoError as error:
        tell(request, error)
    return redirect(place.url("ledger", ledger=ledger.public_id))


@bounded(_site_limit)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """More files for a ledger, or the rest of those that were interrupted."""
    found = place.ledger(ledger)
    form = MoreFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _added(request, place, found, form.cleaned_data["ledger_files"])
    return _upload_page(
        request,
        place,
        form,
        template="ledger/add",
        ledger=found,
        unfinished=found.files.filter(state=FileState.RECEIVING).order_by("pk"),
        takes_files=found.state in TAKES_FILES,
        files_url=place.url("file_start", ledger=ledger),
        read_url=place.url("ledger_read", ledger=ledger),
    )


@require_POST
def start(request: HttpRequest, place: Place) -> HttpResponse:
    """A script begins a ledger. Answers with the addresses that it goes on with."""
    form = UploadForm(request.POST)
    form.is_valid()  # the files come later
    title, year = (form.cleaned_data.get(name) for name in ("title", "ledger_year"))
    if form.errors.get("title") or form.errors.get("ledger_year"):
        words = [str(text) for name in ("title", "ledger_year") for text in form.errors.get(name, [])]
        return JsonResponse({"code": "wrong_form", "message": " ".join(words)}, status=400)
    ledger = open_ledger(
        organisation=place.organisation,
        visit=place.visit,
        title=title or _title_of(request.POST.get("first_file", "")),
        ledger_year=year,
        by=place.person,
    )
    return JsonResponse(
        {
            "ledger": str(ledger.public_id),
            "files": place.url("file_start", ledger=ledger.public_id),
            "read": place.url("ledger_read", ledger=ledger.public_id),
            "add": place.url("ledger_add", ledger=ledger.public_id),
        }
    )


@require_POST
def try_start(request: HttpRequest) -> HttpResponse:
    """A script begins a ledger on a visit."""
    try:
        place = _begun(request)
    except KeinoError as error:
        return as_json(error, 429)
    return start(request, place)


@require_POST
def file_start(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """A script begins a file, or asks how far it came."""
    found = place.ledger(ledger)
    size = request.POST.get("size", "")
    if not size.isascii() or not size.isdecimal() or len(size) > 15:
        return JsonResponse({"code": "wrong_size", "message": _("The size of the file is missing.")}, status=400)
    try:
        if place.visit is not None:
            count_try(request, "file", FILES_AN_HOUR)
        file = start_file(found, name=request.POST.get("name", ""), size=int(size), by=place.person)
    except KeinoError as error:
        return as_json(error)
    where = {"ledger": ledger, "file": file.public_id}
    return JsonResponse(
        _state(file)
        | {
            "piece_bytes": settings.UPLOAD_PIECE_BYTES,
            "piece": place.url("file_piece", **where),
            "finish": place.url("file_finish", **where),
        }
    )


def _state(file: LedgerFile) -> dict[str, Any]:
    return {
        "file": str(file.public_id),
        "name": file.name,
        "size_bytes": file.size_bytes,
        "received_bytes": file.received_bytes,
        "state": file.state,
        "message": said(file.error),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def file_piece(request: HttpRequest, place: Place, ledger: UUID, file: UUID) -> HttpResponse:
    """One piece as the body of the request, at ``?offset=``; GET says how far the file has come."""
    found = place.file(ledger, file)
    if request.method != "POST":
        return JsonResponse(_state(found))
    offset = request.GET.get("offset", "")
    if not offset.isascii() or not offset.isdecimal() or len(offset) > 15:
        return as_json(WrongOffset(name=found.name, expected=found.received_bytes), 409, **_state_of_offset(found))
    try:
        receive_piece(found, offset=int(offset), stream=request, by=place.person)
    except WrongOffset as error:
        return as_json(error, 409, received_bytes=error.expected)
    except KeinoError as error:
        return as_json(error)
    return JsonResponse(_state(found))


def _state_of_offset(file: LedgerFile) -> dict[str, int]:
    return {"received_bytes": file.received_bytes}


@require_POST
def file_finish(request: HttpRequest, place: Place, ledger: UUID, file: UUID) -> HttpResponse:
    """All pieces have come; with ``sha256`` they are compared with what was sent."""
    found = place.file(ledger, file)
    try:
        done = finish_file(found, sha256=request.POST.get("sha256") or None, by=place.person)
    except KeinoError as error:
        found.refresh_from_db(fields=["received_bytes"])
        return as_json(error, 409, received_bytes=found.received_bytes)
    return JsonResponse(_state(done))


@require_POST
def file_remove(request: HttpRequest, place: Place, ledger: UUID, file: UUID) -> HttpResponse:
    """Take a file out of a ledger."""
    found = place.file(ledger, file)
    try:
        remove_file(found, by=place.person)
    except KeinoError as error:
        tell(request, error)
    return redirect(place.url("ledger", ledger=ledger))
