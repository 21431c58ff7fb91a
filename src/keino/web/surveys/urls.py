"""Addresses of ``surveys``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from keino.web.surveys.views import answers, results, rounds

app_name = "surveys"
_ROOM = "o/<slug:slug>/maturity/"
_ROUND = f"{_ROOM}<uuid:round_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_ROOM, rounds.maturity, name="maturity"),
    path(f"{_ROOM}new/", rounds.open_, name="open"),
    path(_ROUND, results.results, name="round"),
    path(f"{_ROUND}results.xlsx", results.workbook, name="workbook"),
    path(f"{_ROUND}answer/", answers.answer, name="answer"),
    path(f"{_ROUND}answer/take-back/", answers.answer_back, name="take_back"),
    path(f"{_ROUND}change/", rounds.change, name="change"),
    path(f"{_ROUND}close/", rounds.close, name="close"),
    path(f"{_ROUND}cancel/", rounds.cancel, name="cancel"),
]
