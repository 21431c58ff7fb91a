"""``keino worker``: background work without the web server."""

from __future__ import annotations

import click

from keino.cli.site import Keeper, add_workers, set_up


@click.command("worker")
@click.option(
    "--long",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that read ledgers and calculate footprints.",
)
def command(long: int) -> None:
    """Read uploaded ledgers, calculate footprints, send mail and keep the timetable, until stopped.

    Runs one process for what people wait for (mail, short work, the timetable) and as many as --long for reading and
    calculating. Any number of workers may run, on several machines too, if they share the database and the data folder.
    Stopped with SIGTERM or Ctrl+C, it lets its work go on for a moment and then hands it back; killed, another worker
    takes the work up.
    """
    set_up()
    from django.conf import settings

    keeper = Keeper()
    add_workers(keeper, long)
    keeper.run(stop_after_s=settings.JOB_STOP_SECONDS + 10)
