"""What a token opens: its person's rights, no more; every own address × every kind of person × both scopes."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from keino.web.accounts.models import ApiToken
from keino.web.opendata.api.made import api
from tests.factories.accounts import a_token, with_second_factor
from tests.factories.opendata import Program
from tests.factories.web import an_organisation, someone_who_is
from tests.web.access import CAST, OWN, READERS, WORKERS

#: (method, path, who may, statuses that mean "allowed")
Row = tuple[str, str, frozenset[str], set[int]]

LOGGED_IN = frozenset(CAST) - {"anonymous"}


def rows(scene: SimpleNamespace) -> list[Row]:
    slug = scene.organisation.slug
    ledger, file, run = scene.ledger.public_id, scene.ledger_file.public_id, scene.run.public_id
    return [
        ("GET", "/my/organisations", LOGGED_IN, {200}),
        ("GET", f"/organisations/{slug}/ledgers", READERS, {200}),
        ("POST", f"/organisations/{slug}/ledgers", WORKERS, {201}),
        ("GET", f"/ledgers/{ledger}", READERS, {200}),
        ("POST", f"/ledgers/{ledger}/files", WORKERS, {201}),
        ("POST", f"/ledgers/{ledger}/read", WORKERS, {202, 409}),
        ("POST", f"/ledgers/{ledger}/confirm", WORKERS, {200}),
        ("GET", f"/files/{file}", READERS, {200}),
        ("PUT", f"/files/{file}/pieces/0", WORKERS, {200, 409}),
        ("POST", f"/files/{file}/finish", WORKERS, {200, 409}),
        ("GET", f"/organisations/{slug}/runs", READERS, {200}),
        ("POST", f"/organisations/{slug}/runs", WORKERS, {202}),
        ("GET", f"/runs/{run}", READERS, {200}),
        ("GET", f"/runs/{run}/slices?by=supplier", READERS, {200}),
        ("GET", f"/runs/{run}/lines", READERS, {409}),  # the scene's run has no lines in the store
        ("GET", f"/runs/{run}/manifest", READERS, {200}),
        ("GET", f"/organisations/{slug}/rules", READERS, {200}),
        ("POST", f"/organisations/{slug}/rules", WORKERS, {201}),
        ("DELETE", f"/organisations/{slug}/rules/999999999", WORKERS, {404}),
    ]


#: Bodies that are well formed, so that a refusal is about the right and not the form.
BODIES: dict[str, Any] = {
    "ledgers": {"title": "Purchases 2023"},
    "files": {"name": "a.csv", "size": 1},
    "confirm": {"version": 1},
    "rules": {"conditions": {"supplier_name": "A"}, "category": "HEAT.DISTRICT"},
    "runs": {"ledgers": []},
}


def asked(program: Program, method: str, path: str) -> tuple[int, str]:
    data: Any = b"x" if method == "PUT" else BODIES.get(path.rpartition("/")[2], {}) if method == "POST" else None
    with transaction.atomic():
        answer = program.ask(method, path, data)
        transaction.set_rollback(True)
    return answer.status_code, answer.content.decode()


def token_of(scene: SimpleNamespace, who: str, scope: str) -> Program:
    program = Program()
    if who != "anonymous":
        person = scene.people[who]
        if not person.authenticator_set.exists():
            with_second_factor(person)
        program.token = a_token(person, scope=scope)[1]
    return program


@pytest.mark.django_db
@pytest.mark.parametrize("who", CAST)
def test_token_opens_what_its_person_may(scene: SimpleNamespace, who: str) -> None:
    program = token_of(scene, who, "write")
    wrong = []
    for method, path, allowed, answers in rows(scene):
        status, body = asked(program, method, path)
        if who in allowed and status not in answers:
            wrong.append(f"{method} {path} refuses {who}: {status} {body[:200]}")
        if who not in allowed and status not in {401, 403, 404}:
            wrong.append(f"{method} {path} lets {who} in: {status}")
        if who not in READERS:
            wrong += [f"{method} {path} shows {who} {secret}" for secret in scene.secrets if secret in body]
    assert wrong == []


def test_matrix_holds_every_address_that_needs_a_token() -> None:
    needing = {
        (method.upper(), path.removeprefix("/api/v1").replace("{offset}", "0"))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, said in methods.items()
        if said.get("security")
    }
    named = SimpleNamespace(slug="{slug}", public_id="{id}")
    scene = SimpleNamespace(
        organisation=named,
        ledger=SimpleNamespace(public_id="{ledger_id}"),
        ledger_file=SimpleNamespace(public_id="{file_id}"),
        run=SimpleNamespace(public_id="{run_id}"),
    )
    entered = {
        (method, path.partition("?")[0].replace("rules/999999999", "rules/{rule_id}"))
        for method, path, _who, _answers in rows(scene)
    }
    assert entered == needing


@pytest.mark.django_db
def test_token_that_may_only_read_changes_nothing(scene: SimpleNamespace) -> None:
    program = token_of(scene, "own_member", "read")
    for method, path, _who, _answers in rows(scene):
        status, body = asked(program, method, path)
        if method == "GET":
            assert status in {200, 409}, (path, body)
        else:
            assert status == 403, (path, body)
            assert '"code": "token_may_not_write"' in body


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["unknown", "revoked", "expired", "inactive", "scheme", "none"])
def test_wrong_token_is_401_and_says_so(fault: str) -> None:
    organisation = an_organisation()
    person = someone_who_is("member", organisation)
    program = Program(person, scope="write")
    if fault == "unknown":
        program.token += "x"
    elif fault == "revoked":
        ApiToken.objects.update(revoked_at=timezone.now())
    elif fault == "expired":
        ApiToken.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    elif fault == "inactive":
        person.is_active = False
        person.save()
    header = f"Basic {program.token}" if fault == "scheme" else ""
    program.token = "" if fault in {"scheme", "none"} else program.token
    answer = program.get(f"/organisations/{organisation.slug}/ledgers", **({"authorization": header} if header else {}))
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="keino"'
    assert answer.json()["code"] == ("token_missing" if fault in {"scheme", "none"} else "token_unknown")


@pytest.mark.django_db
def test_thing_of_others_looks_like_no_thing(scene: SimpleNamespace) -> None:
    program = token_of(scene, "other_member", "write")
    there = program.get(f"/runs/{scene.run.public_id}")
    nowhere = program.get("/runs/00000000-0000-4000-8000-000000000000")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content


@pytest.mark.django_db
def test_role_that_ended_ends_the_token_rights() -> None:
    organisation = an_organisation()
    person = someone_who_is("member", organisation)
    program = Program(person)
    assert program.get(f"/organisations/{organisation.slug}/ledgers").status_code == 200
    role = person.roles.get()
    role.valid_to = timezone.localdate() - dt.timedelta(days=1)
    role.save()
    assert program.get(f"/organisations/{organisation.slug}/ledgers").status_code == 403


def test_own_people_are_the_readers_of_the_matrix() -> None:
    assert OWN < READERS
