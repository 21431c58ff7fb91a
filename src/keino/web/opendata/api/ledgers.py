"""With a token: one's organisations, and their ledgers from the first byte to “looks right”."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from keino.web.base.errors import said
from keino.web.measurement.models import Ledger, LedgerFile
from keino.web.measurement.queries.ledgers import Total, ledgers_of, reconciliation
from keino.web.measurement.result_json import reading_as_json
from keino.web.measurement.services.ledgers import confirm_ledger, open_ledger
from keino.web.measurement.services.uploads import finish_file, receive_piece, start_file
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.opendata.api.own_schemas import (
    FileIn,
    FileOut,
    FinishIn,
    LedgerDetail,
    LedgerIn,
    LedgerOut,
    LedgerPage,
    MyOrganisations,
    Seen,
)
from keino.web.opendata.api.paging import Page, rows_after
from keino.web.opendata.api.problems import Problem
from keino.web.opendata.api.tokens import READ, WRITE, asker, permitted, permitted_thing
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import organisations_of_today

router = Router(tags=["own"])

PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}
CHANGES = PROBLEMS | {400: Problem, 409: Problem}


def organisation_called(slug: str) -> Organisation | None:
    """An organisation by its address on the site."""
    return Organisation.objects.filter(slug=slug.replace("\0", "\ufffd")).first()


def kept_error(error: dict[str, Any] | None) -> dict[str, str] | None:
    """An error that a file or run keeps, in the asked language."""
    return {"code": error["code"], "detail": said(error)} if error else None


@router.get("/my/organisations", auth=READ, response={200: MyOrganisations, **PROBLEMS}, summary="My organisations")
def list_my_organisations(request: HttpRequest) -> Any:
    """Organisations in which the token's person holds a role today, and what they may do there."""
    person = asker(request)
    return {
        "items": [
            {
                "organisation": organisation.slug,
                "name": organisation.shown_name,
                "roles": sorted({role.kind for role in roles}),
                "may_see_results": person.has_perm("measurement.see_results", organisation),
                "may_work": person.has_perm("measurement.work", organisation),
            }
            for organisation, roles in sorted(organisations_of_today(person), key=lambda pair: pair[0].slug)
        ]
    }


@router.get("/organisations/{slug}/ledgers", auth=READ, response={200: LedgerPage, **PROBLEMS}, summary="List ledgers")
def list_ledgers(request: HttpRequest, slug: str, page: Query[Page]) -> Any:
    """An organisation's ledgers, newest first."""
    organisation = permitted(request, "measurement.see_lines", organisation_called(slug))
    found, following = rows_after(ledgers_of(organisation), page, newest_first=True)
    for ledger in found:
        ledger.organisation = organisation
    return {"items": [_ledger(ledger) for ledger in found], "next": following}


@router.post(
    "/organisations/{slug}/ledgers", auth=WRITE, response={201: LedgerOut, **CHANGES}, summary="Begin a ledger"
)
def create_ledger(request: HttpRequest, slug: str, ledger: LedgerIn) -> Any:
    """Begin a ledger; then send its files."""
    organisation = permitted(request, "measurement.work", organisation_called(slug))
    made = open_ledger(organisation=organisation, title=ledger.title, ledger_year=ledger.ledger_year, by=asker(request))
    return Status(201, _ledger(made))


@router.get("/ledgers/{uuid:ledger_id}", auth=READ, response={200: LedgerDetail, **PROBLEMS}, summary="One ledger")
def get_ledger(request: HttpRequest, ledger_id: uuid.UUID) -> Any:
    """A ledger: its state, its files, how they were read and what they come to."""
    return _detail(_own_ledger(request, ledger_id, "measurement.see_lines"))


@router.post(
    "/ledgers/{uuid:ledger_id}/files",
    auth=WRITE,
    response={201: FileOut, 413: Problem, **CHANGES},
    summary="Begin a file",
)
def start_ledger_file(request: HttpRequest, ledger_id: uuid.UUID, file: FileIn) -> Any:
    """Begin a file, or go on with one of the same name and size: `received` says from which byte."""
    ledger = _own_ledger(request, ledger_id, "measurement.work")
    return Status(201, _file(start_file(ledger, name=file.name, size=file.size, by=asker(request))))


@router.get("/files/{uuid:file_id}", auth=READ, response={200: FileOut, **PROBLEMS}, summary="One file")
def get_file(request: HttpRequest, file_id: uuid.UUID) -> Any:
    """How far a file has come."""
    return _file(_own_file(request, file_id, "measurement.see_lines"))


@router.put(
    "/files/{uuid:file_id}/pieces/{int:offset}",
    auth=WRITE,
    response={200: FileOut, 413: Problem, 507: Problem, **CHANGES},
    summary="Send a piece of a file",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def put_piece(request: HttpRequest, file_id: uuid.UUID, offset: int) -> Any:
    """Send the bytes that begin at `offset`. Sending a piece again is harmless; a gap is refused with `expected`."""
    file = _own_file(request, file_id, "measurement.work")
    receive_piece(file, offset=offset, stream=request, by=asker(request))
    return _file(file)


@router.post(
    "/files/{uuid:file_id}/finish",
    auth=WRITE,
    response={200: FileOut, 507: Problem, **CHANGES},
    summary="Finish a file",
)
def finish_ledger_file(request: HttpRequest, file_id: uuid.UUID, end: FinishIn) -> Any:
    """Say that all pieces are sent. With `sha256` the bytes must be yours."""
    file = _own_file(request, file_id, "measurement.work")
    return _file(finish_file(file, sha256=end.sha256, by=asker(request)))


@router.post(
    "/ledgers/{uuid:ledger_id}/read", auth=WRITE, response={202: LedgerDetail, **CHANGES}, summary="Read a ledger"
)
def read_ledger(request: HttpRequest, ledger_id: uuid.UUID) -> Any:
    """Have the files read. It takes a while: ask for the ledger until its state is `read` or `failed`."""
    ledger = _own_ledger(request, ledger_id, "measurement.work")
    ask_reading(ledger, by=asker(request))
    return Status(202, _detail(ledger))


@router.post(
    "/ledgers/{uuid:ledger_id}/confirm",
    auth=WRITE,
    response={200: LedgerDetail, **CHANGES},
    summary="Say that a ledger looks right",
)
def confirm(request: HttpRequest, ledger_id: uuid.UUID, seen: Seen) -> Any:
    """Say that the totals are right, with the version you saw. Calculations count confirmed ledgers only."""
    ledger = _own_ledger(request, ledger_id, "measurement.work")
    confirm_ledger(ledger, by=asker(request), seen=seen.version)
    return _detail(ledger)


def _own_ledger(request: HttpRequest, ledger_id: uuid.UUID, permission: str) -> Ledger:
    ledger = Ledger.objects.select_related("organisation").filter(public_id=ledger_id).first()
    permitted_thing(request, permission, ledger.organisation if ledger else None)
    assert ledger is not None
    return ledger


def _own_file(request: HttpRequest, file_id: uuid.UUID, permission: str) -> LedgerFile:
    file = LedgerFile.objects.select_related("ledger__organisation").filter(public_id=file_id).first()
    permitted_thing(request, permission, file.ledger.organisation if file else None)
    assert file is not None
    return file


def _ledger(ledger: Ledger) -> dict[str, Any]:
    assert ledger.organisation is not None
    return {
        "ledger_id": ledger.public_id,
        "organisation": ledger.organisation.slug,
        "title": ledger.title,
        "state": ledger.state,
        "ledger_year": ledger.ledger_year,
        "version": ledger.version,
        "created_at": ledger.created_at,
    }


def _detail(ledger: Ledger) -> dict[str, Any]:
    found = reconciliation(ledger)
    return {
        **_ledger(ledger),
        "files": [_file(each.file) for each in found.files],
        "totals": [_total(total) for total in found.totals],
        "readings": [reading_as_json(each.reading) for each in found.files if each.reading is not None],
    }


def _file(file: LedgerFile) -> dict[str, Any]:
    return {
        "file_id": file.public_id,
        "ledger_id": file.ledger.public_id,
        "name": file.name,
        "size": file.size_bytes,
        "received": file.received_bytes,
        "piece_bytes": settings.UPLOAD_PIECE_BYTES,
        "state": file.state,
        "sha256": file.sha256,
        "error": kept_error(file.error),
    }


def _total(total: Total) -> dict[str, Any]:
    counts = {name: getattr(total, name) for name in ("currency", "rows", "accepted", "repaired", "mended", "rejected")}
    amounts = ("amount_accepted", "amount_repaired", "amount_mended", "amount_rejected")
    return counts | {name: str(getattr(total, name)) for name in amounts} | {"amount_total": str(total.amount)}
