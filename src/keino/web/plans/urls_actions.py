"""Addresses of actions."""

from __future__ import annotations

from django.urls import path

from keino.web.plans.views import action_dates, action_making, action_money, actions, improvement

_ACTIONS = "o/<slug:slug>/plan/actions/"
_ACTION = f"{_ACTIONS}<uuid:action>/"

urlpatterns = [
    path(_ACTIONS, actions.actions, name="actions"),
    path(f"{_ACTIONS}board/", actions.board, name="actions_board"),
    path(f"{_ACTIONS}calendar/", action_dates.month, name="actions_month"),
    path(f"{_ACTIONS}budget/", action_money.budget, name="action_budget"),
    path(f"{_ACTIONS}budget/days/", action_money.budget_days, name="budget_days"),
    path(f"{_ACTIONS}undecided/", action_money.undecided, name="actions_undecided"),
    path(f"{_ACTIONS}undecided/xlsx/", action_money.undecided_xlsx, name="actions_undecided_xlsx"),
    path(f"{_ACTIONS}report/", improvement.report, name="improvement"),
    path(f"{_ACTIONS}report/xlsx/", improvement.report_xlsx, name="improvement_xlsx"),
    path(f"{_ACTIONS}report/pdf/", improvement.ask_report_pdf, name="improvement_ask_pdf"),
    path(f"{_ACTIONS}report/pdf/<uuid:job>/", improvement.report_pdf, name="improvement_pdf"),
    path(f"{_ACTIONS}report/pdf/<uuid:job>/file/", improvement.report_pdf_content, name="improvement_pdf_content"),
    path(f"{_ACTIONS}reviews/new/", actions.review_new, name="plan_review_new"),
    path(f"{_ACTIONS}new/", actions.action_new, name="action_new"),
    path(f"{_ACTIONS}of-plan/", action_making.of_chosen_plan, name="actions_of_plan"),
    path(f"{_ACTIONS}of-category-plan/<uuid:plan>/", action_making.of_category_plan, name="actions_of_category_plan"),
    path(_ACTION, actions.action, name="action"),
    path(f"{_ACTION}edit/", actions.action_edit, name="action_edit"),
    path(f"{_ACTION}move/", actions.action_move, name="action_move"),
    path(f"{_ACTION}review/", actions.review_new, name="action_review_new"),
    path("me/calendar/", action_dates.my_calendar, name="my_calendar"),
    path("calendar/<str:token>.ics", action_dates.calendar_feed, name="calendar_feed"),
]
