"""What the participants of an edition see of one another: nothing but what was shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from keino.web.cohorts.choices.participation import TAKES_PART
from keino.web.cohorts.models import Deliverable, Participation, SharedMaterial, TeamPerson
from keino.web.cohorts.queries.names import has_role

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation
    from keino.web.programmes.models import Edition


@dataclass(frozen=True)
class Participant:
    """One organisation of the cohort, with the contacts of those of its people who agreed to be seen."""

    organisation: Organisation
    state: str
    contacts: list[TeamPerson] = field(default_factory=list)


def cohort_of(edition: Edition) -> list[Participant]:
    """The organisations that are in, by name. Who left early is not among them."""
    is_ours = has_role("person", "participation__organisation")
    shown = TeamPerson.objects.filter(is_ours, contact_shown_at__isnull=False).select_related("person")
    found = Participation.objects.filter(edition=edition).in_cohort().select_related("organisation")
    rows = found.prefetch_related(Prefetch("team", shown, to_attr="shown_contacts"))
    participants = [
        Participant(each.organisation, str(each.get_state_display()), getattr(each, "shown_contacts", []))
        for each in rows
    ]
    return sorted(participants, key=lambda each: str(each.organisation).casefold())


def shared_documents(edition: Edition) -> QuerySet[Deliverable]:
    """Deliverables of which their organisation shares a version with the others."""
    found = Deliverable.objects.filter(
        participation__edition=edition, participation__state__in=sorted(TAKES_PART), shared__isnull=False
    )
    linked = ("participation__organisation", "shared", "category_plan", "procurement")
    return found.select_related(*linked).order_by("participation__organisation__slug", "pk")


def materials_of_edition(edition: Edition) -> QuerySet[SharedMaterial]:
    """What was shared, the newest first. What an organisation shared goes with it when it leaves early."""
    stays = Q(participation=None) | Q(participation__state__in=sorted(TAKES_PART))
    found = SharedMaterial.objects.filter(stays, edition=edition)
    return found.select_related("participation__organisation").order_by("-added_at", "-pk")
