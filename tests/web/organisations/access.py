"""Who may open the pages of organisations, people and the desk."""

from __future__ import annotations

from typing import Any

from tests.web.access import EVERYONE, KEEPERS, OWN, Address

AT_HOME = OWN | KEEPERS | {"mentor"}
MANAGERS = KEEPERS | {"own_responsible_person"}


def _slug(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _role(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "public_id": scene.member_role.public_id}


def _mentors_role(scene: Any) -> dict[str, Any]:
    """The role of the centre's person who helps this organisation."""
    found = scene.organisation.helpers.get(person=scene.people["mentor"])
    return {"slug": scene.organisation.slug, "public_id": found.public_id}


def _responsible_role(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "public_id": scene.responsible_role.public_id}


def _member(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "public_id": scene.people["own_member"].public_id}


def _invitation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "public_id": scene.invitation.public_id}


def _(name: str, allowed: frozenset[str], arguments: Any = lambda _scene: {}, **more: Any) -> Address:
    return Address(f"organisations:{name}", frozenset(allowed), arguments, **more)


ADDRESSES = [
    _("directory", EVERYONE),
    _("consortium", EVERYONE),
    _("invitation", EVERYONE, lambda _scene: {"token": "scene-invitation"}),
    _("create", KEEPERS),
    _("desk", KEEPERS),
    _("desk_people", KEEPERS, query="?search=mentor"),
    _("coverage", KEEPERS),
    _("desk_translations", KEEPERS),
    _("region", KEEPERS | {"change_agent", "other_change_agent"}),
    _("settings", MANAGERS, _slug),
    _("login", MANAGERS, _slug),
    _("people", AT_HOME, _slug),
    _("people_history", AT_HOME, _slug),
    _("invite", MANAGERS, _slug),
    _("invitation_again", MANAGERS, _invitation, method="post"),
    _("invitation_withdraw", MANAGERS, _invitation, method="post"),
    _("role", MANAGERS | {"own_member"}, _role),
    _("role", MANAGERS | {"mentor"}, _mentors_role),
    _("deputy", MANAGERS, _responsible_role),
    _("hand_over", MANAGERS | {"own_member"}, _member),
    _("audit", frozenset({"own_responsible_person", "administrator"}), _slug),
    _("translations", MANAGERS, _slug),
    _("translation_holds", MANAGERS, lambda scene: {**_slug(scene), "number": 1}, method="post"),
]
