"""Applications whose contact person leaves need another one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.programmes.choices.applications import ENDED
from keino.web.programmes.models import Application
from keino.web.programmes.services.applications.team import give_application

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _applications(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Application.objects.filter(contact=person, organisation=organisation.pk).exclude(state__in=ENDED)
    for each in found.select_related("organisation", "edition").order_by("pk"):
        yield Owned(
            key=f"application:{each.public_id}",
            kind=_("Application"),
            title=each.edition.shown_name,
            url=reverse("programmes:application", args=[each.organisation.slug, each.public_id]),
            give_to=partial(give_application, each),
            seen_with="programmes.see",
        )


def register() -> None:
    """Put applications on the list of a hand-over."""
    owners_known_by(_applications)
