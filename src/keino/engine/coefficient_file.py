"""The coefficients of a run as a file beside its lines, so that intervals can be worked out again for any question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from keino.domain.carbon.factors import Coefficient, ProductPart

_NAME = "coefficients.json"


def write_coefficients(made: Sequence[Coefficient], folder: Path) -> Path:
    """Write ``coefficients.json`` whole or not at all. Floats are written so that they are read back equal."""
    path = folder / _NAME
    unfinished = folder / f".{_NAME}.part"
    rows = [asdict(coefficient) for coefficient in made]
    unfinished.write_text(json.dumps(rows, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    return unfinished.replace(path)


@lru_cache(maxsize=64)
def read_coefficients(folder: Path) -> tuple[Coefficient, ...]:
    """The coefficients that a run's folder keeps, equal to those of the run. A store's files never change."""
    rows = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    return tuple(_coefficient(row) for row in rows)


def _coefficient(row: dict[str, Any]) -> Coefficient:
    parts = tuple(_part(part) for part in row["parts"])
    return Coefficient(
        **(row | {"parts": parts, "factor_years": tuple(row["factor_years"]), "caveats": tuple(row["caveats"])})
    )


def _part(row: dict[str, Any]) -> ProductPart:
    return ProductPart(**(row | {"errors": tuple((label, ln_sd) for label, ln_sd in row["errors"])}))
