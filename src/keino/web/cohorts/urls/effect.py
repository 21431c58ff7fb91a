"""Addresses of the engagement log and of a programme's effect."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from keino.web.cohorts.views.effect import numbers, reports
from keino.web.cohorts.views.engagement import log, proposals

_LOG = "desk/engagement/"
_DESK = "desk/programmes/<slug:edition>/effect/"
_NATIONAL = "programmes/effect/"
_REPORT = f"{_NATIONAL}reports/<uuid:report>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_LOG, log.my_log, name="my_log"),
    path(f"{_LOG}my-log.<str:wanted>", log.my_log_file, name="my_log_file"),
    path(f"{_LOG}<uuid:row>/", log.change, name="engagement"),
    path(f"{_LOG}<uuid:row>/remove/", log.remove, name="engagement_remove"),
    path(f"{_LOG}proposals/take-up/", proposals.take_up_proposal, name="proposal_take_up"),
    path(f"{_LOG}proposals/decline/", proposals.decline_proposal, name="proposal_decline"),
    path(f"{_LOG}programmes/<slug:edition>/", log.edition_log, name="edition_log"),
    path(f"{_LOG}programmes/<slug:edition>/log.<str:wanted>", log.edition_log_file, name="edition_log_file"),
    path(_DESK, numbers.edition_effect, name="edition_effect"),
    path(f"{_DESK}count/", numbers.edition_count, name="edition_effect_count"),
    path(f"{_DESK}report/", reports.begin_of_edition, name="edition_effect_report"),
    path(_NATIONAL, numbers.national, name="effect"),
    path(f"{_NATIONAL}count/", numbers.national_count, name="effect_count"),
    path(f"{_NATIONAL}report/", reports.begin_of_all, name="effect_report_begin"),
    path(_REPORT, reports.report, name="effect_report"),
    path(f"{_REPORT}write/", reports.write, name="effect_report_write"),
    path(f"{_REPORT}numbers/", reports.numbers, name="effect_report_numbers"),
    path(f"{_REPORT}approve/", reports.approve, name="effect_report_approve"),
    path(f"{_REPORT}report-<str:language>.<str:wanted>", reports.report_file, name="effect_report_file"),
]
