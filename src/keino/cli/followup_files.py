"""A follow-up as JSON and as files; its keys are described in docs/how-to/follow-up.md."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keino.cli.as_json import reading_json
from keino.engine.manifest import write_manifest
from keino.units import amount_text

if TYPE_CHECKING:
    from keino.domain.plans.followup import Effects
    from keino.engine.followup import FollowUpResult


def followup_json(result: FollowUpResult) -> dict[str, Any]:
    """A whole follow-up: money as decimal strings, emissions as numbers in kgCO2e, plus is more."""
    run, total = result.result, result.effects.total
    return {
        "from": result.year_from,
        "to": result.year_to,
        "currency": run.currency,
        "price_index": result.price_index,
        "price_ratio": result.price_ratio,
        "real_spend_to": result.real_spend_to,
        "factor_edition_from": result.reported_edition,
        "factor_edition": run.factor_edition,
        "spend_without_factor_from": amount_text(result.spend_without_factor[0]),
        "spend_without_factor_to": amount_text(result.spend_without_factor[1]),
        **_effects_json(total, result.half_width),
        "by_category": [_category_json(part, result) for part in result.effects.by_category],
        "path": [asdict(point) for point in result.path],
        "measures": [asdict(answer) for answer in result.measures],
        "editions": run.editions,
        "code_version": run.code_version,
        "files": [reading_json(reading) for reading in run.readings],
    }


def _effects_json(part: Effects, half_width_kgco2e: float | None) -> dict[str, Any]:
    numbers = {name: value for name, value in asdict(part).items() if name != "category"}
    return {
        **numbers,
        "spend_from": amount_text(part.spend_from),
        "spend_to": amount_text(part.spend_to),
        "change_kgco2e": part.change_kgco2e,
        "like_for_like_kgco2e": part.like_for_like_kgco2e,
        "intensity_half_width_kgco2e": half_width_kgco2e,
    }


def _category_json(part: Effects, result: FollowUpResult) -> dict[str, Any]:
    label = result.result.categories.get(part.category)
    return {
        "code": part.category,
        "label_fi": label.label_fi if label else "",
        "label_sv": label.label_sv if label else "",
        "label_en": label.label_en if label else "",
        **_effects_json(part, result.half_widths.get(part.category)),
        "own_factor": part.category in result.own_factors,
    }


def write_followup(result: FollowUpResult, folder: Path) -> None:
    """Write followup.json, followup.csv and manifest.json, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    content = followup_json(result)
    _replace(folder / "followup.json", json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    unfinished = folder / ".followup.csv.part"
    rows = content["by_category"]
    with unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]) if rows else ["code"], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    unfinished.replace(folder / "followup.csv")
    write_manifest(result.result, folder)


def _replace(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
