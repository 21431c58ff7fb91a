"""The walls between the rooms hold: import contracts, and what import contracts can't see."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DOMAIN = REPOSITORY / "src" / "keino" / "domain"

#: Methods of a table that make a database run; a rule only describes.
RUNNING = {"execute", "to_pandas", "to_pyarrow", "to_pyarrow_batches", "to_parquet", "to_csv", "to_polars", "cache"}

#: What --help needn't know: these take seconds to import.
HEAVY = {"altair", "duckdb", "ibis", "lxml", "numpy", "pandas", "pyarrow", "vl_convert", "xlsxwriter"}


def running_calls(source: str) -> list[str]:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in RUNNING]


def test_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_rules_run_nothing() -> None:
    found = {str(path.relative_to(DOMAIN)): running_calls(path.read_text("utf-8")) for path in DOMAIN.rglob("*.py")}
    assert {path: calls for path, calls in found.items() if calls} == {}


def test_a_call_that_runs_would_be_found() -> None:
    assert running_calls("rows = lines.filter(lines.year == 2024).execute()") == ["execute"]


def test_help_answers_without_the_heavy_packages() -> None:
    code = (
        "import sys\n"
        "from keino.cli.main import cli\n"
        "try: cli(['--help'])\n"
        "except SystemExit as end: assert not end.code\n"
        "print('loaded:', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split()[1:])
    assert "click" in loaded
    assert loaded & HEAVY == set()
