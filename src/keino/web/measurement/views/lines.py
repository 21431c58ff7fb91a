"""Pages of stored lines: all that a filter finds, and one with everything that is behind its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from keino.report import codes
from keino.web.base.templatetags.keino import day, money_exact, speaker
from keino.web.measurement.choices import RunState
from keino.web.measurement.column_names import column_name
from keino.web.measurement.forms.lines import LinesForm
from keino.web.measurement.models import CategoryRule, LedgerFile, Run
from keino.web.measurement.names import (
    basis_name,
    category_name,
    exclusion_explanation,
    exclusion_name,
    language,
)
from keino.web.measurement.queries.lines import filter_from, line_at, query_of
from keino.web.measurement.queries.runs import current_run, run_result
from keino.web.measurement.store import folder_of, has_lines
from keino.web.measurement.views.lines_rows import rows_html
from keino.web.measurement.views.runs import one_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

if TYPE_CHECKING:
    from keino.engine.results import FactorUse, FootprintResult, Slice
    from keino.engine.stored import Order, StoredLine

LINES_PER_PAGE = 50


def asked_run(request: HttpRequest, organisation: Organisation) -> Run | None:
    """The finished run that the address names, else the current one."""
    asked = request.GET.get("run", "")
    if not asked:
        return current_run(organisation)
    try:
        found = one_run(organisation, UUID(asked))
    except ValueError as error:
        raise Http404 from error
    if found.state != RunState.DONE:
        raise Http404
    return found


@require_GET
@organisation_page("measurement.see_lines")
def lines(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The lines behind a number: filtered, sorted, a page at a time, with what all of them hold on top."""
    run = asked_run(request, organisation)
    context: dict[str, Any] = {"organisation": organisation, "step": "footprint", "run": run}
    context["is_lost"] = run is not None and not has_lines(run)
    if run is not None and has_lines(run):
        context |= _page(request, organisation, run)
    return render(request, "measurement/lines.html", context)


def _page(request: HttpRequest, organisation: Organisation, run: Run) -> dict[str, Any]:
    from keino.engine.stored import EVERYTHING, lines_page, total_of

    result, folder, where = _frame(run.public_id), folder_of(run), filter_from(request.GET)
    order = _order(request.GET.get("order", ""))
    total = _whole(folder) if where == EVERYTHING else total_of(folder, where)
    page = Paginator(range(total.lines), LINES_PER_PAGE).get_page(request.GET.get("page"))
    found = lines_page(folder, where, order, page.number, LINES_PER_PAGE, total)
    may_work = request.user.has_perm("measurement.work", organisation)
    return {
        "result": result,
        "form": _form(request, result),
        "total": total,
        "whole": _whole(folder),
        "page_obj": page,
        "rows": rows_html(_addressed(organisation, run, found.rows, result.files), with_ticks=may_work),
        "query": query_of(where, run=run.public_id),
        "lines_query": query_of(where) or "scope=purchases",
        "downloads": [
            ("lines.csv", _("Take these lines as CSV")),
            ("lines.parquet", _("Take these lines as Parquet")),
        ],
        "is_filtered": where != EVERYTHING,
        "supplier": _supplier_name(found.rows, where.suppliers),
        "is_current": not request.GET.get("run"),
        "may_work": may_work,
    }


@dataclass(frozen=True)
class _Frame:
    """What the page says of a run around its lines; kept apart, since whole results are large."""

    currency: str
    years: list[int]
    units: list[str]
    bases: list[str]
    files: dict[str, int]


@lru_cache(maxsize=512)
def _frame(run: UUID) -> _Frame:
    result = run_result(Run(public_id=run))
    return _Frame(
        currency=result.currency,
        years=sorted(result.years, reverse=True),
        units=sorted(str(part.keys["unit_name"]) for part in result.by_unit),
        bases=[str(part.keys["category_basis"]) for part in result.coverage.by_basis],
        files={reading.path: number for number, reading in enumerate(result.readings, 1)},
    )


@lru_cache(maxsize=512)
def _whole(folder: Path) -> Slice:
    """What all lines of a run hold, which never changes."""
    from keino.engine.stored import total_of

    return total_of(folder)


def _order(asked: str) -> Order:
    from keino.engine.stored import Order

    return next((known for known in get_args(Order) if known == asked), "-amount")


def _form(request: HttpRequest, result: _Frame) -> LinesForm:
    initial = {name: request.GET.get(name, "") for name in LinesForm.base_fields}
    return LinesForm(initial=initial, years=result.years, units=result.units, bases=result.bases)


def _supplier_name(rows: tuple[StoredLine, ...], suppliers: tuple[str, ...]) -> str:
    """The asked supplier as its first line prints it."""
    return rows[0].supplier_name if rows and len(suppliers) == 1 else ", ".join(suppliers)


def line_url(organisation: Organisation, run: Run, file: int, row: int) -> str:
    """A line's page in one run: its address stays the same for ever."""
    path = reverse("measurement:line", kwargs={"slug": organisation.slug, "file": file, "row": row})
    return f"{path}?run={run.public_id}"


def _addressed(
    organisation: Organisation, run: Run, lines: Iterable[StoredLine], files: Mapping[str, int]
) -> Iterator[tuple[StoredLine, str, str]]:
    """Each line with the address of its page and what its tick box sends."""
    for line in lines:
        file = files[line.source_file]
        yield line, line_url(organisation, run, file, line.source_row), f"{file}-{line.source_row}"


@dataclass(frozen=True)
class ShownFactor:
    """A factor behind a line, in the reader's words."""

    use: FactorUse
    product: str
    price_basis: str
    match: str
    reason: str
    citation: str
    source: dict[str, str]


@require_GET
@organisation_page("measurement.see_lines")
def line(request: HttpRequest, organisation: Organisation, file: int, row: int) -> HttpResponse:
    """One line: what the books say, which category and why, which factor from where, and what would move it."""
    run = asked_run(request, organisation)
    found = line_at(run, file, row) if run is not None else None
    if run is None or found is None:
        raise Http404
    result = run_result(run)
    source = _input(run, file)
    context = {
        "organisation": organisation,
        "step": "footprint",
        "run": run,
        "result": result,
        "line": found,
        "reading": result.readings[file - 1],
        "ledger_file": source,
        "ledger_total": _control(source),
        "cells": _cells(found),
        "category": category_name(found.category_code),
        "basis": basis_name(found.category_basis),
        "rule": _rule(run, found),
        "reason": exclusion_name(found.exclusion_reason) if found.exclusion_reason else "",
        "explanation": exclusion_explanation(found.exclusion_reason) if found.exclusion_reason else "",
        "factors": _factors(result, found),
        "same_query": query_of_same(found, run),
        "tick": f"{file}-{row}",
        "may_work": request.user.has_perm("measurement.work", organisation),
    }
    return render(request, "measurement/line.html", context)


#: Columns of a line that say how it was read, not what the books say.
_OF_READING = {"source_file", "reading", "repairs"}


def _cells(line: StoredLine) -> list[tuple[str, str]]:
    """What the books say, amounts and dates as people write them."""
    shown = {
        name: money_exact(Decimal(text), line.currency) if name.startswith("amount_") else text
        for name, text in line.cells
        if name not in _OF_READING
    }
    if line.date is not None:
        shown["date"] = day(line.date)
    return [(column_name(name), text) for name, text in shown.items()]


def query_of_same(line: StoredLine, run: Run) -> str:
    """All lines of the same supplier and category."""
    from keino.engine.stored import Filter

    scope = "excluded" if line.exclusion_reason else "purchases"
    where = Filter(suppliers=(line.supplier,), categories=(line.category_code,), scope=scope)  # type: ignore[arg-type]
    return query_of(where, run=run.public_id)


def _input(run: Run, file: int) -> LedgerFile | None:
    """The uploaded file that the run read as this one."""
    manifest = Run.objects.values_list("manifest", flat=True).get(pk=run.pk) or {}
    inputs = manifest.get("inputs", [])
    if not 1 <= file <= len(inputs):
        return None
    return LedgerFile.objects.select_related("ledger").filter(public_id=inputs[file - 1]["file"]).first()


def _control(source: LedgerFile | None) -> dict[str, Any] | None:
    """The books' total that an approver entered for the file's ledger."""
    if source is None or source.ledger.books_total is None:
        return None
    return {"books": source.ledger.books_total, "by": source.ledger.approved_by, "at": source.ledger.approved_at}


def _rule(run: Run, line: StoredLine) -> dict[str, Any] | None:
    """The organisation's own rule that decided the line."""
    if line.category_basis != "rule":
        return None
    known = run.options.get("rules", [])
    place = int(line.category_evidence.removeprefix("rule row ")) - 2
    if not 0 <= place < len(known):
        return None
    kept = known[place]
    conditions = [(column_name(name), text) for name, text in kept["conditions"].items()]
    rule = CategoryRule.objects.select_related("made_by").filter(pk=kept["id"]).first()
    return {"conditions": conditions, "note": kept["note"], "made_by": rule and rule.made_by, "row": rule}


def _factors(result: FootprintResult, line: StoredLine) -> list[ShownFactor]:
    if line.exclusion_reason:
        return []
    uses = (use for use in result.factors if (use.category, use.year) == (line.category_code, line.year))
    return [_shown(use, result.sources.get(use.source, {})) for use in uses]


def _shown(use: FactorUse, source: dict[str, str]) -> ShownFactor:
    speech = speaker()
    origin = speech.text(codes.ORIGINS[use.origin]) if use.origin in codes.ORIGINS else ""
    return ShownFactor(
        use=use,
        product=category_name(use.product) if use.origin == "own_factor" else use.product_label(language()),
        price_basis=codes.words(speech, codes.PRICE_BASES, use.price_basis),
        match=codes.words(speech, codes.MATCHES, use.match),
        reason=" ".join(text for text in (origin, use.reason(language())) if text),
        citation=source.get("citation") or source.get("title") or use.source or _("not named"),
        source=source,
    )
