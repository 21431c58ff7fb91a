"""Open actions that need a new owner when a person leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import pgettext

from keino.web.base.owned import Owned, owners_known_by
from keino.web.plans.models import Action

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _actions(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Action.objects.filter(owner=person, organisation=organisation.pk).open().select_related("organisation")
    for action in found.order_by("deadline", "pk"):
        yield Owned(
            key=f"action:{action.public_id}",
            kind=pgettext("of an action plan", "Action"),
            title=action.title,
            url=reverse("plans:action", args=[action.organisation.slug, action.public_id]),
            give_to=_giver(action.pk),
            seen_with="plans.see",
        )


def _giver(key: int) -> Callable[[Person], None]:
    def give_to(person: Person) -> None:
        with transaction.atomic():
            action = Action.objects.select_for_update().get(pk=key)
            action.owner, action.version = person, action.version + 1
            action.save()

    return give_to


def register() -> None:
    """Put actions on the list of a hand-over."""
    owners_known_by(_actions)
