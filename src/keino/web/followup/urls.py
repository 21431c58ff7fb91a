"""Addresses of ``followup``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from keino.web.followup.views import follow_up, public, reports

app_name = "followup"
_HERE = "o/<slug:slug>/follow-up/"
_REPORT = f"{_HERE}reports/<uuid:report>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_HERE, follow_up.follow_up, name="follow_up"),
    path(f"{_HERE}ask/", follow_up.ask_change, name="ask"),
    path(f"{_HERE}change/<uuid:answer>/", follow_up.change, name="change"),
    path(f"{_HERE}reports/", reports.reports, name="reports"),
    path(f"{_HERE}reports/begin/", reports.report_begin, name="report_begin"),
    path(_REPORT, reports.report, name="report"),
    path(f"{_REPORT}write/", reports.report_write, name="report_write"),
    path(f"{_REPORT}numbers/", reports.report_numbers, name="report_numbers"),
    path(f"{_REPORT}approve/", reports.report_approve, name="report_approve"),
    path(f"{_REPORT}publish/", reports.report_publish, name="report_publish"),
    path(f"{_REPORT}report-<str:language>.<str:wanted>", reports.report_file, name="report_file"),
    path("public/<slug:slug>/report/<int:year>/", public.public_report, name="public_report"),
    path(
        "public/<slug:slug>/report/<int:year>/report-<str:language>.<str:wanted>",
        public.public_report_file,
        name="public_report_file",
    ),
]
