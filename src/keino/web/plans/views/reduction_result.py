"""What the page of a computed plan shows, from what the plan kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keino.web.measurement.names import category_name
from keino.web.plans.charts import abatement_chart, path_chart
from keino.web.plans.queries.measures import publications
from keino.web.plans.reduction_words import (
    BASES,
    REASONS,
    conflict_words,
    headline,
    missing_words,
    names_of,
    sentences,
)

if TYPE_CHECKING:
    from keino.web.plans.models import ReductionPlan


def result_context(plan: ReductionPlan) -> dict[str, Any]:
    """Everything the page says, in the order in which it says it."""
    result = plan.result or {}
    names = names_of(result)
    missed, in_the_way = conflict_words(result) if result["conflict"] else ([], [])
    not_assessed: dict[str, list[str]] = {}
    for each in result["not_assessed"]:
        if each["reason"] != "no_footprint":
            not_assessed.setdefault(str(REASONS[each["reason"]]), []).append(names[each["code"]])
    keys = [key for each in result["chosen"] for key in each["sources"]]
    known = publications(keys)
    said = sorted(set(keys) - {each["key"] for each in known})
    return {
        "result": result,
        "headline": headline(result),
        "sentences": sentences(result),
        "missed": missed,
        "in_the_way": in_the_way,
        "chosen": [
            each
            | {
                "name": names[each["measure"]],
                "category_name": category_name(each["category"]),
                "cost_words": BASES.get(each["cost_basis"], ""),
                "effect_words": BASES.get(each["effect_basis"], ""),
            }
            for each in result["chosen"]
        ],
        "path": path_chart(result),
        "curve": abatement_chart(result, names),
        "asked": [(names[each["code"]], missing_words(each, names)) for each in result["asked"]],
        "not_assessed": list(not_assessed.items()),
        "left_out": [names.get(code, code) for code in result["left_out"]],
        "sources": known,
        "own_sources": said,
    }
