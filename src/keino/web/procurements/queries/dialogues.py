"""The market dialogue of a procurement, and what its record lacks."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from keino.web.procurements.models import DialogueStep, MarketDialogue, Procurement


def dialogue_of(procurement: Procurement) -> MarketDialogue | None:
    """The dialogue of a procurement, where one was begun."""
    return MarketDialogue.objects.filter(procurement=procurement).select_related("finished_by", "procurement").first()


def steps_of(dialogue: MarketDialogue) -> QuerySet[DialogueStep]:
    """The requests, meetings and events of a dialogue, the earliest first."""
    return dialogue.steps.select_related("created_by").order_by("held_on", "pk")


def lacks_of(dialogue: MarketDialogue) -> list[str]:
    """What a dialogue lacks before it can be reported."""
    found = []
    if not dialogue.steps.exists():
        found.append(_("at least one request, meeting or event"))
    if not dialogue.changes.strip():
        found.append(_("what changed in the procurement because of it"))
    if not dialogue.equal_information.strip():
        found.append(_("which information was given to whom"))
    if not dialogue.all_got_the_same:
        found.append(_("that all suppliers got the same information"))
    return found
