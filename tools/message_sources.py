"""Where texts for people stand in the source: in Python and in both kinds of templates.

Two catalogs. ``keino`` holds what the command line, the report and errors say (``….text(…)``, ``mark(…)``, error
templates, Jinja's ``_(…)``; values in ``{braces}``). ``django`` holds what only the site says (``gettext`` and its
relatives, ``{% translate %}``, ``{% blocktranslate %}``; values as ``%(name)s``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment
from jinja2.ext import extract_from_ast

ERROR_SENTENCES = frozenset({"what", "remedy", "why"})
#: Django's functions: how many of the first arguments are texts, and whether a context comes before them.
GETTEXT = {
    "_": (1, False),
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (1, True),
    "pgettext_lazy": (1, True),
    "npgettext": (2, True),
    "npgettext_lazy": (2, True),
}
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)")


class Text(NamedTuple):
    """One text: itself, or its forms for one and many; and the context that tells it from an equal one."""

    id: str | tuple[str, str]
    context: str | None = None


def python_messages(code: str) -> Iterator[str | tuple[str, str]]:
    """Yield the texts of the ``keino`` catalog in Python code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            yield from _call_messages(node)
        elif isinstance(node, ast.ClassDef):
            yield from _template(node)


def _call_messages(call: ast.Call) -> Iterator[str | tuple[str, str]]:
    name = _name(call)
    strings = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name in {"text", "mark", "Problem"} and strings and call.args[0:1] and isinstance(call.args[0], ast.Constant):
        yield strings[0]
    elif name == "text" and call.args and isinstance(call.args[0], ast.IfExp):
        yield from (part.value for part in (call.args[0].body, call.args[0].orelse) if isinstance(part, ast.Constant))
    elif name == "plural" and len(strings) >= 2:
        yield strings[0], strings[1]
    for keyword in call.keywords:
        if (
            keyword.arg in ERROR_SENTENCES
            and isinstance(keyword.value, ast.Constant)
            and isinstance(keyword.value.value, str)
        ):
            yield keyword.value.value


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _template(node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        value = getattr(statement, "value", None)
        if any(isinstance(t, ast.Name) and t.id == "template" for t in targets) and isinstance(value, ast.Constant):
            yield str(value.value)


def template_messages(template: str) -> Iterator[str | tuple[str, str]]:
    """Yield the texts in a page template of the report."""
    tree = Environment(autoescape=True).parse(template)
    for _line, name, found in extract_from_ast(tree, ("_", "plural")):
        strings = [found] if isinstance(found, str) else [part for part in found if part]
        if strings:
            yield (strings[0], strings[1]) if name == "plural" else strings[0]


def site_python_messages(code: str) -> Iterator[Text]:
    """Yield the texts of the ``django`` catalog in Python code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and _name(node) in GETTEXT:
            strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            yield from _text(_name(node), strings)


def _text(name: str, strings: list[str]) -> Iterator[Text]:
    many, has_context = GETTEXT[name]
    context, texts = (strings[0], strings[1:]) if has_context and strings else (None, strings)
    if len(texts) >= many:
        yield Text(texts[0] if many == 1 else (texts[0], texts[1]), context)


def site_template_messages(template: str) -> Iterator[Text]:
    """Yield the texts in a page or mail template of the site.

    Django itself turns a template into calls of gettext between crossed-out text; those calls are read here.
    """
    from django.utils.translation.template import templatize

    for call in _CALL.finditer(templatize(template)):
        strings = [ast.literal_eval(found) for found in re.findall(_STRING, call[2])]
        yield from _text(call[1], strings)
