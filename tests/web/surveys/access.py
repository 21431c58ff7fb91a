"""Who may open what of ``surveys``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.factories.surveys import CODES
from tests.web.access import OWN, READERS, Address

MANAGERS = frozenset({"own_responsible_person"})


def _organisation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _open(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "round_id": scene.open_round.public_id}


def _closed(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "round_id": scene.closed_round.public_id}


def _new(_scene: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"name": "A", "kind": "end", "opens_on": today, "closes_on": today + dt.timedelta(days=9), "groups": ""}


def _answers(scene: Any) -> dict[str, Any]:
    group = scene.open_round.groups.get(position=1)
    return {f"area_{code}": "3" for code in CODES} | {"group": group.pk, "version": 0}


def _change(scene: Any) -> dict[str, Any]:
    found = scene.open_round
    return {"name": "B", "closes_on": found.closes_on, "version": found.version}


ADDRESSES = [
    Address("surveys:maturity", READERS, _organisation),
    Address("surveys:open", MANAGERS, _organisation),
    Address("surveys:open", MANAGERS, _organisation, method="post", data=_new),
    Address("surveys:round", READERS, _closed),
    Address("surveys:round", READERS, _open),
    Address("surveys:workbook", READERS, _closed),
    Address("surveys:answer", OWN, _open),
    Address("surveys:answer", OWN, _open, method="post", data=_answers),
    Address("surveys:take_back", OWN, _open, method="post"),
    Address("surveys:change", MANAGERS, _open),
    Address("surveys:change", MANAGERS, _open, method="post", data=_change),
    Address("surveys:close", MANAGERS, _open),
    Address("surveys:close", MANAGERS, _open, method="post"),
    Address("surveys:cancel", MANAGERS, _open),
    Address("surveys:cancel", MANAGERS, _open, method="post"),
]
