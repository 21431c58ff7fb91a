"""What waits for somebody in some organisations; each question is asked once for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from keino.web.base.choices import JobState
from keino.web.base.models import Job, Person
from keino.web.dashboards.models import Export, ShareLink
from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.models import Ledger, Run, RunTotal
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Invitation, Organisation, Role

#: Failed work is shown for so long; then it has been seen or doesn't matter.
SHOWN_FOR = dt.timedelta(days=14)
#: Dates further away than this are not shown yet.
AHEAD = dt.timedelta(days=60)

Organisations = Sequence[Organisation]


def ledgers_in_hand(organisations: Organisations) -> QuerySet[Ledger]:
    """Ledgers that wait for somebody: read, failed, or found right but not approved."""
    states = (LedgerState.READ, LedgerState.FAILED, LedgerState.CONFIRMED)
    found = Ledger.objects.filter(organisation__in=organisations, state__in=states)
    return found.select_related("organisation").order_by("created_at", "pk")


def newest_runs(organisations: Organisations) -> dict[int, Run]:
    """The newest finished run of each organisation, by its key."""
    done = Run.objects.filter(organisation=OuterRef("organisation"), state=RunState.DONE)
    newest = Subquery(done.order_by("-finished_at", "-pk").values("pk")[:1])
    found = Run.objects.filter(organisation__in=organisations, pk=newest).defer("result", "manifest")
    return {run.organisation_id: run for run in found if run.organisation_id is not None}


def not_counted(organisations: Organisations) -> set[int]:
    """Organisations with a ledger found right that no finished run has counted."""
    counted = Run.objects.filter(ledgers=OuterRef("pk"), state=RunState.DONE)
    ready = Ledger.objects.filter(
        organisation__in=organisations, state__in=(LedgerState.CONFIRMED, LedgerState.APPROVED)
    )
    return set(ready.filter(~Exists(counted)).values_list("organisation_id", flat=True))


def without_ledgers(organisations: Organisations) -> set[int]:
    """Organisations that have never added a ledger."""
    have = set(Ledger.objects.filter(organisation__in=organisations).values_list("organisation_id", flat=True))
    return {organisation.pk for organisation in organisations} - have


def failed_runs(organisations: Organisations) -> QuerySet[Run]:
    """Calculations that were given up lately, with no finished one after them."""
    later = Run.objects.filter(
        organisation=OuterRef("organisation"), state=RunState.DONE, created_at__gt=OuterRef("created_at")
    )
    found = Run.objects.filter(
        organisation__in=organisations, state=RunState.FAILED, created_at__gt=timezone.now() - SHOWN_FOR
    )
    return found.filter(~Exists(later)).select_related("organisation").defer("result", "manifest").order_by("-pk")


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


def invitations(organisations: Organisations) -> QuerySet[Invitation]:
    """Invitations that nobody has answered or taken back."""
    found = Invitation.objects.filter(organisation__in=organisations, accepted_at=None, withdrawn_at=None)
    return found.select_related("organisation").order_by("expires_at", "pk")


def without_responsible(organisations: Organisations) -> set[int]:
    """Organisations without a responsible person today."""
    held = Role.objects.on(timezone.localdate()).filter(
        organisation__in=organisations, kind=RoleKind.RESPONSIBLE_PERSON
    )
    return {organisation.pk for organisation in organisations} - set(held.values_list("organisation_id", flat=True))


def roles_ending(organisations: Organisations) -> QuerySet[Role]:
    """Roles that end soon."""
    today = timezone.localdate()
    found = Role.objects.on(today).filter(organisation__in=organisations, valid_to__lte=today + AHEAD)
    return found.select_related("organisation", "person").order_by("valid_to", "pk")


def links_expiring(organisations: Organisations) -> QuerySet[ShareLink]:
    """Links that work still and stop soon."""
    now = timezone.now()
    found = ShareLink.objects.filter(
        organisation__in=organisations, revoked_at=None, expires_at__gt=now, expires_at__lte=now + AHEAD
    )
    return found.select_related("organisation").order_by("expires_at", "pk")


def newest_totals(runs: dict[int, Run]) -> dict[int, RunTotal]:
    """The newest year's total of each of these runs, by organisation."""
    totals: dict[int, RunTotal] = {}
    found = RunTotal.objects.filter(run__in=list(runs.values()), category="*").order_by("year")
    by_run = {total.run_id: total for total in found}
    for organisation, run in runs.items():
        if run.pk in by_run:
            totals[organisation] = by_run[run.pk]
    return totals
