"""Addresses of procurements themselves: lists, the page of one, what is written about it."""

from __future__ import annotations

from django.urls import path

from keino.web.procurements.views import criteria, lists, procurement, records, risks

_ALL = "o/<slug:slug>/procurements/"
_ONE = f"{_ALL}<uuid:procurement>/"

urlpatterns = [
    path(_ALL, lists.procurements, name="procurements"),
    path(f"{_ALL}board/", lists.board, name="board"),
    path(f"{_ALL}themes/", lists.themes, name="themes"),
    path(f"{_ALL}new/", procurement.procurement_new, name="procurement_new"),
    path(_ONE, procurement.procurement, name="procurement"),
    path(f"{_ONE}edit/<slug:part>/", procurement.procurement_edit, name="procurement_edit"),
    path(f"{_ONE}move/", procurement.procurement_move, name="procurement_move"),
    path(f"{_ONE}records/new/<slug:kind>/", records.record_new, name="record_new"),
    path(f"{_ONE}records/<uuid:record>/", records.record_edit, name="record_edit"),
    path(f"{_ONE}decision/", records.decide, name="decide"),
    path(f"{_ONE}evaluation/", records.evaluate, name="evaluate"),
    path(f"{_ONE}criteria/new/", criteria.criterion_new, name="criterion_new"),
    path(f"{_ONE}criteria/<uuid:criterion>/", criteria.criterion_edit, name="criterion_edit"),
    path(f"{_ONE}criteria/<uuid:criterion>/remove/", criteria.criterion_remove, name="criterion_remove"),
    path(f"{_ONE}risks/new/", risks.risk_new, name="risk_new"),
    path(f"{_ONE}risks/<uuid:risk>/", risks.risk_edit, name="risk_edit"),
]
