"""The interface does what its description says: requests made from it, of every kind, with and without a token.

Schemathesis makes them up from ``openapi.json``, well formed ones and others. Those with a token name things that are
there, so that they come past the first look-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.errors import SchemathesisError
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from keino.web.wsgi import application
from tests.factories.opendata import Program, a_published_run
from tests.factories.web import an_organisation, someone_who_is

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def trouble(
    headers: dict[str, str],
    examples: int,
    known: dict[str, Any],
    modes: Sequence[GenerationMode] = tuple(GenerationMode),
) -> tuple[list[str], set[int]]:
    """What is wrong with the answers, by address; and which statuses were seen."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    found: list[str] = []
    seen: set[int] = set()
    made = [(result.ok(), mode) for result in schema.get_all_operations() for mode in modes]
    for operation, mode in made:

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
            answer = case.call(headers=headers)
            seen.add(answer.status_code)
            case.validate_response(answer, checks=CHECKS)

        try:
            ask()
        except Unsatisfiable:
            assert mode == GenerationMode.NEGATIVE  # nothing wrong can be sent where nothing is asked for
        except (AssertionError, SchemathesisError, BaseExceptionGroup) as error:
            found.append(f"{operation.method} {operation.path}: {error}")
    return found, seen


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """A server gives its connection back after each request; here that would be the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def no_limits(settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = settings.API_REQUESTS_PER_MINUTE_WITH_TOKEN = 10**9
    settings.API_WRONG_TOKENS_PER_MINUTE = 10**9


def test_answers_without_token_are_as_described() -> None:
    a_published_run()
    wrong, seen = trouble({}, 2, {"table": "regions", "name": "categories", "key": "keino"})
    assert wrong == []
    assert {200, 401, 404, 422} <= seen


def test_answers_with_wrong_token_are_as_described() -> None:
    wrong, seen = trouble({"Authorization": "Bearer keino_wrong"}, 1, {}, [GenerationMode.POSITIVE])
    assert wrong == []
    assert 401 in seen


def test_answers_with_token_are_as_described() -> None:
    organisation = an_organisation(is_public=True)
    program = Program(someone_who_is("member", organisation), scope="write")
    run = a_published_run(organisation)
    ledger = run.ledgers.get()
    known = {
        "slug": organisation.slug,
        "ledger_id": str(ledger.public_id),
        "file_id": str(ledger.files.get().public_id),
        "run_id": str(run.public_id),
    }
    wrong, seen = trouble({"Authorization": f"Bearer {program.token}"}, 3, known)
    assert wrong == []
    assert {200, 201, 202, 404, 409, 422} <= seen
