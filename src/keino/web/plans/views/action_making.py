"""Make actions of a plan's measures: first a look at what would be made, then one button."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.models import CategoryPlan
from keino.web.plans.queries.action_measures import chosen_plan_of, proposed_by, proposed_by_category
from keino.web.plans.services.action_making import make_actions_of_category_plan, make_actions_of_chosen_plan
from keino.web.plans.views.actions import page

if TYPE_CHECKING:
    from keino.web.plans.models import Action
    from keino.web.plans.queries.action_measures import Proposed


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def of_chosen_plan(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Make actions of the chosen plan's measures."""
    if request.method == "POST":
        try:
            made = make_actions_of_chosen_plan(organisation=organisation, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
            return redirect("plans:actions_of_plan", slug=organisation.slug)
        return _made(request, organisation, made)
    plan = chosen_plan_of(organisation)
    rows = _rows(proposed_by(plan)) if plan else []
    return page(
        request, organisation, "making", source=plan, rows=rows, waiting=_waiting(rows), plan_title=str(plan or "")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def of_category_plan(request: HttpRequest, organisation: Organisation, plan: uuid.UUID) -> HttpResponse:
    """Make actions of a category plan's measures."""
    found = get_object_or_404(CategoryPlan, organisation=organisation, public_id=plan)
    if request.method == "POST":
        return _made(request, organisation, make_actions_of_category_plan(plan=found, by=the_person(request)))
    rows = _rows(proposed_by_category(found, timezone.localdate()))
    title = _("Category plan: {category}").format(category=category_name(found.category))
    return page(request, organisation, "making", source=found, rows=rows, waiting=_waiting(rows), plan_title=title)


def _rows(proposed: Sequence[Proposed]) -> list[dict[str, Any]]:
    return [{"proposed": each, "category": category_name(each.category_code)} for each in proposed]


def _waiting(rows: Sequence[dict[str, Any]]) -> int:
    """How many have no action yet."""
    return sum(1 for row in rows if row["proposed"].action is None)


def _made(request: HttpRequest, organisation: Organisation, made: Sequence[Action]) -> HttpResponse:
    """Say how many, and go on to giving them owners."""
    if made:
        words = ngettext("{count} action was made.", "{count} actions were made.", len(made)).format(count=len(made))
        messages.success(request, f"{words} {_('Give each an owner.')}")
    else:
        messages.info(request, _("Every measure has its action already. Nothing was changed."))
    return redirect("plans:actions", slug=organisation.slug)
