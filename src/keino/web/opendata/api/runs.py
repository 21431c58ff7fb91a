"""With a token: calculations, their sums, lines and manifests."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Ledger, Run
from keino.web.measurement.queries.runs import ledgers_to_count, run_result, runs_of
from keino.web.measurement.services.runs import ask_run
from keino.web.measurement.store import folder_of
from keino.web.measurement.tasks.runs import start
from keino.web.opendata.api.ledgers import CHANGES, PROBLEMS, kept_error, organisation_called
from keino.web.opendata.api.own_schemas import LinePage, RunDetail, RunIn, RunOut, RunPage, Slices
from keino.web.opendata.api.paging import Page, encoded, rows_after
from keino.web.opendata.api.problems import Refused
from keino.web.opendata.api.tokens import READ, WRITE, asker, permitted, permitted_thing
from keino.web.organisations.models import Organisation

if TYPE_CHECKING:
    from keino.engine.results import Slice
    from keino.engine.stored import StoredLine

router = Router(tags=["own"])

#: What sums may be told apart by: name here → part of the result.
_BY = {
    "category": "by_category",
    "main_category": "by_main_category",
    "year": "by_year",
    "category_year": "by_category_year",
    "unit": "by_unit",
    "supplier": "by_supplier",
}


class LineFilter(Schema):
    """Which lines are asked for."""

    year: int | None = Field(None, ge=0, le=99_999)
    category: str | None = Field(None, max_length=60, description="Leaf or main category; empty = without one")
    scope: Literal["purchases", "excluded", "all"] = "purchases"


class SliceChoice(Schema):
    """What sums are told apart by."""

    by: Literal["category", "main_category", "year", "category_year", "unit", "supplier"] = "category"


@router.get("/organisations/{slug}/runs", auth=READ, response={200: RunPage, **PROBLEMS}, summary="List calculations")
def list_runs(request: HttpRequest, slug: str, page: Query[Page]) -> Any:
    """An organisation's calculations, newest first."""
    organisation = permitted(request, "measurement.see_results", organisation_called(slug))
    found, following = rows_after(runs_of(organisation), page, newest_first=True)
    return {"items": [_run(run) for run in found], "next": following}


@router.post(
    "/organisations/{slug}/runs", auth=WRITE, response={202: RunOut, **CHANGES}, summary="Ask for a calculation"
)
def create_run(request: HttpRequest, slug: str, wanted: RunIn) -> Any:
    """Ask for a footprint of confirmed ledgers. It takes a while: ask for it until its state is `done` or `failed`."""
    organisation = permitted(request, "measurement.work", organisation_called(slug))
    person = asker(request)
    with transaction.atomic():
        run = ask_run(
            owner=organisation,
            ledgers=_ledgers(organisation, wanted.ledgers),
            by=person,
            factors=wanted.factors,
            edition=wanted.edition,
            reason=wanted.reason,
        )
        start(run, by=person)
    return Status(202, _run(run))


def _ledgers(organisation: Organisation, wanted: list[uuid.UUID]) -> list[Ledger]:
    if not wanted:
        return list(ledgers_to_count(organisation))
    found = list(Ledger.objects.filter(organisation=organisation, public_id__in=wanted))
    if len(found) != len(set(wanted)):
        raise Http404
    return found


@router.get("/runs/{uuid:run_id}", auth=READ, response={200: RunDetail, **PROBLEMS}, summary="One calculation")
def get_run(request: HttpRequest, run_id: uuid.UUID) -> Any:
    """Where a calculation stands, and its total once it is done."""
    run = _own_run(request, run_id, "measurement.see_results")
    if run.state != RunState.DONE:
        return {**_run(run), "currency": None, "years": [], "factor_set": None, "factor_edition": None, "total": None}
    result = run_result(run)
    return {
        **_run(run),
        "currency": result.currency,
        "years": list(result.years),
        "factor_set": result.factor_set,
        "factor_edition": result.factor_edition,
        "total": _slice(result.total),
    }


@router.get("/runs/{uuid:run_id}/slices", auth=READ, response={200: Slices, **CHANGES}, summary="Sums")
def list_slices(request: HttpRequest, run_id: uuid.UUID, choice: Query[SliceChoice]) -> Any:
    """Sums by category, main category, year, category and year, unit or supplier, each with its interval."""
    run = _done(_own_run(request, run_id, "measurement.see_results"))
    if choice.by == "supplier":
        permitted_thing(request, "measurement.see_lines", run.organisation)
    result = run_result(run)
    items = [_slice(part) for part in getattr(result, _BY[choice.by])]
    return {"currency": result.currency, "by": choice.by, "items": items}


@router.get("/runs/{uuid:run_id}/lines", auth=READ, response={200: LinePage, **CHANGES}, summary="Lines")
def list_lines(request: HttpRequest, run_id: uuid.UUID, page: Query[Page], wanted: Query[LineFilter]) -> Any:
    """Purchase lines with category and factor, in the order of the files. Keep `limit` the same from page to page."""
    from keino.engine.stored import Filter, lines_page

    run = _done(_own_run(request, run_id, "measurement.see_lines"))
    if page.after % page.limit:
        raise Refused(422, "wrong_cursor")
    where = Filter(
        years=() if wanted.year is None else (wanted.year,),
        categories=() if wanted.category is None else (wanted.category,),
        scope=wanted.scope,
    )
    found = lines_page(_folder(run), where, order="row", page=page.after // page.limit + 1, size=page.limit)
    end = page.after + page.limit
    return {
        "total": _slice(found.total),
        "items": [_line(line) for line in found.rows],
        "next": encoded(end) if end < found.total_lines else None,
    }


@router.get("/runs/{uuid:run_id}/manifest", auth=READ, response={200: dict[str, Any], **CHANGES}, summary="Manifest")
def get_manifest(request: HttpRequest, run_id: uuid.UUID) -> Any:
    """What a calculation was made from: files with their hashes, rules, editions, version of keino."""
    run = _done(_own_run(request, run_id, "measurement.see_results"))
    return run.manifest or {}


def _own_run(request: HttpRequest, run_id: uuid.UUID, permission: str) -> Run:
    run = Run.objects.defer("result").select_related("organisation").filter(public_id=run_id).first()
    permitted_thing(request, permission, run.organisation if run else None)
    assert run is not None
    return run


def _done(run: Run) -> Run:
    if run.state != RunState.DONE:
        raise Refused(409, "not_done")
    return run


def _folder(run: Run) -> Path:
    folder = folder_of(run)
    if not (folder / "lines.parquet").is_file():
        raise Refused(409, "no_lines")
    return folder


def _run(run: Run) -> dict[str, Any]:
    assert run.organisation is not None
    return {
        "run_id": run.public_id,
        "organisation": run.organisation.slug,
        "state": run.state,
        "reason": run.reason,
        "created_at": run.created_at,
        "finished_at": run.finished_at,
        "published_at": run.published_at,
        "error": kept_error(run.error),
    }


def _slice(part: Slice) -> dict[str, Any]:
    return asdict(part) | {"spend": str(part.spend), "spend_without_factor": str(part.spend_without_factor)}


def _line(line: StoredLine) -> dict[str, Any]:
    return asdict(line) | {"amount_net": str(line.amount_net)}
