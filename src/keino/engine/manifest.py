"""What a result was made from, so that it can be made again and defended: inputs, mappings, editions, versions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from keino.engine.results import FootprintResult
from keino.units import amount_text

_ENGINE_PARTS = ("duckdb", "ibis-framework", "pyarrow", "numpy")


def manifest(result: FootprintResult) -> dict[str, Any]:
    """Return the manifest of a result. It holds no clock and no path, so that equal inputs give equal bytes."""
    return {
        "keino": result.code_version,
        "engine": {name: version(name) for name in _ENGINE_PARTS},
        "factor_set": result.factor_set,
        "factor_edition": result.factor_edition,
        "editions": result.editions,
        "currency": result.currency,
        "years": list(result.years),
        "caveats": list(result.caveats),
        "coverage": {str(part.keys["category_basis"]): amount_text(part.spend) for part in result.coverage.by_basis},
        "spend_in_scope": amount_text(result.coverage.spend_in_scope),
        "footprint_kgco2e": result.total.footprint_kgco2e,
        "low_kgco2e": result.total.low_kgco2e,
        "high_kgco2e": result.total.high_kgco2e,
        "factors": [{**asdict(factor), "spend": amount_text(factor.spend)} for factor in result.factors],
        "sources": result.sources,
        "files": [_file(reading) for reading in result.readings],
    }


def _file(reading: Any) -> dict[str, Any]:
    content = asdict(reading)
    content["path"] = Path(reading.path).name
    for name in ("amount_accepted", "amount_repaired", "amount_rejected"):
        content[name] = amount_text(content[name])
    for part in (*content["total_rows"], *content["rejections"]):
        part["amount"] = amount_text(part["amount"])
    return content


def write_manifest(result: FootprintResult, folder: Path) -> Path:
    """Write ``manifest.json`` whole or not at all and return its path."""
    path = folder / "manifest.json"
    unfinished = path.with_name(".manifest.json.part")
    text = json.dumps(manifest(result), ensure_ascii=False, indent=2, sort_keys=True)
    unfinished.write_text(text + "\n", encoding="utf-8")
    unfinished.replace(path)
    return path


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
