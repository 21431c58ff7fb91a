"""The interface as a whole: routes, errors, limits, description."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI

from keino import __version__
from keino.web.opendata.api import facts, ledgers, organisations, programmes, rules, runs
from keino.web.opendata.api.limits import Limit
from keino.web.opendata.api.problems import MEDIA_TYPE, handle_problems

ROOT = "/api/v1/"


class Interface(NinjaAPI):
    """Ninja's API with our place among the site's addresses and problem documents in its description."""

    _described: Any = None

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Where the interface lies, whatever namespace the site gives it."""
        return ROOT

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """The description, made once; answers from 400 on are problem documents."""
        if self._described is None:
            schema = super().get_openapi_schema(**kwargs)
            for operations in schema["paths"].values():
                for operation in operations.values():
                    _name_problems(operation["responses"])
            self._described = schema
        return self._described


def _name_problems(responses: dict[int | str, Any]) -> None:
    for status, answer in responses.items():
        if int(status) >= 400 and "application/json" in answer.get("content", {}):
            answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}


def _kept(view: Any) -> Any:
    """Say how long an answer may be kept and by whom; open data may be read by scripts of any site."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        is_open = "Authorization" not in request.headers
        response.headers.setdefault("Cache-Control", "public, max-age=60" if is_open else "private, no-cache")
        if is_open:
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        return response

    return conditional_page(answer)


DESCRIPTION = """Read published footprints, organisations, programmes, codes and facts without a token; with a token of
your own, your organisations' ledgers and calculations.

Send `Accept-Language: fi`, `sv` or `en` to choose the language of sentences. Money is a decimal string, so that cents
stay exact. A missing number is null, never zero. Lists come in pages: `next` is the `cursor` of the next question.
Answers carry an `ETag`; send it as `If-None-Match` and an unchanged answer is 304 without a body.
"""

api = Interface(
    title="keino",
    version="1",
    description=DESCRIPTION,
    urls_namespace="v1",
    docs_url=None,
    throttle=[Limit()],
    openapi_extra={
        "info": {
            "license": {"name": "CC BY 4.0 for our data", "url": "https://creativecommons.org/licenses/by/4.0/"},
            "x-keino-version": __version__,
        }
    },
)
api.add_decorator(_kept, mode="view")
handle_problems(api)
api.add_router("", organisations.router)
api.add_router("", programmes.router)
api.add_router("", facts.router)
api.add_router("", ledgers.router)
api.add_router("", runs.router)
api.add_router("", rules.router)
