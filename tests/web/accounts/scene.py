"""What the matrix of addresses and people needs of this app."""

from __future__ import annotations

from typing import Any

from keino.web.accounts.second_factor import needs_second_factor
from tests.factories.accounts import a_provider, a_token, an_account, with_second_factor


def add(scene: Any) -> None:
    """Second factors for who needs one, an organisation's log-in, a token of somebody who isn't of the cast."""
    for person in scene.people.values():
        if needs_second_factor(person):
            with_second_factor(person)
    a_provider(provider_id="scene-town", domains=["scene-town.example"])
    scene.foreign_token, _raw = a_token(an_account("bystander@city.example"), name="bystander's token")
