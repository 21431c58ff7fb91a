"""No test works out a day before it runs: a suite that is begun before midnight ends after it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
READS_THE_CLOCK = """
import pytest
from django.utils import timezone

def days():
    return timezone.localdate()

{}
def test_it(day=None):
    assert days()
"""


def test_a_day_is_refused_while_tests_are_collected(tmp_path: Path) -> None:
    reads = {"own": "", "module": "TODAY = days()", "case": '@pytest.mark.parametrize("day", [days()])'}
    for name, line in reads.items():
        (tmp_path / f"test_{name}.py").write_text(READS_THE_CLOCK.format(line))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--continue-on-collection-errors"]
    done = subprocess.run([*command, tmp_path], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert "1 passed, 2 errors" in done.stdout, done.stdout
    assert done.stdout.count("E   RuntimeError: A test may not ask for the day") == 2
