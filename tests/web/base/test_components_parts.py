"""The parts that pages are put together from: addresses, path, tables, pages of lists, forms."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from keino.web.base.addresses import address_or_none
from keino.web.base.choices import JobState
from keino.web.base.errors import Conflict, as_data
from keino.web.base.forms import DayInput, EveryField
from keino.web.base.models import Job
from keino.web.base.templatetags import parts
from tests.factories.web import a_person, a_role, an_organisation


def shown(name: str, path: str = "/list/", **values: Any) -> str:
    with override("en"):
        return render_to_string(f"base/components/{name}.html", values, RequestFactory().get(path))


def rendered(source: str, path: str = "/", **values: Any) -> str:
    with override("en"):
        return Template(source).render(Context({"request": RequestFactory().get(path), **values}))


# ---- addresses


def test_address_of_a_page_that_is_not_there_is_none() -> None:
    assert address_or_none("nowhere:nothing") is None
    assert address_or_none("base:front") == "/"
    assert (
        rendered('{% address_or_none "nowhere:nothing" slug="x" as url %}{% if url %}link{% else %}none{% endif %}')
        == "none"
    )


def test_sorting_turns_round_and_goes_back_to_page_one() -> None:
    tag = '{% order_query "name" %}'
    assert rendered(tag, "/?page=3&q=a") == "?q=a&amp;order=name"
    assert rendered(tag, "/?order=name&page=3") == "?order=-name"
    assert rendered(tag, "/?order=-name") == "?order=name"
    assert [rendered('{% order_state "name" %}', f"/?order={order}") for order in ("name", "-name", "other")] == [
        "ascending",
        "descending",
        "none",
    ]


def test_pager_keeps_filter_and_order() -> None:
    page = Paginator(range(100), 10).get_page(5)
    html = shown("pager", "/list/?q=koulu&order=-name&page=5", page_obj=page)
    assert re.findall(r'href="([^"]+)"', html) == [
        "?q=koulu&amp;order=-name&amp;page=4",
        "?q=koulu&amp;order=-name&amp;page=1",
        "?q=koulu&amp;order=-name&amp;page=4",
        "?q=koulu&amp;order=-name&amp;page=6",
        "?q=koulu&amp;order=-name&amp;page=10",
        "?q=koulu&amp;order=-name&amp;page=6",
    ]
    assert "41–50 of 100" in html
    assert '<span aria-current="page">5</span>' in html


def test_pager_of_one_page_is_silent() -> None:
    assert shown("pager", page_obj=Paginator(range(3), 10).get_page(1)).strip() == ""


# ---- an organisation's path


@pytest.mark.django_db
def test_path_shows_only_what_exists_and_may_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = an_organisation("Town")
    member, stranger = a_person(), a_person()
    a_role(member, "member", organisation)
    there = {"measurement:ledgers": "/o/x/ledger/", "dashboards:footprint": "/o/x/footprint/"}
    monkeypatch.setattr(parts, "address_or_none", lambda name, **_arguments: there.get(name))
    context = Context({"organisation": organisation, "user": member, "step": "footprint", "steps_done": ["ledger"]})
    assert [(step["key"], step["state"]) for step in parts.organisation_path(context)] == [
        ("ledger", "done"),
        ("footprint", "current"),
    ]
    assert parts.organisation_path(Context({"organisation": organisation, "user": stranger})) == []
    assert parts.organisation_rooms(context) == []


def test_stepper_says_in_words_what_is_done() -> None:
    steps = [
        {"title": "Ledger", "url": "/a/", "state": "done"},
        {"title": "Footprint", "url": "/b/", "state": "current"},
        {"title": "Hotspots", "url": "", "state": "todo"},
    ]
    html = shown("stepper", "/b/", steps=steps)
    assert 'Ledger<span class="visually-hidden"> (done)</span>' in html
    assert html.count("aria-current") == 1
    assert 'href="/b/"' not in html
    assert '<span class="step">Hotspots</span>' in html


# ---- tables, figures, what needs you


def test_columns_of_numbers_are_known_by_their_cells() -> None:
    rows = [["A", "12,5 %", "–", "2023", "1", "x"], ["B", "−1\u202f200 €", "< 0.1", "2024", "A1", ""]]
    assert parts.number_columns(rows) == {1, 2, 3}
    assert parts.number_columns([["", ""], ["", ""]]) == set()
    assert parts.number_columns([]) == set()


def test_plain_table_names_rows_and_columns_and_escapes_cells() -> None:
    html = shown("plain_table", caption="Lines", head=["Name", "t CO₂e"], rows=[["<b>x</b>", "12"]])
    assert '<th scope="row">&lt;b&gt;x&lt;/b&gt;</th><td class="number">12</td>' in html
    assert '<th scope="col" class="number">t CO₂e</th>' in html


def test_two_tables_on_one_page_have_different_ids() -> None:
    source = '{% include "base/components/plain_table.html" with rows=rows %}' * 2
    html = rendered(source, rows=[["a", "1"]])
    ids = re.findall(r'<caption id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 2
    assert re.findall(r'aria-labelledby="([^"]+)"', html) == ids


def test_figure_names_its_source_and_interval() -> None:
    html = shown(
        "figure", label="Footprint", value="119", unit="t CO₂e", interval="93–175", year=2024, source_url="/x/"
    )
    assert "Footprint <span>2024</span>" in html  # a year is no quantity: its thousands aren't set apart
    assert "95% interval 93–175" in html
    assert 'href="/x/"' in html


def test_most_urgent_comes_first_and_earlier_days_before_later_ones() -> None:
    today = dt.date(2026, 5, 1)
    items = [
        {"kind": "others", "title": "d", "url": ""},
        {"kind": "week", "title": "c", "url": "", "due": today + dt.timedelta(3)},
        {"kind": "week", "title": "b", "url": "", "due": today + dt.timedelta(1)},
        {"kind": "week", "title": "e", "url": ""},
        {"kind": "overdue", "title": "a", "url": ""},
    ]
    groups = parts.by_urgency(items)
    assert [(group["kind"], [item["title"] for item in group["items"]]) for group in groups] == [
        ("overdue", ["a"]),
        ("week", ["b", "c", "e"]),
        ("others", ["d"]),
    ]
    assert "Nothing needs you now." in shown("todo", items=[])


# ---- background work


def test_work_that_goes_on_is_asked_for_again_and_finished_work_is_not() -> None:
    job = Job(kind="x", state=JobState.RUNNING, done=1, whole=4)
    going = shown("progress", job=job, status_url="/jobs/1/")
    assert 'hx-get="/jobs/1/"' in going
    assert 'value="25"' in going
    assert "25%" in going
    job.state = JobState.DONE
    over = shown("progress", job=job, status_url="/jobs/1/", done_url="/result/")
    assert "hx-get" not in over
    assert 'href="/result/"' in over


def test_failed_work_says_why() -> None:
    html = shown("progress", job=Job(state=JobState.FAILED, error=as_data(Conflict())), status_url="/x/")
    assert "Somebody else changed this" in html
    assert "hx-get" not in html


# ---- forms


class Two(forms.Form):
    name = forms.CharField(help_text="As on paper.", widget=forms.TextInput(attrs={"class": "own", "placeholder": "N"}))
    kind = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_label_hint_and_error_stand_before_the_field() -> None:
    with override("en"):
        html = str(Two({}))
    places = [html.index(text) for text in ('for="id_name"', "As on paper.", 'id="id_name_error"', 'name="name"')]
    assert places == sorted(places)
    (field,) = re.findall(r'<input[^>]*name="name"[^>]*>', html)
    assert 'class="own hds-text-input__input"' in field
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert "placeholder" not in field


def test_error_summary_leads_to_every_wrong_field() -> None:
    with override("en"):
        html = str(Two({}))
    summary = html[: html.index("form-field")]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_name", "id_kind_0"]
    assert all(f'id="{target}"' in html for target in targets)
    assert "data-error-summary" not in str(Two())


def test_choices_look_like_what_they_are() -> None:
    with override("en"):
        html = str(Two())
    assert html.count('class="hds-checkbox__input"') == 2
    assert html.count('class="hds-radio-button__input"') == 2
    assert html.count('type="hidden"') == 1
    assert "<legend>One <span" in html  # only what may be left empty is marked
    assert "<legend>Kind</legend>" in html


def test_every_field_has_a_label() -> None:
    with override("en"):
        html = str(EveryField())
    ids = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html))
    assert ids - set(re.findall(r'<label[^>]* for="([^"]+)"', html)) == set()


def test_day_is_given_to_the_browser_as_it_wants_it() -> None:
    with override("fi"):
        assert 'value="2026-04-03"' in DayInput().render("day", dt.date(2026, 4, 3))
