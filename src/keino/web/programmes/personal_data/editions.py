"""What editions hold of people: who is named in them, who made and moved them, whom people ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.programmes.models import Edition, EditionMove, EditionPerson

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
    named = EditionPerson.objects.filter(person=person).select_related("edition").order_by("pk")
    made = Edition.objects.filter(created_by=person).order_by("pk")
    moves = EditionMove.objects.filter(moved_by=person).select_related("edition").order_by("pk")
    return {
        "named_in": [{"programme": each.edition.shown_name, "as": each.kind} for each in named],
        "made": [{"programme": each.shown_name, "at": each.created_at.isoformat()} for each in made],
        "moves": [
            {"programme": each.edition.shown_name, "to": each.to_state, "at": each.moved_at.isoformat()}
            for each in moves
        ],
    }


def _erase(person: Person) -> None:
    """Editions stay; who was named in them, made and moved them doesn't."""
    EditionPerson.objects.filter(person=person).delete()
    EditionPerson.objects.filter(named_by=person).update(named_by=None)
    Edition.objects.filter(created_by=person).update(created_by=None)
    Edition.objects.filter(contact_email=person.email).update(contact_email="")
    Edition.objects.filter(appeal_email=person.email).update(appeal_email="")
    EditionMove.objects.filter(moved_by=person).update(moved_by=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="programmes",
            title=_("Programmes and their calendars"),
            purpose=_(
                "To hold development programmes: who hosts, advises, reviews, mentors and decides in each, and whom "
                "people ask."
            ),
            legal_ground=_("The centre's task in the public interest."),
            kept_for=_("As long as the programme is kept on the site; a name until the person's part ends."),
            columns=(
                "programmes.Edition.created_by",
                "programmes.Edition.contact_email",
                "programmes.Edition.appeal_email",
                "programmes.EditionMove.moved_by",
                "programmes.EditionPerson.person",
                "programmes.EditionPerson.named_by",
            ),
            export=_export,
            erase=_erase,
            stays=_("The programmes and their calendars, without who worked for them."),
        )
    )
