"""The frame of an organisation's pages: its name, path and rooms, and that an example is called one."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import include, path

from keino.web.organisations.models import Organisation
from tests.factories.web import a_person, a_role, an_organisation
from tests.web.browser import OpenPage, axe_violations, scrolls_sideways, small_targets

PAGE = """{% extends "base/organisation_page.html" %}{% block title %}Footprint{% endblock %}
{% block content %}<h2>Coverage</h2><p>All of it.</p>{% endblock %}"""
EXAMPLE = "made up to show how keino works"


def footprint(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = Organisation.objects.get(slug=slug)
    context = {"organisation": organisation, "step": "footprint", "steps_done": ["ledger"]}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    return footprint(request, slug)


urlpatterns = [
    path("", include("keino.web.base.urls")),
    path("", include(([path("o/<slug:slug>/ledger/", elsewhere, name="ledgers")], "measurement"))),
    path(
        "",
        include(
            (
                [
                    path("o/<slug:slug>/", elsewhere, name="home"),
                    path("o/<slug:slug>/footprint/", footprint, name="footprint"),
                ],
                "dashboards",
            )
        ),
    ),
]


@pytest.fixture(autouse=True)
def with_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


def opened(person: Any, slug: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(f"/o/{slug}/footprint/", {"language": "en"}).content.decode()


@pytest.mark.django_db
def test_reader_with_a_role_sees_path_and_rooms_and_others_do_not() -> None:
    organisation = an_organisation("Town")
    member = a_person()
    a_role(member, "member", organisation)
    text = opened(member, organisation.slug)
    links = [f'href="/o/{organisation.slug}/{room}"' for room in ("", "ledger/")]
    assert all(link in text for link in links)
    assert text.count('aria-current="step"') == 1
    assert "hotspots" not in text.lower()  # no such page here, so no dead step
    stranger = opened(a_person(), organisation.slug)
    assert "stepper" not in stranger
    assert "organisation-nav" not in stranger


@pytest.mark.django_db
@pytest.mark.parametrize("is_example", [True, False])
def test_example_is_called_an_example(is_example: bool) -> None:
    organisation = an_organisation("Town", is_example=is_example)
    assert (EXAMPLE in opened(a_person(), organisation.slug)) == is_example


@pytest.mark.django_db
def test_name_of_an_organisation_is_escaped() -> None:
    organisation = an_organisation("<script>alert(1)</script>")
    text = opened(a_person(), organisation.slug)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_page_of_an_organisation_has_no_barriers(open_page: OpenPage) -> None:
    organisation = an_organisation("Pitkänimisen alueen hankintayhteenliittymäkuntayhtymä", is_example=True)
    person = a_person(name="Maximiliana Pitkänen-Esimerkkiläinen")
    a_role(person, "responsible_person", organisation)
    page = open_page(f"/o/{organisation.slug}/footprint/", person=person, language="fi")
    for dark, width in itertools.product((False, True), (1280, 320)):
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == []
        assert not scrolls_sideways(page)
        assert small_targets(page) == []
    assert page.complaints == []
