"""Who may open what of editions."""

from __future__ import annotations

from typing import Any

from tests.web.access import EVERYONE, Address

COORDINATORS = frozenset({"coordinator"})
#: Those who work in programmes; each sees on the list only the editions that they are named in.
DESK = frozenset({"coordinator", "expert", "mentor", "other_mentor"})


def _open(scene: Any) -> dict[str, Any]:
    return {"slug": scene.edition.slug}


def _draft(scene: Any) -> dict[str, Any]:
    return {"slug": scene.draft_edition.slug}


def _with(**more: Any) -> Any:
    return lambda scene: _draft(scene) | more


def _date(scene: Any) -> dict[str, Any]:
    return _draft(scene) | {"date_id": scene.draft_edition.dates.get(kind="kick_off").public_id}


def _person(scene: Any) -> dict[str, Any]:
    return _draft(scene) | {"number": scene.draft_edition.people.get().pk}


def _seen(scene: Any) -> dict[str, Any]:
    return {"seen": scene.draft_edition.version}


def _texts(scene: Any) -> dict[str, Any]:
    return _seen(scene) | {"name_fi": "Toinen nimi"}


def _named(scene: Any) -> dict[str, Any]:
    return {"person": scene.people["mentor"].pk, "kind": "mentor"}


def _workshop(scene: Any) -> dict[str, Any]:
    return _seen(scene) | {"day": "2027-11-16", "from": "09:00", "to": "11:00"}


ADDRESSES: list[Address] = [
    Address("programmes:programmes", EVERYONE),
    Address("programmes:history", EVERYONE),
    Address("programmes:programme", EVERYONE, _open),
    Address("programmes:programme_calendar", EVERYONE, _open),
    Address("programmes:programme", frozenset(), _draft),
    Address("programmes:programme_calendar", frozenset(), _draft),
    Address("programmes:desk_programmes", DESK),
    Address("programmes:desk_new", COORDINATORS),
    Address("programmes:desk_new_from", COORDINATORS, lambda _scene: {"template": "circular-2023"}),
    Address(
        "programmes:desk_new_from",
        COORDINATORS,
        lambda _scene: {"template": "circular-2023"},
        method="post",
        data=lambda _scene: {"first_day": "2027-09-14"},
    ),
    Address("programmes:desk_programme", COORDINATORS | {"expert"}, _draft),
    Address("programmes:desk_dates", COORDINATORS | {"expert"}, _draft),
    Address("programmes:desk_texts", COORDINATORS, _with(language="fi")),
    Address("programmes:desk_texts", COORDINATORS, _with(language="fi"), method="post", data=_texts),
    Address("programmes:desk_settings", COORDINATORS, _draft),
    Address("programmes:desk_settings", COORDINATORS, _draft, method="post", data=_seen),
    Address("programmes:desk_people", COORDINATORS, _draft),
    Address("programmes:desk_people", COORDINATORS, _draft, method="post", data=_named),
    Address("programmes:desk_person_remove", COORDINATORS, _person, method="post"),
    Address("programmes:desk_move", COORDINATORS, _with(to="published")),
    Address("programmes:desk_move", COORDINATORS, _with(to="published"), method="post"),
    Address("programmes:desk_dates_change", COORDINATORS, _draft),
    Address("programmes:desk_dates_change", COORDINATORS, _draft, method="post", data=_seen),
    Address("programmes:desk_dates_weeks", COORDINATORS, _draft),
    Address(
        "programmes:desk_dates_weeks",
        COORDINATORS,
        _draft,
        method="post",
        data=lambda scene: _seen(scene) | {"weeks": 1},
    ),
    Address("programmes:desk_date_kind", COORDINATORS, _draft),
    Address("programmes:desk_date_new", COORDINATORS, _with(kind="workshop")),
    Address("programmes:desk_date_new", COORDINATORS, _with(kind="workshop"), method="post", data=_workshop),
    Address("programmes:desk_date", COORDINATORS, _date),
    Address("programmes:desk_date", COORDINATORS, _date, method="post", data=_workshop),
    Address("programmes:desk_date_remove", COORDINATORS, _date),
    Address("programmes:desk_date_remove", COORDINATORS, _date, method="post", data=_seen),
    Address("programmes:desk_part_new", COORDINATORS, _with(part="criteria")),
    Address(
        "programmes:desk_part_new",
        COORDINATORS,
        _with(part="criteria"),
        method="post",
        data=lambda scene: _seen(scene) | {"name_fi": "Uusi", "kind": "scored", "weight": 1},
    ),
    Address("programmes:desk_part", COORDINATORS, _with(part="criteria", code="will")),
    Address(
        "programmes:desk_part",
        COORDINATORS,
        _with(part="criteria", code="will"),
        method="post",
        data=lambda scene: _seen(scene) | {"name_fi": "Tahto", "kind": "scored", "weight": 3},
    ),
    Address("programmes:desk_part_remove", COORDINATORS, _with(part="team", code="responsible")),
    Address("programmes:desk_part_remove", COORDINATORS, _with(part="team", code="responsible"), method="post"),
]
