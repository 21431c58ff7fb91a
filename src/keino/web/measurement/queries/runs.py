"""Runs to read: the current one, its result, what has changed since."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.models import CategoryRule, Ledger, Run, Visit
from keino.web.measurement.result_json import result_from_json
from keino.web.organisations.models import Organisation

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult

Owner = Organisation | Visit

#: States of a ledger that somebody has looked at and found right.
COUNTED = (LedgerState.CONFIRMED, LedgerState.APPROVED)
_BIG = ("result", "manifest")


def owned(owner: Owner) -> dict[str, Owner]:
    """The column and value that say whose a row is."""
    return {"organisation" if isinstance(owner, Organisation) else "visit": owner}


def runs_of(owner: Owner) -> QuerySet[Run]:
    """An owner's runs, newest first, without their results."""
    runs = Run.objects.filter(**owned(owner)).defer(*_BIG)
    return runs.select_related("asked_by", "organisation", "visit").order_by("-created_at", "-pk")


def current_run(organisation: Owner) -> Run | None:
    """The newest finished run; None before the first."""
    run = Run.objects.filter(**owned(organisation)).done().defer(*_BIG).first()
    return _of(run, organisation)


def _of(run: Run | None, owner: Owner) -> Run | None:
    """The run with its owner, who is known and needn't be fetched."""
    if run is not None:
        run.organisation = owner if isinstance(owner, Organisation) else None
        run.visit = owner if isinstance(owner, Visit) else None
    return run


def run_of_visit(visit: Visit) -> Run | None:
    """The newest finished run of a visit."""
    return current_run(visit)


def open_run(owner: Owner) -> Run | None:
    """The run that is being calculated or waits for it."""
    return runs_of(owner).filter(state__in=(RunState.WAITING, RunState.RUNNING)).first()


def published_run(organisation: Organisation) -> Run | None:
    """The newest run that the organisation shows to everyone; whether it shows any is its own choice (`is_public`)."""
    published = Run.objects.filter(organisation=organisation, state=RunState.DONE).exclude(published_at=None)
    return _of(published.defer(*_BIG).order_by("-published_at", "-pk").first(), organisation)


def run_result(run: Run) -> FootprintResult:
    """A finished run's result. Kept in the process, since it never changes."""
    return _result(run.public_id)


@lru_cache(maxsize=64)
def _result(public_id: UUID) -> FootprintResult:
    kept = Run.objects.values_list("result", flat=True).get(public_id=public_id, state=RunState.DONE)
    return result_from_json(kept or {})


def ledgers_to_count(owner: Owner) -> QuerySet[Ledger]:
    """The ledgers that a new run counts: those that somebody confirmed."""
    return Ledger.objects.filter(**owned(owner), state__in=COUNTED).order_by("pk")


def rules_in_force(owner: Owner) -> QuerySet[CategoryRule]:
    """An owner's rules for categories, newest first: the order in which they decide."""
    return CategoryRule.objects.filter(**owned(owner), ended_at=None).order_by("-made_at", "-pk")


def newest_edition() -> str:
    """The edition of emission factors that a run uses where nobody says otherwise."""
    from keino.facts.read import default_edition

    return default_edition("emission_factors")


def factor_editions() -> tuple[str, ...]:
    """Editions of emission factors to choose from, newest first."""
    from keino.facts.read import editions

    return tuple(reversed(editions("emission_factors")))


def newer_edition(run: Run) -> str:
    """A newer edition of emission factors than a finished run used; empty when there is none."""
    from keino.facts.read import editions

    known = editions("emission_factors")
    used = run_result(run).editions.get("emission_factors", "")
    return known[-1] if used in known and used != known[-1] else ""


def changed_since(run: Run) -> tuple[str, ...]:
    """What a new run would count otherwise than this finished one: ledgers, rules, factors."""
    owner = run.organisation or run.visit
    assert owner is not None
    found = []
    if set(run.ledgers.values_list("pk", flat=True)) != set(ledgers_to_count(owner).values_list("pk", flat=True)):
        found.append("ledgers")
    if [row["id"] for row in run.options.get("rules", [])] != list(rules_in_force(owner).values_list("pk", flat=True)):
        found.append("rules")
    if newer_edition(run):
        found.append("factors")
    return tuple(found)
