"""What the matrix of addresses and people needs of this app."""

from __future__ import annotations

from typing import Any

from tests.factories.accounts import a_provider, a_token, an_account


def add(scene: Any) -> None:
    """An organisation's log-in and a token of somebody who isn't of the cast."""
    a_provider(provider_id="scene-town", domains=["scene-town.example"])
    scene.foreign_token, _raw = a_token(an_account("bystander@city.example"), name="bystander's token")
