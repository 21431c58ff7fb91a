"""Write the first migration of each app as one operation, with its keys, constraints and indexes inside their tables.

Called by ``tools/migrations.sh``. What can't be inside a table (a key of a circle of apps) stays an
operation after them.
Other people's apps come before ours: each of their many small changes would draw the classes of all our models anew.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import django
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import SwappableTuple
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter

from keino.web.base.create_tables import CreateTables

#: The one of ours that the others' apps can't need, and that the rest of ours comes after.
FIRST = "organisations"


def joined(app: str, operations: list[Operation]) -> list[Operation]:
    """The operations with all tables in one, which comes first."""
    tables = {each.name_lower: each for each in operations if isinstance(each, CreateModel)}
    others: list[Operation] = []
    late = {each.model_name_lower for each in operations if isinstance(each, AddField) and not is_inside(app, each)}
    for each in operations:
        if isinstance(each, CreateModel):
            continue
        if isinstance(each, AddField) and is_inside(app, each):
            tables[each.model_name_lower].fields.append((each.name, each.field))
            continue
        if isinstance(each, AddConstraint | AddIndex) and each.model_name_lower not in late:
            kind, what = (
                ("constraints", each.constraint) if isinstance(each, AddConstraint) else ("indexes", each.index)
            )
            tables[each.model_name_lower].options.setdefault(kind, []).append(what)
        else:
            others.append(each)
    return [CreateTables(list(tables.values())), *others]


def is_inside(app: str, added: AddField) -> bool:
    """Whether a key points to a table of the same app."""
    target = added.field.remote_field.model if added.field.remote_field else None
    return isinstance(target, str) and target.lower().startswith(f"{app}.")


def last_of_others() -> list[tuple[str, str]]:
    """The newest migrations of the apps that aren't ours."""
    leaves: list[tuple[str, str]] = MigrationLoader(None).graph.leaf_nodes()
    return [leaf for leaf in leaves if not apps.get_app_config(leaf[0]).name.startswith("keino.")]


def main(names: list[str]) -> None:
    """Rewrite ``migrations/0001_initial.py`` of these apps."""
    django.setup()
    others = last_of_others()
    for app in names:
        module = importlib.import_module(f"keino.web.{app}.migrations.0001_initial")
        migration = module.Migration("0001_initial", app)
        migration.operations = joined(app, migration.operations)
        migration.dependencies = [
            ("__setting__", "AUTH_USER_MODEL") if isinstance(each, SwappableTuple) else each
            for each in migration.dependencies
        ]
        if app == FIRST:
            migration.dependencies += others
        Path(str(module.__file__)).write_text(MigrationWriter(migration, include_header=False).as_string(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
