"""The list of participants as a workbook or CSV, in the reader's language. No text becomes a formula in either."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino.engine.formulas import harmless
from keino.report.plain_book import PlainPage, plain_book
from keino.web.base.templatetags.keino import moment

if TYPE_CHECKING:
    from keino.web.events.models import Event, Seat

_WIDTH = 24
#: So that spreadsheet programs read CSV as UTF-8.
_BYTE_ORDER_MARK = "\ufeff"


def participants_workbook(event: Event, seats: Iterable[Seat], *, with_needs: bool) -> bytes:
    """The participants as a workbook."""
    page = PlainPage(
        _("Participants"), _head(with_needs), list(_rows(seats, with_needs)), title=event.title, width=_WIDTH
    )
    return plain_book([page], title=event.title)


def participants_csv(seats: Iterable[Seat], *, with_needs: bool) -> bytes:
    """The participants as CSV: UTF-8, semicolons, as spreadsheet programs in Finland expect."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(_head(with_needs))
    writer.writerows([harmless(cell) for cell in row] for row in _rows(seats, with_needs))
    return (_BYTE_ORDER_MARK + stream.getvalue()).encode()


def _head(with_needs: bool) -> list[str]:
    words = [
        _("Name"), _("E-mail address"), _("Organisation"), _("Takes part"), _("State"), _("Registered"),
        _("Attendance"),
    ]  # fmt: skip
    return [*words, _("Diet and access needs")] if with_needs else words


def _rows(seats: Iterable[Seat], with_needs: bool) -> Iterator[list[str]]:
    for seat in seats:
        row = [
            seat.name or pgettext("participant", "name deleted"),
            seat.email,
            seat.works_at,
            str(seat.get_joins_display()),
            str(seat.get_state_display()),
            moment(seat.booked_at or seat.queued_at or seat.created_at),
            str(seat.get_attendance_display()),
        ]
        yield [*row, seat.needs] if with_needs else row
