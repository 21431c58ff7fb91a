"""What events hold of people: registrations, who was invited, who organises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.events.models import Event, Seat
from keino.web.events.queries.seats import of_person
from keino.web.events.services.retention import erase, retire

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
    own = Seat.objects.filter(of_person(person), erased_at=None)
    asked = Event.objects.filter(Q(contact=person) | Q(created_by=person)).order_by("starts_at", "pk")
    return {
        "registrations": [
            {
                "event": seat.event.title,
                "begins": seat.event.starts_at.isoformat(),
                "name": seat.name,
                "email": seat.email,
                "organisation": seat.works_at,
                "takes_part": seat.joins,
                "needs": seat.needs,
                "state": seat.state,
                "attendance": seat.attendance,
                "agreed_to": seat.consent_text,
                "agreed_at": seat.consented_at.isoformat() if seat.consented_at else None,
            }
            for seat in own.select_related("event").order_by("event__starts_at", "pk")
        ],
        "invitations": [
            {
                "event": each.event.title,
                "invited_at": each.invited_at.isoformat(),
                "withdrawn_at": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
            }
            for each in person.event_invitations.select_related("event").order_by("pk")
        ],
        "declined": [
            {"event": each.event.title, "declined_at": each.declined_at.isoformat()}
            for each in person.declined_events.select_related("event").order_by("pk")
        ],
        "organised": [{"event": each.title, "begins": each.starts_at.isoformat()} for each in asked],
    }


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="events",
            title=_("Events"),
            purpose=_(
                "To hold events: to know who has a seat, to tell them of changes, to prepare for their needs, and to "
                "count who came. Diet and access needs are asked only where the organiser must know them."
            ),
            legal_ground=_(
                "Consent, given with the registration (GDPR, article 6(1)(a)); for diet and access needs explicit "
                "consent (article 9(2)(a)). It is withdrawn by cancelling the registration. Who organises an event, "
                "and who was invited to one: task carried out in the public interest (article 6(1)(e))."
            ),
            kept_for=_(
                "Diet and access needs: a week after the event. Names and addresses: as many days after the event as "
                "its form says, a year unless it says otherwise. A registration that nobody confirmed: a day."
            ),
            columns=(
                *(
                    f"events.Seat.{column}"
                    for column in ("person", "name", "email", "works_at", "language", "needs", "consent_text")
                ),
                "events.Invited.person",
                "events.Declined.person",
                "events.Invited.invited_by",
                "events.Event.contact",
                "events.Event.created_by",
                "events.Series.created_by",
                "events.Material.added_by",
            ),
            export=_export,
            erase=erase,
            retire=retire,
            stays=_("How many registered, waited, cancelled and came."),
        )
    )
