"""Runs: ask for one, calculate it, publish it. A finished one is never changed; the next stands beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from keino.errors import KeinoError, UsageError, mark
from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow, as_data
from keino.web.base.models import Person
from keino.web.measurement import store
from keino.web.measurement.choices import RunState
from keino.web.measurement.files import LedgerInput, ledger_inputs
from keino.web.measurement.models import Ledger, LedgerFile, Run, RunTotal, Visit
from keino.web.measurement.queries.runs import COUNTED, Owner, current_run, newest_edition, owned, rules_in_force
from keino.web.measurement.result_json import result_as_json

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult, Slice

Tell = Callable[[str, int, int], None]

OPEN = (RunState.WAITING, RunState.RUNNING)
_CENT = Decimal("0.01")


class NothingConfirmed(UsageError):
    """A run was asked for without a ledger that somebody found right."""

    code = "nothing_confirmed"
    template = mark(
        "There is no ledger to calculate from yet. Open a ledger, look at how it was read, and press “Looks right”."
    )


class LedgerNotReady(UsageError):
    """A run was asked for with a ledger that isn't confirmed, or not the owner's."""

    code = "ledger_not_ready"
    template = mark("These ledgers can't be counted now: {titles}. Nothing was calculated. Confirm them first.")


@dataclass(frozen=True)
class Calculated:
    """A run that is calculated but not yet kept: its result, its totals, and where its files lie."""

    result: FootprintResult
    manifest: dict[str, Any]
    totals: tuple[tuple[int, str, Slice], ...]
    folder: Path


def ask_run(
    *,
    owner: Owner,
    ledgers: Iterable[Ledger],
    by: Person | None,
    factors: str = "",
    edition: str = "",
    reason: str = "",
) -> Run:
    """Add a run over these ledgers, to be calculated in the background; everything it depends on is fixed now.

    Who asks twice for the same before it is calculated gets the same run. Raises UsageError.
    """
    chosen = sorted(ledgers, key=lambda ledger: ledger.pk)
    with transaction.atomic(), acting(by, act="ask run"):
        _lock(owner)
        _require_ready(owner, chosen)
        options = _options(owner, chosen, factors, edition)
        for run in Run.objects.filter(**owned(owner), state=RunState.WAITING, options=options):
            if {ledger.pk for ledger in run.ledgers.all()} == {ledger.pk for ledger in chosen}:
                return run
        run = Run.objects.create(
            **owned(owner), options=options, reason=reason[:200], supersedes=current_run(owner), asked_by=by
        )
        run.ledgers.set(chosen)
    return run


def _lock(owner: Owner) -> None:
    """One at a time per owner: a second press of the button finds the run of the first."""
    type(owner).objects.select_for_update().get(pk=owner.pk)


def _require_ready(owner: Owner, ledgers: Sequence[Ledger]) -> None:
    if not ledgers:
        raise NothingConfirmed
    ready = set(
        Ledger.objects.filter(**owned(owner), pk__in=[ledger.pk for ledger in ledgers], state__in=COUNTED).values_list(
            "pk", flat=True
        )
    )
    if other := [ledger.title for ledger in ledgers if ledger.pk not in ready]:
        raise LedgerNotReady(titles=", ".join(other))


def _options(owner: Owner, ledgers: Sequence[Ledger], factors: str, edition: str) -> dict[str, Any]:
    from keino.engine.factor_sets import choose_factors

    currency = _currency(ledgers)
    wanted = f"{factors or ('uk' if currency == 'GBP' else 'fi')}@{edition or newest_edition()}"
    choose_factors(wanted, currency)  # raises when there are no such factors
    return {
        "factors": wanted,
        "population": None if isinstance(owner, Visit) else owner.population,
        "organisation": "" if isinstance(owner, Visit) else getattr(owner, f"name_{owner.original_language}"),
        "unclassified": "none",
        "rules": [
            {
                "id": rule.pk,
                "conditions": rule.conditions,
                "category": rule.category,
                "exclusion_reason": rule.exclusion_reason,
                "note": rule.note,
            }
            for rule in rules_in_force(owner)
        ],
    }


def _currency(ledgers: Sequence[Ledger]) -> str:
    readings = LedgerFile.objects.filter(ledger__in=ledgers).exclude(reading=None).values_list("reading", flat=True)
    return next((reading["currency"] for reading in readings if reading and reading.get("currency")), "EUR")


def begin_run(run: Run) -> bool:
    """Mark a run as being calculated; False when it is done already. A failed one may be tried again."""
    unfinished = Run.objects.filter(pk=run.pk, state__in=(*OPEN, RunState.FAILED))
    return bool(unfinished.update(state=RunState.RUNNING, error=None, finished_at=None))


def calculate_run(run: Run, tell: Tell) -> None:
    """Calculate a run and keep it: either everything or nothing. Safe to be run again, and twice at once.

    Raises KeinoError; then nothing of the attempt is left.
    """
    if not begin_run(run):
        return
    folder = store.unfinished_folder(run)
    try:
        keep_run(run, _calculated(run, folder, tell))
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # where it is finished the folder stands under its real name


def _calculated(run: Run, folder: Path, tell: Tell) -> Calculated:
    from keino.engine.manifest import manifest
    from keino.engine.run import RunOptions, run_footprint
    from keino.engine.stored import slices_of

    ledgers = list(run.ledgers.order_by("pk"))
    if withdrawn := [ledger.title for ledger in ledgers if ledger.state not in COUNTED]:
        raise LedgerNotReady(titles=", ".join(withdrawn))
    options = run.options
    with ledger_inputs(ledgers) as found:
        inputs = _named_once(found)
        if not inputs:
            raise NothingConfirmed
        result = run_footprint(
            [each.path for each in inputs],
            RunOptions(
                reads={each.path: each.read for each in inputs},
                factors=options["factors"],
                rules=rule_rows(options["rules"]) or None,
                by=("unit", "supplier"),
                out=folder,
                is_stored=True,
                population=options["population"],
                organisation=options["organisation"],
                unclassified=options["unclassified"],
            ),
            tell,
        )
        sources = [_source(each) for each in inputs]
    result = replace(result, readings=tuple(replace(r, path=Path(r.path).name) for r in result.readings))
    tell("keep", 0, 1)
    found_manifest = manifest(result) | {"inputs": sources, "options": options, "store": store.hashes_of(folder)}
    store.write_json(found_manifest, folder / store.MANIFEST)
    store.seal(folder)
    years = slices_of(folder, ("year",))
    mains = slices_of(folder, ("main_category", "year"))
    totals = tuple(
        (int(each.keys["year"]), str(each.keys.get("main_category", "*")), each) for each in (*years, *mains)
    )
    return Calculated(result, _kept_manifest(found_manifest), totals, folder)


def _named_once(inputs: Iterable[LedgerInput]) -> list[LedgerInput]:
    """The same inputs under distinct names, so that file and row tell a line: a second ``a.csv`` is ``a (2).csv``."""
    taken: set[str] = set()
    named = []
    for each in inputs:
        path, number = each.path, 2
        while path.name.casefold() in taken:
            path, number = each.path.with_stem(f"{each.path.stem} ({number})"), number + 1
        if path != each.path:
            each.path.rename(path)
        taken.add(path.name.casefold())
        named.append(replace(each, path=path))
    return named


def _source(each: LedgerInput) -> dict[str, Any]:
    """What the manifest says of a file: what it was called, whose it is, and its hash as it was sent."""
    return {
        "name": each.path.name,
        "ledger": str(each.file.ledger.public_id),
        "file": str(each.file.public_id),
        "sha256": each.file.sha256,
    }


def rule_rows(rules: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rules as rows of the engine's own-rules file, in the order in which they decide."""
    return [
        {
            **rule["conditions"],
            "category": rule["category"],
            "exclusion_reason": rule["exclusion_reason"],
            "note": rule["note"],
        }
        for rule in rules
    ]


def _kept_manifest(whole: dict[str, Any]) -> dict[str, Any]:
    """The manifest as the database keeps it; factors, sources and readings stand in the result already."""
    return {name: part for name, part in whole.items() if name not in {"factors", "sources", "files", "options"}}


def keep_run(run: Run, made: Calculated) -> bool:
    """Put a calculated run in place, in one transaction; False when another attempt was first."""
    with transaction.atomic(), acting(run.asked_by, act="finish run"):
        # Only the run itself: PostgreSQL locks no row that may be missing on the other side of a join.
        locked = Run.objects.select_for_update(of=("self",)).select_related("organisation", "visit").get(pk=run.pk)
        if locked.state == RunState.DONE:
            return False
        locked.folder = store.put_in_place(made.folder, locked)
        locked.state, locked.error = RunState.DONE, None
        locked.result, locked.manifest = result_as_json(made.result), made.manifest
        locked.finished_at = timezone.now()
        locked.save()
        RunTotal.objects.filter(run=locked).delete()
        RunTotal.objects.bulk_create(_total(locked, *each) for each in made.totals)
    return True


def _total(run: Run, year: int, category: str, part: Slice) -> RunTotal:
    return RunTotal(
        run=run,
        year=year,
        category=category,
        lines=part.lines,
        spend=part.spend.quantize(_CENT),
        footprint_kgco2e=part.footprint_kgco2e,
        low_kgco2e=part.low_kgco2e,
        high_kgco2e=part.high_kgco2e,
        spend_without_factor=part.spend_without_factor.quantize(_CENT),
    )


def fail_run(run: Run, error: dict[str, Any] | None) -> None:
    """Say that a run was given up, and why; a finished one stays finished."""
    with transaction.atomic(), acting(run.asked_by, act="fail run"):
        found = Run.objects.select_for_update().filter(pk=run.pk, state__in=OPEN).first()
        if found is not None:
            found.state, found.error, found.finished_at = RunState.FAILED, error, timezone.now()
            found.save(update_fields=["state", "error", "finished_at"])


def as_error(error: KeinoError) -> dict[str, Any]:
    """An error as a run keeps it."""
    return as_data(error)


def publish_run(*, run: Run, by: Person) -> None:
    """Show a finished run to everyone, where its organisation is public. Publishing twice changes nothing."""
    with transaction.atomic(), acting(by, act="publish run"):
        found = Run.objects.select_for_update().get(pk=run.pk)
        if found.state != RunState.DONE or found.organisation_id is None:
            raise NotAllowedNow(state=str(found.get_state_display()))
        if found.published_at is None:
            found.published_at = timezone.now()
            found.save(update_fields=["published_at"])


def withdraw_publication(*, run: Run, by: Person) -> None:
    """Stop showing a run to everyone; the result stays."""
    with transaction.atomic(), acting(by, act="withdraw publication"):
        found = Run.objects.select_for_update().get(pk=run.pk)
        if found.published_at is not None:
            found.published_at = None
            found.save(update_fields=["published_at"])
