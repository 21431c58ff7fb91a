"""The database as text: every table's rows as JSON lines, read in one moment and written in one transaction.

The tables are taken from the state that the applied migrations describe, not from today's models, so an older backup is
restored as it was and then brought up to date. Values pass as the fields' Python values, so that rows from SQLite fit
into PostgreSQL and back.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

BATCH = 500
#: Rows of a process' life: who restores begins anew.
PASSING = frozenset({"django_session", "base_workerbeat"})
Nodes = list[tuple[str, str]]
Model = type[models.Model]


def applied() -> Nodes:
    """The migrations that this database has, in the order in which the code knows them."""
    executor = MigrationExecutor(connection)
    done = MigrationRecorder(connection).applied_migrations()
    return [node for node in _ordered(executor) if node in done]


def _ordered(executor: MigrationExecutor) -> Nodes:
    return [(node.app_label, node.name) for node, _ in executor.migration_plan(_leaves(executor), clean_start=True)]


def _leaves(executor: MigrationExecutor) -> Nodes:
    return list(executor.loader.graph.leaf_nodes())


def unknown(nodes: Nodes) -> Nodes:
    """Those migrations that this version of keino doesn't have: the backup is of a newer one."""
    known = set(_ordered(MigrationExecutor(connection)))
    return [(app, name) for app, name in nodes if (app, name) not in known]


def tables_at(nodes: Nodes) -> list[Model]:
    """The tables that these migrations make, by name; without those whose rows pass."""
    executor = MigrationExecutor(connection)
    state = executor.loader.project_state(nodes)
    found = state.apps.get_models(include_auto_created=True)
    kept = [model for model in found if _is_kept(model._meta)]  # noqa: SLF001  # Django's own name for it
    return sorted(kept, key=table_of)


def _is_kept(meta: Any) -> bool:
    return meta.managed and not meta.proxy and meta.db_table not in PASSING


def table_of(model: Model) -> str:
    """The name of a table."""
    return str(model._meta.db_table)  # noqa: SLF001  # Django's own name for it


@contextmanager
def one_moment() -> Iterator[None]:
    """Reads inside see the database as it is now, whatever others write meanwhile; nobody waits."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    connection.ensure_connection()  # the mode is known from then on
    mode = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # reading takes no lock in WAL mode
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]


# ---- rows to text and back


def _fields(model: Model) -> list[Any]:
    return list(model._meta.local_concrete_fields)  # noqa: SLF001


def columns_of(model: Model) -> list[str]:
    """The names of a table's columns, as its fields call them."""
    return [field.attname for field in _fields(model)]


def rows_of(model: Model) -> Iterator[bytes]:
    """The rows of a table as lines of JSON, in the order of their keys."""
    order = model._meta.pk.attname  # noqa: SLF001
    for row in models.QuerySet(model).order_by(order).values_list(*columns_of(model)).iterator(BATCH):
        yield (
            json.dumps(
                [_as_json(value) for value in row], ensure_ascii=False, separators=(",", ":"), sort_keys=True
            ).encode()
            + b"\n"
        )


def _as_json(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _reader(field: Any) -> Callable[[Any], Any]:
    """How a value of a field is read back."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.JSONField):
        return lambda value: value
    if isinstance(target, models.BinaryField):
        return lambda value: value if value is None else base64.b64decode(value)
    if isinstance(target, models.DurationField):
        return lambda value: value if value is None else dt.timedelta(seconds=value)
    return lambda value: None if value is None else target.to_python(value)


def checksums(model: Model) -> tuple[int, str]:
    """How many rows a table has, and the SHA-256 of their text."""
    digest, rows = hashlib.sha256(), 0
    for line in rows_of(model):
        digest.update(line)
        rows += 1
    return rows, digest.hexdigest()


# ---- writing


def load(model: Model, columns: list[str], lines: Iterable[bytes]) -> int:
    """Write rows into an empty table; returns how many."""
    by_name = {field.attname: field for field in _fields(model)}
    fields = [by_name[name] for name in columns]
    readers = [_reader(field) for field in fields]
    size, batch, rows = _batch_size(fields), [], 0
    for line in lines:
        values = zip(columns, (read(value) for read, value in zip(readers, json.loads(line), strict=True)), strict=True)
        batch.append(model(**dict(values)))
        if len(batch) >= size:
            rows += _insert(model, fields, batch)
            batch = []
    return rows + _insert(model, fields, batch)


def _batch_size(fields: list[Any]) -> int:
    return max(1, min(BATCH, connection.ops.bulk_batch_size(fields, [None] * BATCH)))


def _insert(model: Model, fields: list[Any], batch: list[Any]) -> int:
    if batch:
        query = models.sql.InsertQuery(model)
        query.insert_values(fields, batch, raw=True)  # raw: no field puts in the time of now
        query.get_compiler(connection=connection).execute_sql()
    return len(batch)


def read_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a table's text."""
    yield from (line for line in stream if line.strip())


def clear(found: list[Model]) -> None:
    """Empty tables, also those that migrations filled. From here on keys are checked at the end."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations in the same transaction made them immediate
        for model in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table_of(model))}")  # noqa: S608  # a name, quoted


def migrate_to(nodes: Nodes) -> None:
    """Bring an empty database to the state of a backup: exactly these migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(_last_of_each_app(nodes))


def migrate_to_newest() -> None:
    """Bring it up to date."""
    executor = MigrationExecutor(connection)
    executor.migrate(_leaves(executor))


def _last_of_each_app(nodes: Nodes) -> Nodes:
    last = {app: (app, name) for app, name in nodes}
    return list(last.values())


def settle(found: list[Model]) -> None:
    """Check all keys now, and let new rows count on from the highest."""
    connection.check_constraints()
    statements = connection.ops.sequence_reset_sql(no_style(), found)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop_everything() -> None:
    """Drop every table of the site (PostgreSQL, inside the transaction of a restore)."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in names:
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
