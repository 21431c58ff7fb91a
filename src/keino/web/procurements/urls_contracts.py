"""Addresses of contracts, and of a procurement's market dialogue, assessment and tables."""

from __future__ import annotations

from django.urls import path

from keino.web.procurements.views import assessments, contracts, dialogues, tables

_CONTRACTS = "o/<slug:slug>/contracts/"
_CONTRACT = f"{_CONTRACTS}<uuid:contract>/"
_TERM = f"{_CONTRACT}terms/<uuid:term>/"
_PROCUREMENT = "o/<slug:slug>/procurements/<uuid:procurement>/"
_DIALOGUE = f"{_PROCUREMENT}dialogue/"
_ASSESSMENT = f"{_PROCUREMENT}assessment/"
_EFFECT = f"{_ASSESSMENT}effects/<uuid:effect>/"
_TABLE = "o/<slug:slug>/tables/<slug:kind>/"
_SENT = f"{_TABLE}<uuid:sent>/"

urlpatterns = [
    path(_CONTRACTS, contracts.contracts, name="contracts"),
    path(f"{_CONTRACTS}new/", contracts.contract_new, name="contract_new"),
    path(_CONTRACT, contracts.contract, name="contract"),
    path(f"{_CONTRACT}edit/", contracts.contract_edit, name="contract_edit"),
    path(f"{_CONTRACT}terms/new/", contracts.term_new, name="term_new"),
    path(_TERM, contracts.term_edit, name="term_edit"),
    path(f"{_TERM}controls/new/", contracts.control_new, name="control_new"),
    path(f"{_CONTRACT}controls/<uuid:control>/", contracts.control, name="control"),
    path(_DIALOGUE, dialogues.dialogue, name="dialogue"),
    path(f"{_DIALOGUE}new/", dialogues.step_new, name="dialogue_step_new"),
    path(f"{_DIALOGUE}steps/<uuid:step>/", dialogues.step_edit, name="dialogue_step"),
    path(f"{_DIALOGUE}outcome/", dialogues.outcome, name="dialogue_outcome"),
    path(f"{_DIALOGUE}finish/", dialogues.finish, name="dialogue_finish"),
    path(f"{_DIALOGUE}reopen/", dialogues.reopen, name="dialogue_reopen"),
    path(_ASSESSMENT, assessments.assessment, name="assessment"),
    path(f"{_ASSESSMENT}need/", assessments.need, name="assessment_need"),
    path(f"{_ASSESSMENT}use/", assessments.use, name="assessment_use"),
    path(f"{_ASSESSMENT}effects/new/", assessments.effect_new, name="effect_new"),
    path(_EFFECT, assessments.effect_edit, name="effect_edit"),
    path(f"{_EFFECT}remove/", assessments.effect_remove, name="effect_remove"),
    path(f"{_EFFECT}result/", assessments.result, name="effect_result"),
    path(f"{_ASSESSMENT}ready/", assessments.ready, name="assessment_ready"),
    path(f"{_ASSESSMENT}decide/", assessments.decide, name="assessment_decide"),
    path(f"{_ASSESSMENT}skip/", assessments.skip, name="assessment_skip"),
    path(f"{_ASSESSMENT}reopen/", assessments.reopen, name="assessment_reopen"),
    path(_TABLE, tables.table, name="table"),
    path(f"{_TABLE}template.<slug:wanted>", tables.table_template, name="table_template"),
    path(f"{_TABLE}export.<slug:wanted>", tables.table_export, name="table_export"),
    path(_SENT, tables.table_preview, name="table_preview"),
    path(f"{_SENT}take/", tables.table_take, name="table_take"),
    path(f"{_SENT}refused.<slug:wanted>", tables.table_refused, name="table_refused"),
]
