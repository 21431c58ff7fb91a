"""How the site answers 50 requests a second from 1 000 organisations with five years each.

The data: the demo's site (three towns and six neighbours, through the real services) and so many further
organisations that there are 1 000, each with a finished run whose amounts are those of a town times a factor of its
own. Then the site is started as ``keino serve`` starts it, and requests are sent on a fixed timetable whether or not
earlier ones were answered (open loop), so a slow answer can't hide those behind it. Time is counted from when a request
was due.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import quantiles
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "bench-data" / "site"
PORT = 8765
SEED = 20260321
CSRF = "a" * 32
#: No answer after so long is an error.
LONGEST_S = 30.0
#: So many organisations have somebody who works, and as many have a public page that is visited.
ASKED = 100
KEPT = "bench.json"

#: kind → share of all requests, addresses ({slug}: the asker's organisation, {public}: one that shows its footprint).
MIX: dict[str, tuple[int, tuple[str, ...]]] = {
    "public page": (40, ("/", "/public/", "/public/{public}/", "/measurement/", "/data/", "/organisations/")),
    "dashboard": (
        36,
        ("/home/", "/o/{slug}/", "/o/{slug}/footprint/", "/o/{slug}/hotspots/", "/o/{slug}/footprint/peers/"),
    ),
    "lines": (8, ("/o/{slug}/lines/", "/o/{slug}/lines/?year=2023", "/o/{slug}/lines/?text=Oy")),
    "API": (12, ("/api/v1/organisations", "/api/v1/organisations/{public}", "/api/v1/facts")),
    "write": (4, ("/mail/",)),
}


def keino(*arguments: str) -> None:
    """Run a command of the site on the data folder."""
    subprocess.run([sys.executable, "-m", "keino", *arguments], check=True, env=environment(), cwd=ROOT)


def environment() -> dict[str, str]:
    """The site's settings: the default ones, without HTTPS, and no limit on how much one address may ask."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("KEINO_", "DJANGO_"))}
    return own | {
        "KEINO_DATA": str(DATA),
        "KEINO_HTTPS": "off",
        "KEINO_LOG_LEVEL": "WARNING",
        "KEINO_API_REQUESTS_PER_MINUTE": "1000000",
        "KEINO_SMTP_URL": "dummymail://",
        "DJANGO_SETTINGS_MODULE": "keino.web.settings",
    }


# ---- the data


def build(organisations: int) -> dict[str, Any]:
    """Make the site's data, or take what is there already; returns who may ask."""
    kept = DATA / KEPT
    if kept.is_file():
        found: dict[str, Any] = json.loads(kept.read_text("utf-8"))
        if found["organisations"] == organisations:
            return found
        raise SystemExit(f"{DATA} holds {found['organisations']} organisations; delete it for another number.")
    DATA.mkdir(parents=True, exist_ok=True)
    keino("manage", "migrate", "-v0")
    keino("manage", "demo")
    os.environ.update(environment())
    import django

    django.setup()
    askers = multiply(organisations)
    content = {"organisations": organisations, **askers}
    kept.write_text(json.dumps(content), "utf-8")
    return content


def multiply(organisations: int) -> dict[str, Any]:
    """Add organisations with people, roles, runs, totals and lines until there are so many."""
    from django.utils import timezone

    from keino.web.base.models import Person
    from keino.web.measurement.models import Ledger, Run, RunTotal
    from keino.web.organisations.models import Organisation, Role

    models = list(Run.objects.filter(organisation__slug__in=("ostoniemi", "inkopsvik"), state="done"))
    totals = {run.pk: list(run.totals.all()) for run in models}
    ledgers = {run.pk: list(run.ledgers.prefetch_related("files")) for run in models}
    rng = random.Random(SEED)
    today = timezone.localdate()
    new = range(organisations - Organisation.objects.count())
    Organisation.objects.bulk_create(
        Organisation(
            slug=f"bench-{number}",
            kind="municipality",
            name=f"Mittauskunta {number}",
            name_fi=f"Mittauskunta {number}",
            region_code="MK06",
            population=rng.randint(2_000, 90_000),
            is_public=number % 2 == 0,
        )
        for number in new
    )
    towns = {town.slug: town for town in Organisation.objects.filter(slug__startswith="bench-")}
    Person.objects.bulk_create(
        Person(email=f"bench{number}@test.example", name=f"Mittaaja {number}", password="!") for number in new
    )
    people = {person.email: person for person in Person.objects.filter(email__startswith="bench")}
    roles, runs, of_ledgers = [], [], []
    made_from: dict[str, tuple[int, float]] = {}
    for number in new:
        town, person = towns[f"bench-{number}"], people[f"bench{number}@test.example"]
        roles.append(Role(person=person, organisation=town, kind="responsible_person", valid_from=today))
        model = models[number % len(models)]
        factor = rng.uniform(0.3, 3)
        run = Run(
            organisation=town,
            state="done",
            options=model.options,
            result=scaled(model.result, factor),
            manifest=model.manifest,
            finished_at=timezone.now(),
            published_at=timezone.now() if town.is_public else None,
            asked_by=person,
        )
        run.folder = linked(model, town, run)
        made_from[run.folder] = (model.pk, factor)
        runs.append(run)
        of_ledgers.append(
            [Ledger(organisation=town, title=each.title, state="approved", owner=person) for each in ledgers[model.pk]]
        )
    Role.objects.bulk_create(roles)
    Run.objects.bulk_create(runs, batch_size=50)
    Ledger.objects.bulk_create([ledger for some in of_ledgers for ledger in some], batch_size=500)
    through = Run.ledgers.through
    through.objects.bulk_create(
        [through(run=run, ledger=ledger) for run, some in zip(runs, of_ledgers, strict=True) for ledger in some]
    )
    RunTotal.objects.bulk_create(
        (total_of(run, row, made_from[run.folder][1]) for run in runs for row in totals[made_from[run.folder][0]]),
        batch_size=1000,
    )
    public = [slug for slug, town in towns.items() if town.is_public]
    return {"public": public[:: max(1, len(public) // ASKED)], "sessions": sessions(people, towns)}


AMOUNTS = {"spend", "footprint_kgco2e", "low_kgco2e", "high_kgco2e", "spend_without_factor"}


def scaled(value: Any, factor: float) -> Any:
    """A result whose amounts are so many times as large."""
    from decimal import Decimal

    if isinstance(value, dict):
        return {
            name: (
                str((Decimal(each) * Decimal(factor)).quantize(Decimal("0.01")))
                if name in AMOUNTS and isinstance(each, str)
                else each * factor
                if name in AMOUNTS and isinstance(each, int | float)
                else scaled(each, factor)
            )
            for name, each in value.items()
        }
    return [scaled(each, factor) for each in value] if isinstance(value, list) else value


def total_of(run: Any, row: Any, factor: float) -> Any:
    """A total of the model's run, times the run's factor."""
    from decimal import Decimal

    from keino.web.measurement.models import RunTotal

    fields = {name: getattr(row, name) for name in ("year", "category", "lines")}
    for name in ("footprint_kgco2e", "low_kgco2e", "high_kgco2e"):
        value = getattr(row, name)
        fields[name] = None if value is None else value * factor
    for name in ("spend", "spend_without_factor"):
        fields[name] = (getattr(row, name) * Decimal(factor)).quantize(Decimal("0.01"))
    return RunTotal(run=run, **fields)


def linked(model: Any, town: Any, run: Any) -> str:
    """The model's lines under the new run's name, without copying their bytes."""
    name = f"{town.public_id}/{run.public_id}"
    target = DATA / "store" / name
    target.mkdir(parents=True)
    for path in (DATA / "store" / model.folder).iterdir():
        os.link(path, target / path.name)
    return name


def sessions(people: dict[str, Any], towns: dict[str, Any]) -> list[tuple[str, str]]:
    """(session key, organisation) of a hundred people who are logged in."""
    from django.contrib.sessions.backends.db import SessionStore

    made = []
    for number in range(0, len(towns), max(1, len(towns) // ASKED)):
        person = people[f"bench{number}@test.example"]
        session = SessionStore()
        session["_auth_user_id"] = str(person.pk)
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session["_auth_user_hash"] = person.get_session_auth_hash()
        session.create()
        made.append((str(session.session_key), f"bench-{number}"))
    return made


def draw(askers: dict[str, Any]) -> None:
    """Draw the Finnish pages that will be asked for, as the site's worker does after each calculation.

    Nobody opens the others; they are noted as drawn, so that the worker doesn't draw them while time is measured.
    """
    slugs = sorted({slug for _, slug in askers["sessions"]} | set(askers["public"]))
    halves = [
        subprocess.Popen([sys.executable, __file__, "--draw", *slugs[number::2]], env=environment(), cwd=ROOT)
        for number in range(2)
    ]
    ended = [half.wait() for half in halves]  # both
    if any(ended):
        raise SystemExit("the pages could not be drawn")


def draw_these(slugs: list[str]) -> int:
    """Draw pages of these organisations, unless they are there."""
    import django

    django.setup()
    from keino.web.dashboards.queries.undrawn import to_be_drawn
    from keino.web.dashboards.whole_results import draw_ahead

    for undrawn in to_be_drawn():
        if undrawn.organisation.slug in slugs:
            draw_ahead(undrawn.organisation, ("fi",))
            undrawn.note_drawn()
    return 0


def note_rest() -> None:
    """Note all that is left as drawn."""
    code = (
        "from keino.web.dashboards.queries.undrawn import to_be_drawn\n"
        "for undrawn in list(to_be_drawn()):\n    undrawn.note_drawn()"
    )
    keino("manage", "shell", "--no-imports", "-c", code)


# ---- the requests


def plan(askers: dict[str, Any], rate: float, seconds: float) -> list[tuple[float, str, str, str]]:
    """(due, kind, address, session) of every request; the same seed gives the same plan."""
    rng = random.Random(SEED)
    kinds = [kind for kind, (share, _) in MIX.items() for _ in range(share)]
    found = []
    for number in range(int(rate * seconds)):
        kind = rng.choice(kinds)
        session, slug = rng.choice(askers["sessions"])
        address = rng.choice(MIX[kind][1]).format(slug=slug, public=rng.choice(askers["public"]))
        found.append((number / rate, kind, address, session if kind in {"dashboard", "lines", "write"} else ""))
    return found


async def send(requests: list[tuple[float, str, str, str]]) -> list[tuple[str, str, float, int]]:
    """Send all on time; (kind, address, seconds, status) of each, status 0 where none came.

    A connection for each request, as a web server in front makes them: both web processes get their share. Plain
    sockets, for an HTTP library's own work would be counted as the site's: it runs on the same two processors.
    """
    answers: list[tuple[str, str, float, int]] = []
    start = time.monotonic() + 0.5

    async def one(due: float, kind: str, address: str, session: str) -> None:
        await asyncio.sleep(max(0.0, start + due - time.monotonic()))
        try:
            status = await asyncio.wait_for(ask(message(kind, address, session)), LONGEST_S)
        except (OSError, TimeoutError, ValueError):
            status = 0
        answers.append((kind, address.partition("?")[0], time.monotonic() - start - due, status))

    waiting = set()
    for due, kind, address, session in requests:
        await asyncio.sleep(max(0.0, start + due - time.monotonic() - 0.2))
        waiting.add(asyncio.create_task(one(due, kind, address, session)))
        waiting = {each for each in waiting if not each.done()}
    await asyncio.gather(*waiting)
    return answers


def message(kind: str, address: str, session: str) -> bytes:
    """The request as it goes over the wire."""
    cookies = f"csrftoken={CSRF}; keino_language=fi" + (f"; sessionid={session}" if session else "")
    lines = [f"Host: 127.0.0.1:{PORT}", f"Cookie: {cookies}", "Connection: close"]
    if kind != "write":
        return "\r\n".join([f"GET {address} HTTP/1.1", *lines, "", ""]).encode()
    body = "digest=daily"
    lines += [f"X-CSRFToken: {CSRF}", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([f"POST {address} HTTP/1.1", *lines, "", body]).encode()


async def ask(sent: bytes) -> int:
    """Send, read the whole answer, return its status; ValueError where the answer is cut short or none."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    try:
        writer.write(sent)
        answer = await reader.read(-1)
    finally:
        writer.close()
    head, separator, body = answer.partition(b"\r\n\r\n")
    size = re.search(rb"(?im)^content-length: *(\d+)", head)
    if not separator or (size and len(body) != int(size[1])):
        raise ValueError("not a whole answer")
    return int(head.split(b" ", 2)[1])


def is_error(kind: str, status: int) -> bool:
    """Whether an answer is none: a write redirects, everything else is a page."""
    return status != (302 if kind == "write" else 200)


def percentiles(times: list[float]) -> tuple[float, float, float]:
    """p50, p95 and p99 in milliseconds."""
    if len(times) < 2:
        return (times[0] * 1000,) * 3 if times else (0.0, 0.0, 0.0)
    cut = quantiles(times, n=100, method="inclusive")
    return cut[49] * 1000, cut[94] * 1000, cut[98] * 1000


def table(answers: list[tuple[str, str, float, int]], by_address: bool = False) -> str:
    """The answers as a Markdown table."""
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for kind, address, seconds, status in answers:
        name = generic(address) if by_address else kind
        groups[name].append((seconds, is_error(kind, status)))
        if not by_address:
            groups["all"].append((seconds, is_error(kind, status)))
    lines = ["| requests | number | p50 ms | p95 ms | p99 ms | errors |", "|---|---|---|---|---|---|"]
    for name, found in sorted(groups.items(), key=lambda item: item[0] == "all"):
        p50, p95, p99 = percentiles([seconds for seconds, _ in found])
        lines.append(f"| {name} | {len(found)} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {sum(bad for _, bad in found)} |")
    return "\n".join(lines)


def generic(address: str) -> str:
    """An address without whose it is: ``/o/…/footprint/``."""
    return re.sub(r"^(/o|/public|/api/v1/organisations)/[^/]+", r"\1/…", address)


def wait_until_up(server: subprocess.Popen[bytes]) -> None:
    """Wait for the site's first answer."""
    import httpx

    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("the site did not start")
        try:
            if httpx.get(f"http://127.0.0.1:{PORT}/health/", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise SystemExit("the site did not answer")


def main() -> int:
    """Build, serve, ask, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--organisations", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=50, help="requests a second")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--addresses", action="store_true", help="tell each address apart")
    parser.add_argument("--draw", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.draw is not None:
        return draw_these(given.draw)
    askers = build(given.organisations)
    draw(askers)
    note_rest()
    command = [sys.executable, "-m", "keino", "serve", "--plain-http", "--port", str(PORT)]
    server = subprocess.Popen(command, env=environment(), cwd=ROOT)
    try:
        wait_until_up(server)
        warm = plan(askers, given.rate / 5, 10)
        asyncio.run(send(warm))  # each process has imported what it needs
        requests = plan(askers, given.rate, given.seconds)
        answers = asyncio.run(send(requests))
    finally:
        server.terminate()
        server.wait()
    print(f"{platform.machine()}, {os.cpu_count()} processors, {given.rate:g} requests/s for {given.seconds:g} s\n")
    print(table(answers))
    if given.addresses:
        print("\n" + table(answers, by_address=True))
    wrong = Counter((generic(a), s) for k, a, _, s in answers if is_error(k, s))
    for (address, status), number in wrong.most_common(20):
        print(f"error: {number} × {status or 'no answer'} from {address}")
    (DATA / "result.json").write_text(json.dumps(answers), "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
