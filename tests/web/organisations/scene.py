"""What the access matrix needs of organisations: an invitation, the roles of its people."""

from __future__ import annotations

from types import SimpleNamespace

from keino.web.accounts.second_factor import lacks_second_factor
from tests.factories.accounts import with_second_factor
from tests.factories.organisations import an_invitation


def add(scene: SimpleNamespace) -> None:
    scene.invitation = an_invitation(
        scene.organisation, by=scene.people["own_responsible_person"], token="scene-invitation"
    )
    scene.member_role = scene.people["own_member"].roles.get()
    scene.responsible_role = scene.people["own_responsible_person"].roles.get()
    for person in scene.people.values():
        if lacks_second_factor(person):  # people of the centre open nothing before they have set one up
            with_second_factor(person)
