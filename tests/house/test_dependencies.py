"""Every dependency is declared, used, described, locked with hashes, and not under the AGPL."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]

#: Declared although no line of keino imports them.
INDIRECT = {
    "psycopg": "Django's PostgreSQL backend loads it by name",
    "python-json-logger": "the logging configuration names its formatter",
    "whitenoise": "a middleware and a storage, both named in the settings",
    "django-htmx": "named in the settings",
    "django-filter": "named in the settings",
    "pandas": "Ibis hands results over through it; declared to hold it below 3",
}


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


RUN = names(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["web"])
DEVELOPERS = names(PROJECT["optional-dependencies"]["dev"])


def lock(name: str) -> dict[str, str]:
    text = (REPOSITORY / "requirements" / f"{name}.lock").read_text("utf-8")
    return {
        canonicalize_name(pin[0]): pin[1] for pin in re.findall(r"^([\w.\-]+)(?:\[.*?\])?==(\S+)", text, re.MULTILINE)
    }


def imported() -> set[str]:
    """Distributions that the package imports, wherever in a file."""
    modules: set[str] = set()
    for path in (REPOSITORY / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.partition(".")[0])
    outside = modules - set(sys.stdlib_module_names) - {"keino"}
    providers = packages_distributions()
    return {canonicalize_name(provider) for module in outside for provider in providers.get(module, [module])}


def described(heading: str) -> set[str]:
    text = (REPOSITORY / "docs" / "reference" / "dependencies.md").read_text("utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| ([a-z0-9\-]+) \|", section, re.MULTILINE)) - {"package"}


def test_every_import_is_declared() -> None:
    assert imported() - RUN == set()


def test_every_declared_dependency_is_used() -> None:
    assert RUN - imported() == set(INDIRECT)


def test_every_dependency_is_described() -> None:
    assert described("To use keino") == RUN
    assert described("To work on keino") == DEVELOPERS


@pytest.mark.parametrize(("name", "declared"), [("run", RUN), ("dev", RUN | DEVELOPERS)])
def test_lock_holds_what_is_declared(name: str, declared: set[str]) -> None:
    assert declared - set(lock(name)) == set()


def test_locked_versions_are_within_the_declared_ranges() -> None:
    extras = PROJECT["optional-dependencies"]
    requirements = [Requirement(text) for text in PROJECT["dependencies"] + extras["web"] + extras["dev"]]
    pins = lock("dev")
    outside = [
        str(wanted) for wanted in requirements if not wanted.specifier.contains(pins[canonicalize_name(wanted.name)])
    ]
    assert outside == []


def test_developers_run_the_versions_that_users_get() -> None:
    assert lock("run").items() <= lock("dev").items()


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_package_has_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (REPOSITORY / "requirements" / f"{name}.lock").read_text("utf-8").strip())
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_locked_package_is_under_the_agpl() -> None:
    elsewhere = {"colorama", "brotlicffi"}  # which only Windows and PyPy need
    installed = [distribution(name).metadata for name in lock("dev") if name not in elsewhere]
    licences = {
        data["Name"]: [data.get("License-Expression") or "", (data.get("License") or "")[:80], *_classifiers(data)]
        for data in installed
    }
    assert len(licences) > 50
    assert {name for name, texts in licences.items() if re.search(r"AGPL|Affero", " ".join(texts))} == set()


def _classifiers(data: object) -> list[str]:
    found = getattr(data, "get_all")("Classifier") or []  # noqa: B009  # not in the protocol that typeshed knows
    return [text for text in found if text.startswith("License")]
