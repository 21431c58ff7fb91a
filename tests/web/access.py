"""Who may open what: every address of the site is entered here by its app, and `test_access.py` tries them all.

An app's file ``tests/web/<app>/access.py`` holds ``ADDRESSES: list[Address]``. A new address that nobody entered fails
the suite. ``allowed`` names the people of ``CAST``; everyone else must be refused (403, 404, or, for ``anonymous``, a
redirect to the log-in), and none of the scene's secrets may stand in their answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: Who tries. ``own`` people belong to the organisation whose page is opened; "other" to another one.
CAST = (
    "anonymous",
    "own_responsible_person",
    "own_member",
    "own_approver",
    "other_responsible_person",
    "other_member",
    "supplier_user",
    "expert",  # of the centre, named for no organisation
    "mentor",  # of the centre, named for the organisation
    "other_mentor",  # of the centre, named for another organisation
    "change_agent",  # of the organisation's region
    "other_change_agent",  # of another region
    "coordinator",
    "ministry_officer",
    "administrator",
    "roleless",  # logged in, no role
    "former_member",  # of the organisation, until last year
)
EVERYONE = frozenset(CAST)
LOGGED_IN = EVERYONE - {"anonymous"}
OWN = frozenset({"own_responsible_person", "own_member", "own_approver"})
WORKERS = frozenset({"own_responsible_person", "own_member"})
READERS = OWN | {"mentor"}
KEEPERS = frozenset({"coordinator", "administrator"})


@dataclass(frozen=True)
class Address:
    """One address: its URL name, its arguments made from the scene, who may open it, and by which method."""

    name: str
    allowed: frozenset[str]
    arguments: Callable[[Any], dict[str, Any]] = field(default=lambda _scene: {})
    method: str = "get"  # or "post", for addresses that answer nothing else
    data: Callable[[Any], dict[str, Any]] = field(default=lambda _scene: {})
    query: str = ""
    #: Statuses that mean "allowed": a post usually redirects, a wrong form is shown again.
    answers: frozenset[int] = frozenset({200, 302, 303, 400, 404, 405, 422})
