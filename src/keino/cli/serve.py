"""``keino serve``: the site, web server and workers together."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import sys
from pathlib import Path

import click

from keino.cli.site import Keeper, add_workers, prepare, set_up
from keino.errors import UsageError, mark


class PlainHttpFromAfar(UsageError):
    """Plain HTTP was asked for on an address that others can reach."""

    code = "plain_http_from_afar"
    template = mark(
        "With --plain-http the site would send passwords and ledgers unencrypted to whoever reaches {host}, so it was "
        "not started. Use it with --host 127.0.0.1 only; on a server put a web server with HTTPS in front "
        "(docs/how-to/run-the-site.md)."
    )


class PortTaken(UsageError):
    """Another program listens there."""

    code = "port_taken"
    template = mark(
        "Port {port} of {host} can't be used ({reason}). Another program may use it, perhaps keino itself: stop it, or "
        "choose another port with --port."
    )


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to answer on.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Web processes.")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Threads of each.")
@click.option("--long", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that calculate.")
@click.option("--plain-http", is_flag=True, help="Without HTTPS; only on an address of this machine.")
@click.option("--no-worker", is_flag=True, help="Only the web server; `keino worker` runs elsewhere.")
def command(host: str, port: int, workers: int, threads: int, long: int, *, plain_http: bool, no_worker: bool) -> None:
    """Run the site: the web server and its workers, until stopped.

    Brings the database up to date, collects the files that browsers fetch, starts the processes, starts anew what dies,
    and stops all of them with SIGTERM or Ctrl+C. Everything is kept in the folder that KEINO_DATA names.

    The site speaks HTTPS only, through a web server in front of it. To look at it on this machine use --plain-http.
    """
    if plain_http:
        only_here(host, port)
    must_be_free(host, port)
    serve(host, port, workers=workers, threads=threads, long=0 if no_worker else long)


def only_here(host: str, port: int) -> None:
    """Speak plain HTTP, which is allowed where only this machine listens."""
    if not is_loopback(host):
        raise PlainHttpFromAfar(host=host)
    os.environ["KEINO_HTTPS"] = "off"
    os.environ.setdefault("KEINO_ADDRESS", f"http://{host}:{port}")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def must_be_free(host: str, port: int) -> None:
    """Refuse a port on which another program listens. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), port))
    except OSError as error:
        raise PortTaken(host=host, port=port, reason=error.strerror or str(error)) from error


def serve(host: str, port: int, *, workers: int, threads: int, long: int) -> None:
    """Prepare and run everything. ``long`` = 0: no workers."""
    set_up()
    from django.conf import settings

    prepare(quietly=True)
    counts = Path(settings.DATA_FOLDER, "metrics")
    shutil.rmtree(counts, ignore_errors=True)  # numbers of processes that are gone
    counts.mkdir(parents=True)
    keeper = Keeper()
    web = [sys.executable, "-m", "keino.web.server", "--interface", "wsgi", "keino.web.served:application"]
    web += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)]
    # a web process that dies is replaced; the log is ours, line by line
    web += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10", "--no-ws"]
    web += ["--http", "1", "--no-access-log", "--log-level", "warning"]
    # numpy's linear algebra would keep threads spinning in each process, waiting for the next matrix
    one_thread = {"OPENBLAS_NUM_THREADS": "1"}
    keeper.add("web server", web, PROMETHEUS_MULTIPROC_DIR=str(counts), **one_thread)
    if long:
        add_workers(keeper, long)
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    click.echo(f"keino: {scheme}://{host}:{port}  (Ctrl+C stops it)", err=True)
    keeper.run(stop_after_s=settings.JOB_STOP_SECONDS + 10)
