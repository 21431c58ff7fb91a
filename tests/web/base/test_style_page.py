"""The living style page shows every component there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

COMPONENTS = Path(__file__).resolve().parents[3] / "src/keino/web/base/templates/base/components"
#: Parts of parts, and what only a library's tables use: `test_style_tables.py` shows it.
INNER = {"error_summary.html", "field.html", "field_words.html", "form.html", "table.html"}


def test_every_component_is_on_the_style_page() -> None:
    source = (COMPONENTS.parent / "style.html").read_text("utf-8")
    included = set(re.findall(r'include "base/components/([^"]+)"', source))
    assert {path.name for path in COMPONENTS.glob("*.html")} - included == INNER
    assert "{{ empty_form }}" in source
    assert "{{ wrong_form }}" in source


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_style_page_answers_whole_in_every_language(language: str) -> None:
    answer = Client().get(reverse("base:style"), {"language": language})
    text = answer.content.decode()
    assert answer.status_code == 200
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))
    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.django_db
def test_style_page_takes_any_query() -> None:
    for query in ({"page": "999"}, {"page": "x"}, {"year": "1000", "words": "<b>"}, {"order": "';--"}):
        answer = Client().get("/style/", query)
        assert answer.status_code == 200
        assert "<b>" not in answer.content.decode()
