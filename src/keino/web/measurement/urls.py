"""Addresses of ``measurement``: a ledger has the same ones in an organisation and, without an account, on a visit."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from keino.web.measurement.views import ledgers, lines, mapping, mending, rules, runs, uploads, visits
from keino.web.measurement.views.ledger_places import Page, in_organisation, in_visit

app_name = "measurement"
RESULTS, LINES, WORK = "measurement.see_results", "measurement.see_lines", "measurement.work"

_LEDGER = "<uuid:ledger>/"
_FILE = f"{_LEDGER}file/<uuid:file>/"

#: Path under ``ledger/``, name, view, permission: in both places.
PAGES: tuple[tuple[str, str, Page, str], ...] = (
    (_LEDGER, "ledger", ledgers.ledger, LINES),
    (f"{_LEDGER}add/", "ledger_add", uploads.add, WORK),
    (f"{_LEDGER}read/", "ledger_read", ledgers.ledger_read, WORK),
    (f"{_LEDGER}confirm/", "ledger_confirm", ledgers.ledger_confirm, WORK),
    (f"{_LEDGER}details/", "ledger_details", ledgers.ledger_details, WORK),
    (f"{_LEDGER}file/", "file_start", uploads.file_start, WORK),
    (_FILE, "file_piece", uploads.file_piece, WORK),
    (f"{_FILE}finish/", "file_finish", uploads.file_finish, WORK),
    (f"{_FILE}remove/", "file_remove", uploads.file_remove, WORK),
    (f"{_FILE}columns/", "mapping", mapping.mapping, WORK),
    (f"{_FILE}rejected/", "rejected", mending.rejected, LINES),
    (f"{_FILE}rejected/csv/", "rejected_csv", mending.rejected_csv, LINES),
    (f"{_FILE}rejected/mended/", "rejected_upload", mending.rejected_upload, WORK),
    (f"{_FILE}rejected/read/", "rejected_read", mending.rejected_read, WORK),
)
#: Of organisations only.
OWN: tuple[tuple[str, str, Page, str], ...] = (
    ("", "ledgers", ledgers.ledgers, RESULTS),
    ("new/", "upload", uploads.upload, WORK),
    ("start/", "upload_start", uploads.start, WORK),
    ("columns/", "mappings", mapping.mappings, WORK),
    ("columns/<uuid:mapping>/forget/", "mapping_forget", mapping.mapping_forget, WORK),
    (f"{_LEDGER}approve/", "ledger_approve", ledgers.ledger_approve, "measurement.approve"),
    (f"{_LEDGER}withdraw/", "ledger_withdraw", ledgers.ledger_withdraw, WORK),
    (f"{_LEDGER}delete-files/", "ledger_delete_files", ledgers.ledger_delete_files, "measurement.delete_files"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(
        path(f"o/<slug:slug>/ledger/{at}", in_organisation(may)(view), name=name)
        for at, name, view, may in (*OWN, *PAGES)
    ),
    path("footprint/", uploads.try_it, name="try"),
    path("footprint/start/", uploads.try_start, name="try_start"),
    path("footprint/forget/", visits.forget, name="forget_visit"),
    path("footprint/keep/", visits.keep, name="keep_visit"),
    *(path(f"footprint/ledger/{at}", in_visit(view), name=f"visit_{name}") for at, name, view, _may in PAGES),
    path("o/<slug:slug>/runs/", runs.runs, name="runs"),
    path("o/<slug:slug>/runs/calculate/", runs.calculate, name="calculate"),
    path("o/<slug:slug>/runs/comparison/", runs.run_comparison, name="run_comparison"),
    path("o/<slug:slug>/runs/<uuid:run>/", runs.run, name="run"),
    path("o/<slug:slug>/runs/<uuid:run>/manifest.json", runs.run_manifest, name="run_manifest"),
    path("o/<slug:slug>/runs/<uuid:run>/again/", runs.run_again, name="run_again"),
    path("o/<slug:slug>/runs/<uuid:run>/publish/", runs.run_publish, name="run_publish"),
    path("o/<slug:slug>/lines/", lines.lines, name="lines"),
    path("o/<slug:slug>/lines/<int:file>/<int:row>/", lines.line, name="line"),
    path("o/<slug:slug>/rules/", rules.rules, name="rules"),
    path("o/<slug:slug>/rules/new/", rules.correct, name="correct"),
    path("o/<slug:slug>/rules/import/", rules.rules_import, name="rules_import"),
    path("o/<slug:slug>/rules/rules.csv", rules.rules_csv, name="rules_csv"),
    path("o/<slug:slug>/rules/<uuid:rule>/end/", rules.rule_end, name="rule_end"),
]
