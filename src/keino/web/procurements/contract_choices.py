"""How often a contract's terms are looked at again, and what was found."""

from __future__ import annotations

import datetime as dt

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Repeats(TextChoices):
    """How long after a control the next one of the same term is due."""

    NEVER = "never", _("not again")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every three months")
    HALF_YEARLY = "half_yearly", _("every six months")
    YEARLY = "yearly", _("every year")


class Finding(TextChoices):
    """Whether the supplier does what the term says."""

    KEPT = "kept", _("the term is kept")
    PARTLY = "partly", _("the term is kept in part")
    BROKEN = "broken", _("the term is not kept")


_MONTHS = {Repeats.MONTHLY: 1, Repeats.QUARTERLY: 3, Repeats.HALF_YEARLY: 6, Repeats.YEARLY: 12}


def next_control(due_on: dt.date, repeats: str) -> dt.date | None:
    """The day of the next control after one that was due on a day; None where it isn't repeated.

    A day that the month doesn't have becomes its last one.

    >>> next_control(dt.date(2027, 1, 31), "monthly"), next_control(dt.date(2027, 1, 31), "never")
    (datetime.date(2027, 2, 28), None)
    """
    months = _MONTHS.get(Repeats(repeats))
    if months is None:
        return None
    year, month = divmod(due_on.month - 1 + months, 12)
    first_after = dt.date(due_on.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_after - dt.timedelta(days=1)
    return last.replace(day=min(due_on.day, last.day))
