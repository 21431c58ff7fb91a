"""What can go wrong with reviews, interviews and decisions, in sentences for the people concerned."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class SelectionError(KeinoError):
    """Something about a selection doesn't hold; ``field`` is the form field it belongs to."""

    code = "selection"
    field = ""


class HasTie(SelectionError):
    """Somebody with a tie to the applicant."""

    code = "selection_tie"
    template = mark(
        "{person} has a tie to this applicant, so nothing was changed. Choose somebody who has none; the other "
        "applications are open to them."
    )


class DeciderHasTie(SelectionError):
    """A decider with a tie to one of the applicants in the decision, or in one before it."""

    code = "selection_decider_tie"
    template = mark(
        "You have a tie to an applicant in this decision or an earlier one of this edition, so you can't make it. "
        "Nothing was changed and no mail was sent. Another decider has to make it."
    )


class NotReviewed(SelectionError):
    """An application that isn't under review."""

    code = "selection_not_under_review"
    template = mark("This application is not under review (it is “{state}”), so nothing was changed.")


class KnowsTheApplicant(SelectionError):
    """Whoever talks with an applicant as its reviewer, where reviewers don't see who applies."""

    code = "selection_knows_the_applicant"
    template = mark(
        "Nobody both scores this applicant and talks with it, in an interview or a discussion, because reviewers don't "
        "see who applies here. {person} does one of the two, so nothing was changed. Choose somebody else."
    )


class NotAReviewer(SelectionError):
    """Somebody who isn't named as reviewer."""

    code = "selection_not_a_reviewer"
    field = "reviewer"
    template = mark("{person} is not named as a reviewer of this edition. Name them first, among its people.")


class ReviewIncomplete(SelectionError):
    """Scores are missing when a review is sent."""

    code = "review_incomplete"
    template = mark(
        "The review can't be sent yet; what you gave is saved as a draft. Still missing: {missing}. A missing score "
        "never counts as zero, so the application would have no place in the order."
    )


class ReviewSent(SelectionError):
    """A sent review is written on."""

    code = "review_sent"
    template = mark(
        "This review is sent and the others may have read it, so it can't be changed any more. Nothing was saved. "
        "If a score is wrong, tell the host, who can give it back to you."
    )


class ReviewersMissing(SelectionError):
    """There are too few reviewers without a tie."""

    code = "selection_reviewers_missing"
    template = mark(
        "{applications} applications have fewer than {wanted} reviewers, because the others have a tie to them or "
        "know who applies from a talk. All others are shared out. Name more reviewers among the edition's people."
    )


class InterviewInTheFuture(SelectionError):
    """An interview is said to be held before it began."""

    code = "interview_in_the_future"
    template = mark(
        "The interview begins on {moment} and can't have been held yet. Your notes are saved. Change its time if it "
        "was held earlier."
    )


class InterviewOver(SelectionError):
    """An interview that was held or cancelled is changed."""

    code = "interview_over"
    template = mark("This interview is {state} already, so nothing was changed. Plan another one if you need it.")


class InterviewEndsEarly(SelectionError):
    """An interview that ends before it begins."""

    code = "interview_ends_early"
    field = "ends_at"
    template = mark("The interview would end before it begins. Nothing was saved. Mend one of the two times.")


class QuestionUsed(SelectionError):
    """A question of the guide that has answers."""

    code = "guide_question_used"
    template = mark("Answers to this question are on record, so it stays in the guide. You can still change its words.")


class NothingToDecide(SelectionError):
    """No application can be decided on."""

    code = "nothing_to_decide"
    template = mark("There is no application to decide on. Applications come here once their interview is held.")


class DecisionIncomplete(SelectionError):
    """What stands in the way of a decision, all of it."""

    code = "decision_incomplete"
    template = mark(
        "The decision can't be made yet. Nothing was changed and no mail was sent. What stands in the way: {problems}"
    )


class TooManyPlaces(SelectionError):
    """More are selected than there are places."""

    code = "too_many_places"
    template = mark(
        "There are {places} places: {taken} are given and this would give {wanted} more. Nothing was changed and no "
        "mail was sent. Put {over} of them in the reserve, or wait until a place is free."
    )


class NotFromReserve(SelectionError):
    """Only who is in the reserve moves up."""

    code = "not_from_reserve"
    template = mark("Only an application in the reserve can move up; this one is “{state}”. Nothing was changed.")


class PlaceNotOffered(SelectionError):
    """A place is confirmed that nobody offered."""

    code = "place_not_offered"
    template = mark("No place waits for your confirmation. Nothing was changed. Ask the organiser if you expected one.")


class NothingToPublish(SelectionError):
    """A selection without a decision is published."""

    code = "nothing_to_publish"
    template = mark("Nobody is selected yet, so there is nothing to publish.")
