"""Who asks: the person whose token stands in the request's ``Authorization``. Cookies count for nothing here."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja.security import HttpBearer

from keino.web.accounts.choices import TokenScope
from keino.web.accounts.queries import token_of
from keino.web.accounts.services.tokens import note_use
from keino.web.base.models import Person
from keino.web.opendata.api.limits import note_failed_token
from keino.web.opendata.api.problems import Refused
from keino.web.organisations.models import Organisation


class Token(HttpBearer):
    """A token of a person, of a scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Person:
        """The token's person. Raises Refused: 401 for a wrong token, 403 for one that may not write."""
        found = token_of(token)
        if found is None or found.scope == TokenScope.CALENDAR:
            note_failed_token(request)
            raise Refused(401, "token_unknown")
        if self.scope == TokenScope.WRITE and found.scope != TokenScope.WRITE:
            raise Refused(403, "token_may_not_write")
        note_use(found)
        return found.person


class ReadToken(Token):
    """A token that may read."""

    def __init__(self) -> None:
        super().__init__(TokenScope.READ)


class WriteToken(Token):
    """A token that may write."""

    def __init__(self) -> None:
        super().__init__(TokenScope.WRITE)


READ, WRITE = ReadToken(), WriteToken()


def asker(request: HttpRequest) -> Person:
    """The person who asks."""
    person: Person = request.auth  # type: ignore[attr-defined]  # set by ninja
    return person


def permitted(request: HttpRequest, permission: str, organisation: Organisation | None) -> Organisation:
    """The organisation, if the asker has the permission there. Raises PermissionDenied."""
    if organisation is None:
        raise Http404
    if not asker(request).has_perm(permission, organisation):
        raise PermissionDenied
    return organisation


def permitted_thing(request: HttpRequest, permission: str, organisation: Organisation | None) -> None:
    """As ``permitted`` for a thing with an identifier of its own: without the right it is as if it weren't there."""
    if organisation is None or not asker(request).has_perm("organisations.see_home", organisation):
        raise Http404
    if not asker(request).has_perm(permission, organisation):
        raise PermissionDenied
