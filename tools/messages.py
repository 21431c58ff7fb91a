"""Collect the texts that keino says, bring the catalogs up to date and compile them.

    python -m tools.messages                       collect, update and compile every catalog
    python -m tools.messages --check               change nothing; exit with 1 when something is missing or stale
    python -m tools.messages --missing fi          print what has no Finnish yet, as JSON to fill in
    python -m tools.messages --fill fi FILE.json   take what is missing from such a file, then as without options
    python -m tools.messages --fill fi FILE.json --replace   the same, also for what is translated already

What counts as a text: see ``tools/message_sources.py``. Only plain strings can be translated: an f-string isn't found.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from tools.message_sources import (
    Text,
    python_messages,
    site_python_messages,
    site_template_messages,
    template_messages,
)

__all__ = ["collect", "problems", "python_messages", "template_messages"]

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "keino"
SITE = SOURCE / "web"
TRANSLATED = ("fi", "sv")
#: No clock in a catalog: the same texts give the same bytes.
DATED = datetime(2026, 1, 1, tzinfo=UTC)
#: Packages whose own catalogs lack one of our languages: what they say is translated in ours.
FOREIGN = {"django_filters": ("fields.py", "widgets.py", "utils.py"), "django_tables2": ()}


@dataclass(frozen=True)
class Catalogs:
    """One domain of texts, its folder and whether it is the site's."""

    domain: str
    folder: Path
    is_site: bool

    def path(self, language: str, ending: str = "po") -> Path:
        """The catalog of a language."""
        return self.folder / language / "LC_MESSAGES" / f"{self.domain}.{ending}"


KEINO = Catalogs("keino", SOURCE / "report" / "locale", is_site=False)
DJANGO = Catalogs("django", SITE / "locale", is_site=True)
BOTH = (KEINO, DJANGO)


def _keino_texts() -> Iterator[tuple[str, Text]]:
    for path in sorted([*SOURCE.rglob("*.py"), *(SOURCE / "report").rglob("*.html")]):
        read = python_messages if path.suffix == ".py" else template_messages
        for message in read(path.read_text(encoding="utf-8")):
            yield path.relative_to(ROOT).as_posix(), Text(message)


def _site_texts() -> Iterator[tuple[str, Text]]:
    for path in sorted([*SITE.rglob("*.py"), *SITE.rglob("*.html"), *SITE.rglob("*.txt")]):
        if "static" in path.parts or "migrations" in path.parts:
            continue
        read = site_python_messages if path.suffix == ".py" else site_template_messages
        for text in read(path.read_text(encoding="utf-8")):
            yield path.relative_to(ROOT).as_posix(), text
    for package, names in FOREIGN.items():
        spec = find_spec(package)
        for name in names if spec and spec.origin else ():
            for text in site_python_messages(Path(spec.origin).with_name(name).read_text(encoding="utf-8")):
                yield f"{package}/{name}", text


def collect(catalogs: Catalogs = KEINO) -> Catalog:
    """Return every text with the files it stands in."""
    found: dict[Text, set[str]] = {}
    for place, text in _site_texts() if catalogs.is_site else _keino_texts():
        # a template that is only a value ("{detail}") has nothing to translate
        if re.sub(r"\{\w*\}|%\(\w+\)s", "", text.id if isinstance(text.id, str) else text.id[0]).strip():
            found.setdefault(text, set()).add(place)
    catalog = _empty()
    for text in sorted(found, key=lambda text: (str(text.id), text.context or "")):
        catalog.add(text.id, locations=[(name, 1) for name in sorted(found[text])], context=text.context)
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


def catalog(language: str, catalogs: Catalogs = KEINO) -> Catalog:
    """Return the catalog of a language as it is stored; an empty one when there is none."""
    path = catalogs.path(language)
    if not path.is_file():
        return _empty(language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def compiled(stored: Catalog) -> bytes:
    """Return a catalog in the form that is read at run time."""
    stream = io.BytesIO()
    write_mo(stream, stored)
    return stream.getvalue()


def update(
    language: str, catalogs: Catalogs = KEINO, filled: dict[str, Any] | None = None, *, replaces: bool = False
) -> list[str]:
    """Bring a catalog up to date with the texts and compile it. Known translations stay; nothing is guessed.

    ``filled`` is for what has no translation yet or a doubtful ("fuzzy") one: the same text may stand translated, in
    other words, in the other catalog. With ``replaces`` it goes before what is known. Returns the keys of ``filled``
    that were left aside for what was translated already.
    """
    old, new = catalog(language, catalogs), _empty(language)
    left_aside = []
    for message in collect(catalogs):
        if message.id:
            known, given = _known(old, message), (filled or {}).get(_key(message))
            if isinstance(given, list):  # as `--missing` prints the forms
                given = tuple(given) if message.pluralizable else given[0]
            is_taken = bool(given) and (replaces or not _is_translated(old, message))
            if given and not is_taken and given != known:
                left_aside.append(_key(message))
            string = given if is_taken else known
            added = new.add(message.id, string or None, locations=message.locations, context=message.context)
            added.flags.discard("python-format")
            if not is_taken and known and _is_doubtful(old, message):
                added.flags.add("fuzzy")  # until somebody translates it
    path = catalogs.path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    stream = io.BytesIO()  # whole before it takes the place of the one that is there
    write_po(stream, new, width=110, include_lineno=False, sort_output=False)
    path.write_bytes(stream.getvalue())
    catalogs.path(language, "mo").write_bytes(compiled(catalog(language, catalogs)))
    return left_aside


def _is_translated(old: Catalog, message: Message) -> bool:
    """Whether a translation of each form is there that nobody doubts."""
    known = _known(old, message)
    forms = known if isinstance(known, tuple) else (known,)
    return all(forms) and not _is_doubtful(old, message)


def _is_doubtful(old: Catalog, message: Message) -> bool:
    known = old.get(message.id, message.context)
    return known is not None and known.fuzzy


def _known(old: Catalog, message: Message) -> Any:
    known = old.get(message.id, message.context)
    fits = known is not None and isinstance(known.string, tuple if message.pluralizable else str)
    return known.string if known and fits else None


def _key(message: Message) -> str:
    """The key of a text in a file of translations: context, if any, and the (first) text."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    context = message.context.decode() if isinstance(message.context, bytes) else message.context  # so in a .mo
    return f"{context}|{text}" if context else text


def missing(language: str) -> list[dict[str, Any]]:
    """Return what has no translation yet, or a doubtful one: key, forms, places."""
    wanted = []
    for catalogs in BOTH:
        old = catalog(language, catalogs)
        for message in collect(catalogs):
            if message.id and not _is_translated(old, message):
                forms = [message.id] if isinstance(message.id, str) else list(message.id)
                wanted.append({"key": _key(message), "forms": forms, "in": [name for name, _ in message.locations][:2]})
    return wanted


def problems(language: str, catalogs: Catalogs = KEINO) -> list[str]:
    """Return what is missing, fuzzy, stale or wrongly filled in a language; nothing when all is well."""
    stored, wanted = catalog(language, catalogs), collect(catalogs)
    found = [f"not in the catalog: {m.id!r}" for m in wanted if m.id and stored.get(m.id, m.context) is None]
    found += [f"no longer said: {m.id!r}" for m in stored if m.id and wanted.get(m.id, m.context) is None]
    for message in stored:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (not all(strings) or message.fuzzy):
            found.append(f"not translated: {message.id!r}")
        elif message.id and _places(message.id) != {place for string in strings for place in _places(string)}:
            found.append(f"other values than the text: {message.id!r}")
    said = _said(language, catalogs)
    if any(said.get(text) != string for text, string in _meant(stored).items()):
        found.append(f"{catalogs.domain}.mo is older than {catalogs.domain}.po")
    return found


def _said(language: str, catalogs: Catalogs) -> dict[str, str]:
    """Every translation in the compiled catalog; nothing when there is none."""
    path = catalogs.path(language, "mo")
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        return _meant(read_mo(stream))


def _meant(stored: Catalog) -> dict[str, str]:
    """Every translation in a catalog, by its context and text and, for plurals, the number of its form."""
    meant: dict[str, str] = {}
    for message in stored:
        if message.id and isinstance(message.string, tuple | list):
            meant |= {f"{_key(message)}#{number}": form for number, form in enumerate(message.string) if form}
        elif message.id and message.string:
            meant[_key(message)] = message.string
    return meant


def _places(text: str | tuple[str, ...] | list[str]) -> set[str]:
    strings = [text] if isinstance(text, str) else text
    return {place for string in strings for place in re.findall(r"\{\w+\}|%\(\w+\)[sd]", string)}


def main(arguments: list[str]) -> int:
    """Update, check or fill the catalogs; print what is left to do."""
    if arguments[:1] == ["--missing"]:
        print(json.dumps(missing(arguments[1]), ensure_ascii=False, indent=1))
        return 0
    filled: dict[str, dict[str, Any]] = {}
    if arguments[:1] == ["--fill"]:
        if arguments[3:] not in ([], ["--replace"]):
            print(__doc__)
            return 2
        filled[arguments[1]] = json.loads(Path(arguments[2]).read_text(encoding="utf-8"))
    if arguments[:1] != ["--check"]:
        for language in TRANSLATED:
            for catalogs in BOTH:
                for key in update(language, catalogs, filled.get(language), replaces="--replace" in arguments):
                    print(f"{language}: translated already in {catalogs.domain}.po, so left as it is: {key!r}")
    left = [f"{language}: {each}" for language in TRANSLATED for one in BOTH for each in problems(language, one)]
    print("\n".join(left) if left else "All texts are translated.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
