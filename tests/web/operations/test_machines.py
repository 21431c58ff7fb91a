"""Health, metrics, logs: what machines ask for, without secrets and personal data."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from keino.web.base.logs import Numbered, request_id
from keino.web.base.models import WorkerBeat
from keino.web.operations import health
from tests.factories.web import a_person

pytestmark = pytest.mark.django_db


def test_health_answers_without_asking_the_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/health/").content == b"ok\n"


def test_ready_says_which_part_is_not(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["workers"] == "no living worker for: quick, long"
    for queue in ("quick", "long"):
        WorkerBeat.objects.create(name=f"here/{queue}-1", queue=queue)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["ok"]) == (200, True), answer.json()
    WorkerBeat.objects.update(beat_at=timezone.now() - timezone.timedelta(minutes=5))
    assert client.get("/health/ready").status_code == 503


def test_ready_says_nothing_of_a_broken_database_but_that(client: Client, monkeypatch: Any) -> None:
    def broken() -> str:
        raise OperationalError("could not connect to db.internal as keino")

    monkeypatch.setattr(health, "_database", broken)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["database"] == "the database does not answer"
    assert "internal" not in answer.content.decode()


def test_metrics_count_requests_by_page(client: Client) -> None:
    client.get("/health/")
    text = client.get("/metrics").content.decode()
    assert 'keino_requests_total{method="GET",page="operations:health",status="200"}' in text
    assert "# TYPE keino_request_seconds histogram" in text
    assert "keino_oldest_job_seconds 0.0" in text


@pytest.mark.parametrize(
    ("token", "headers", "address", "status"),
    [
        ("", {}, "127.0.0.1", 200),
        ("", {}, "::1", 200),
        ("", {}, "203.0.113.7", 404),
        ("", {"X-Forwarded-For": "203.0.113.7"}, "127.0.0.1", 404),
        ("secret", {}, "127.0.0.1", 404),
        ("secret", {"Authorization": "Bearer wrong"}, "203.0.113.7", 404),
        ("secret", {"Authorization": "Bearer ä"}, "203.0.113.7", 404),
        ("secret", {"Authorization": "Bearer secret"}, "203.0.113.7", 200),
    ],
)
def test_metrics_are_for_this_machine_or_with_the_token(
    client: Client, settings: Any, token: str, headers: dict[str, str], address: str, status: int
) -> None:
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_log_line_names_the_page_but_neither_address_nor_person(client: Client, caplog: Any) -> None:
    person = a_person(name="Aino Salainen")
    client.force_login(person)
    with caplog.at_level(logging.INFO, logger="keino.requests"):
        answer = client.get("/mail/?secret=abc123", headers={"X-Request-ID": "proxy-1234567"})
    (record,) = [each for each in caplog.records if each.name == "keino.requests"]
    assert answer.headers["X-Request-ID"] == "proxy-1234567"
    assert (record.page, record.status, record.method) == ("operations:mail_settings", 200, "GET")
    text = json.dumps({name: str(value) for name, value in vars(record).items()})
    assert not [word for word in ("abc123", "Aino", person.email, "/mail/") if word in text]


@pytest.mark.parametrize("given", ["a b", "x" * 100, "<script>", "", "ab\ncd-efghij"])
def test_odd_request_number_is_not_taken_over(client: Client, given: str) -> None:
    number = client.get("/health/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert number != given
    assert len(number) == 16


def test_lines_of_a_request_carry_its_number() -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, "x", None, None)
    token = request_id.set("abc")
    Numbered().filter(record)
    request_id.reset(token)
    assert record.request_id == "abc"
