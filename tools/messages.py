"""Collect the texts that keino says, bring the catalogs up to date and compile them.

    python tools/messages.py          collect, update locale/*/LC_MESSAGES/keino.po, compile keino.mo
    python tools/messages.py --check  change nothing; exit with 1 when something is missing, fuzzy or stale

What counts as a text: the first argument of ``….text(…)``, ``mark(…)`` and ``Problem(…)``, the first two of
``….plural(…)``, the ``template`` of an error class, the ``what``, ``remedy`` and ``why`` an error is raised with, and
in page templates ``_(…)`` and ``plural(…)``. Only plain strings can be translated: an f-string is not found.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "keino"
LOCALE = SOURCE / "report" / "locale"
TRANSLATED = ("fi", "sv")
#: No clock in a catalog: the same texts give the same bytes.
DATED = datetime(2026, 1, 1, tzinfo=UTC)
ERROR_SENTENCES = frozenset({"what", "remedy", "why"})

Message = str | tuple[str, str]


def python_messages(code: str) -> Iterator[Message]:
    """Yield the texts in Python code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            yield from _call_messages(node)
        elif isinstance(node, ast.ClassDef):
            yield from _template(node)


def _call_messages(call: ast.Call) -> Iterator[Message]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
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


def _template(node: ast.ClassDef) -> Iterator[Message]:
    for statement in node.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        value = getattr(statement, "value", None)
        if any(isinstance(t, ast.Name) and t.id == "template" for t in targets) and isinstance(value, ast.Constant):
            yield str(value.value)


def template_messages(template: str) -> Iterator[Message]:
    """Yield the texts in a page template."""
    tree = Environment(autoescape=True).parse(template)
    for _line, name, found in extract_from_ast(tree, ("_", "plural")):
        strings = [found] if isinstance(found, str) else [part for part in found if part]
        if strings:
            yield (strings[0], strings[1]) if name == "plural" else strings[0]


def collect() -> Catalog:
    """Return every text with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        read = python_messages if path.suffix == ".py" else template_messages
        for message in read(path.read_text(encoding="utf-8")):
            # a template that is only a value ("{detail}") has nothing to translate
            if re.sub(r"\{\w*\}", "", message if isinstance(message, str) else message[0]).strip():
                found.setdefault(message, set()).add(path.relative_to(ROOT).as_posix())
    catalog = _empty()
    for message in sorted(found, key=str):
        catalog.add(message, locations=[(name, 1) for name in sorted(found[message])])
    return catalog


def _empty(language: str | None = None) -> Catalog:
    return Catalog(
        locale=language,
        project="keino",
        version="1",
        copyright_holder="The keino project",
        charset="utf-8",
        fuzzy=False,
        creation_date=DATED,
        revision_date=DATED,
        msgid_bugs_address="the keino project",
        last_translator="the keino project",
        language_team="the keino project",
        header_comment="# What keino says. Made by tools/messages.py; translate by hand.",
    )


def catalog(language: str) -> Catalog:
    """Return the catalog of a language as it is stored; an empty one when there is none."""
    path = LOCALE / language / "LC_MESSAGES" / "keino.po"
    if not path.is_file():
        return _empty(language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def compiled(stored: Catalog) -> bytes:
    """Return a catalog in the form that is read at run time."""
    stream = io.BytesIO()
    write_mo(stream, stored)
    return stream.getvalue()


def update(language: str) -> None:
    """Bring a catalog up to date with the texts and compile it. Known translations stay; nothing is guessed."""
    old, new = catalog(language), _empty(language)
    for message in collect():
        if message.id:
            known = old.get(message.id)
            string = (
                known.string
                if known and isinstance(known.string, type(("",) if message.pluralizable else ""))
                else None
            )
            added = new.add(message.id, string or None, locations=message.locations)
            added.flags.discard("python-format")
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "keino.po").open("wb") as stream:
        write_po(stream, new, width=110, include_lineno=False, sort_output=False)
    (folder / "keino.mo").write_bytes(compiled(catalog(language)))


def problems(language: str) -> list[str]:
    """Return what is missing, fuzzy, stale or wrongly filled in a language; nothing when all is well."""
    stored, wanted = catalog(language), collect()
    found = [f"not in the catalog: {m.id!r}" for m in wanted if m.id and stored.get(m.id) is None]
    found += [f"no longer said: {m.id!r}" for m in stored if m.id and wanted.get(m.id) is None]
    for message in stored:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (not all(strings) or message.fuzzy):
            found.append(f"not translated: {message.id!r}")
        elif message.id and _places(message.id) != {place for string in strings for place in _places(string)}:
            found.append(f"other {{values}} than the text: {message.id!r}")
    said = _said(language)
    if any(said.get(text) != string for text, string in _meant(stored).items()):
        found.append("keino.mo is older than keino.po")
    return found


def _said(language: str) -> dict[str, str]:
    """Every translation in the compiled catalog; nothing when there is none."""
    mo = LOCALE / language / "LC_MESSAGES" / "keino.mo"
    if not mo.is_file():
        return {}
    with mo.open("rb") as stream:
        return _meant(read_mo(stream))


def _meant(stored: Catalog) -> dict[str, str]:
    """Every translation in a catalog, by its text and, for plurals, the number of its form."""
    meant: dict[str, str] = {}
    for message in stored:
        if message.id and isinstance(message.string, tuple | list):
            meant |= {f"{message.id[0]}#{number}": form for number, form in enumerate(message.string) if form}
        elif message.id and message.string:
            meant[str(message.id)] = message.string
    return meant


def _places(text: str | tuple[str, ...] | list[str]) -> set[str]:
    strings = [text] if isinstance(text, str) else text
    return {place for string in strings for place in re.findall(r"\{(\w+)\}", string)}


def main() -> int:
    """Update or check all catalogs; print what is left to do."""
    if "--check" not in sys.argv[1:]:
        for language in TRANSLATED:
            update(language)
    left = [f"{language}: {problem}" for language in TRANSLATED for problem in problems(language)]
    print("\n".join(left) if left else "All texts are translated.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
