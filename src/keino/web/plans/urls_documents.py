"""Addresses of operating models and category plans."""

from __future__ import annotations

from django.urls import path

from keino.web.plans.views import category_lists, category_plans, category_steps, operating_models, public_plans

_MODEL = "o/<slug:slug>/plan/operating-model/"
_VERSION = f"{_MODEL}<int:number>/"
_PLANS = "o/<slug:slug>/plan/categories/"
_PLAN = f"{_PLANS}<str:category>/"

urlpatterns = [
    path(_MODEL, operating_models.operating_model, name="operating_model"),
    path(f"{_MODEL}begin/", operating_models.operating_model_begin, name="operating_model_begin"),
    path(f"{_MODEL}versions/", operating_models.operating_model_versions, name="operating_model_versions"),
    path(f"{_MODEL}comparison/", operating_models.operating_model_comparison, name="operating_model_comparison"),
    path(_VERSION, operating_models.operating_model_version, name="operating_model_version"),
    path(f"{_VERSION}edit/<slug:section>/", operating_models.operating_model_section, name="operating_model_section"),
    path(f"{_VERSION}send/", operating_models.operating_model_send, name="operating_model_send"),
    path(f"{_VERSION}return/", operating_models.operating_model_return, name="operating_model_return"),
    path(f"{_VERSION}approve/", operating_models.operating_model_approve, name="operating_model_approve"),
    path(f"{_VERSION}pdf/", operating_models.operating_model_file, name="operating_model_file"),
    path(_PLANS, category_lists.category_plans, name="category_plans"),
    path(f"{_PLANS}begin/", category_lists.category_plan_begin, name="category_plan_begin"),
    path(_PLAN, category_plans.category_plan, name="category_plan"),
    path(f"{_PLAN}edit/<slug:section>/", category_plans.category_plan_section, name="category_plan_section"),
    path(f"{_PLAN}comment/", category_plans.category_plan_comment, name="category_plan_comment"),
    path(f"{_PLAN}history/", category_plans.category_plan_history, name="category_plan_history"),
    path(f"{_PLAN}version/<int:number>/", category_plans.category_plan_version, name="category_plan_version"),
    path(
        f"{_PLAN}version/<int:number>/comparison/",
        category_plans.category_plan_comparison,
        name="category_plan_comparison",
    ),
    path(f"{_PLAN}review/", category_steps.category_plan_review, name="category_plan_review"),
    path(f"{_PLAN}approve/", category_steps.category_plan_approve, name="category_plan_approve"),
    path(f"{_PLAN}reopen/", category_steps.category_plan_reopen, name="category_plan_reopen"),
    path(f"{_PLAN}in-force/", category_steps.category_plan_in_force, name="category_plan_in_force"),
    path(f"{_PLAN}close/", category_steps.category_plan_close, name="category_plan_close"),
    path(f"{_PLAN}publish/", category_steps.category_plan_publish, name="category_plan_publish"),
    path("public/<slug:slug>/plan/<str:category>/", public_plans.public_plan, name="public_plan"),
]
