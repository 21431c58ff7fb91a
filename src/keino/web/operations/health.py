"""Is the site well? Whether it can answer, and whether everything behind it works."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from keino.web.base.models import WorkerBeat
from keino.web.base.worker import BEAT_SECONDS
from keino.web.operations.metrics import oldest_due_job_s, oldest_due_mail_s

#: Below this much room an upload of the largest size would fail.
LEAST_ROOM_BYTES = 1 * 2**30
LONGEST_QUEUE_S = 30 * 60
LONGEST_MAIL_S = 15 * 60


#: What the parts are called on a page; programs get their keys.
PARTS = {
    "database": gettext_lazy("Database"),
    "migrations": gettext_lazy("Form of the database"),
    "workers": gettext_lazy("Background workers"),
    "jobs": gettext_lazy("Background work"),
    "mail": gettext_lazy("Mail"),
    "disk": gettext_lazy("Room on the disk"),
}


def findings() -> dict[str, str]:
    """Each part with "ok" or what is wrong, in a few words without secrets, in the language in force."""
    checks: dict[str, Callable[[], str]] = {
        "database": _database,
        "migrations": _migrations,
        "workers": _workers,
        "jobs": lambda: _queue(oldest_due_job_s(), LONGEST_QUEUE_S),
        "mail": lambda: _queue(oldest_due_mail_s(), LONGEST_MAIL_S),
        "disk": _disk,
    }
    found = {}
    for name, check in checks.items():
        try:
            found[name] = check() or "ok"
        except DatabaseError:
            found[name] = _("the database does not answer")
        except OSError:
            found[name] = _("the data folder can't be used")
    return found


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    count = len(waiting)
    said = ngettext("{count} migration is not applied", "{count} migrations are not applied", count)
    return said.format(count=count) if waiting else ""


def _workers() -> str:
    fresh = WorkerBeat.objects.filter(beat_at__gte=timezone.now() - timedelta(seconds=6 * BEAT_SECONDS))
    alive = set(fresh.values_list("queue", flat=True))
    missing = [queue for queue in ("quick", "long") if queue not in alive]
    return _("no living worker for: {queues}").format(queues=", ".join(missing)) if missing else ""


def _queue(wait_s: float, longest_s: float) -> str:
    return _("the oldest has waited {minutes} min").format(minutes=round(wait_s / 60)) if wait_s > longest_s else ""


def _disk() -> str:
    rooms = [shutil.disk_usage(_existing(folder)).free for folder in (settings.DATA_FOLDER, settings.STORE_FOLDER)]
    return _("{room} MiB are left").format(room=min(rooms) // 2**20) if min(rooms) < LEAST_ROOM_BYTES else ""


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
