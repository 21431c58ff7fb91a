"""What can go wrong with a procurement's assessment and its market dialogue."""

from __future__ import annotations

from keino.errors import mark
from keino.web.procurements.errors import ProcurementError


class AssessmentUnfinished(ProcurementError):
    """An assessment that was begun and neither approved nor left out."""

    code = "assessment_unfinished"
    template = mark(
        "The assessment of this procurement's effects was begun and isn’t approved yet. Nothing was changed and "
        "nothing is lost. Have it approved, or say why it is left out, then move on."
    )


class AssessmentCannotBeSkipped(ProcurementError):
    """A rule demands the assessment."""

    code = "assessment_cannot_be_skipped"
    template = mark(
        "The assessment can't be left out, because {reasons}. Nothing was changed. If that is wrong, correct the "
        "procurement first."
    )


class AssessmentIncomplete(ProcurementError):
    """A step is missing."""

    code = "assessment_incomplete"
    template = mark(
        "The assessment isn't complete yet. Nothing was changed and nothing is lost. Still missing: {missing}."
    )


class TenderedAlready(ProcurementError):
    """The tender is out: what was assessed before it stays as it was."""

    code = "assessment_tendered_already"
    template = mark(
        "The procurement is “{state}”, and its assessment was made before the tender. It stays as it is; record "
        "results of its indicators instead. Nothing was changed."
    )


class DialogueIncomplete(ProcurementError):
    """The record of a dialogue lacks something."""

    code = "dialogue_incomplete"
    template = mark(
        "The dialogue can't be reported yet. Nothing was changed and nothing is lost. Still missing: {missing}."
    )


class DialogueIsFinished(ProcurementError):
    """The dialogue was reported."""

    code = "dialogue_is_finished"
    template = mark("The dialogue was reported already. Nothing was changed. Open it again to add to it.")


class NotHeldYet(ProcurementError):
    """A step of a dialogue on a day to come."""

    code = "dialogue_not_held_yet"
    field = "held_on"
    template = mark("{day} is still to come, and a record tells what has happened. Nothing was saved.")
