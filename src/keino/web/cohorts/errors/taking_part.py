"""What can go wrong with taking part, assignments and deliverables, in sentences for the people concerned."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class CohortError(KeinoError):
    """Something doesn't hold; ``field`` is the form field it belongs to."""

    code = "cohort"
    field = ""


# ---- taking part


class NotAMentorHere(CohortError):
    """The chosen person may not guide the organisation."""

    code = "not_a_mentor_here"
    field = "mentor"
    template = mark(
        "{person} is not a mentor or expert of the centre today. Nothing was changed. Give the person the role on the "
        "page of the centre's people first."
    )


class ParticipationIsOver(CohortError):
    """Somebody works on for an organisation that has left or is through."""

    code = "participation_is_over"
    template = mark(
        "{organisation} doesn't work in this programme any more ({state}), so nothing was changed. Everything that was "
        "written is kept and can be read. The documents themselves go on where they are."
    )


class MoveOfParticipationNotAllowed(CohortError):
    """The states' table has no such move."""

    code = "participation_move_not_allowed"
    template = mark("Taking part can't go from “{state}” to “{wanted}”. Nothing was changed.")


class WhyLeft(CohortError):
    """An organisation leaves without a word."""

    code = "participation_why_left"
    field = "note"
    template = mark("Say in a sentence why {organisation} leaves, for those who plan the next programme.")


class NotOneOfUs(CohortError):
    """The chosen person has no role in the organisation."""

    code = "team_person_not_here"
    field = "person"
    template = mark("{person} has no role in {organisation} today. Nothing was saved. Invite the person first.")


class OnlyOneself(CohortError):
    """Somebody gives another person's consent."""

    code = "consent_is_ones_own"
    template = mark("Only {person} can agree to this, or take it back. Nothing was changed.")


# ---- assignments


class DueHasPassed(CohortError):
    """A due time is set into the past."""

    code = "assignment_due_has_passed"
    field = "due"
    template = mark("{moment} has passed already. Nothing was saved. Choose a time that is still to come.")


class DueStays(CohortError):
    """Somebody moves a due time after it has passed."""

    code = "assignment_due_stays"
    field = "due"
    template = mark(
        "The time for this was {moment}, and a time that has passed isn't moved: who has not handed in stays on the "
        "list of those overdue, and can still hand in. Nothing was changed."
    )


class NothingToHandIn(CohortError):
    """An empty answer."""

    code = "nothing_to_hand_in"
    field = "draft"
    template = mark("There is nothing to hand in yet: write an answer or add a file. Nothing was changed.")


class FeedbackMissing(CohortError):
    """Something is returned without a word."""

    code = "feedback_missing"
    field = "feedback"
    template = mark("Say what should be done differently before you return it. Nothing was changed.")


class FileTooLarge(CohortError):
    """A file above the limit."""

    code = "work_file_too_large"
    field = "file"
    template = mark(
        "{name} is larger than {limit} MB, so it was not added. Your text is kept. Make the file smaller, or write a "
        "link to where it is."
    )


class TooManyFiles(CohortError):
    """More files than a mentor can read."""

    code = "too_many_work_files"
    field = "file"
    template = mark("There are {limit} files already. Nothing was added. Take one out first.")


# ---- deliverables


class NothingLinked(CohortError):
    """A deliverable without its document."""

    code = "deliverable_without_document"
    template = mark(
        "There is no document to hand in yet ({kind}). Nothing was changed. Begin it, or choose the one that is there."
    )


class NotYourDocument(CohortError):
    """A document of another organisation."""

    code = "deliverable_of_another"
    template = mark("This document doesn't belong to {organisation}. Nothing was changed.")


class DeliveredAlready(CohortError):
    """The same document twice."""

    code = "delivered_already"
    template = mark("This document is among the deliverables already. Nothing was changed.")


class UnchangedSinceReturned(CohortError):
    """The same text again."""

    code = "unchanged_since_returned"
    template = mark(
        "Nothing has changed in the document since the mentor returned it, so it was not handed in again. Change it "
        "where it is written, or answer the mentor in a comment."
    )


class NothingShownToGroup(CohortError):
    """A presentation that shows nothing."""

    code = "presentation_shows_nothing"
    field = "shown"
    template = mark(
        "Choose what the group is shown. Only what was handed to the mentor can be shown, so that everybody knows "
        "which version it was. Nothing was saved."
    )


class NotHeldYet(CohortError):
    """A decision of a meeting that is still to come."""

    code = "presentation_not_held_yet"
    field = "decided_on"
    template = mark("{day} is still to come, and a decision tells what has been decided. Nothing was saved.")


class DecidedBefore(CohortError):
    """A second decision."""

    code = "presentation_decided_before"
    template = mark(
        "The decision of this meeting is recorded already and isn't changed. Nothing was saved. If the group decides "
        "anew, add another presentation."
    )


class PresentationIsDecided(CohortError):
    """Somebody changes what was shown after the decision."""

    code = "presentation_is_decided"
    template = mark(
        "The group has decided on this, so the presentation isn't changed any more. Nothing was saved. Add another one."
    )
