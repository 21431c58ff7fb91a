"""Documents that wait for an approver, and coming tenderings of category plans, for the homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.measurement.names import category_name
from keino.web.organisations.needs import ComingDate, Need
from keino.web.plans.choices import CategoryPlanState, OperatingModelState
from keino.web.plans.models import CategoryPlan, OperatingModel, PlannedTender

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: Coming tenderings that a home shows.
COMING = 20
MODEL, PLAN = "model", "plan"


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """What waits for the person as approver, and what waits for another approver; by one query."""
    seen = {each.pk: each for each in organisations if person.has_perm("plans.see", each)}
    if not seen:
        return
    models = OperatingModel.objects.filter(organisation__in=seen, state=OperatingModelState.IN_REVIEW).order_by()
    plans = CategoryPlan.objects.filter(organisation__in=seen, state=CategoryPlanState.REVIEWED).order_by()
    waiting = models.values_list(
        "organisation_id", Value(MODEL, CharField()), Cast("number", CharField()), "sent_at"
    ).union(plans.values_list("organisation_id", Value(PLAN, CharField()), "category", "reviewed_at"))
    for key, kind, name, _since in waiting.order_by("sent_at"):
        organisation = seen[key]
        title, page, arguments = (
            (_("Approve the operating model, version {name}"), "operating_model", {"number": int(name)})
            if kind == MODEL
            else (_("Approve the category plan: {name}"), "category_plan", {"category": name})
        )
        approves = person.has_perm("plans.approve", organisation)
        view = f"{page}_approve" if approves else {MODEL: "operating_model_version", PLAN: "category_plan"}[kind]
        yield Need(
            "you" if approves else "others",
            title.format(name=name if kind == MODEL else category_name(name)),
            reverse(f"plans:{view}", kwargs={"slug": organisation.slug, **arguments}),
            organisation=str(organisation),
        )


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """The next tenderings whose day is known."""
    if not person.has_perm("plans.see", organisation):
        return
    found = PlannedTender.objects.filter(plan__organisation=organisation, day__gte=timezone.localdate())
    for tender in (
        found.exclude(plan__state=CategoryPlanState.CLOSED).select_related("plan").order_by("day", "pk")[:COMING]
    ):
        url = reverse("plans:category_plan", args=[organisation.slug, tender.plan.category])
        assert isinstance(tender.day, dt.date)
        yield ComingDate(tender.day, _("Tendering: {title}").format(title=tender.title), url)
