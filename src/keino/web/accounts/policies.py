"""How people's organisations want them to log in. Apps to the right say it; they can't be asked from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from keino.web.accounts.queries import provider_for_address, required_provider_for

if TYPE_CHECKING:
    from keino.web.accounts.models import LogInProvider
    from keino.web.base.models import Person

#: person → what their organisations ask for: "any", "link" (no password) or "oidc" (their own log-in only).
Wishes = Callable[["Person"], Iterable[str]]
_WISHES: list[Wishes] = []


def wished_by(wishes: Wishes) -> Wishes:
    """Register a function person → the wishes of that person's organisations."""
    if wishes not in _WISHES:
        _WISHES.append(wishes)
    return wishes


def _asked_of(person: Person) -> set[str]:
    return {wish for wishes in _WISHES for wish in wishes(person)}


def demanded_provider(person: Person) -> LogInProvider | None:
    """The log-in that the person must use: the domain demands it, or their organisation does and has one."""
    required = required_provider_for(person.email)
    if required is None and "oidc" in _asked_of(person):
        return provider_for_address(person.email)
    return required


def may_use_password(person: Person) -> bool:
    """Whether no organisation of the person's wants mail or its own log-in in place of passwords."""
    return not _asked_of(person) & {"link", "oidc"}
