"""The repository holds nothing of the machine it was written on, and the package holds all its data."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from keino import __version__

REPOSITORY = Path(__file__).resolve().parents[2]

#: Written in pieces, so that this file doesn't find itself.
FOLDERS = "|".join(("work", "root", "farm", r"home/\w+", "opt/" + "pypi", "var/" + "tmp", "mnt"))
HOSTS = "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(org|com)", "deb" + r"\.debian\.org"))
FORBIDDEN = re.compile(
    rf"(?:^|[\s\"'`=(\[,:])/(?:{FOLDERS})/|{HOSTS}|--(?:extra-)?index-url|--(?:find)-links", re.MULTILINE
)


def tracked(*folders: str) -> list[Path]:
    """Files under version control; without git (an unpacked archive) there is nothing to look at."""
    if not (REPOSITORY / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    listing = subprocess.run(["git", "ls-files", "-z", *folders], cwd=REPOSITORY, capture_output=True, check=True)
    paths = [REPOSITORY / name for name in listing.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_file_names_a_machine_or_a_package_index() -> None:
    found = []
    for path in tracked():
        text = path.read_bytes()
        if b"\0" not in text and "vendor" not in path.parts:
            hit = FORBIDDEN.search(text.decode("utf-8", "replace"))
            found += [f"{path.relative_to(REPOSITORY)}: {hit.group().strip()}"] if hit else []
    assert found == []


@pytest.mark.parametrize("text", ["see /" + "work/main", 'open("/' + 'root/x")', "--index" + "-url https://x"])
def test_a_machine_path_would_be_found(text: str) -> None:
    assert FORBIDDEN.search(text)


@pytest.mark.slow
def test_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", tmp_path, REPOSITORY], check=True)
    (wheel,) = tmp_path.glob("keino-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = {path.relative_to(REPOSITORY / "src").as_posix() for path in tracked("src")}
    assert sources - names == set()
    assert {name.rpartition("/")[2] for name in names} >= {"LICENSE", "CC-BY-4.0.txt", "entry_points.txt", "table.toml"}


def test_catalogue_description_is_within_the_standard() -> None:
    described = yaml.safe_load((REPOSITORY / "publiccode.yml").read_text("utf-8"))
    assert described["publiccodeYmlVersion"] == "0.4"
    assert described["softwareVersion"] == __version__
    assert set(described["description"]) == set(described["localisation"]["availableLanguages"]) == {"fi", "sv", "en"}
    for texts in described["description"].values():
        assert len(texts["shortDescription"]) <= 150
        assert 150 <= len(texts["longDescription"]) <= 10_000
        assert texts["features"]
    assert {"name", "url", "platforms", "softwareType", "developmentStatus", "legal", "maintenance"} <= set(described)
