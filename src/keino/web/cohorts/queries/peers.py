"""Small groups, their notes, and who knows what in the cohort and among alumni."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from keino.web.cohorts.choices.participation import TAKES_PART
from keino.web.cohorts.choices.peers import Shared
from keino.web.cohorts.models import GroupNote, KnowHow, Participation, PeerGroup
from keino.web.cohorts.queries.names import has_role
from keino.web.organisations.queries.organisations import written_in_any_case

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation
    from keino.web.programmes.models import Edition


def participants(edition: Edition) -> QuerySet[Participation]:
    """Those who take part in an edition, by the address of their organisation."""
    found = Participation.objects.filter(edition=edition, state__in=sorted(TAKES_PART)).select_related("organisation")
    return found.order_by("organisation__slug")


def groups_of(edition: Edition) -> QuerySet[PeerGroup]:
    """The small groups of an edition with their members."""
    found = PeerGroup.objects.filter(edition=edition).select_related("mentor")
    return found.prefetch_related("members__participation__organisation").annotate(note_count=Count("notes"))


def group_of(participation: Participation) -> PeerGroup | None:
    """The group that a participant is in."""
    return PeerGroup.objects.filter(members__participation=participation).select_related("mentor").first()


def notes_of(group: PeerGroup) -> QuerySet[GroupNote]:
    """A group's notes, the latest first."""
    return GroupNote.objects.filter(group=group).order_by("-changed_at", "-pk")


def known_to(participation: Participation, *, words: str = "", topic: str = "", kind: str = "") -> QuerySet[KnowHow]:
    """What a participant sees of who knows what: its own, what the cohort shares, what alumni of all editions share.

    Who left early sees its own only. ``shows_contact``: the name that may be asked is of the organisation's people.
    """
    there = Q(participation__state__in=sorted(TAKES_PART))
    cohort = Q(shared__in=(Shared.COHORT, Shared.ALUMNI), participation__edition=participation.edition_id) & there
    alumni = Q(shared=Shared.ALUMNI) & there
    own = Q(participation=participation)
    found = KnowHow.objects.filter(own | cohort | alumni if participation.is_in_cohort else own)
    for word in words.split()[:5]:
        found = found.filter(
            written_in_any_case("text", word) | written_in_any_case("participation__organisation__slug", word)
        )
    if topic:
        found = found.filter(topic=topic)
    if kind:
        found = found.filter(kind=kind)
    found = found.annotate(shows_contact=has_role("contact", "participation__organisation"))
    return found.select_related("participation__organisation", "participation__edition", "contact").order_by(
        "topic", "kind", "pk"
    )


def own_know_how(organisation: Organisation) -> QuerySet[KnowHow]:
    """What an organisation itself said, over all its editions."""
    return KnowHow.objects.filter(participation__organisation=organisation).select_related("participation", "contact")
