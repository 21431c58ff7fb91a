"""Our own script in a real browser: drafts, double submits, asking before leaving. Pages work without it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from tests.web.browser import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RECEIVED: list[dict[str, str]] = []
#: Where a form that was taken leads: any page but its own.
ELSEWHERE = re.compile(r"(?<!/form)/$")
FORM = """{% extends "base/page.html" %}{% block title %}Form{% endblock %}{% block content %}
<form method="post" data-draft="note" data-ask-before-leaving>{% csrf_token %}
<label for="note">Note</label> <input id="note" name="note">
<label><input type="checkbox" name="agree" value="1"> Agree</label>
<input type="password" name="secret" aria-label="Secret"><button type="submit">Send</button></form>
{% endblock %}"""


def form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        RECEIVED.append({name: str(text) for name, text in request.POST.items() if name != "csrfmiddlewaretoken"})
        return redirect(request.GET.get("then", "/"))
    return HttpResponse(engines["django"].from_string(FORM).render({}, request))


urlpatterns = [path("form/", form), path("", include("keino.web.urls"))]


@pytest.fixture(autouse=True)
def with_form(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    RECEIVED.clear()


def test_draft_comes_back_without_its_secret(open_page: OpenPage) -> None:
    page = open_page("/form/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("#note", "written for an hour")
    page.check("[name=agree]")
    page.fill("[name=secret]", "hunter2")
    page.goto("/")
    page.goto("/form/")
    assert page.input_value("#note") == "written for an hour"
    assert page.is_checked("[name=agree]")
    assert page.input_value("[name=secret]") == ""
    assert "hunter2" not in page.evaluate("JSON.stringify(localStorage)")


def test_draft_is_forgotten_once_it_was_taken(open_page: OpenPage) -> None:
    page = open_page("/form/")
    page.fill("#note", "done")
    page.click("main button")
    page.wait_for_url(ELSEWHERE)
    page.goto("/form/")
    assert page.input_value("#note") == ""
    assert RECEIVED == [{"note": "done", "secret": ""}]


@pytest.mark.parametrize("elsewhere", ["/account/login/", "/nothing-here/"])
def test_draft_is_kept_when_log_in_or_an_error_came_between(elsewhere: str, open_page: OpenPage) -> None:
    page = open_page(f"/form/?then={elsewhere}")
    page.fill("#note", "not lost")
    page.click("main button")
    page.wait_for_url(lambda url: urlsplit(url).path == elsewhere)
    page.goto("/form/")
    assert page.input_value("#note") == "not lost"


def test_second_press_sends_nothing_twice(open_page: OpenPage) -> None:
    page = open_page("/form/")
    page.fill("#note", "once")
    page.evaluate("() => { const button = document.querySelector('main button'); button.click(); button.click(); }")
    page.wait_for_url(ELSEWHERE)
    assert len(RECEIVED) == 1


def test_leaving_with_unsaved_changes_is_asked_about(open_page: OpenPage) -> None:
    page = open_page("/form/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("#note")
    page.keyboard.type("x")
    page.goto("/")
    assert asked == ["beforeunload"]


def test_form_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/form/", javascript=False)
    page.fill("#note", "plain")
    page.click("main button")
    page.wait_for_url(ELSEWHERE)
    assert RECEIVED == [{"note": "plain", "secret": ""}]
