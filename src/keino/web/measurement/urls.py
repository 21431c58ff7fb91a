"""Addresses of ``measurement``."""

from django.urls import URLPattern, URLResolver, path

from keino.web.measurement.urls_ledgers import ledger_urls
from keino.web.measurement.views import lines, rules, runs

app_name = "measurement"
urlpatterns: list[URLPattern | URLResolver] = [*ledger_urls]

urlpatterns += [
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
