"""Results as JSON: decimal strings where cents matter, numbers otherwise (DESIGN, command line contract)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from keino.units import amount_text

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult, LedgerReading, Slice


def reading_json(reading: LedgerReading) -> dict[str, Any]:
    """How one file was read."""
    return {
        "path": reading.path,
        "container": reading.container,
        "sheet": reading.sheet,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "decimal": reading.decimal,
        "header_row": reading.header_row,
        "currency": reading.currency,
        "amount_basis": reading.amount_basis,
        "mapping": reading.mapping,
        "unmapped": list(reading.unmapped),
        "rows": reading.rows,
        "accepted": reading.accepted,
        "repaired": reading.repaired,
        "rejected": reading.rejected,
        "amount_total": amount_text(reading.amount_total),
        "amount_accepted": amount_text(reading.amount_accepted),
        "amount_repaired": amount_text(reading.amount_repaired),
        "amount_rejected": amount_text(reading.amount_rejected),
        "preamble_rows": reading.preamble_rows,
        "blank_rows": reading.blank_rows,
        "total_rows": [{**asdict(row), "amount": amount_text(row.amount)} for row in reading.total_rows],
        "repairs": [asdict(repair) for repair in reading.repairs],
        "rejections": [{**asdict(item), "amount": amount_text(item.amount)} for item in reading.rejections],
        "choices": [{**asdict(choice), "alternatives": list(choice.alternatives)} for choice in reading.choices],
        "first_date": reading.first_date,
        "last_date": reading.last_date,
        **({"sha256": reading.sha256} if reading.sha256 else {}),
    }


def slice_json(part: Slice) -> dict[str, Any]:
    """One row of a result table."""
    return {
        **part.keys,
        "lines": part.lines,
        "spend": amount_text(part.spend),
        "spend_without_factor": amount_text(part.spend_without_factor),
        "footprint_kgco2e": part.footprint_kgco2e,
        "low_kgco2e": part.low_kgco2e,
        "high_kgco2e": part.high_kgco2e,
    }


def _category_json(part: Slice, result: FootprintResult) -> dict[str, Any]:
    code = str(part.keys["category"])
    label = result.categories.get(code)
    return {
        "code": code,
        "label_fi": label.label_fi if label else "",
        "label_sv": label.label_sv if label else "",
        "label_en": label.label_en if label else "",
        **{name: value for name, value in slice_json(part).items() if name != "category"},
    }


def footprint_json(result: FootprintResult) -> dict[str, Any]:
    """A whole result. Shares are of the spend in scope; ``coverage`` gives them by what decided."""
    total, coverage = result.total, result.coverage
    return {
        "lines": total.lines,
        "spend": amount_text(total.spend),
        "currency": result.currency,
        "years": list(result.years),
        "footprint_kgco2e": total.footprint_kgco2e,
        "low_kgco2e": total.low_kgco2e,
        "high_kgco2e": total.high_kgco2e,
        "per_capita_kgco2e": result.per_capita_kgco2e,
        "coverage": {
            str(part.keys["category_basis"]): coverage.share(str(part.keys["category_basis"]))
            for part in coverage.by_basis
        },
        "unclassified_share": coverage.share("none"),
        "spend_without_factor": amount_text(coverage.without_factor),
        "excluded": [slice_json(part) for part in coverage.excluded],
        "factor_set": result.factor_set,
        "factor_edition": result.factor_edition,
        "editions": result.editions,
        "code_version": result.code_version,
        "by_category": [_category_json(part, result) for part in result.by_category],
        "by_main_category": [_category_json(part, result) for part in result.by_main_category],
        "by_year": [slice_json(part) for part in result.by_year],
        "by_category_year": [slice_json(part) for part in result.by_category_year],
        "by_unit": [slice_json(part) for part in result.by_unit],
        "by_supplier": [slice_json(part) for part in result.by_supplier],
        "hotspots": [asdict(spot) for spot in result.hotspots],
        "changes": [
            {
                name: amount_text(value) if name.endswith(("_spend", "spend_change")) and value is not None else value
                for name, value in asdict(change).items()
            }
            for change in result.changes
        ],
        "caveats": list(result.caveats),
        "files": [reading_json(reading) for reading in result.readings],
    }
