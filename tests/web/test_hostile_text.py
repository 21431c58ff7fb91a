"""Markup and formulas in every text that people can write: pages show them as text, and no file runs them.

Two ways in, both without a list of fields that somebody would forget to lengthen: every text column of every row of the
scene is overwritten, then every address is opened; and every form of every page is sent with every text field filled.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.web import scene as scenes
from tests.web.test_access import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: At once what a spreadsheet program would calculate and what a browser would run; short enough for most columns.
HOSTILE = "=1+1'\"><img src=x onerror=alert(1)><script>alert(1)</script>"
OPENERS = ("own_responsible_person", "own_approver", "mentor", "administrator", "change_agent", "anonymous")
#: Columns that keino writes by itself and takes back as they are: hashes, places in the storage, code, keys.
OURS = re.compile(
    r"(_hash|sha256|stored_as|folder|rejected_in|_key|_code|code|content|made_with|worker|sealed_secret|beginning|"
    r"category|currency|edition|password|subject|template|next|task|claim|queue|name_of_model|topic|step|codename|model|app_label|path|business_id)$"
)


def is_written_by_people(column: models.Field[Any, Any]) -> bool:
    is_text = isinstance(column, models.CharField | models.TextField)
    has_form = isinstance(column, models.EmailField | models.SlugField | models.URLField)
    return is_text and not (has_form or column.choices or column.unique or OURS.search(column.name))


def overwrite(text: str) -> set[str]:
    """Put the text into every such column of every row of our apps. Returns the names of the columns."""
    done = set()
    for model in apps.get_models():
        if not model.__module__.startswith("keino.web"):
            continue
        for column in model._meta.concrete_fields:
            if is_written_by_people(column):
                short = text[: column.max_length] if column.max_length else text
                if model._base_manager.exclude(**{column.name: ""}).update(**{column.name: short}):
                    done.add(f"{model.__name__}.{column.name}")
    return done


def live(page: str) -> list[str]:
    """What of the hostile text would run in a browser."""
    tree = html.fromstring(page)
    found = [f"{each.tag} with onerror" for each in tree.xpath("//*[@onerror]")]
    found += [f"image {each.get('src')}" for each in tree.xpath("//img[@src='x']")]
    return found + ["script" for each in tree.xpath("//script") if "alert(1)" in (each.text or "")]


def formulas(text: str) -> list[str]:
    """Cells of a CSV that a spreadsheet program would calculate."""
    dialect = ";" if text.partition("\n")[0].count(";") else ","
    return [cell for row in csv.reader(io.StringIO(text), delimiter=dialect) for cell in row if cell.startswith("=")]


def wrong_in(answer: HttpResponseBase) -> list[str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if answer.status_code == 500:
        return [f"answers {answer.status_code}"]
    if kind == "text/html" and body.strip():
        return live(body.decode())
    if kind == "text/csv":
        return formulas(body.decode("utf-8-sig"))
    if kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".csv")]
            return [cell for name in names for cell in formulas(archive.read(name).decode("utf-8-sig"))]
    return []


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The scene, with the text in the results of its footprint, too."""
    for number, name in enumerate(("LEDGER_TITLE", "SUPPLIER", "UNIT")):
        monkeypatch.setattr(scenes, name, f"{HOSTILE} {number}")
    return scenes.build()


def clients(scene: SimpleNamespace) -> dict[str, Client]:
    found = {}
    for who in OPENERS:
        found[who] = Client(raise_request_exception=False)
        if who != "anonymous":
            found[who].force_login(scene.people[who])
    return found


def opened(scene: SimpleNamespace) -> Iterator[tuple[str, str, Client, HttpResponseBase]]:
    """(address name, path, client, answer) of every address that is read, by the first who may."""
    by = clients(scene)
    for address in addresses():
        who = next((name for name in OPENERS if name in address.allowed), None)
        if address.method == "get" and who is not None:
            path = reverse(address.name, kwargs=address.arguments(scene)) + address.query
            with transaction.atomic():
                answer = by[who].get(path)
                transaction.set_rollback(True)
            yield address.name, path, by[who], answer


def test_text_of_people_runs_nowhere(scene: SimpleNamespace) -> None:
    columns = overwrite(HOSTILE)
    assert {"Person.name", "Ledger.title", "Organisation.name_fi", "LedgerFile.name", "Feedback.text"} <= columns
    wrong = {name: found for name, _path, _client, answer in opened(scene) if (found := wrong_in(answer))}
    assert wrong == {}


def filled(form: Any, text: str) -> dict[str, list[str]]:
    """What a browser would send of a form in which somebody wrote the text into every field that takes text."""
    data: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        kind, name = field.get("type", "text"), field.get("name")
        if field.tag == "select":
            values = [each.get("value", "") for each in field.xpath(".//option")]
            data.setdefault(name, []).append(next((value for value in values if value), ""))
        elif field.tag == "textarea" or kind in {"text", "search", "email", "url", "number", "date", "password"}:
            data.setdefault(name, []).append(text)
        elif kind == "hidden" or (kind in {"radio", "checkbox"} and (name not in data or kind == "checkbox")):
            data.setdefault(name, []).append(field.get("value", "on"))
    return data


def forms_of(answer: HttpResponseBase) -> list[Any]:
    if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code != 200:
        return []
    return html.fromstring(answer.content).xpath("//main//form")  # type: ignore[attr-defined]


def sent(client: Client, path: str, form: Any, text: str) -> list[HttpResponseBase]:
    """The answer to a form and the page it leads to; nothing of it stays."""
    target, data = form.get("action") or path, filled(form, text)
    if not target.startswith("/"):
        target = path.partition("?")[0] + target
    with transaction.atomic():
        is_post = form.get("method", "get").lower() == "post"
        answers = [client.post(target, data) if is_post else client.get(target, data)]
        if answers[0].status_code in {302, 303} and answers[0].headers["Location"].startswith("/"):
            answers.append(client.get(answers[0].headers["Location"]))
        transaction.set_rollback(True)
    return answers


def test_forms_take_any_text_and_show_it_as_text(scene: SimpleNamespace) -> None:
    wrong, tried = {}, set()
    for name, path, client, answer in list(opened(scene)):
        for form in forms_of(answer):
            where = f"{name} → {form.get('action') or path}"
            if where in tried or "/logout" in where:
                continue
            tried.add(where)
            if found := [each for one in sent(client, path, form, HOSTILE) for each in wrong_in(one)]:
                wrong[where] = found
    assert wrong == {}
    assert len(tried) > 40


def test_what_this_test_looks_for_is_found() -> None:
    assert live(f"<main>{HOSTILE}</main>") == ["img with onerror", "image x", "script"]
    assert live("<main>&lt;script&gt;alert(1)&lt;/script&gt;</main>") == []
    assert formulas(f'a;b\n1;"{HOSTILE.replace(chr(34), chr(34) * 2)}"\n') == [HOSTILE]
    assert formulas("a;b\n1;'=1+1\n") == []
