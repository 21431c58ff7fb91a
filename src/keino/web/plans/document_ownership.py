"""Operating models and category plans that need a new owner when a person leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Model
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.measurement.names import category_name
from keino.web.plans.choices import CategoryPlanState, OperatingModelState
from keino.web.plans.models import CategoryPlan, OperatingModel

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _plans(person: Person, organisation: Model) -> Iterable[Owned]:
    found = CategoryPlan.objects.filter(owner=person, organisation=organisation.pk)
    for plan in found.exclude(state=CategoryPlanState.CLOSED).select_related("organisation").order_by("category"):
        yield Owned(
            key=f"category-plan:{plan.public_id}",
            kind=_("Category plan"),
            title=category_name(plan.category),
            url=reverse("plans:category_plan", args=[plan.organisation.slug, plan.category]),
            give_to=_giver(CategoryPlan, plan.pk),
            seen_with="plans.see",
        )


def _models(person: Person, organisation: Model) -> Iterable[Owned]:
    found = OperatingModel.objects.filter(owner=person, organisation=organisation.pk)
    for model in found.exclude(state=OperatingModelState.SUPERSEDED).select_related("organisation").order_by("number"):
        yield Owned(
            key=f"operating-model:{model.public_id}",
            kind=_("Operating model"),
            title=str(model),
            url=reverse("plans:operating_model_version", args=[model.organisation.slug, model.number]),
            give_to=_giver(OperatingModel, model.pk),
            seen_with="plans.see",
        )


def _giver(table: type[CategoryPlan | OperatingModel], key: int) -> Callable[[Person], None]:
    """Who owns an approved document may change; what stands in it doesn't."""

    def give_to(person: Person) -> None:
        with transaction.atomic():
            document = table.objects.select_for_update().get(pk=key)
            document.owner, document.version = person, F("version") + 1
            document.save(update_fields=["owner", "version"])

    return give_to


def register() -> None:
    """Put both on the list of a hand-over."""
    owners_known_by(_plans)
    owners_known_by(_models)
