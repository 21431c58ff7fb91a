"""What the pages are drawn with: files from elsewhere are unchanged, and nothing is inline or fetched from outside."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.template.loader import get_template

REPOSITORY = Path(__file__).resolve().parents[3]
WEB = REPOSITORY / "src" / "keino" / "web"
STATIC = WEB / "base" / "static" / "base"
VENDOR = STATIC / "vendor"
PACKAGES = tomllib.loads((VENDOR / "vendored.toml").read_text("utf-8"))["package"]
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
HEAD = get_template("base/head.html").template.source
#: What the content security policy refuses, written where it would be found too late.
REFUSED = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(?:src=|type=\"application/json\"))|javascript:", re.IGNORECASE
)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["folder"])
def test_files_from_elsewhere_are_as_they_were_released(package: dict[str, object]) -> None:
    folder = VENDOR / str(package["folder"])
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert found == package["sha256"]
    assert "LICENSE" in found


def test_every_folder_of_files_from_elsewhere_is_recorded() -> None:
    folders = {path.name for path in VENDOR.iterdir() if path.is_dir()}
    assert {str(package["folder"]) for package in PACKAGES} == folders


def test_no_city_colour_is_shipped() -> None:
    """The library's brand tokens are not loaded; where its components ask for one, ours answers."""
    shipped = "".join(path.read_text("utf-8") for path in VENDOR.rglob("*.css"))
    tokens = (STATIC / "css" / "tokens.css").read_text("utf-8")
    brand = set(
        re.findall(
            r"var\((--color-(?:bus|coat|brick|copper|engel|fog|gold|metro|silver|summer|suo|tram)[\w-]*)", shipped
        )
    )
    assert brand
    assert not re.findall(r"(?:^|[;{])(--color-(?:bus|coat|brick|copper)[\w-]*):#", shipped)
    light, _, dark = tokens.partition("@media (prefers-color-scheme: dark)")
    answered = set(re.findall(r"(--color-[\w-]+):", light))
    unanswered = {name for name in brand - answered if "coat-of-arms-" not in name}  # a theme that we don't use
    assert unanswered == set()
    assert set(re.findall(r"(--color-[\w-]+):", dark)) == answered


def test_every_style_sheet_of_ours_is_linked_and_found() -> None:
    linked = re.findall(r"\{% static '([^']+)' %\}", HEAD)
    assert [name for name in linked if finders.find(name) is None] == []
    own = {path.relative_to(STATIC.parent).as_posix() for path in (STATIC / "css").glob("*.css")}
    vendored = {path.relative_to(STATIC.parent).as_posix() for path in VENDOR.rglob("*.css")}
    assert own | vendored == {name for name in linked if name.endswith(".css")}


def test_a_long_badge_wraps_outside_of_tables_that_scroll() -> None:
    """“Procurement of wellbeing services counties” is wider than a page of 320 px."""
    css = (STATIC / "css" / "components.css").read_text("utf-8")
    rules = dict(re.findall(r"^([^{}\n]*\.hds-status-label) \{([^}]*)\}", css, re.MULTILINE))
    assert "max-width: 100%" in rules[".hds-status-label"]
    assert {name for name, rule in rules.items() if "nowrap" in rule} == {
        ":is(.table-scroll, .scroll) .hds-status-label"
    }


def test_style_sheets_ask_nobody_else_for_anything() -> None:
    for path in STATIC.rglob("*.css"):
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text("utf-8"))
        for address in addresses:
            assert address.startswith(("data:", "../vendor/")), f"{path.name}: {address}"
            assert address.startswith("data:") or (path.parent / address).is_file()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_template_has_nothing_inline(path: Path) -> None:
    assert REFUSED.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("text", ['<p style="color: red">', "<script>go()</script>", '<a onclick="go()">', "<style>"])
def test_something_inline_would_be_found(text: str) -> None:
    assert REFUSED.search(text)


@pytest.mark.parametrize(
    "text", ['<script src="/x.js" nonce="1">', '<script id="d" type="application/json">{}</script>']
)
def test_what_the_policy_allows_is_not_found(text: str) -> None:
    assert not REFUSED.search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_template_can_be_read(path: Path) -> None:
    get_template(path.as_posix().rpartition("/templates/")[2])


def test_licences_of_files_from_elsewhere_are_named_where_ours_are() -> None:
    licences = {str(package["licence"]) for package in PACKAGES}
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    assert licences <= set(project["license"].split(" AND "))
    for page in ("README.md", "CONTRIBUTING.md", "docs/reference/dependencies.md"):
        text = (REPOSITORY / page).read_text("utf-8")
        assert {licence for licence in licences if licence not in text} == set(), page
    named = {path for pattern in project["license-files"] for path in REPOSITORY.glob(pattern)}
    assert {VENDOR / str(package["folder"]) / "LICENSE" for package in PACKAGES} <= named


def test_every_static_file_finds_the_others_under_its_hashed_name(tmp_path: Path) -> None:
    """As the site serves them: a name that is missing in a style sheet would stop the installation."""
    shutil.copytree(STATIC, tmp_path / "base")
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    names = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    wrong = [done for _, _, done in storage.post_process({name: (storage, name) for name in names}) if not done]
    assert wrong == []
    kept = json.loads((tmp_path / "staticfiles.json").read_text("utf-8"))["paths"]
    assert set(kept) == set(names)
    fonts = (tmp_path / kept["base/css/fonts.css"]).read_text("utf-8")
    assert len(re.findall(r"latin-wght-normal\.[0-9a-f]{12}\.woff2", fonts)) == 1
