"""What waits for somebody in some organisations; each question is asked once for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from keino.web.base.choices import JobState
from keino.web.base.models import Job, Person
from keino.web.dashboards.models import Export, ShareLink
from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.models import Ledger, Run, RunTotal
from keino.web.measurement.queries.runs import COUNTED
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Invitation, Organisation, Role
from keino.web.organisations.needs import of_organisations

#: Failed work is shown for so long; then it has been seen or doesn't matter.
SHOWN_FOR = dt.timedelta(days=14)
#: Dates further away than this are not shown yet.
AHEAD = dt.timedelta(days=60)

_IN_HAND = (LedgerState.READ, LedgerState.FAILED, LedgerState.CONFIRMED)
Row = TypeVar("Row", Ledger, Run, Invitation, Role, ShareLink)


class Waiting:
    """What waits in these organisations. Nothing is asked of the database before it is needed, and nothing twice."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        self.organisations = organisations
        self._known = {organisation.pk: organisation for organisation in organisations}

    def _rows(self, found: QuerySet[Row], *columns: str) -> list[Row]:
        """Rows with these columns alone, and with their organisations, which are at hand."""
        asked = found.filter(organisation__in=self.organisations).only("organisation_id", *columns)
        return of_organisations(asked, self.organisations)

    @cached_property
    def _ledgers(self) -> list[Ledger]:
        counted = Run.objects.filter(ledgers=OuterRef("pk"), state=RunState.DONE)
        found = Ledger.objects.annotate(is_counted=Exists(counted)).order_by("created_at", "pk")
        return self._rows(found, "public_id", "title", "state")

    @property
    def ledgers_in_hand(self) -> list[Ledger]:
        """Ledgers that wait for somebody: read, failed, or found right but not approved."""
        return [ledger for ledger in self._ledgers if ledger.state in _IN_HAND]

    @property
    def not_counted(self) -> set[int]:
        """Organisations with a ledger found right that no finished run has counted."""
        return {
            ledger.organisation_id
            for ledger in self._ledgers
            if ledger.organisation_id is not None and ledger.state in COUNTED and not ledger.is_counted  # type: ignore[attr-defined]
        }

    @property
    def without_ledgers(self) -> set[int]:
        """Organisations that have never added a ledger."""
        return set(self._known) - {ledger.organisation_id for ledger in self._ledgers}

    @cached_property
    def _runs(self) -> list[Run]:
        done = Run.objects.filter(organisation=OuterRef("organisation"), state=RunState.DONE)
        newest = Subquery(done.order_by("-finished_at", "-pk").values("pk")[:1])
        later = done.filter(created_at__gt=OuterRef("created_at"))
        failed = Q(state=RunState.FAILED, created_at__gt=timezone.now() - SHOWN_FOR)
        found = Run.objects.filter(Q(pk=newest) | failed & ~Exists(later)).order_by("-pk")
        return self._rows(found, "public_id", "state", "options")

    @property
    def newest_runs(self) -> dict[int, Run]:
        """The newest finished run of each organisation, by its key."""
        done = (run for run in self._runs if run.state == RunState.DONE)
        return {run.organisation_id: run for run in done if run.organisation_id is not None}

    @property
    def failed_runs(self) -> list[Run]:
        """Calculations that were given up lately, with no finished one after them."""
        return [run for run in self._runs if run.state == RunState.FAILED]

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Invitations that nobody has answered or taken back."""
        found = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by("expires_at", "pk")
        return self._rows(found, "email", "expires_at")

    @cached_property
    def _roles(self) -> list[Role]:
        today = timezone.localdate()
        found = Role.objects.on(today).filter(Q(kind=RoleKind.RESPONSIBLE_PERSON) | Q(valid_to__lte=today + AHEAD))
        named = found.select_related("person").order_by("valid_to", "pk")
        return self._rows(named, "kind", "valid_to", "person__name", "person__email")

    @property
    def without_responsible(self) -> set[int]:
        """Organisations without a responsible person today."""
        held = (role for role in self._roles if role.kind == RoleKind.RESPONSIBLE_PERSON)
        return set(self._known) - {role.organisation_id for role in held}

    @property
    def roles_ending(self) -> list[Role]:
        """Roles that end soon, the nearest first."""
        last = timezone.localdate() + AHEAD
        return [role for role in self._roles if role.valid_to is not None and role.valid_to <= last]

    @cached_property
    def links_expiring(self) -> list[ShareLink]:
        """Links that work still and stop soon."""
        now = timezone.now()
        found = ShareLink.objects.filter(revoked_at=None, expires_at__gt=now, expires_at__lte=now + AHEAD)
        return self._rows(found.order_by("expires_at", "pk"), "kind", "note", "expires_at", "created_by_id")


def failed_exports(person: Person) -> list[Export]:
    """Files that a person asked for, that could not be made and are still wanted."""
    failed = Job.objects.filter(
        created_by=person, kind="dashboards.export", state=JobState.FAILED, created_at__gt=timezone.now() - SHOWN_FOR
    )
    keys = [arguments["export"] for arguments in failed.values_list("arguments", flat=True)]
    if not keys:
        return []
    wanted = Export.objects.filter(public_id__in=keys, stored_as="", expires_at__gt=timezone.now())
    return list(wanted.select_related("run__organisation").defer("run__result", "run__manifest").order_by("-pk"))


def newest_totals(runs: dict[int, Run]) -> dict[int, RunTotal]:
    """The newest year's total of each of these runs, by organisation."""
    totals: dict[int, RunTotal] = {}
    found = RunTotal.objects.filter(run__in=list(runs.values()), category="*").order_by("year")
    by_run = {total.run_id: total for total in found}
    for organisation, run in runs.items():
        if run.pk in by_run:
            totals[organisation] = by_run[run.pk]
    return totals
