"""What can go wrong with contracts and the controls of their terms."""

from __future__ import annotations

from keino.errors import mark
from keino.web.procurements.errors import ProcurementError


class ContractEndsFirst(ProcurementError):
    """A contract that ends before it begins."""

    code = "contract_ends_first"
    field = "ends_on"
    template = mark("The contract would end on {end}, before it begins on {begin}. Nothing was saved. Check the days.")


class ExtensionWithoutEnd(ProcurementError):
    """An extension of something without an end, or one that ends before it begins."""

    code = "contract_extension_without_end"
    field = "extension_until"
    template = mark(
        "An extension begins when the agreed term ends, so it needs the last day of the term, and must not end before "
        "it. Nothing was saved. Give both days, or leave the extension empty."
    )


class NoticeTooLate(ProcurementError):
    """A last day for choosing otherwise that lies after the contract."""

    code = "contract_notice_too_late"
    field = "notice_by"
    template = mark(
        "On {notice} nothing can be chosen any more, for the contract ends on {end}. Nothing was saved. Give the last "
        "day on which you may still choose otherwise."
    )


class DayFarAway(ProcurementError):
    """A day that no contract has: a slip of the keys."""

    code = "contract_day_far_away"
    template = mark("{day} lies too far away for a contract. Nothing was saved. Check the year.")

    def __init__(self, *, field: str, **values: object) -> None:
        super().__init__(**values)
        self.field = field  # of this one error, not of its class


class ControlNeedsEvidence(ProcurementError):
    """A control that is closed without saying on what."""

    code = "control_needs_evidence"
    field = "evidence"
    template = mark(
        "A control is closed on evidence: say what you saw (a report, a certificate, a measurement) and where it is "
        "kept. Nothing was saved."
    )


class ControlNeedsFinding(ProcurementError):
    """A control that is closed without a finding."""

    code = "control_needs_finding"
    field = "finding"
    template = mark("Say whether the term is kept before you close the control. Nothing was saved.")


class ControlNeedsMeasure(ProcurementError):
    """A broken term without a measure."""

    code = "control_needs_measure"
    field = "measure"
    template = mark("The term is not kept in full: say what is done about it. Nothing was saved.")


class ControlIsClosed(ProcurementError):
    """A closed control."""

    code = "control_is_closed"
    template = mark("The control of {day} was closed already. Nothing was changed. Plan a new one if you look again.")


class OwnerMayNotHold(ProcurementError):
    """The chosen owner can't open contracts of the organisation."""

    code = "contract_owner_may_not"
    field = "owner"
    template = mark("{person} can't work on contracts of {organisation}. Nothing was saved. Choose somebody else.")
