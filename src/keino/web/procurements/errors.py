"""What can go wrong with procurements, in sentences for the people concerned."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class ProcurementError(KeinoError):
    """Something about a procurement doesn't hold; ``field`` is the form field it belongs to."""

    code = "procurement"
    field = ""


class AssessmentMissing(ProcurementError):
    """The effects must be assessed before the tender is prepared."""

    code = "assessment_missing"
    template = mark(
        "The effects of this procurement must be assessed before the tender is prepared, because {reasons}. Nothing "
        "was changed and nothing is lost. Make the assessment and have it found enough, then move on."
    )


class MoveNotAllowed(ProcurementError):
    """The states' table has no such move."""

    code = "procurement_move_not_allowed"
    template = mark(
        "A procurement can't go from “{state}” to “{wanted}”. Nothing was changed. Possible from here: {possible}."
    )


class StepMissing(ProcurementError):
    """Something must be there before the procurement moves on; ``missing`` names all of it at once."""

    code = "procurement_step_missing"
    template = mark(
        "The procurement can't move to “{wanted}” yet. Nothing was changed and nothing is lost. Still missing: "
        "{missing}. Add it, or say why a phase is skipped, and move on."
    )


class ReasonMissing(ProcurementError):
    """A move that must be explained."""

    code = "procurement_reason_missing"
    field = "reason"
    template = mark("Say why the procurement goes to “{wanted}”, for those who read this later. Nothing was changed.")


class DecisionNeeded(ProcurementError):
    """Only an award decision moves a procurement to awarded."""

    code = "award_decision_needed"
    template = mark(
        "An approver moves the procurement to “{wanted}” by recording the award decision. Nothing was changed. "
        "Ask one of them: {approvers}."
    )


class NeverSkipped(ProcurementError):
    """A phase whose record no reason replaces."""

    code = "record_never_skipped"
    field = "is_skip"
    template = mark("The record “{record}” can't be left out. Nothing was saved. Write it instead.")


class NotInTheFuture(ProcurementError):
    """A record of something that hasn't happened."""

    code = "record_in_the_future"
    field = "dated_on"
    template = mark("{day} is still to come, and a record tells what has happened. Nothing was saved.")


class OnlyAwardCriteriaWeigh(ProcurementError):
    """A weight on a requirement."""

    code = "only_award_criteria_weigh"
    field = "weight_percent"
    template = mark("Only award criteria have a weight. Nothing was saved. Leave it empty or use it as such.")


class WeightsAboveHundred(ProcurementError):
    """Weights of more than the whole."""

    code = "weights_above_hundred"
    field = "weight_percent"
    template = mark(
        "With this one the weights of the award criteria would be {sum} %, and there are only 100 to give. Nothing "
        "was saved. {left} % are left."
    )


class MitigatedHow(ProcurementError):
    """A risk is called mitigated without a measure."""

    code = "risk_mitigated_how"
    field = "measure"
    template = mark("Say what was done about the risk before you call it mitigated. Nothing was saved.")


class OwnerMayNot(ProcurementError):
    """The chosen owner doesn't belong to the organisation."""

    code = "procurement_owner_may_not"
    field = "owner"
    template = mark("{person} has no role in {organisation} today. Nothing was saved. Choose somebody else.")


class UnknownCategory(ProcurementError):
    """No such category."""

    code = "procurement_unknown_category"
    field = "category"
    template = mark("The list has no category with the code {code}. Nothing was saved. Choose one from the list.")


class WrongCpv(ProcurementError):
    """Not the shape of a CPV code."""

    code = "wrong_cpv"
    field = "cpv"
    template = mark(
        "{code} is not a CPV code: it has eight digits and perhaps a dash and a check digit, for example 15000000-8. "
        "Nothing was saved."
    )
