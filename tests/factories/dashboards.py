"""Links, exports and runs with real lines for the tests of dashboards."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.utils import timezone

from keino.engine.results import FootprintResult
from keino.web.base.models import Person
from keino.web.dashboards.choices import ShareKind
from keino.web.dashboards.models import ShareLink
from keino.web.dashboards.services.shares import share
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run, RunTotal
from keino.web.measurement.result_json import result_as_json
from keino.web.organisations.models import Organisation
from tests.factories.results import footprint_result
from tests.factories.web import a_person, an_organisation

_number = itertools.count(1)

#: A ledger of a made-up parish: every amount is written here, so tests can add up by themselves.
LEDGER = """Tosite pvm;Yksikkö;Toimittaja;Y-tunnus;Tili;Tilin nimi;Selite;Summa
3.1.2022;Kiinteistöt;Esimerkin Lämpö Oy;1234567-1;4500;Kaukolämpö;Kaukolämpö tammikuu;1000,00
3.2.2022;Kiinteistöt;Esimerkin Lämpö Oy;1234567-1;4500;Kaukolämpö;Kaukolämpö helmikuu;900,50
15.3.2022;Keittiö;Ruokatukku Esimerkki;2345678-2;4510;Elintarvikkeet;Ruokatarvikkeet;400,25
16.3.2023;Keittiö;Ruokatukku Esimerkki;2345678-2;4510;Elintarvikkeet;Ruokatarvikkeet;500,75
3.4.2023;Kiinteistöt;Esimerkin Lämpö Oy;1234567-1;4500;Kaukolämpö;Kaukolämpö;1200,00
5.5.2023;Hallinto;=HYPERLINK("http://example.org");;4420;Toimistotarvikkeet;Paperi <b>A4</b>;60,10
6.6.2023;Hallinto;Matti Meikäläinen;;4420;Toimistotarvikkeet;Kynät;-10,10
"""


def a_link(run: Run, *, by: Person | None = None, kind: str = ShareKind.FOOTPRINT, days: int = 30) -> tuple[Any, str]:
    """A link and its secret."""
    return share(run=run, kind=ShareKind(kind), days=days, note="Council", by=by or a_person())


def an_expired_link(run: Run) -> tuple[ShareLink, str]:
    link, token = a_link(run, days=7)
    then = timezone.now() - dt.timedelta(days=8)
    ShareLink.objects.filter(pk=link.pk).update(created_at=then, expires_at=then + dt.timedelta(days=7))
    return link, token


@cache
def _calculated(ledger: str, population: int | None) -> tuple[FootprintResult, Path]:
    """A result of the engine and the folder of its lines, kept for the tests that ask for the same."""
    from keino.engine.run import RunOptions, run_footprint

    folder = Path(mkdtemp(prefix="keino-factory-"))
    source, out = folder / "ledger.csv", folder / "run"
    source.write_text(ledger, encoding="utf-8")
    out.mkdir()
    options = RunOptions(factors="fi", by=("unit", "supplier"), out=out, is_stored=True, population=population)
    result = run_footprint([source], options)
    return replace(result, readings=tuple(replace(each, path=Path(each.path).name) for each in result.readings)), out


def a_run_with_lines(organisation: Organisation, ledger: str = LEDGER, **fields: Any) -> Run:
    """A finished run calculated by the engine from a ledger's text, its lines in the store."""
    from keino.engine.stored import slices_of

    result, made = _calculated(ledger, organisation.population)
    folder = f"{organisation.public_id}/run-{next(_number)}"
    out = Path(settings.STORE_FOLDER) / folder
    shutil.copytree(made, out)
    fields = {"state": RunState.DONE, "finished_at": timezone.now(), "options": {"factors": "fi@2026-1"}} | fields
    run = Run.objects.create(
        organisation=organisation, folder=folder, result=result_as_json(result), manifest={}, **fields
    )
    for by in (("year",), ("main_category", "year")):
        for part in slices_of(out, by):
            a_total(run, int(part.keys["year"]), str(part.keys.get("main_category", "*")), part)
    return run


def a_total(run: Run, year: int, category: str, part: Any) -> RunTotal:
    return RunTotal.objects.create(
        run=run,
        year=year,
        category=category,
        lines=part.lines,
        spend=round(part.spend, 2),
        footprint_kgco2e=part.footprint_kgco2e,
        low_kgco2e=part.low_kgco2e,
        high_kgco2e=part.high_kgco2e,
        spend_without_factor=round(part.spend_without_factor, 2),
    )


@cache
def _some_result() -> dict[str, Any]:
    return result_as_json(footprint_result())


def a_buyer_with_totals(
    spend: float, kgco2e: float, *, year: int = 2023, categories: dict[str, float] | None = None, **fields: Any
) -> Organisation:
    """An organisation with a finished run of which only the small rows matter: one year, and its main categories."""
    published, factors = fields.pop("published", False), fields.pop("factors", "fi@2026-1")
    organisation = an_organisation(**({"population": 30_000, "is_public": published} | fields))
    run = Run.objects.create(
        organisation=organisation,
        state=RunState.DONE,
        folder="none",
        result=_some_result(),
        manifest={},
        options={"factors": factors},
        finished_at=timezone.now(),
        published_at=timezone.now() if published else None,
    )
    parts = {"*": kgco2e, **(categories or {})}
    for category, kilograms in parts.items():
        share_of_spend = Decimal(str(round(spend * (kilograms / kgco2e if kgco2e else 1), 2)))
        RunTotal.objects.create(
            run=run,
            year=year,
            category=category,
            lines=10,
            spend=share_of_spend,
            footprint_kgco2e=kilograms,
            low_kgco2e=kilograms * 0.8,
            high_kgco2e=kilograms * 1.3,
        )
    return organisation
