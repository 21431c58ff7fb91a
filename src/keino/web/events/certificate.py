"""The certificate of attendance: an accessible PDF (PDF/UA) in the language that is active."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from keino.web.events.choices import Attendance

if TYPE_CHECKING:
    from keino.web.events.models import Seat

STYLE = Path(__file__).parent / "templates" / "events" / "certificate.css"


def may_have_certificate(seat: Seat) -> bool:
    """Whether the organiser marked the person as present in an event that is over."""
    return seat.is_booked and seat.attendance == Attendance.PRESENT and seat.event.is_over(timezone.now())


def certificate_pdf(seat: Seat) -> bytes:
    """The certificate of one person."""
    from keino.report.pdf import OPTIONS, laid_out

    event = seat.event
    context = {
        "seat": seat,
        "event": event,
        "hours": (event.ends_at - event.starts_at).total_seconds() / 3600,
        "today": timezone.localdate(),
        "language": (get_language() or "fi")[:2],
    }
    made: bytes = laid_out(render_to_string("events/certificate.html", context), STYLE).write_pdf(**OPTIONS)
    return made
