"""Who may open the pages of calculations, lines and rules."""

from __future__ import annotations

from typing import Any

from tests.web.access import OWN, READERS, WORKERS, Address


def _organisation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _run(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "run": scene.calculated_run.public_id}


def _line(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "file": 1, "row": 2}


def _rule(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "rule": scene.category_rule.public_id}


PUBLISHERS = OWN - {"own_member"}

RUN_ADDRESSES = [
    Address("measurement:runs", READERS, _organisation),
    Address("measurement:calculate", WORKERS, _organisation),
    Address("measurement:calculate", WORKERS, _organisation, method="post"),
    Address("measurement:run_comparison", READERS, _organisation),
    Address("measurement:run", READERS, _run),
    Address("measurement:run_manifest", READERS, _run),
    Address("measurement:run_again", WORKERS, _run, method="post"),
    Address("measurement:run_publish", PUBLISHERS, _run, method="post"),
    Address("measurement:lines", READERS, _organisation),
    Address("measurement:line", READERS, _line),
    Address("measurement:rules", READERS, _organisation),
    Address("measurement:rules_csv", READERS, _organisation),
    Address("measurement:correct", WORKERS, _organisation),
    Address("measurement:rules_import", WORKERS, _organisation),
    Address("measurement:rule_end", WORKERS, _rule),
    Address("measurement:rule_end", WORKERS, _rule, method="post"),
]
