"""Published footprints and programs with tokens, for tests."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.measurement.models import Run, RunTotal
from tests.factories.accounts import a_token
from tests.factories.web import a_finished_run, an_organisation


def a_published_run(organisation: Any = None, **fields: Any) -> Run:
    """A finished run of a public organisation that is shown to everyone, with one main category."""
    organisation = organisation or an_organisation(is_public=True)
    run = a_finished_run(organisation, **({"published_at": timezone.now()} | fields))
    RunTotal.objects.create(
        run=run,
        year=2023,
        category="HEAT",
        lines=3,
        spend=Decimal("1234.50"),
        footprint_kgco2e=617.25,
        low_kgco2e=500.0,
        high_kgco2e=760.0,
        spend_without_factor=Decimal("0.00"),
    )
    return run


class Program:
    """A program that speaks to the interface with a person's token, without cookies."""

    def __init__(self, person: Person | None = None, scope: str = "read", language: str = "en") -> None:
        self.token = a_token(person, scope=scope)[1] if person is not None else ""
        self.language = language

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """Ask ``/api/v1`` + path; ``data`` goes as JSON, bytes as they are."""
        given = {"accept-language": self.language} | {name.replace("_", "-"): text for name, text in headers.items()}
        if self.token:
            given["authorization"] = f"Bearer {self.token}"
        content, kind = (data, "application/octet-stream") if isinstance(data, bytes) else (None, "application/json")
        if data is not None and content is None:
            content = json.dumps(data)
        return Client().generic(method, f"/api/v1{path}", content or "", content_type=kind, headers=given)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, data: Any = None) -> Any:
        return self.ask("POST", path, {} if data is None else data)
