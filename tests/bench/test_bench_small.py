"""The benchmark on a small ledger: everything runs, and all programs find the same sums. No times are judged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.commands import in_this_process

BENCH = Path(__file__).resolve().parents[2] / "bench"
LINES = 20_000

pytestmark = pytest.mark.slow


def bench(script: str, *values: str) -> str:
    command = [sys.executable, str(BENCH / script), *values]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("bench")
    bench("run.py", "--lines", str(LINES), "--runs", "1", "--keep", "--data", str(folder))
    found: dict[str, object] = json.loads((folder / "result.json").read_text("utf-8"))
    return found


def test_all_programs_find_the_same_sums(result: dict[str, object]) -> None:
    assert result["disagreements"] == []


def test_every_program_was_measured(result: dict[str, dict[str, object]]) -> None:
    assert set(result["costs"]) == {"scan", "keino", "polars", "pandas", "check", "everything"}
    assert len(result["memory"]) == 4


def test_parts_cover_the_path(result: dict[str, dict[str, float]]) -> None:
    named = {part.split(":")[0] for part in result["parts"]}
    assert named >= {"start", "first look", "counting", "categories", "footprint", "results", "output"}
    assert result["parts"]["everything else"] < 0.5 * sum(result["parts"].values())


def test_a_wrong_cent_would_be_found(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    bench("make_ledger.py", "--lines", "2000", str(ledger))
    bench("rates.py", str(tmp_path / "accounts.csv"), str(tmp_path))
    # One amount is raised by a cent behind the truth's back; only then do the programs disagree with it.
    lines = ledger.read_text("utf-8").split("\n")
    chosen = next(n for n, line in enumerate(lines[1:], 1) if '"' not in line and line.split(";")[7][-1] in "01234567")
    cells = lines[chosen].split(";")
    cells[7] = cells[7][:-1] + str(int(cells[7][-1]) + 1)
    lines[chosen] = ";".join(cells)
    ledger.write_text("\n".join(lines), "utf-8")
    printed = {
        "scan": bench("bare_scan.py", str(ledger)),
        "polars": bench("polars_script.py", str(ledger), str(tmp_path)),
        "pandas": bench("pandas_script.py", str(ledger), str(tmp_path)),
    }
    for name in ("footprint", "check"):
        done = in_this_process(name, ledger, "--json")
        assert done.returncode == 0
        printed[name] = done.stdout
    printed["keino"] = printed.pop("footprint")
    compare = (
        "import json, sys; from pathlib import Path; from agreement import disagreements as d; a, b, c = sys.argv[1:]"
    )
    (tmp_path / "printed.json").write_text(json.dumps(printed), "utf-8")
    code = f"{compare}; print(json.dumps(d(Path(a), Path(b), json.loads(Path(c).read_text('utf-8')))))"
    found = subprocess.run(
        [sys.executable, "-c", code, str(ledger), str(tmp_path), str(tmp_path / "printed.json")],
        check=True,
        capture_output=True,
        text=True,
        cwd=BENCH,
    ).stdout
    named = {sentence.split(",")[0] for sentence in json.loads(found)}
    assert named == {"keino footprint", "keino check", "keino", "polars", "pandas", "bare scan"}
