"""The front page: doors to what there is, numbers with their source."""

from __future__ import annotations

import csv
import re
from importlib import resources
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path
from django.views.generic import View

from keino.web.base import factor_charts
from tests.factories.web import a_person

there = View.as_view()
_measurement = ([path("footprint/", there, name="try")], "measurement")
_opendata = ([path("data/", there, name="front")], "opendata")
urlpatterns = [
    path("", include("keino.web.base.urls")),
    path("", include(_measurement)),
    path("", include(_opendata)),
]


def front(language: str = "en") -> str:
    return Client().get("/", {"language": language}).content.decode()


@pytest.mark.django_db
def test_only_doors_with_pages_behind_them_are_there(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    text = front()
    doors = re.findall(r'<section class="door" id="([^"]+)"', text)
    assert doors == ["buyers", "everyone"]
    assert set(re.findall(r'<a[^>]* href="(/[^"?#]*)', text)) == {"/", "/footprint/", "/data/"}


@pytest.mark.django_db
def test_every_link_of_the_front_page_leads_somewhere() -> None:
    client = Client()
    text = client.get("/", {"language": "en"}).content.decode()
    links = set(re.findall(r'<a[^>]* href="(/[^"#]*)', text))
    answers = {link: client.get(link.replace("&amp;", "&")).status_code for link in links}
    assert {link: status for link, status in answers.items() if status not in {200, 302}} == {}
    assert "/" in links


@pytest.mark.django_db
def test_front_page_says_that_it_is_no_official_service() -> None:
    assert "It is not an official service of any authority." in front()


@pytest.mark.django_db
def test_chart_shows_the_numbers_of_the_facts_and_their_source() -> None:
    """Read from the file itself, not through the code that the page uses."""
    folder = resources.files("keino.facts") / "emission_factors"
    newest = max(file.name for file in folder.iterdir() if file.name.endswith(".csv"))
    with (folder / newest).open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["factor_set"] == "fi_figaro"]
    year = max(row["year"] for row in rows)
    food = next(row for row in rows if row["product"] == "C10T12" and row["year"] == year)
    text = front()
    assert f"What a euro causes, kg CO₂e ({year})" in text
    assert food["label_en"] in text
    assert f">{float(food['value']):.2f}</text>" in text
    assert factor_charts.familiar_chart("en").source["producer"] in text


@pytest.mark.django_db
def test_chart_is_drawn_once_for_each_language() -> None:
    for _round in range(2):
        front("fi"), front("sv")
    assert factor_charts.familiar_chart("fi") is factor_charts.familiar_chart("fi")
    assert factor_charts.familiar_chart("fi").svg != factor_charts.familiar_chart("sv").svg


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_language_links_lead_to_the_same_page_and_mark_this_one(language: str) -> None:
    text = Client().get("/style/", {"language": language, "page": "2"}).content.decode()
    nav = text[text.index('class="site-languages"') :].partition("</nav>")[0]
    links = re.findall(r'href="([^"]+)" lang="(\w\w)" hreflang="(\w\w)"[^>]*?( aria-current="true")?>([^<]+)<', nav)
    assert [(lang, hreflang, bool(current), name) for _, lang, hreflang, current, name in links] == [
        ("fi", "fi", language == "fi", "Suomi"),
        ("sv", "sv", language == "sv", "Svenska"),
        ("en", "en", language == "en", "English"),
    ]
    assert all("page=2" in address and f"language={lang}" in address for address, lang, *_ in links)
    assert f'<html lang="{language}">' in text


@pytest.mark.django_db
def test_somebody_logged_in_is_named_and_may_log_out_and_others_may_log_in() -> None:
    assert re.search(r'<a href="/account/login/[^"]*">Log in</a>', front())
    client = Client()
    client.force_login(a_person(name="Aino Esimerkki"))
    text = client.get("/", {"language": "en"}).content.decode()
    assert "<summary>Aino Esimerkki</summary>" in text
    assert '<form method="post" action="/account/logout/">' in text


@pytest.mark.django_db
def test_name_in_the_menu_is_escaped() -> None:
    client = Client()
    client.force_login(a_person(name="<img src=x onerror=alert(1)>"))
    text = client.get("/").content.decode()
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text
