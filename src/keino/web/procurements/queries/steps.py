"""What a procurement still lacks before its next state: facts of its own, and the records of the phases that end."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from keino.web.procurements.assessment_choices import AssessmentState
from keino.web.procurements.choices import (
    EXIT_RECORDS,
    LAST_STATE,
    PATH,
    Phase,
    Procedure,
    ProcurementState,
    RecordKind,
)
from keino.web.procurements.models import ExitRecord, Procurement
from keino.web.procurements.queries.assessments import assessment_of, reasons_to_assess

S = ProcurementState

#: Where a procurement stands on the path while something holds it up.
_STANDS_AT = {S.FAILED_COMPETITION: S.TENDER_PREP, S.APPEALED: S.EVALUATION}

#: The columns that must be filled from a state on, each with the part of the form that has it.
FACTS: dict[ProcurementState, tuple[tuple[str, str], ...]] = {
    S.PLANNED: (("owner", "basics"), ("category", "basics")),
    S.TENDER_PREP: (("purchase_kind", "tender"), ("estimated_value_eur", "tender")),
    S.PUBLISHED: (("procedure", "tender"), ("procedure_starts_on", "tender")),
}

#: Procedures without a notice: the tender goes from its preparation to the comparison.
_WITHOUT_NOTICE = frozenset({Procedure.DIRECT_AWARD, Procedure.FRAMEWORK})


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: ``kind`` fact, record or assessment; ``code`` the column, or the record's kind."""

    kind: str
    code: str
    words: str
    part: str = ""


def place(state: str) -> int:
    """How far along the path a state is; -1 for a procurement that was cancelled."""
    stands = _STANDS_AT.get(ProcurementState(state), ProcurementState(state))
    return PATH.index(stands) if stands in PATH else -1


def next_state(procurement: Procurement) -> ProcurementState | None:
    """The state that comes next when nothing stops the procurement; None at its end."""
    state = ProcurementState(procurement.state)
    if state == S.TENDER_PREP and procurement.procedure in _WITHOUT_NOTICE:
        return S.EVALUATION
    if state == S.FAILED_COMPETITION:
        return S.TENDER_PREP
    if state == S.APPEALED:
        return S.CONTRACT
    return PATH[PATH.index(state) + 1] if state in PATH[:-1] else None


def is_forward(state: str, wanted: str) -> bool:
    """Whether a move leads on along the path."""
    return wanted in PATH and place(state) >= 0 and place(wanted) > place(state)


def phases_ending(state: str, wanted: str) -> list[Phase]:
    """The phases that end when a procurement moves on from one state to another."""
    if not is_forward(state, wanted):
        return []
    return [phase for phase, last in LAST_STATE.items() if place(state) <= PATH.index(last) < place(wanted)]


def facts_missing(procurement: Procurement, wanted: str) -> list[Missing]:
    """The columns that must be filled before the procurement is in the wanted state."""
    names = {field.name: str(field.verbose_name) for field in procurement._meta.concrete_fields}  # noqa: SLF001  # Django's
    asked = [column for since, columns in FACTS.items() if place(wanted) >= PATH.index(since) for column in columns]
    return [
        Missing("fact", name, names[name][:1].lower() + names[name][1:], part)
        for name, part in asked
        if getattr(procurement, name) in {None, ""}
    ]


def records_missing(state: str, wanted: str, there: Collection[str]) -> list[Missing]:
    """The exit records of the phases that end, without those that are there (kinds, skips included).

    A tender is never published before the outcome of the dialogue, or the reason for holding none, is written: not
    even where the procurement came to its preparation without passing the dialogue (taken in from a table).
    """
    needed = [EXIT_RECORDS[phase] for phase in phases_ending(state, wanted)]
    if wanted == S.PUBLISHED and is_forward(state, wanted) and RecordKind.DIALOGUE_REPORT not in needed:
        needed.append(RecordKind.DIALOGUE_REPORT)
    return [Missing("record", kind.value, str(kind.label)) for kind in needed if kind not in there]


def missing_for(procurement: Procurement, wanted: str, *, there: Collection[str] | None = None) -> list[Missing]:
    """Everything that must be there before the procurement moves on to the wanted state. Going back asks nothing."""
    if not is_forward(procurement.state, wanted):
        return []
    found = facts_missing(procurement, wanted)
    found += records_missing(procurement.state, wanted, kinds_of(procurement) if there is None else there)
    return found + assessment_missing(procurement, wanted)


def assessment_missing(procurement: Procurement, wanted: str) -> list[Missing]:
    """The assessment that must be approved before the tender: because a rule demands it, or somebody began one."""
    if place(wanted) < PATH.index(S.TENDER_PREP):
        return []
    begun = assessment_of(procurement)
    state = begun.state if begun else AssessmentState.SKIPPED
    if state in {AssessmentState.DRAFT, AssessmentState.READY}:
        return [Missing("assessment", "assessment", _("assessment of the effects: begun, not approved yet"))]
    if state == AssessmentState.SKIPPED and reasons_to_assess(procurement):
        return [Missing("assessment", "assessment", _("assessment of the effects"))]
    return []


def kinds_of(procurement: Procurement) -> set[str]:
    """The kinds of records that a procurement has, skipped phases included."""
    return set(ExitRecord.objects.filter(procurement=procurement).values_list("kind", flat=True))


def path_of(procurement: Procurement, records: Iterable[ExitRecord]) -> list[dict[str, object]]:
    """The six phases as the stepper shows them. A phase is done when the procurement has left it behind."""
    skipped = {record.kind for record in records if record.is_skip}
    written = {record.kind for record in records if not record.is_skip}
    here = place(procurement.state)
    found: list[dict[str, object]] = []
    for phase, last in LAST_STATE.items():
        kind: RecordKind = EXIT_RECORDS[phase]
        is_done = here > PATH.index(last)
        is_current = not is_done and here >= 0 and here >= _first(phase)
        title = capfirst(str(phase.label))
        if kind in skipped - written:
            title = _("{phase} (skipped)").format(phase=title)
        found.append({"title": title, "state": "done" if is_done else "current" if is_current else "todo", "url": None})
    return found


def _first(phase: Phase) -> int:
    """Where on the path a phase begins: after the one before it has ended."""
    begins = {
        Phase.NEED: S.IDEA,
        Phase.PLANNING: S.PLANNED,
        Phase.DIALOGUE: S.DIALOGUE,
        Phase.TENDERING: S.TENDER_PREP,
        Phase.CONTRACT: S.AWARDED,
        Phase.FOLLOW_UP: S.CONTRACT,
    }
    return PATH.index(begins[phase])
