"""Lists to choose from are what Django's own template says."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.utils.translation import override

from keino.web.base.forms import Renderer

HOSTILE = '"><script>alert(1)</script>'


def same(html: str) -> str:
    return re.sub(r">\s+<", "><", html.strip())


@pytest.mark.parametrize("value", ["", "b", None, HOSTILE, "no such choice"])
@pytest.mark.parametrize(
    "attrs", [{}, {"class": "x y", "required": True, "disabled": False, "title": HOSTILE, "data-n": 3}]
)
def test_list_equals_djangos(value: str | None, attrs: dict[str, object]) -> None:
    choices = [
        ("", "—"),
        ("a", "Å & ö"),
        (HOSTILE, HOSTILE),
        (5, 5),
        (f"Group {HOSTILE}", [("b", "B"), ("c", "C")]),
        (None, "none"),
    ]
    widget = forms.Select(choices=choices)
    ours = widget.render("field", value, {"id": "id_field", **attrs}, Renderer())
    assert same(ours) == same(widget.render("field", value, {"id": "id_field", **attrs}, TemplatesSetting()))
    assert "<script>" not in ours


def test_where_nothing_is_chosen_yet_a_word_says_so() -> None:
    field = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])
    with override("en"):
        html = field.widget.render("field", "", {"id": "id_field"}, Renderer())
    assert '<option value="" selected>choose</option><option value="a">A</option>' in html
