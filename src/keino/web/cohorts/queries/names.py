"""Names that people let be shown: to whom, and whether their bearer still belongs to the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.cohorts.models import AlumniPerson, KnowHow, TeamPerson
from keino.web.organisations.models import Role

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person
    from keino.web.cohorts.models import Participation


def has_role(person: str, organisation: str) -> Exists:
    """Whether who stands in one column of a row has a role today in the organisation of another.

    Consent outlives the role, and stands when the role is given again; meanwhile the name isn't shown.
    """
    held = Role.objects.on(timezone.localdate()).filter(person__is_active=True)
    return Exists(held.filter(person=OuterRef(person), organisation=OuterRef(organisation)))


@dataclass(frozen=True)
class ShownName:
    """One consent of a person: what kind, of which thing, in what participation, seen by whom."""

    kind: str
    key: UUID
    participation: Participation
    seen_by: str


def names_of(person: Person) -> list[ShownName]:
    """Everything in which a person lets their name be shown, also where they have no role any more."""
    linked = ("participation__organisation", "participation__edition")
    alumni = AlumniPerson.objects.filter(person=person).select_related(*linked)
    team = TeamPerson.objects.filter(person=person, contact_shown_at__isnull=False).select_related(*linked)
    asked = KnowHow.objects.filter(contact=person).select_related(*linked)
    everyone, others = _("everyone, in the directory of alumni"), _("the other participants of the programme")
    return [
        *(ShownName("alumni", each.participation.public_id, each.participation, everyone) for each in alumni),
        *(ShownName("contact", each.public_id, each.participation, others) for each in team),
        *(
            ShownName("know_how", each.public_id, each.participation, str(each.get_shared_display()))
            for each in asked.order_by("pk")
        ),
    ]
