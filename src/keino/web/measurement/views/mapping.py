"""The mapping wizard: what each column holds, what it means, what that gives; learned for the next file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.measurement.files import one_input
from keino.web.measurement.forms.ledgers import MappingForm
from keino.web.measurement.models import LedgerFile, SavedMapping
from keino.web.measurement.previews import TooLargeToTry, preview_from_json, refuse_large_workbook
from keino.web.measurement.queries.mappings import mapping_for, mappings_of
from keino.web.measurement.services.mapping import forget_mapping, save_mapping
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.measurement.views.ledger_places import Place
from keino.web.measurement.views.ledger_words import sample_head, sample_rows

if TYPE_CHECKING:
    from keino.engine.ingest.mapping_file import SavedMapping as Mapping
    from keino.engine.look import Look

MAPPINGS_PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, place: Place, ledger: UUID, file: UUID) -> HttpResponse:
    """Choose what the columns of a file mean; look at what that gives before saving it."""
    found = place.file(ledger, file)
    preview = preview_from_json(found.preview)
    if preview is None or found.mends_id or not found.stored_as:
        raise Http404
    learned = mapping_for(found.ledger, found.header_key)
    look = _looked_at(request, found, preview.look)
    form = MappingForm(request.POST or None, look=look, initial=_first(found, learned))
    context: dict[str, Any] = {}
    if request.method == "POST" and "look" not in request.POST and form.is_valid():
        chosen = form.mapping()
        if "preview" in request.POST:
            context = _tried(form, found, chosen)
        elif _saved(place, form, found, chosen):
            messages.success(request, _("Saved. The ledger is read again; files like it will be read so too."))
            return redirect(place.url("ledger", ledger=ledger))
    return place.render(
        request,
        "ledger/mapping",
        400 if form.errors else 200,
        file=found,
        ledger=found.ledger,
        form=form,
        learned=learned,
        error=said(found.error),
        page_url=place.url("ledger", ledger=ledger),
        **context,
    )


def _looked_at(request: HttpRequest, file: LedgerFile, kept: Look) -> Look:
    """The columns as kept, or of the sheet and under the headings that were asked for."""
    sheet, row = request.POST.get("sheet", ""), request.POST.get("header_row", "").strip()
    if not (sheet and sheet != kept.sheet and sheet in kept.sheets) and not (row and row != str(kept.header_row)):
        return kept
    from keino.engine.ingest.mapping_file import SavedMapping as Wishes
    from keino.engine.ingest.reading import ReadOptions
    from keino.engine.look import look

    wishes = Wishes(columns={}, sheet=sheet or None, header_row=int(row) if row.isdecimal() and len(row) < 4 else None)
    try:
        with one_input(file) as path:
            refuse_large_workbook(path, file.name)
            return look(path, ReadOptions(mapping=wishes))
    except TooLargeToTry as error:
        tell(request, error)
        return kept
    except KeinoError:
        return kept


def _first(file: LedgerFile, learned: SavedMapping | None) -> dict[str, Any]:
    """What stands in the form at first: the mapping that the file was read with, if any."""
    first: dict[str, Any] = {"seen": learned.version if learned else 0}
    if file.mapping_content:
        from keino.engine.ingest.mapping_file import mapping_from_text

        kept = mapping_from_text(file.mapping_content)
        names = ("amount_basis", "decimal", "currency", "sheet", "header_row")
        first |= {name: getattr(kept, name) for name in names if getattr(kept, name) is not None}
        orders = {"day_first" if name.find("%d") < name.find("%m") else "month_first" for name in kept.dates}
        first |= {"date_order": orders.pop()} if len(orders) == 1 else {}
    return first


def _tried(form: MappingForm, file: LedgerFile, chosen: Mapping) -> dict[str, Any]:
    """The first lines as the choice would read them, or what stands against it."""
    from keino.engine.ingest.reading import ReadOptions
    from keino.engine.look import first_rows

    try:
        with one_input(file) as path:
            refuse_large_workbook(path, file.name)
            rows = first_rows(path, ReadOptions(mapping=chosen, year=file.ledger.ledger_year))
    except KeinoError as error:
        form.add_error(None, said(as_data(error)))
        return {}
    return {"is_tried": True, "tried": sample_rows(rows, chosen.currency or ""), "tried_head": sample_head()}


def _saved(place: Place, form: MappingForm, file: LedgerFile, chosen: Mapping) -> bool:
    from keino.engine.ingest.mapping_file import mapping_text

    try:
        save_mapping(file, content=mapping_text(chosen), by=place.person, seen=form.cleaned_data["seen"])
        ask_reading(file.ledger, by=place.person)
    except KeinoError as error:
        form.add_error(None, said(as_data(error)))
        return False
    return True


@require_GET
def mappings(request: HttpRequest, place: Place) -> HttpResponse:
    """What an organisation has taught keino about columns."""
    assert place.organisation is not None
    page = Paginator(mappings_of(place.organisation.pk), MAPPINGS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"mapping": each, "columns": _used(each), "url": place.url("mapping_forget", mapping=each.public_id)}
        for each in page
    ]
    return place.render(request, "ledger/mappings", page_obj=page, rows=rows)


def _used(kept: SavedMapping) -> list[str]:
    """The headings that a mapping reads, with what they mean."""
    from keino.engine.ingest.mapping_file import mapping_from_text
    from keino.web.measurement.column_names import NAMES

    columns = mapping_from_text(kept.content).columns
    return [f"{NAMES[name]}: {place}" for name, place in columns.items() if place != ""]


@require_POST
def mapping_forget(request: HttpRequest, place: Place, mapping: UUID) -> HttpResponse:
    """Don't use a mapping any more."""
    assert place.organisation is not None
    kept = mappings_of(place.organisation.pk).filter(public_id=mapping).first()
    if kept is None:
        raise Http404
    try:
        forget_mapping(kept, by=place.person)
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("Forgotten. Files that were read with it stay as they are."))
    return redirect(place.url("mappings"))
