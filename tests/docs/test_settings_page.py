"""The page of settings has every setting that the code reads, and no other; the guides' files are well formed."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "how-to"


def test_page_has_every_setting_and_no_other() -> None:
    code = (ROOT / "src" / "keino" / "web" / "settings.py").read_text("utf-8")
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", code))
    shown = re.findall(
        r"^\| `(\w+)` \|", (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(shown) == len(set(shown))
    assert set(shown) == read


def blocks(page: str, kind: str) -> list[str]:
    text = (GUIDES / page).read_text("utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_settings_of_the_guide_exist() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    named = re.findall(r"^([A-Z_]+)=", "\n".join(blocks("run-the-site.md", "ini")), re.MULTILINE)
    assert len(named) > 5
    assert [name for name in named if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", ["run-the-site.md", "backup-and-restore.md"])
def test_units_are_what_systemd_takes(page: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze")
    units = [block for block in blocks(page, "ini") if block.startswith("[Unit]")]
    assert units
    for number, unit in enumerate(units):
        parsed = configparser.ConfigParser(strict=False, interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment, method-assign]
        parsed.read_string(unit)
        path = tmp_path / f"keino{number}.{'timer' if 'Timer' in parsed else 'service'}"
        # what isn't installed here must not hide what is misspelt
        path.write_text(re.sub(r"^(Exec\w+=)\S+", r"\1/bin/true", unit, flags=re.MULTILINE), "utf-8")
    if number and not (tmp_path / "keino1.service").exists():
        (tmp_path / "keino1.service").write_text((tmp_path / "keino0.service").read_text())
    names = [str(path) for path in tmp_path.iterdir()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if "keino" in line]
    assert said == []


def test_nginx_blocks_are_balanced_and_end_as_they_must() -> None:
    (conf,) = blocks("run-the-site.md", "nginx")
    assert conf.count("{") == conf.count("}")
    for line in (each.strip() for each in conf.splitlines()):
        assert not line or line.startswith("#") or line.endswith(("{", "}", ";")), line
    if nginx := shutil.which("nginx"):
        assert Path(nginx).is_file()
