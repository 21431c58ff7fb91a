"""The interface's description for people: a page made from the same OpenAPI document that programs read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from keino.web.opendata.api.made import DESCRIPTION, ROOT, api
from keino.web.opendata.api.problems import SENTENCES


@dataclass(frozen=True)
class Parameter:
    """A parameter, or a field of a body or answer."""

    name: str
    place: str
    kind: str
    is_required: bool
    meaning: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    key: str
    method: str
    path: str
    summary: str
    about: str
    needs_token: bool
    parameters: tuple[Parameter, ...]
    body: tuple[Parameter, ...]
    answers: tuple[tuple[str, str, str], ...]  # status, name of the shape, media type


@dataclass(frozen=True)
class Shape:
    """One named shape of the description."""

    name: str
    about: str
    fields: tuple[Parameter, ...]


def page(request: HttpRequest) -> HttpResponse:
    """What programs can ask, with every field and every problem."""
    operations, shapes = _described()
    return render(
        request,
        "opendata/api.html",
        {
            "about": [_for_people(part) for part in DESCRIPTION.split("\n\n")],
            "public": [operation for operation in operations if not operation.needs_token],
            "own": [operation for operation in operations if operation.needs_token],
            "shapes": shapes,
            "problems": sorted(SENTENCES.items()),
            "root": f"{settings.SITE_ADDRESS}{ROOT}",
            "limit": settings.API_REQUESTS_PER_MINUTE,
            "limit_with_token": settings.API_REQUESTS_PER_MINUTE_WITH_TOKEN,
        },
    )


@cache
def _described() -> tuple[list[Operation], list[Shape]]:
    schema = json.loads(json.dumps(api.get_openapi_schema()))
    return _operations(schema), _shapes(schema)


def _operations(schema: dict[str, Any]) -> list[Operation]:
    found = []
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            body = said.get("requestBody", {}).get("content", {})
            found.append(
                Operation(
                    key=said["operationId"].rpartition("_api_")[2],
                    method=method.upper(),
                    path=path,
                    summary=said.get("summary", ""),
                    about=_for_people(said.get("description", "")),
                    needs_token=bool(said.get("security")),
                    parameters=tuple(_parameter(one) for one in said.get("parameters", ())),
                    body=tuple(part for media, content in body.items() for part in _body(schema, media, content)),
                    answers=tuple(_answer(status, answer) for status, answer in said["responses"].items()),
                )
            )
    return found


def _for_people(text: str) -> SafeString:
    """The description's Markdown, of which we use only `code`, as HTML."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in parts)
    )


def _parameter(one: dict[str, Any]) -> Parameter:
    kind = one["schema"]
    return Parameter(
        one["name"],
        one["in"],
        _kind(kind),
        bool(one.get("required")),
        _for_people(one.get("description", kind.get("description", ""))),
    )


def _body(schema: dict[str, Any], media: str, content: dict[str, Any]) -> tuple[Parameter, ...]:
    reference = content["schema"].get("$ref", "")
    if not reference:
        return (Parameter(media, "body", "bytes", True, ""),)
    return _fields(schema["components"]["schemas"][reference.rpartition("/")[2]])


def _answer(status: str, answer: dict[str, Any]) -> tuple[str, str, str]:
    for media, content in answer.get("content", {}).items():
        return str(status), content["schema"].get("$ref", "").rpartition("/")[2], media
    return str(status), "", ""


def _shapes(schema: dict[str, Any]) -> list[Shape]:
    named = schema["components"]["schemas"]
    return [
        Shape(name, _for_people(shape.get("description", "")), _fields(shape)) for name, shape in sorted(named.items())
    ]


def _fields(shape: dict[str, Any]) -> tuple[Parameter, ...]:
    required = set(shape.get("required", ()))
    return tuple(
        Parameter(name, "", _kind(said), name in required, _for_people(said.get("description", "")))
        for name, said in shape.get("properties", {}).items()
    )


def _kind(said: dict[str, Any]) -> str:
    """What a field holds, in a few words: string, integer or null, list of Code."""
    if "$ref" in said:
        return str(said["$ref"].rpartition("/")[2])
    if "anyOf" in said:
        return " | ".join(_kind(part) for part in said["anyOf"])
    if "enum" in said:
        return " | ".join(repr(value) for value in said["enum"])
    if said.get("type") == "array":
        return f"[{_kind(said.get('items', {}))}]"
    form = said.get("format")
    return f"{said.get('type', 'any')}{f' ({form})' if form else ''}"
