"""Decisions on who takes part: a proposal, a dry run that shows exactly what it would do, and the decision itself.

The dry run and the decision share ``planned``: what is shown is what happens, in one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from keino.domain.programmes.places import too_many
from keino.errors import Problem, Problems, mark
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.choices.selection import DecisionOutcome, DecisionState
from keino.web.programmes.errors.selection import (
    DeciderHasTie,
    DecisionIncomplete,
    NotFromReserve,
    NothingToDecide,
    TooManyPlaces,
)
from keino.web.programmes.models import Application, DecidedApplication, Edition, SelectionDecision
from keino.web.programmes.queries.decisions_seen import counted_anew, is_tied_to_decided, places_seen_taken
from keino.web.programmes.queries.selection import draft_of, lines_of, places_taken, reserve_of
from keino.web.programmes.queries.summary import Row, proposals, summary
from keino.web.programmes.queries.ties import has_tie, tied_from
from keino.web.programmes.services.applications.moves import move_application
from keino.web.programmes.services.decision_mails import PlannedMail, mails_of, send
from keino.web.programmes.services.phases import require_phase

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: Applications that a decision can be made on: those under review, and the reserve of an earlier one.
DECIDABLE = (S.SUBMITTED, S.INTERVIEWED, S.RESERVE)
#: Somebody moves up from the reserve while participants are chosen, and while places are confirmed or given back.
MOVING_UP = (Act.DECIDE, Act.CONFIRM)


@dataclass(frozen=True)
class Said:
    """What is written for one application."""

    outcome: str
    reason: str = ""
    reserve_place: int | None = None


@dataclass(frozen=True)
class PlannedLine:
    """What a decision would do with one application."""

    line: DecidedApplication
    row: Row | None
    mails: tuple[PlannedMail, ...]


@dataclass(frozen=True)
class Plan:
    """What a decision would do: each application with its mails, and what stands in the way."""

    decision: SelectionDecision
    lines: tuple[PlannedLine, ...]
    taken: int
    wanted: int
    problems: Problems
    left_out: tuple[DecidedApplication, ...] = field(default=())
    #: How many applications of the proposal are closed to the reader, and whether none of these stands in the way of
    #: their making the decision.
    closed: int = 0
    is_theirs: bool = True

    @property
    def mail_count(self) -> int:
        """How many mails would go out."""
        return sum(len(each.mails) for each in self.lines)

    @property
    def over(self) -> int:
        """By how many the places would be exceeded."""
        return too_many(taken=self.taken, wanted=self.wanted, places=self.decision.edition.places_max)


# ---- the proposal


def begin_decision(edition: Edition, *, by: Person) -> SelectionDecision:
    """Begin a proposal with what the order of scores proposes. Pressing twice begins one."""
    with transaction.atomic(), acting(by, act="decision_begun"):
        Edition.objects.select_for_update().get(pk=edition.pk)
        if (there := draft_of(edition)) is not None:
            return there
        found = summary(edition, None)
        undecided = [row for row in found.rows if row.application.state in DECIDABLE]
        if not undecided:
            raise NothingToDecide
        last = edition.decisions.aggregate(last=Max("number"))["last"] or 0
        decision = SelectionDecision.objects.create(edition=edition, number=last + 1, begun_by=by)
        proposed = proposals(found, places_left=max(0, edition.places_max - places_taken(edition)))
        in_reserve = len(reserve_of(edition))
        for row in undecided:
            outcome: str = proposed.get(row.application.pk) or ""
            if row.application.state == S.SUBMITTED and outcome != DecisionOutcome.REJECTED:
                outcome = ""  # not interviewed yet
            in_reserve += outcome == DecisionOutcome.RESERVE
            DecidedApplication.objects.create(
                decision=decision,
                application=row.application,
                outcome=outcome,
                reserve_place=in_reserve if outcome == DecisionOutcome.RESERVE else None,
                total=_total(row),
                place=row.ranked.place,
            )
        return decision


def write_decision(
    decision: SelectionDecision,
    said: Mapping[int, Said],
    *,
    message: str,
    confirm_by: dt.date | None,
    by: Person,
    seen: int,
) -> None:
    """Write on a proposal; ``said`` is by application. Lines that are closed to ``by`` stay as they are."""
    with transaction.atomic(), acting(by, act="decision_written"):
        row = _draft(decision, seen=seen)
        changed = (row.message, row.confirm_by) != (message, confirm_by)
        lines = lines_of(row)
        closed = tied_from(by, [each.application for each in lines])
        for line in lines:
            new = said.get(line.application_id)
            if new is None or line.application_id in closed:
                continue
            place = new.reserve_place if new.outcome == DecisionOutcome.RESERVE else None
            if (line.outcome, line.reason, line.reserve_place) != (new.outcome, new.reason, place):
                line.outcome, line.reason, line.reserve_place = new.outcome, new.reason, place
                line.save()
                changed = True
        if changed:
            row.message, row.confirm_by, row.version = message, confirm_by, row.version + 1
            row.save()


def drop_decision(decision: SelectionDecision, *, by: Person) -> None:
    """Give a proposal up. Twice is once."""
    with transaction.atomic(), acting(by, act="decision_dropped"):
        row = SelectionDecision.objects.select_for_update().get(pk=decision.pk)
        if row.state == DecisionState.MADE:
            raise NotAllowedNow(state=row.get_state_display())
        if row.is_draft:
            row.state, row.version = DecisionState.DROPPED, row.version + 1
            row.save()


# ---- what it would do, and doing it


def planned(decision: SelectionDecision) -> Plan:
    """What the decision would do now: the moves, the mails word by word, and what stands in the way."""
    lines = lines_of(decision)
    rows = {row.application.pk: row for row in summary(decision.edition, None).rows}
    chosen = [line for line in lines if line.outcome]
    wanted = sum(line.outcome == DecisionOutcome.SELECTED for line in chosen)
    taken = places_taken(decision.edition)
    problems, mails = _problems(chosen, rows), mails_of(chosen)
    return Plan(
        decision=decision,
        lines=tuple(PlannedLine(line, rows.get(line.application_id), mails[line.application_id]) for line in chosen),
        taken=taken,
        wanted=wanted,
        problems=Problems(problems),
        left_out=tuple(line for line in lines if not line.outcome),
    )


def planned_for(decision: SelectionDecision, person: Person) -> Plan:
    """The same as this person may see it: without applicants to whom they have a tie, who count in no number."""
    plan = planned(decision)
    closed = tied_from(person, [line.application for line in lines_of(decision)])
    lines = tuple(each for each in plan.lines if each.line.application_id not in closed)
    is_in_it = len(lines) < len(plan.lines)
    if closed:
        counted_anew([each.line for each in lines])
    return replace(
        plan,
        lines=lines,
        taken=places_seen_taken(person, decision.edition),
        wanted=sum(each.line.outcome == DecisionOutcome.SELECTED for each in lines),
        problems=Problems() if is_in_it else plan.problems,  # it would name who is closed
        left_out=tuple(line for line in plan.left_out if line.application_id not in closed),
        closed=len(closed),
        is_theirs=not is_in_it and not is_tied_to_decided(person, decision.edition),
    )


def make_decision(decision: SelectionDecision, *, by: Person, seen: int) -> SelectionDecision:
    """Make the decision: move every application, send every mail, all or nothing. Pressing twice decides once.

    Raises NotInCalendar, DeciderHasTie, TooManyPlaces, DecisionIncomplete, Conflict.
    """
    with transaction.atomic(), acting(by, act="decision_made"):
        Edition.objects.select_for_update().get(pk=decision.edition_id)
        row = SelectionDecision.objects.select_for_update(of=("self",)).select_related("edition").get(pk=decision.pk)
        if row.state == DecisionState.MADE:
            return row
        row = _draft(row, seen=seen)
        require_phase(row.edition, Act.DECIDE)
        plan = planned(row)
        if tied_from(by, [each.line.application for each in plan.lines]) or is_tied_to_decided(by, row.edition):
            raise DeciderHasTie
        _require_places(plan)
        if not plan.lines:
            raise NothingToDecide
        if plan.problems:
            raise DecisionIncomplete(problems=plan.problems)
        for each in plan.left_out:
            each.delete()
        _carry_out(plan, by=by)
        return row


def _carry_out(plan: Plan, *, by: Person) -> None:
    now = timezone.now()
    for each in plan.lines:
        line = each.line
        line.total, line.place = (_total(each.row), each.row.ranked.place) if each.row else (None, None)
        line.save()
        move_application(line.application, line.outcome, by=by, why=line.reason)
        send(line, each.mails)
    row = plan.decision
    row.state, row.made_by, row.made_at, row.version = DecisionState.MADE, by, now, row.version + 1
    row.save()


def _require_places(plan: Plan) -> None:
    if plan.over:
        places = plan.decision.edition.places_max
        raise TooManyPlaces(places=places, taken=plan.taken, wanted=plan.wanted, over=plan.over)


def _problems(lines: Sequence[DecidedApplication], rows: Mapping[int, Row]) -> list[Problem]:
    """What stands in the way of deciding these lines so."""
    found = []
    for line in lines:
        row, name = rows.get(line.application_id), str(line.application.organisation)
        found += [Problem(template, name=name) for template in _of_line(line, row)]
    places = [line.reserve_place for line in lines if line.outcome == DecisionOutcome.RESERVE]
    if len(set(places)) < len(places) or None in places:
        found.append(Problem(mark("Everyone in the reserve needs a place of their own: 1, 2, 3 …")))
    return found


def _of_line(line: DecidedApplication, row: Row | None) -> list[str]:
    state, outcome = line.application.state, line.outcome
    if row is None or state not in DECIDABLE:
        return [mark("{name}: it was decided or withdrawn meanwhile. Take it out of the proposal.")]
    found = []
    if outcome != DecisionOutcome.SELECTED and not line.reason.strip():
        found.append(mark("{name}: the reasons are missing, which the applicant reads."))
    if state == S.RESERVE and outcome == DecisionOutcome.RESERVE:
        found.append(mark("{name}: it is in the reserve already. Leave it undecided, and it stays there."))
    if state == S.SUBMITTED and outcome != DecisionOutcome.REJECTED:
        found.append(mark("{name}: the interview isn't held yet."))
    failed = row.scores.eligible is False
    if row.scores.missing and not failed:
        found.append(mark("{name}: scores are missing."))
    if outcome != DecisionOutcome.REJECTED and failed:
        found.append(mark("{name}: a criterion that must be met is not met."))
    elif outcome != DecisionOutcome.REJECTED and row.scores.eligible is None and not row.scores.missing:
        found.append(mark("{name}: the reviewers don't agree whether a criterion is met that must be."))
    return found


def _draft(decision: SelectionDecision, *, seen: int) -> SelectionDecision:
    row = SelectionDecision.objects.select_for_update(of=("self",)).select_related("edition").get(pk=decision.pk)
    if not row.is_draft:
        raise NotAllowedNow(state=row.get_state_display())
    if row.version != seen:
        raise Conflict
    return row


def _total(row: Row) -> Decimal | None:
    """The total as it is kept, to four decimals; comparisons are made before, with exact fractions."""
    total = row.ranked.total
    return None if total is None else round(Decimal(total.numerator) / Decimal(total.denominator), 4)


# ---- the reserve


def planned_move_up(application: Application, *, reason: str = "") -> Plan:
    """What moving this application up from the reserve would do; nothing is written."""
    edition = application.edition
    decision = SelectionDecision(edition=edition, number=0)
    line = DecidedApplication(
        decision=decision, application=application, outcome=DecisionOutcome.SELECTED, reason=reason
    )
    row = next((each for each in summary(edition, None).rows if each.application.pk == application.pk), None)
    mails = mails_of([line])
    return Plan(decision, (PlannedLine(line, row, mails[application.pk]),), places_taken(edition), 1, Problems())


def move_up(
    application: Application, *, reason: str, confirm_by: dt.date | None, by: Person
) -> SelectionDecision | None:
    """Give a free place to somebody in the reserve, as a decision of its own. None: it has a place already.

    Whoever isn't first in the reserve needs a reason. It may be done as long as places are confirmed. Raises
    NotInCalendar, TooManyPlaces, NotFromReserve, DeciderHasTie.
    """
    with transaction.atomic(), acting(by, act="moved_up"):
        edition = Edition.objects.select_for_update().get(pk=application.edition_id)
        row = Application.objects.select_for_update(of=("self",)).select_related("organisation", "edition")
        now = row.get(pk=application.pk)
        if now.state == S.SELECTED:
            return None
        if now.state != S.RESERVE:
            raise NotFromReserve(state=now.get_state_display())
        require_phase(edition, *MOVING_UP)
        if has_tie(by, now) or is_tied_to_decided(by, edition):
            raise DeciderHasTie
        first = next(iter(reserve_of(edition)), None)
        if first is not None and first.application_id != now.pk and not reason.strip():
            words = mark("{name} is not the first in the reserve: say why it moves up before the others.")
            raise DecisionIncomplete(problems=Problems([Problem(words, name=str(now.organisation))]))
        if over := too_many(taken=places_taken(edition), wanted=1, places=edition.places_max):
            raise TooManyPlaces(places=edition.places_max, taken=places_taken(edition), wanted=1, over=over)
        last = edition.decisions.aggregate(last=Max("number"))["last"] or 0
        decision = SelectionDecision.objects.create(
            edition=edition,
            number=last + 1,
            state=DecisionState.MADE,
            confirm_by=confirm_by,
            begun_by=by,
            made_by=by,
            made_at=timezone.now(),
        )
        line = DecidedApplication.objects.create(
            decision=decision, application=now, outcome=DecisionOutcome.SELECTED, reason=reason.strip()
        )
        move_application(now, S.SELECTED, by=by, why=reason)
        send(line, mails_of([line])[now.pk])
        return decision
