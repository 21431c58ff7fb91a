"""What every answer tells browsers: only our own scripts and styles, no frames, no sniffing, no camera."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.scene import build
from tests.web.test_access import addresses

pytestmark = pytest.mark.django_db

_INLINE = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/)[^>]*)[^>]*>\s*\S"  # a script between its tags
    r"|<style[\s>]|\sstyle=\"|\son[a-z]+=\"|javascript:"
)


def policy(text: str) -> dict[str, list[str]]:
    parts = (part.split() for part in text.split(";") if part.strip())
    return {name: sources for name, *sources in parts}


def faults(answer: Any) -> list[str]:
    """What is missing in one answer's headers."""
    headers = answer.headers
    allowed = policy(headers.get("Content-Security-Policy", ""))
    found = [f"{name} allows {sources}" for name, sources in allowed.items() if "'unsafe-inline'" in sources]
    found += [f"{name} allows {sources}" for name, sources in allowed.items() if "'unsafe-eval'" in sources]
    wanted = {
        "default-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "style-src": ["'self'"],
    }
    found += [f"{name} is {allowed.get(name)}" for name, sources in wanted.items() if allowed.get(name) != sources]
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found += [f"{name} is {headers.get(name)}" for name, value in expected.items() if headers.get(name) != value]
    if headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append(f"Referrer-Policy is {headers.get('Referrer-Policy')}")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy lets the camera be used")
    return found


@pytest.mark.parametrize("who", ["anonymous", "own_responsible_person", "administrator"])
def test_every_page_tells_browsers_to_run_nothing_foreign(who: str) -> None:
    scene = build()
    client = Client()
    if who != "anonymous":
        client.force_login(scene.people[who])
    wrong: dict[str, list[str]] = {}
    for address in addresses():
        if address.method != "get":
            continue
        answer = client.get(reverse(address.name, kwargs=address.arguments(scene)) + address.query)
        trouble = faults(answer)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
        if is_page and (inline := _INLINE.findall(answer.content.decode())):
            trouble.append(f"inline: {inline[:3]}")
        if trouble:
            wrong[address.name] = trouble
    assert wrong == {}


def test_policy_fault_is_noticed() -> None:
    answer = Client().get("/about/")
    assert faults(answer) == []
    answer.headers["Content-Security-Policy"] += "; script-src 'self' 'unsafe-inline'"
    del answer.headers["X-Content-Type-Options"]
    assert len(faults(answer)) == 2
    assert _INLINE.search('<p style="color: red">')
    assert _INLINE.search("<script>alert(1)</script>")
    assert not _INLINE.search('<script src="/static/x.js" nonce="x"></script>')


def test_https_is_kept_for_a_year(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    assert Client().get("/about/", secure=True).headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Strict-Transport-Security" not in Client().get("/about/").headers
