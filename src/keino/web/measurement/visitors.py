"""A visit lives in the visitor's session by its public id, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.cache import cache

from keino.errors import KeinoError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from keino.web.measurement.models import Visit

VISIT_KEY = "visit"
_HOUR_SECONDS = 3600
#: New visits, and new files of visits, from one address in an hour.
VISITS_AN_HOUR, FILES_AN_HOUR = 20, 200


class TooManyTries(KeinoError):
    """More uploads without an account than one address may make."""

    code = "too_many_tries"
    template = (
        "Many ledgers have been sent from your network in the last hour, so this one was not taken. Try again in an "
        "hour, or log in."
    )


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit that was begun in this session, while it lasts."""
    from keino.web.measurement.services.visits import live_visit

    key = request.session.get(VISIT_KEY)
    visit = live_visit(key) if key else None
    if key and visit is None:
        del request.session[VISIT_KEY]
    return visit


def visit_begun(request: HttpRequest) -> Visit:
    """The visit of this session, begun now where there is none. Raises TooManyTries."""
    from keino.web.measurement.services.visits import begin_visit

    visit = visit_of(request)
    if visit is None:
        count_try(request, "visit", VISITS_AN_HOUR)
        visit = begin_visit()
        request.session[VISIT_KEY] = str(visit.public_id)
    return visit


def count_try(request: HttpRequest, what: str, most: int) -> None:
    """Count an act of this address; the address itself is not kept longer than an hour. Raises TooManyTries."""
    if request.user.is_authenticated:
        return
    key = f"measurement:{what}:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, _HOUR_SECONDS)
    if cache.incr(key) > most:
        raise TooManyTries
