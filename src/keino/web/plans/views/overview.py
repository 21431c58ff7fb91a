"""The plan's first page: own target, footprint now, the chosen plan, and the rooms of planning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from keino.web.base.addresses import address_or_none
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.charts import path_chart
from keino.web.plans.choices import ReductionPlanState as State
from keino.web.plans.plan_json import is_readable
from keino.web.plans.queries.reduction_plans import chosen_plan, plans_of
from keino.web.plans.queries.targets import standing, targets_of
from keino.web.plans.reduction_words import headline

if TYPE_CHECKING:
    from keino.web.measurement.models import Run
    from keino.web.plans.models import ReductionPlan


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now."""

    url: str
    text: str


@require_GET
@organisation_page("plans.see")
def plan(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Where the organisation means to go, where it is, and how it gets there."""
    run = current_run(organisation)
    targets = list(targets_of(organisation))
    chosen = chosen_plan(organisation)
    may_work = request.user.has_perm("plans.work", organisation)
    result = chosen.result if chosen else None
    context: dict[str, Any] = {
        "organisation": organisation,
        "step": "plan",
        "run": run,
        "targets": targets,
        "standing": standing(targets[-1], run) if targets and run else None,
        "chosen": chosen,
        "headline": headline(result) if is_readable(result) else "",
        "path": path_chart(result) if is_readable(result) else None,
        "newer": chosen is not None and run is not None and run.pk != chosen.run_id,
        "rooms": _rooms(organisation),
        "next": _next(organisation, run, has_target=bool(targets), chosen=chosen) if may_work else None,
        "may_work": may_work,
    }
    return render(request, "plans/plan.html", context)


def _rooms(organisation: Organisation) -> list[tuple[str, str, str]]:
    """The pages of planning: address, name, what for."""
    rooms = (
        ("plans:potential", _("Potential"), _("how much each category could still take away")),
        ("plans:measures", _("Bank of measures"), _("what can be done, with effects, costs and sources")),
        ("plans:reduction_plans", _("Plans to the target"), _("what to start when; plans side by side")),
        ("plans:operating_model", _("Operating model"), _("who decides what, and when")),
        ("plans:category_plans", _("Category plans"), _("goals, measures and tenders by category")),
        ("plans:actions", _("Actions"), _("who does what by when, and with which money")),
    )
    found = ((address_or_none(name, slug=organisation.slug), title, text) for name, title, text in rooms)
    return [(url, title, text) for url, title, text in found if url]


def _next(
    organisation: Organisation, run: Run | None, *, has_target: bool, chosen: ReductionPlan | None
) -> NextStep | None:
    """The first of the steps that is not done yet."""
    slug = organisation.slug
    if run is None:
        return NextStep(reverse("measurement:ledgers", args=[slug]), _("Calculate the footprint first"))
    if not has_target:
        return NextStep(reverse("plans:target_new", args=[slug]), _("Set your own target"))
    if chosen is None:
        newest = plans_of(organisation).order_by("-created_at", "-pk").first()
        if newest is None:
            return NextStep(reverse("plans:reduction_plan_new", args=[slug]), _("Make a plan to the target"))
        url = reverse("plans:reduction_plan", args=[slug, newest.public_id])
        words = {
            State.DRAFT: _("Go on with the plan “{title}”"),
            State.FAILED: _("Go on with the plan “{title}”"),
            State.DONE: _("Look at the plan “{title}” and choose it"),
        }
        text = words.get(State(newest.state), _("See how the plan “{title}” is being computed"))
        return NextStep(url, text.format(title=newest.title))
    if actions := address_or_none("plans:actions", slug=slug):
        return NextStep(actions, _("Turn the plan into actions"))
    return NextStep(reverse("plans:reduction_plan", args=[slug, chosen.public_id]), _("Look at the chosen plan"))
