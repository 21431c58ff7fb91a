"""All tables of an app in one operation: made with what points among them, and taken back."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from keino.web.base.create_tables import CreateTables

KEY = models.BigAutoField(primary_key=True)


@pytest.mark.django_db(transaction=True)
def test_tables_that_point_to_each_other_are_made_and_dropped() -> None:
    hen = models.ForeignKey("tried.Hen", on_delete=models.CASCADE)
    egg = models.ForeignKey("tried.Egg", null=True, on_delete=models.CASCADE)
    once = models.UniqueConstraint(fields=["hen"], name="one_egg_a_hen")
    tables = CreateTables(
        [
            CreateModel("Hen", [("id", KEY), ("egg", egg)]),
            CreateModel("Egg", [("id", KEY), ("hen", hen)], options={"constraints": [once]}),
        ]
    )
    before, after = ProjectState(), ProjectState()
    tables.state_forwards("tried", after)
    with connection.schema_editor() as editor:
        tables.database_forwards("tried", editor, before, after)
    assert {"tried_hen", "tried_egg"} <= set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        assert "one_egg_a_hen" in connection.introspection.get_constraints(cursor, "tried_egg")
    with connection.schema_editor() as editor:
        tables.database_backwards("tried", editor, after, before)
    assert not {"tried_hen", "tried_egg"} & set(connection.introspection.table_names())
