"""A report is whole or not there."""

import pytest

from keino.report import write
from keino.report.write import write_report
from tests.factories.results import single_category


def test_report_is_written_into_a_new_folder(tmp_path):
    paths = write_report(single_category(), tmp_path / "new" / "folder", "fi")
    assert {kind: path.name for kind, path in paths.items()} == {"html": "report.html", "xlsx": "report.xlsx"}
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == ["report.html", "report.xlsx"]
    assert paths["html"].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_failed_report_leaves_the_old_one_alone(tmp_path, monkeypatch):
    paths = write_report(single_category(), tmp_path, "fi")
    before = {kind: path.read_bytes() for kind, path in paths.items()}

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(write, "write_workbook", fail)
    with pytest.raises(OSError, match="disk full"):
        write_report(single_category(), tmp_path, "sv")
    assert {kind: path.read_bytes() for kind, path in paths.items()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.xlsx"]
