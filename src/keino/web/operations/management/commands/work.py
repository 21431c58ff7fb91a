"""``keino manage work``: one worker process of one queue, as ``keino worker`` starts them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from keino.web.base.jobs import LONG, QUICK
from keino.web.base.worker import Worker


class Command(BaseCommand):
    """Run one worker process."""

    help = "Run one worker process of one queue. “keino worker” runs one of each and starts them anew when they die."

    requires_system_checks: list[str] = []  # "keino serve" checked before it started this

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--queue", choices=[QUICK, LONG], default=LONG, help="what to work on (default: long)")
        parser.add_argument("--until-idle", action="store_true", help="stop when nothing is due")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until somebody asks to stop."""
        worker = Worker(options["queue"])
        worker.obey_signals()
        worker.run(until_idle=options["until_idle"])
