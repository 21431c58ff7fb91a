"""What can go wrong with operating models and category plans, in sentences for the people concerned."""

from __future__ import annotations

from keino.domain.plans.category_gate import LACKS
from keino.errors import KeinoError, Problem, Problems, mark


class ApprovedBefore(KeinoError):
    """Two approvers at once: the other was first."""

    code = "approved_before"
    template = mark(
        "{person} approved this before you pressed the button, on {day} at {time}. It is approved once, by {person}; "
        "nothing of yours was lost or changed."
    )


class ChangedSinceRead(KeinoError):
    """The text is not the one that the approver read."""

    code = "changed_since_read"
    template = mark(
        "Somebody changed the text after you opened this page, so nothing was approved. Read the newest text below and "
        "approve it if you still agree."
    )


#: What an operating model needs before it is approved.
MODEL_LACKS = {
    "purpose": mark("Its purpose isn't written."),
    "target": mark("It isn't linked to a climate target of your own."),
    "roles": mark("The duties of one of the roles leader, manager and expert aren't written."),
}


class ModelLacks(KeinoError):
    """An operating model that isn't whole; ``codes`` are those of MODEL_LACKS."""

    code = "operating_model_lacks"
    template = mark("The operating model can't be approved yet, and nothing was changed. What is missing:{lacks}")

    def __init__(self, codes: tuple[str, ...]) -> None:
        self.codes = codes
        super().__init__(lacks=Problems(Problem(MODEL_LACKS[code]) for code in codes))


class PlanLacks(KeinoError):
    """The gate rule of a category plan; ``codes`` are those of ``category_gate.LACKS``."""

    code = "category_plan_lacks"
    template = mark("The plan can't be approved yet, and nothing was changed. What is missing:{lacks}")

    def __init__(self, codes: tuple[str, ...]) -> None:
        self.codes = codes
        super().__init__(lacks=Problems(Problem(LACKS[code]) for code in codes))


class NumbersOnTheWay(KeinoError):
    """A footprint is being calculated, or a ledger read, while somebody approves."""

    code = "numbers_on_the_way"
    template = mark(
        "The footprint of your organisation is being calculated anew, so the numbers that an approval keeps would be "
        "old in a moment. Nothing was approved and nothing was lost. Approve when the calculation is done."
    )


class UnknownCategory(KeinoError):
    """No leaf of the category tree."""

    code = "unknown_category"
    template = mark("{category} is no category that this version of keino knows. Nothing was changed. Choose another.")


class NothingToPublish(KeinoError):
    """A plan without an approved version."""

    code = "nothing_to_publish"
    template = mark("Only an approved version can be shown to everyone. Nothing was changed.")
