"""What the dashboards add to the scene of the access matrix: a link, a revoked one, a file that was made."""

from __future__ import annotations

from types import SimpleNamespace

from keino.web.dashboards.services.exports import ask_export, make_export
from keino.web.dashboards.services.shares import revoke
from tests.factories.dashboards import a_link


def add(scene: SimpleNamespace) -> None:
    member = scene.people["own_member"]
    scene.share, scene.share_token = a_link(scene.run, by=member, kind="units")
    scene.closed_share, scene.closed_share_token = a_link(scene.run, by=member)
    revoke(link=scene.closed_share, by=member)
    scene.summary_share, scene.summary_share_token = a_link(scene.run, by=member)
    scene.export = ask_export(run=scene.run, wanted="csv", language="fi", by=member)
    make_export(scene.export)
