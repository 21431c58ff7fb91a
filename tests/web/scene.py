"""The scene of the access matrix: one organisation with everything in it, and all kinds of people around it."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from keino.engine.results import Slice
from keino.web.base.models import Person
from tests.factories.results import footprint_result
from tests.factories.web import a_finished_run, a_person, a_role, an_organisation

APPS = (
    "base",
    "accounts",
    "organisations",
    "surveys",
    "events",
    "measurement",
    "procurements",
    "plans",
    "followup",
    "programmes",
    "cohorts",
    "dashboards",
    "opendata",
    "about",
    "operations",
)
#: What only the organisation's own people and its mentors may ever read.
LEDGER_TITLE = "Confidential ledger 7311"
SUPPLIER = "Confidential Supplier 7312 Oy"
UNIT = "Confidential Unit 7313"


def build() -> SimpleNamespace:
    """Make the scene's rows; apps add theirs by ``tests/web/<app>/scene.py: add(scene)``."""
    scene = SimpleNamespace()
    scene.organisation = an_organisation("Scene town", kind="municipality", region_code="MK06", population=30_000)
    scene.other_organisation = an_organisation("Other town", kind="municipality", region_code="MK01")
    scene.company = an_organisation("Scene company", kind="company")
    scene.centre = an_organisation("Scene centre", kind="competence_centre")
    scene.ministry = an_organisation("Scene ministry", kind="ministry")
    scene.people = {name: make(scene) for name, make in _PEOPLE.items()}
    result = footprint_result()
    secret = Slice({"supplier_name": SUPPLIER, "supplier_business_id": ""}, 1, result.total.spend, 1.0, 0.5, 2.0)
    unit = replace(secret, keys={"unit_name": UNIT})
    reading = replace(result.readings[0], path="/x/confidential-7314.csv")
    result = replace(result, by_supplier=(secret,), by_unit=(unit,), readings=(reading,))
    scene.run = a_finished_run(scene.organisation, result=result, asked_by=scene.people["own_member"])
    scene.ledger = scene.run.ledgers.get()
    scene.ledger.title = LEDGER_TITLE
    scene.ledger.save()
    scene.ledger_file = scene.ledger.files.get()
    scene.other_run = a_finished_run(scene.other_organisation)
    scene.secrets = [LEDGER_TITLE, SUPPLIER, UNIT, "confidential-7314"]
    for add in of_every_app("scene", "add"):
        add(scene)
    return scene


def of_every_app(file: str, name: str) -> list[Any]:
    """What the apps' tests say in files of one name: ``tests/web/<app>/<file>.py``, where there is one."""
    found = []
    for app in APPS:
        module = f"tests.web.{app}.{file}"
        try:
            found.append(getattr(importlib.import_module(module), name))
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
    return found


def _own(kind: str) -> Callable[[SimpleNamespace], Person]:
    return lambda scene: _someone(kind, scene.organisation)


def _someone(kind: str, organisation: object, **fields: object) -> Person:
    person = a_person(name=f"Somebody {kind}", email=f"{kind}-{organisation.slug}@example.org")  # type: ignore[attr-defined]
    a_role(person, kind, organisation, **fields)  # type: ignore[arg-type]
    return person


def _of_centre(kind: str, about: str = "", **fields: object) -> Callable[[SimpleNamespace], Person]:
    def make(scene: SimpleNamespace) -> Person:
        regions = "-".join(fields.get("regions", []))  # type: ignore[arg-type]
        person = a_person(name=f"{kind} {about}", email=f"{kind}-{about or 'none'}-{regions or 'all'}@example.org")
        a_role(person, kind, scene.centre, about=getattr(scene, about) if about else None, **fields)
        return person

    return make


def _former_member(scene: SimpleNamespace) -> Person:
    person = a_person(name="Former member")
    last_year = timezone.localdate() - dt.timedelta(days=365)
    a_role(person, "member", scene.organisation, valid_from=last_year - dt.timedelta(days=365), valid_to=last_year)
    return person


_PEOPLE: dict[str, Callable[[SimpleNamespace], Person]] = {
    "own_responsible_person": _own("responsible_person"),
    "own_member": _own("member"),
    "own_approver": _own("approver"),
    "other_responsible_person": lambda scene: _someone("responsible_person", scene.other_organisation),
    "other_member": lambda scene: _someone("member", scene.other_organisation),
    "supplier_user": lambda scene: _someone("supplier_user", scene.company),
    "expert": _of_centre("expert"),
    "mentor": _of_centre("mentor", "organisation"),
    "other_mentor": _of_centre("mentor", "other_organisation"),
    "change_agent": _of_centre("change_agent", regions=["MK06"]),
    "other_change_agent": _of_centre("change_agent", regions=["MK01"]),
    "coordinator": _of_centre("coordinator"),
    "ministry_officer": lambda scene: _someone("ministry_officer", scene.ministry),
    "administrator": _of_centre("administrator"),
    "roleless": lambda _scene: a_person(name="Roleless"),
    "former_member": _former_member,
}
