"""The engagement log as a table to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino.report.plain_sheet import PlainSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from keino.report.plain_book import Cell
    from keino.web.cohorts.models import Engagement


def sheet_of(rows: QuerySet[Engagement]) -> PlainSheet:
    """Rows with day, person, kind, organisation, programme, hours and note."""
    head = [
        _("Day"), pgettext("engagement", "Who"), _("What"), _("With whom"), _("Programme"), _("Hours"), _("Note"),
    ]  # fmt: skip
    cells: Iterator[list[Cell]] = (
        [
            row.day,
            str(row.person) if row.person else "",
            str(row.get_kind_display()),
            str(row.organisation) if row.organisation else "",
            str(row.edition) if row.edition else "",
            row.hours,
            row.note,
        ]
        for row in rows
    )
    return PlainSheet(_("Engagement log"), head, cells)
