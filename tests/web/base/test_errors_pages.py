"""What somebody sees when something goes wrong: what happened, whether anything was lost, what to do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path
from django.utils.translation import override


def failing(error: Exception) -> Any:
    def view(_request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("", include("keino.web.base.urls")),
    path("fault/", failing(ZeroDivisionError("secret of the inside"))),
    path("refused/", failing(PermissionDenied("secret of the inside"))),
    path("wrong/", failing(BadRequest("secret of the inside"))),
    path("large/", failing(RequestDataTooBig("secret of the inside"))),
    path("fields/", failing(TooManyFieldsSent("secret of the inside"))),
]
handler400 = "keino.web.base.views.bad_request"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nothing-here/", 404, "There is no such page"),
        ("/refused/", 403, "You may not open this page"),
        ("/wrong/", 400, "The request could not be understood"),
        ("/large/", 413, "That was too much at once"),
        ("/fields/", 413, "That was too much at once"),
        ("/fault/", 500, "Something went wrong in keino"),
    ],
)
def test_error_has_a_page_that_says_what_to_do_and_nothing_of_the_inside(
    address: str, status: int, heading: str, settings: Any
) -> None:
    settings.ROOT_URLCONF = __name__
    answer = Client(raise_request_exception=False).get(address, {"language": "en"})
    text = answer.content.decode()
    assert answer.status_code == status
    assert f"<title>{heading}" in text
    assert len(re.findall(rf"<h1[^>]*>{heading}</h1>", text)) == 1
    assert "secret of the inside" not in text
    assert "data-error-page" in text  # drafts of forms are kept
    assert re.search(r'href="/"', text)


@pytest.mark.django_db
def test_form_from_elsewhere_is_refused_with_a_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/", {"language": "en"}, query_params={"language": "en"})
    assert answer.status_code == 403
    assert "The form had grown too old" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "413.html", "500.html"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_page_needs_neither_database_nor_request(name: str, language: str) -> None:
    with override(language):
        text = render_to_string(name)
    assert f'<html lang="{language}">' in text
    assert "csrfmiddlewaretoken" not in text


@pytest.mark.django_db
def test_unreadable_host_gets_the_page(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = Client(raise_request_exception=False).get("/", headers={"host": "else where"})
    assert answer.status_code == 400
    assert "data-error-page" in answer.content.decode()
