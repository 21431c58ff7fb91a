"""What needs a person, first thing on each home: overdue, this week, waiting for them, waiting for others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.addresses import address_or_none
from keino.web.cohorts import needs as of_cohorts
from keino.web.dashboards.queries.needs import Waiting, failed_exports
from keino.web.events import needs as of_events
from keino.web.followup import needs as of_follow_up
from keino.web.measurement.choices import LedgerState
from keino.web.measurement.queries.runs import newest_edition
from keino.web.organisations.choices import BUYERS
from keino.web.organisations.needs import ComingDate, Need
from keino.web.plans import needs as of_plans
from keino.web.procurements import needs as of_procurements
from keino.web.programmes import needs as of_programmes
from keino.web.surveys import needs as of_surveys

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.measurement.models import Ledger
    from keino.web.organisations.models import Invitation

WEEK = dt.timedelta(days=7)
#: Apps that say themselves what of theirs needs a person.
OF_APPS = (of_procurements, of_plans, of_follow_up, of_programmes, of_cohorts, of_events, of_surveys)


def as_items(needs: Iterable[Need], *, named: bool = False) -> list[dict[str, Any]]:
    """Needs as the component lists them; ``named`` says whose each is, where several organisations are on one page."""
    return [
        vars(need) | {"title": f"{need.organisation}: {need.title}" if named and need.organisation else need.title}
        for need in needs
    ]


def needs_of(person: Person, waiting: Waiting) -> list[Need]:
    """Everything that needs the person in these organisations, the most urgent first."""
    organisations = waiting.organisations
    order = {"overdue": 0, "week": 1, "you": 2, "others": 3}
    found = [
        *_ledgers(person, waiting),
        *_runs(person, waiting),
        *_people(person, waiting),
        *_links(person, waiting),
        *_exports(person),
        *(need for app in OF_APPS for need in app.needs(person, organisations)),
    ]
    return sorted(found, key=lambda need: (order[need.kind], need.due or dt.date.max))


def _ledgers(person: Person, waiting: Waiting) -> Iterator[Need]:
    for ledger in waiting.ledgers_in_hand:
        assert ledger.organisation is not None
        works = person.has_perm("measurement.work", ledger.organisation)
        approves = person.has_perm("measurement.approve", ledger.organisation)
        need = _ledger(ledger, works=works, approves=approves)
        if need:
            yield need


def _ledger(ledger: Ledger, *, works: bool, approves: bool) -> Need | None:
    assert ledger.organisation is not None
    owner = ledger.organisation
    url = address_or_none("measurement:ledger", slug=owner.slug, ledger=ledger.public_id)
    title = {"title": ledger.title}
    if ledger.state == LedgerState.CONFIRMED:
        if approves:
            return Need("you", _("Compare “%(title)s” with the books and approve it") % title, url, None, str(owner))
        said = _("“%(title)s” waits for an approver")
        return Need("others", said % title, url, None, str(owner)) if works else None
    if not works:
        return None
    if ledger.state == LedgerState.FAILED:
        return Need("you", _("“%(title)s” could not be read: see why") % title, url, None, str(owner))
    return Need("you", _("Look at how “%(title)s” was read and say whether it is right") % title, url, None, str(owner))


def _runs(person: Person, waiting: Waiting) -> Iterator[Need]:
    own = [each for each in waiting.organisations if each.kind in BUYERS and person.has_perm("measurement.work", each)]
    if not own:
        return
    runs, not_counted, empty = waiting.newest_runs, waiting.not_counted, waiting.without_ledgers
    newest = newest_edition()
    for each in own:
        ledgers = address_or_none("measurement:ledgers", slug=each.slug)
        run = runs.get(each.pk)
        if each.pk in empty:
            yield Need("you", _("Add your first ledger"), ledgers, None, str(each))
        elif each.pk in not_counted:
            yield Need("you", _("Calculate the footprint of the ledgers you confirmed"), ledgers, None, str(each))
        elif run and run.options.get("factors", "").partition("@")[2] not in {"", newest}:
            said = _("New emission factors are out (%(edition)s): calculate again, the old result stays")
            runs_page = address_or_none("measurement:runs", slug=each.slug)
            yield Need("you", said % {"edition": newest}, runs_page, None, str(each))
    for failed in waiting.failed_runs:
        if failed.organisation not in own:
            continue
        url = address_or_none("measurement:run", slug=failed.organisation.slug, run=failed.public_id)
        yield Need("you", _("A calculation stopped: see why"), url, None, str(failed.organisation))


def _people(person: Person, waiting: Waiting) -> Iterator[Need]:
    own = [each for each in waiting.organisations if person.has_perm("organisations.manage_people", each)]
    if not own:
        return
    for invitation in waiting.invitations:
        if invitation.organisation in own:
            yield _invitation(invitation)
    alone = waiting.without_responsible
    for each in own:
        if each.pk in alone:
            url = address_or_none("organisations:people", slug=each.slug)
            yield Need("you", _("Nobody is the responsible person: choose one"), url, None, str(each))
    for role in waiting.roles_ending:
        if role.organisation in own and role.valid_to and role.valid_to <= timezone.localdate() + WEEK:
            url = address_or_none("organisations:people", slug=role.organisation.slug)
            said = _("%(person)s stops as %(role)s: who goes on?") % {"person": role.person, "role": _role(role)}
            yield Need("week", said, url, role.valid_to, str(role.organisation))


def _invitation(invitation: Invitation) -> Need:
    owner = invitation.organisation
    url, due = address_or_none("organisations:people", slug=owner.slug), timezone.localdate(invitation.expires_at)
    if invitation.expires_at <= timezone.now():
        said = _("The invitation of %(address)s was not answered in time: invite again or take it back")
        return Need("overdue", said % {"address": invitation.email}, url, due, str(owner))
    return Need("others", _("%(address)s hasn't answered yet") % {"address": invitation.email}, url, due, str(owner))


def _role(role: object) -> str:
    return str(role.get_kind_display())  # type: ignore[attr-defined]  # made by Django


def _links(person: Person, waiting: Waiting) -> Iterator[Need]:
    own = [each for each in waiting.organisations if person.has_perm("measurement.work", each)]
    soon = timezone.now() + WEEK
    for link in waiting.links_expiring if own else ():
        if link.organisation in own and link.expires_at <= soon and link.created_by_id == person.pk:
            url = address_or_none("dashboards:shares", slug=link.organisation.slug)
            said = _("Your link “%(note)s” stops working") % {"note": link.note or link.get_kind_display()}
            yield Need("week", said, url, timezone.localdate(link.expires_at), str(link.organisation))


def _exports(person: Person) -> Iterator[Need]:
    for export in failed_exports(person):
        owner = export.run.organisation
        if owner is not None and person.has_perm("measurement.see_results", owner):
            url = address_or_none("dashboards:export_file", slug=owner.slug, key=export.public_id)
            yield Need("you", _("A file you asked for could not be made: see why"), url, None, str(owner))


def coming_dates(person: Person, waiting: Waiting) -> list[ComingDate]:
    """The next dates of one organisation, the nearest first."""
    (organisation,) = waiting.organisations
    found: list[ComingDate] = []
    if person.has_perm("organisations.manage_people", organisation):
        people = address_or_none("organisations:people", slug=organisation.slug)
        for role in waiting.roles_ending:
            assert role.valid_to is not None
            said = _("%(person)s's role as %(role)s ends") % {"person": role.person, "role": _role(role)}
            found.append(ComingDate(role.valid_to, said, people))
        for invitation in waiting.invitations:
            said = _("Last day to answer the invitation of %(address)s") % {"address": invitation.email}
            found.append(ComingDate(timezone.localdate(invitation.expires_at), said, people))
    if person.has_perm("measurement.work", organisation):
        shares = address_or_none("dashboards:shares", slug=organisation.slug)
        for link in waiting.links_expiring:
            said = _("The link “%(note)s” stops working") % {"note": link.note or link.get_kind_display()}
            found.append(ComingDate(timezone.localdate(link.expires_at), said, shares))
    for app in OF_APPS:
        found.extend(app.coming_dates(person, organisation))
    today = timezone.localdate()
    return sorted((each for each in found if each.date >= today), key=lambda each: each.date)
