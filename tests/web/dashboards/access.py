"""Who may open which page of the dashboards."""

from __future__ import annotations

from typing import Any

from tests.web.access import EVERYONE, KEEPERS, LOGGED_IN, READERS, WORKERS, Address


def slug(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def exported(scene: Any) -> dict[str, Any]:
    return slug(scene) | {"key": scene.export.public_id}


def linked(scene: Any) -> dict[str, Any]:
    return slug(scene) | {"key": scene.share.public_id}


ADDRESSES = [
    Address("dashboards:person_home", LOGGED_IN),
    Address("dashboards:home", READERS | KEEPERS, slug),
    Address("dashboards:footprint", READERS, slug),
    Address("dashboards:footprint", READERS, slug, query="?category=HEAT&year=2023"),
    Address("dashboards:factors", READERS, slug),
    Address("dashboards:peers", READERS, slug),
    Address("dashboards:hotspots", READERS, slug),
    Address("dashboards:export", READERS, slug),
    Address("dashboards:download", READERS, lambda scene: slug(scene) | {"wanted": "csv"}),
    Address("dashboards:ask_export", READERS, lambda scene: slug(scene) | {"wanted": "pdf"}, method="post"),
    Address("dashboards:export_file", READERS, exported),
    Address("dashboards:export_content", READERS, exported),
    Address("dashboards:shares", WORKERS, slug),
    Address("dashboards:shares", WORKERS, slug, method="post", data=lambda _: {"kind": "footprint", "days": "7"}),
    Address("dashboards:revoke_share", WORKERS, linked),
    Address("dashboards:revoke_share", WORKERS, linked, method="post"),
    # A link is its own permission: it shows categories and years, never suppliers or lines.
    Address("dashboards:shared", EVERYONE, lambda scene: {"token": scene.summary_share_token}),
    Address("dashboards:shared", frozenset(), lambda scene: {"token": scene.closed_share_token}),
    Address("dashboards:public_list", EVERYONE),
    # The organisation of the scene doesn't show its footprint to everyone.
    Address("dashboards:public", frozenset(), slug),
    Address("dashboards:national", EVERYONE),
    # Without a visit these lead back to where one begins, or are not found.
    Address("dashboards:visit_footprint", EVERYONE),
    Address("dashboards:visit_hotspots", EVERYONE),
    Address("dashboards:visit_factors", EVERYONE),
    Address("dashboards:visit_download", frozenset(), lambda _: {"wanted": "csv"}),
]
