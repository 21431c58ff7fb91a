"""Parts in editions that need somebody else when a person leaves the centre."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Model
from django.urls import reverse

from keino.web.base.owned import Owned, owners_known_by
from keino.web.programmes.choices import OVER
from keino.web.programmes.models import EditionPerson
from keino.web.programmes.services.people import give_part

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _parts(person: Person, organisation: Model) -> Iterable[Owned]:
    found = EditionPerson.objects.filter(person=person, edition__organisation=organisation.pk)
    for named in found.exclude(edition__state__in=OVER).select_related("edition").order_by("pk"):
        yield Owned(
            key=f"edition_person:{named.pk}",
            kind=str(named.get_kind_display()),
            title=named.edition.shown_name,
            url=reverse("programmes:desk_programme", kwargs={"slug": named.edition.slug}),
            give_to=partial(give_part, named),
        )


def register() -> None:
    """Put parts in editions on the list of a hand-over."""
    owners_known_by(_parts)
