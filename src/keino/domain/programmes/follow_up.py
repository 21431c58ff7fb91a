"""When a programme is followed up: in the calendar year after the one in which it began, or the next that has room.

An academy that began in September 2023 and closed on 1 February 2024 is followed up during 2024, one that began and
closed in spring 2022 during 2023. Where the edition closes so late that less than half of that year is left, it is the
year after: nobody could hold the meetings in what remains.

Method: docs/how-to/close-a-programme.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: Days of the year by which the meetings are due unless the programme's calendar says otherwise: each organisation's
#: first, so that the joint one has something to tell.
ORGANISATION_MEETING, JOINT_MEETING = (5, 31), (10, 31)
#: After this day of the year too little of it is left.
LAST_TO_BEGIN = (6, 30)


@dataclass(frozen=True)
class FollowUp:
    """The days by which the meetings are due."""

    year: int
    organisation_meeting: dt.date
    joint_meeting: dt.date


def follow_up_year(began_on: dt.date, closed_on: dt.date) -> int:
    """The calendar year in which a programme is followed up."""
    year = max(began_on.year + 1, closed_on.year)
    return year + 1 if closed_on > dt.date(year, *LAST_TO_BEGIN) else year


def follow_up(year: int, closed_on: dt.date) -> FollowUp:
    """When the meetings of a year are due; a day that has passed at the closing becomes the last of the year."""

    def day(month: int, number: int) -> dt.date:
        usual = dt.date(year, month, number)
        return usual if usual > closed_on else dt.date(year, 12, 31)

    return FollowUp(year, day(*ORGANISATION_MEETING), day(*JOINT_MEETING))
