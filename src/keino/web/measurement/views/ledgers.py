"""Ledgers: the list, how keino read one, "looks right", approval, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.addresses import address_or_none
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.measurement.choices import READABLE, TAKES_FILES, UNREAD, LedgerState
from keino.web.measurement.forms.ledgers import ApproveForm, LedgerForm, SeenForm
from keino.web.measurement.models import Ledger
from keino.web.measurement.queries.ledgers import ledgers_of, newest_run, reading_job, reconciliation, twins_of
from keino.web.measurement.queries.runs import ledgers_to_count
from keino.web.measurement.services.deletion import delete_files, deletion_of
from keino.web.measurement.services.ledgers import approve_ledger, confirm_ledger, rename_ledger, withdraw_ledger
from keino.web.measurement.services.runs import ask_run
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.measurement.tasks.runs import job_of, start
from keino.web.measurement.views.ledger_places import Place
from keino.web.measurement.views.ledger_words import file_words, total_rows_of

LEDGERS_PER_PAGE = 25


def step_words() -> dict[str, str]:
    """What the steps of reading are called while it goes on."""
    return {
        "join": _("Checking that all of the file has come"),
        "open": _("Looking at the file"),
        "read": _("Reading the rows"),
        "keep": _("Keeping how it was read"),
    }


@require_GET
def ledgers(request: HttpRequest, place: Place) -> HttpResponse:
    """An organisation's ledgers, newest first."""
    assert place.organisation is not None
    page = Paginator(ledgers_of(place.organisation), LEDGERS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"ledger": ledger, "url": place.url("ledger", ledger=ledger.public_id)} for ledger in page]
    return place.render(request, "ledger/list", page_obj=page, rows=rows)


@require_GET
def ledger(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """How keino read a ledger."""
    found = place.ledger(ledger)
    if found.state == LedgerState.OPEN and place.may_work:
        return redirect(place.url("ledger_add", ledger=ledger))
    read = reconciliation(found)
    twins = twins_of([each.file for each in read.files], found)
    job = reading_job(found)
    run = newest_run(found) if place.organisation is None else None
    return place.render(
        request,
        "ledger/reading",
        ledger=found,
        is_being_read=found.state == LedgerState.READING,
        job=job,
        step_text=step_words().get(job.step, "") if job else "",
        page_url=place.url("ledger", ledger=ledger),
        files=[file_words(place, each, twins.get(each.file.pk)) for each in read.files],
        reconciliation=read,
        total_rows=total_rows_of(read),
        takes_files=found.state in TAKES_FILES,
        can_confirm=found.state == LedgerState.READ and bool(read.totals),
        can_approve=found.state == LedgerState.CONFIRMED and place.may_approve,
        can_withdraw=found.state not in {LedgerState.WITHDRAWN, LedgerState.READING},
        can_read=any(each.file.state in READABLE for each in read.files),
        may_delete_files=found.state == LedgerState.WITHDRAWN
        and found.files_deleted_at is None
        and place.organisation is not None
        and place.may("measurement.delete_files"),
        is_unread=any(each.file.state in UNREAD for each in read.files),
        run=run,
        run_job=job_of(run) if run else None,
        result_url=address_or_none("dashboards:visit_footprint") or "",
        confirm_form=SeenForm(initial={"version": found.version}),
        **_urls(place, found),
    )


def _urls(place: Place, found: Ledger) -> dict[str, Any]:
    names = ("ledger_add", "ledger_read", "ledger_confirm", "ledger_details")
    urls = {f"{name}_url": place.url(name, ledger=found.public_id) for name in names}
    if place.organisation is not None:
        for name in ("ledger_approve", "ledger_withdraw", "ledger_delete_files"):
            urls[f"{name}_url"] = place.url(name, ledger=found.public_id)
    return urls


@require_POST
def ledger_read(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """Have a ledger read, or read again."""
    try:
        ask_reading(place.ledger(ledger), by=place.person)
    except KeinoError as error:
        tell(request, error)
    return redirect(place.url("ledger", ledger=ledger))


@require_POST
def ledger_confirm(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """Somebody says that it looks right: the ledger counts from now on, and its footprint is calculated."""
    found, form = place.ledger(ledger), SeenForm(request.POST)
    try:
        confirm_ledger(found, by=place.person, seen=form.cleaned_data["version"] if form.is_valid() else None)
        run = ask_run(owner=place.owner, ledgers=ledgers_to_count(place.owner), by=place.person)
        start(run, by=place.person)
    except KeinoError as error:
        tell(request, error)
        return redirect(place.url("ledger", ledger=ledger))
    messages.success(request, _("The ledger counts from now on. Its footprint is being calculated."))
    if place.organisation is None:
        return redirect(place.url("ledger", ledger=ledger))
    where = {"slug": place.organisation.slug, "run": run.public_id}
    return redirect(address_or_none("measurement:run", **where) or place.url("ledger", ledger=ledger))


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_details(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """What a ledger is called, and the year of its rows without a date."""
    found = place.ledger(ledger)
    first = {"title": found.title, "ledger_year": found.ledger_year}
    form, seen = LedgerForm(request.POST or None, initial=first), SeenForm(request.POST or {"version": found.version})
    if request.method == "POST" and form.is_valid() and seen.is_valid():
        title, year = form.cleaned_data["title"] or found.title, form.cleaned_data["ledger_year"]
        try:
            rename_ledger(found, title=title, ledger_year=year, by=place.person, seen=seen.cleaned_data["version"])
            if year != found.ledger_year:
                ask_reading(found, by=place.person)
        except KeinoError as error:
            form.add_error(None, said(as_data(error)))
        else:
            return redirect(place.url("ledger", ledger=ledger))
    page_url = place.url("ledger", ledger=ledger)
    status = 400 if form.is_bound else 200
    return place.render(
        request, "ledger/details", status, ledger=found, form=form, version=found.version, page_url=page_url
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_approve(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """The approver compares the control total with the books."""
    found = place.ledger(ledger)
    totals = reconciliation(found).totals
    form = ApproveForm(request.POST or None, initial={"version": found.version})
    difference = None
    if request.method == "POST" and form.is_valid():
        books, note = form.cleaned_data["books_total"], form.cleaned_data["note"]
        difference = books - totals[0].counted if len(totals) == 1 else None
        assert place.person is not None
        try:
            approve_ledger(found, books_total=books, note=note, by=place.person, seen=form.cleaned_data["version"])
        except KeinoError as error:
            form.add_error("note" if error.code == "books_differ" else None, said(as_data(error)))
        else:
            messages.success(request, _("The ledger is approved: its control total was compared with the books."))
            return redirect(place.url("ledger", ledger=ledger))
    return place.render(
        request,
        "ledger/approve",
        400 if form.is_bound else 200,
        ledger=found,
        form=form,
        totals=totals,
        difference=difference,
        can_approve=found.state == LedgerState.CONFIRMED,
        page_url=place.url("ledger", ledger=ledger),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_withdraw(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """Take a ledger out of use, after a look at what that means."""
    found = place.ledger(ledger)
    if request.method == "POST":
        return _done(
            request, place, found, withdraw_ledger,
            _("The ledger is withdrawn. Footprints made of it before stay as they are."),
        )  # fmt: skip
    return _asked(request, place, found, "ledger/withdraw", pgettext("ledger", "Withdraw"))


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_delete_files(request: HttpRequest, place: Place, ledger: UUID) -> HttpResponse:
    """Delete the files of a withdrawn ledger, after a look at what goes and what stays."""
    found = place.ledger(ledger)
    if request.method == "POST":
        return _done(
            request, place, found, delete_files,
            _("The files are deleted. Footprints made of them stay as they are."),
        )  # fmt: skip
    if found.state != LedgerState.WITHDRAWN or found.files_deleted_at is not None:
        return redirect(place.url("ledger", ledger=ledger))
    button = _("Delete the files for good")
    return _asked(request, place, found, "ledger/delete_files", button, deletion=deletion_of(found))


def _asked(request: HttpRequest, place: Place, ledger: Ledger, page: str, button: str, **more: Any) -> HttpResponse:
    """What an act would do, and the button that does it to the version seen here."""
    page_url, fields = place.url("ledger", ledger=ledger.public_id), {"version": ledger.version}
    return place.render(request, page, ledger=ledger, page_url=page_url, fields=fields, button=button, **more)


def _done(request: HttpRequest, place: Place, ledger: Ledger, act: Callable[..., object], success: str) -> HttpResponse:
    """Do it to the version that was seen, and say so on the ledger's page."""
    form = SeenForm(request.POST)
    assert place.person is not None
    try:
        act(ledger, by=place.person, seen=form.cleaned_data["version"] if form.is_valid() else None)
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, success)
    return redirect(place.url("ledger", ledger=ledger.public_id))
