"""Tables of django-tables2 in our template: captions, sorting, paging."""

from __future__ import annotations

import re

import django_tables2 as tables
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override


class Lines(tables.Table):
    supplier = tables.Column()
    amount = tables.Column(attrs={"th": {"class": "number"}, "td": {"class": "number"}})
    note = tables.Column(orderable=False)

    class Meta:
        empty_text = "No lines."


def html(path: str, rows: list[dict[str, object]], per_page: int = 2) -> str:
    request = RequestFactory().get(path)
    table = Lines(rows)
    tables.RequestConfig(request, paginate={"per_page": per_page}).configure(table)
    table.caption = "Lines of 2024"
    with override("en"):
        source = "{% load django_tables2 %}{% render_table table %}"
        return Template(source).render(Context({"table": table, "request": request}))


ROWS = [{"supplier": f"<b>{name}</b>", "amount": 1234, "note": ""} for name in "abc"]


def test_table_has_caption_sortable_heads_and_pages() -> None:
    text = html("/lines/?sort=-supplier&q=x", ROWS)
    assert "<caption>Lines of 2024</caption>" in text
    heads = re.findall(r'<th scope="col" class="([^"]*)"(?: aria-sort="(\w+)")?>', text)
    assert [order for _, order in heads] == ["descending", "", ""]
    assert ["sortable" in classes.split() for classes, _ in heads] == [True, True, False]
    assert "number" in heads[1][0].split()
    assert "1–2 of 3" in text
    assert '<td class="number">' in text


def test_paging_keeps_order_and_filter() -> None:
    (address,) = set(re.findall(r'rel="next" href="([^"]+)"', html("/lines/?sort=-supplier&q=x", ROWS)))
    assert dict(part.split("=") for part in address.lstrip("?").split("&amp;")) == {
        "sort": "-supplier",
        "q": "x",
        "page": "2",
    }


def test_cells_are_escaped_and_an_empty_table_says_so() -> None:
    assert "<b>" not in html("/lines/", ROWS)
    assert "No lines." in html("/lines/", [])
