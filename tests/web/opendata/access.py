"""Who may open the open data and the programming interface as a browser does: with cookies, without a token.

A cookie opens nothing of one's own here; what tokens open is tried in ``test_api_access.py``.
"""

from __future__ import annotations

from tests.web.access import EVERYONE, Address

NOBODY: frozenset[str] = frozenset()


def _slug(scene):
    return {"slug": scene.organisation.slug}


def _ledger(scene):
    return {"ledger_id": scene.ledger.public_id}


def _file(scene):
    return {"file_id": scene.ledger_file.public_id}


def _run(scene):
    return {"run_id": scene.run.public_id}


ADDRESSES = [
    Address("opendata:front", EVERYONE),
    Address("opendata:catalogue", EVERYONE, lambda _scene: {"suffix": "ttl"}),
    Address("opendata:dataset", EVERYONE, lambda _scene: {"key": "footprints"}),
    Address("opendata:file", EVERYONE, lambda _scene: {"key": "footprints", "suffix": "json"}),
    Address(
        "opendata:edition_file",
        EVERYONE,
        lambda _scene: {"key": "regions", "edition": "2026-1", "suffix": "csv"},
    ),
    Address("opendata:api", EVERYONE),
    Address("opendata:unknown_address", NOBODY, lambda _scene: {"rest": "nothing/here"}),
    Address("opendata:v1:openapi-json", EVERYONE),
    Address("opendata:v1:api-root", NOBODY),
    Address("opendata:v1:list_organisations", EVERYONE),
    Address("opendata:v1:get_organisation", EVERYONE, _slug),
    Address("opendata:v1:list_footprints", EVERYONE),
    Address("opendata:v1:list_programmes", EVERYONE),
    Address("opendata:v1:get_codes", EVERYONE, lambda _scene: {"name": "regions"}),
    Address("opendata:v1:list_fact_tables", EVERYONE),
    Address("opendata:v1:get_fact_table", EVERYONE, lambda _scene: {"table": "regions"}),
    Address("opendata:v1:list_fact_rows", EVERYONE, lambda _scene: {"table": "regions"}),
    Address("opendata:v1:list_sources", EVERYONE),
    Address("opendata:v1:get_source", EVERYONE, lambda _scene: {"key": "keino"}),
    Address("opendata:v1:list_my_organisations", NOBODY),
    Address("opendata:v1:list_ledgers", NOBODY, _slug),
    Address("opendata:v1:create_ledger", NOBODY, _slug, method="post"),
    Address("opendata:v1:get_ledger", NOBODY, _ledger),
    Address("opendata:v1:start_ledger_file", NOBODY, _ledger, method="post"),
    Address("opendata:v1:read_ledger", NOBODY, _ledger, method="post"),
    Address("opendata:v1:confirm", NOBODY, _ledger, method="post"),
    Address("opendata:v1:get_file", NOBODY, _file),
    Address("opendata:v1:finish_ledger_file", NOBODY, _file, method="post"),
    Address("opendata:v1:list_runs", NOBODY, _slug),
    Address("opendata:v1:create_run", NOBODY, _slug, method="post"),
    Address("opendata:v1:get_run", NOBODY, _run),
    Address("opendata:v1:list_slices", NOBODY, _run),
    Address("opendata:v1:list_lines", NOBODY, _run),
    Address("opendata:v1:get_manifest", NOBODY, _run),
    Address("opendata:v1:list_rules", NOBODY, _slug),
    Address("opendata:v1:create_rule", NOBODY, _slug, method="post"),
    # These answer to PUT and DELETE only: 405 to whoever comes with another method.
    Address("opendata:v1:put_piece", EVERYONE, lambda scene: {**_file(scene), "offset": 0}),
    Address("opendata:v1:delete_rule", EVERYONE, lambda scene: {**_slug(scene), "rule_id": 1}),
]
