"""A plan as JSON and as files; its keys are described in docs/how-to/plan.md."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keino.cli.as_json import reading_json
from keino.engine import plan_json as engine
from keino.engine.formulas import harmless
from keino.engine.manifest import write_manifest

if TYPE_CHECKING:
    from keino.engine.plan_result import PlanResult

#: Columns of the file that `keino followup --plan` reads.
PATH_COLUMNS = ("measure", "category", "year", "reduction_kgco2e")


def plan_json(result: PlanResult) -> dict[str, Any]:
    """A whole plan, with the files that it was made from."""
    return {
        **engine.plan_json(result),
        "files": [reading_json(reading) for reading in result.result.readings],
    }


def write_plan(result: PlanResult, folder: Path) -> None:
    """Write plan.json, potential.csv and manifest.json, with a plan also chosen.csv and path.csv, each whole or not."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / "plan.json", json.dumps(plan_json(result), ensure_ascii=False, indent=2) + "\n")
    _table(folder / "potential.csv", [_flat(row) for row in engine.potential_json(result)["by_category"]])
    if result.planned is not None:
        _table(folder / "chosen.csv", [_flat(row) for row in engine.chosen_rows(result, result.planned)])
        _table(folder / "path.csv", [asdict(part) for part in result.planned.parts], PATH_COLUMNS)
    write_manifest(result.result, folder)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without tables in its cells: ranges become three columns, lists one text."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if name.endswith(("_kgco2e", "_share")) and (value is None or isinstance(value, dict)):
            flat.update({f"{name}_{end}": None if value is None else value[end] for end in ("low", "mid", "high")})
        elif isinstance(value, list | tuple):
            flat[name] = " ".join(str(item) for item in value)
        elif name != "reach":
            flat[name] = value
    return flat


def _table(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, columns or (list(rows[0]) if rows else ["measure"]), delimiter=";")
        writer.writeheader()
        writer.writerows(
            {name: harmless(value) if isinstance(value, str) else value for name, value in row.items()} for row in rows
        )
    unfinished.replace(path)


def _replace(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
