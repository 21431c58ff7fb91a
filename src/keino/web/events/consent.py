"""What people agree to when they register: one text for every event, and what its organiser adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from keino.web.events.models import Event

#: Diet and access needs may tell of health: so many days after the event they are gone.
NEEDS_DAYS = 7


def consent_text(event: Event) -> str:
    """The text beside the box, in the reader's language; kept with the registration as it stood."""
    days = event.registration_days
    parts = [
        _(
            "%(organiser)s may keep my name, e-mail address and organisation to hold this event, to tell me of it and "
            "to count who came."
        )
        % {"organiser": event.organiser.shown_name},
        ngettext(
            "They are deleted %(days)d day after the event; the number of participants stays.",
            "They are deleted %(days)d days after the event; the number of participants stays.",
            days,
        )
        % {"days": days},
    ]
    if event.asks_needs:
        parts.append(
            ngettext(
                "Diet and access needs are seen by the organiser only and deleted %(days)d day after the event.",
                "Diet and access needs are seen by the organiser only and deleted %(days)d days after the event.",
                NEEDS_DAYS,
            )
            % {"days": NEEDS_DAYS}
        )
    if event.is_recorded:
        parts.append(_("The event is recorded, and the recording may be published on its page."))
    if event.consent_text:
        parts.append(event.consent_text)
    return " ".join(parts)
