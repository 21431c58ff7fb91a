"""Pages of a long list: ``next`` in an answer is the ``cursor`` of the next question."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from ninja import Field, Schema

from keino.web.opendata.api.problems import Refused

MOST = 500
_BIGGEST = 2**63 - 1


class Page(Schema):
    """Which part of a list is asked for."""

    cursor: str = Field("", max_length=40, description="`next` of the answer before; empty for the beginning")
    limit: int = Field(100, ge=1, le=MOST, description=f"How many at most, up to {MOST}")

    @property
    def after(self) -> int:
        """Where to go on. Raises Refused."""
        return decoded(self.cursor) if self.cursor else 0


def encoded(place: int) -> str:
    """A place in a list as a cursor."""
    return base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def decoded(cursor: str) -> int:
    """The place that a cursor means. Raises Refused."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        place = int(text) if text.isdecimal() else -1
    except (ValueError, binascii.Error) as error:
        raise Refused(422, "wrong_cursor") from error
    if not 0 < place <= _BIGGEST:
        raise Refused(422, "wrong_cursor")
    return place


def rows_after(rows: QuerySet[Any], page: Page, *, newest_first: bool = False) -> tuple[list[Any], str | None]:
    """One page by key: it stays right when rows come and go meanwhile. Returns the rows and the next cursor."""
    if page.after:
        rows = rows.filter(pk__lt=page.after) if newest_first else rows.filter(pk__gt=page.after)
    found = list(rows.order_by("-pk" if newest_first else "pk")[: page.limit + 1])
    return cut(found, page)


def cut(found: list[Model], page: Page) -> tuple[list[Any], str | None]:
    """The rows of a page out of one more than that, and the cursor if there was one more."""
    if len(found) <= page.limit:
        return found, None
    return found[: page.limit], encoded(found[page.limit - 1].pk)


def numbered(rows: Sequence[Any], page: Page) -> tuple[list[Any], str | None]:
    """One page of a list that never changes, by number."""
    end = page.after + page.limit
    return list(rows[page.after : end]), encoded(end) if end < len(rows) else None
