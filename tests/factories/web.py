"""People, organisations and results for the site's tests: each call makes a new row with plain defaults."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from keino.engine.results import FootprintResult
from keino.web.base.models import Person
from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.models import Ledger, LedgerFile, Run, RunTotal
from keino.web.measurement.result_json import reading_as_json, result_as_json
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from tests.factories.results import footprint_result

_number = itertools.count(1)


def a_person(name: str = "", **fields: Any) -> Person:
    number = next(_number)
    fields.setdefault("email", f"person{number}@example.org")
    return Person.objects.create_user(name=name or f"Person {number}", **fields)


def an_organisation(name: str = "", **fields: Any) -> Organisation:
    number = next(_number)
    name = name or f"Organisation {number}"
    fields = {"kind": "municipality", "slug": f"organisation-{number}", "name_fi": name} | fields
    return Organisation.objects.create(**fields)


def a_role(person: Person, kind: str, organisation: Organisation, **fields: Any) -> Role:
    fields.setdefault("valid_from", timezone.localdate() - dt.timedelta(days=30))
    return Role.objects.create(person=person, kind=kind, organisation=organisation, **fields)


def someone_who_is(kind: str, organisation: Organisation | None = None, **fields: Any) -> Person:
    """A person with one role in force."""
    person = a_person(name=f"{RoleKind(kind).name.title()} {next(_number)}")
    a_role(person, kind, organisation or an_organisation(), **fields)
    return person


def a_ledger(organisation: Organisation, *, result: FootprintResult | None = None, **fields: Any) -> Ledger:
    """A ledger of one file that was read."""
    fields = {"title": "Purchases 2023", "state": LedgerState.CONFIRMED} | fields
    ledger = Ledger.objects.create(organisation=organisation, **fields)
    reading = (result or footprint_result()).readings[0]
    LedgerFile.objects.create(
        ledger=ledger,
        name=reading.path.rpartition("/")[2],
        size_bytes=1000,
        received_bytes=1000,
        sha256="0" * 64,
        stored_as="ledgers/none",
        state="read",
        reading=reading_as_json(reading),
    )
    return ledger


def a_finished_run(organisation: Organisation, *, result: FootprintResult | None = None, **fields: Any) -> Run:
    """A finished run with its totals; its lines are not in the store."""
    result = result or footprint_result()
    now = timezone.now()
    fields = {"state": RunState.DONE, "folder": "none", "finished_at": now, "options": {}} | fields
    run = Run.objects.create(
        organisation=organisation, result=result_as_json(result), manifest={"keino": "test"}, **fields
    )
    run.ledgers.add(a_ledger(organisation, result=result))
    for row in result.by_year:
        RunTotal.objects.create(
            run=run,
            year=int(row.keys["year"]),
            category="*",
            lines=row.lines,
            spend=Decimal(row.spend),
            footprint_kgco2e=row.footprint_kgco2e,
            low_kgco2e=row.low_kgco2e,
            high_kgco2e=row.high_kgco2e,
            spend_without_factor=row.spend_without_factor,
        )
    return run
