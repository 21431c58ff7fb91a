"""What can go wrong with applications and their discussions, in sentences for the people concerned."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class ApplicationError(KeinoError):
    """Something about an application doesn't hold; ``field`` is the form field it belongs to."""

    code = "application"
    field = ""


class ApplicationMoveNotAllowed(ApplicationError):
    """The states' table has no such move."""

    code = "application_move_not_allowed"
    template = mark(
        "An application can't go from “{state}” to “{wanted}”. Nothing was changed. Possible from here: {possible}."
    )


class DiscussionNeeded(ApplicationError):
    """Nothing goes past the discussion without it."""

    code = "discussion_needed"
    template = mark(
        "An application is sent after the discussion with the programme's experts, and this one's hasn't been held "
        "yet. What you wrote is kept as a draft. Book a discussion, or ask the experts to mark it as held."
    )


class WhyMissing(ApplicationError):
    """A move that must be explained."""

    code = "application_why_missing"
    field = "why"
    template = mark("Say why the application goes to “{wanted}”, for those concerned. Nothing was changed.")


class CallNotOpen(ApplicationError):
    """Nobody can apply now."""

    code = "call_not_open"
    template = mark(
        "“{edition}” doesn't take applications now. Nothing was saved. Its page says when the call is open."
    )


class InterestTooLate(ApplicationError):
    """The interest came after the deadline; it is kept as a draft."""

    code = "interest_too_late"
    template = mark(
        "The deadline of “{edition}” was {deadline}, so the interest wasn't registered. What you wrote is kept as a "
        "draft. Write to the programme's contact person, who can tell what is still possible."
    )


class BookingTooLate(ApplicationError):
    """The booking came after the deadline."""

    code = "booking_too_late"
    template = mark(
        "Discussions of “{edition}” were booked until {deadline}, so nothing was booked. Your interest and what you "
        "wrote are kept. Write to the programme's contact person, who can tell what is still possible."
    )


class ApplicationTooLate(ApplicationError):
    """The application came after the deadline."""

    code = "application_too_late"
    template = mark(
        "The deadline of “{edition}” was {deadline} and it is {now} now, so the application wasn't sent. Everything "
        "you wrote is kept as a draft. Write to the programme's contact person, who can tell what is still possible."
    )


class AppliedAlready(ApplicationError):
    """The organisation has an application in this edition."""

    code = "applied_already"
    template = mark(
        "{organisation} has told its interest in “{edition}” already. Nothing was saved. Open that application and go "
        "on with it together."
    )


class SlotTaken(ApplicationError):
    """Somebody else was quicker, or the time isn't offered any more."""

    code = "slot_taken"
    field = "slot"
    template = mark(
        "The discussion on {when} is no longer free: somebody else booked it, or it is too near. {kept} Choose another "
        "time from the list."
    )


class NotHeldYet(ApplicationError):
    """A discussion that hasn't begun."""

    code = "discussion_not_held_yet"
    template = mark("The discussion begins on {when}, so it can't be marked as held yet. Nothing was changed.")


class DiscussionWasHeld(ApplicationError):
    """It is over."""

    code = "discussion_was_held"
    template = mark("The discussion was held already, so it can't be moved or cancelled. Nothing was changed.")


class HoursOverlap(ApplicationError):
    """The expert gave these hours already."""

    code = "hours_overlap"
    field = "begins"
    template = mark("{expert} has hours on {day} that overlap these. Nothing was saved. Change those first.")


class HoursInThePast(ApplicationError):
    """Hours of a day that is over."""

    code = "hours_in_the_past"
    field = "day"
    template = mark("{day} is over. Nothing was saved. Choose a day to come.")


class HoursAreBooked(ApplicationError):
    """A booked discussion lies in these hours."""

    code = "hours_are_booked"
    template = mark(
        "A discussion is booked in these hours ({when}, {organisation}), so they stay. Cancel or move the discussion "
        "first: the applicant is told."
    )


class HoursAreSparred(ApplicationError):
    """A sparring session lies in these hours."""

    code = "hours_are_sparred"
    template = mark(
        "A sparring session is booked in these hours ({when}), so they stay. Cancel or move the session first: the "
        "participant is told."
    )


class NotAnExpert(ApplicationError):
    """The person isn't named as an expert of the edition."""

    code = "not_an_expert_of_edition"
    field = "expert"
    template = mark("{person} isn't named as an expert of this edition. Nothing was saved. Name them first.")


class NotOfTheOrganisation(ApplicationError):
    """A procurement or person of somebody else."""

    code = "not_of_the_applicant"
    template = mark("This belongs to another organisation. Nothing was saved. Choose one of your own.")


class MemberThere(ApplicationError):
    """The address is in the team."""

    code = "member_there"
    field = "email"
    template = mark("{email} is in the team already. Nothing was saved. Change that person instead.")


class TeamIsFull(ApplicationError):
    """The edition wants no more people."""

    code = "team_is_full"
    template = mark(
        "The team of “{edition}” has at most {most} people. Nothing was saved. Take somebody out first, or change one."
    )


class RoleTaken(ApplicationError):
    """No more people of this role are wanted."""

    code = "team_role_taken"
    field = "role"
    template = mark("The team has its {most} in the role “{role}” already. Nothing was saved. Choose another role.")


class UnknownTeamRole(ApplicationError):
    """The edition wants no such role."""

    code = "unknown_team_role"
    field = "role"
    template = mark("This edition doesn't know the role “{role}”. Nothing was saved. Choose one from the list.")


class NotComplete(ApplicationError):
    """Something is missing; ``missing`` names all of it at once."""

    code = "application_not_complete"
    template = mark("The application can't be sent yet. Everything you wrote is kept. Still missing: {missing}.")


class CommitmentAsked(ApplicationError):
    """The address has an open request."""

    code = "commitment_asked"
    field = "email"
    template = mark(
        "{email} has been asked already and hasn't answered. Nothing was sent. Mail the link again instead."
    )


class CommitmentOfOneself(ApplicationError):
    """The address is that of somebody who applies."""

    code = "commitment_of_oneself"
    field = "email"
    status = 409
    template = mark(
        "{email} belongs to somebody who writes this application or is in its team, so no link confirms it for them. "
        "Nothing was confirmed or sent. Ask another manager, or let an approver of your organisation log in and "
        "confirm."
    )


class CommitmentChanged(ApplicationError):
    """Somebody wrote on the application while the manager read it."""

    code = "commitment_changed"
    status = 409
    template = mark(
        "What you are asked to stand behind was changed while you read it, so nothing was confirmed. Open the page "
        "again, look at what it says now, and confirm then."
    )


class CommitmentTooOften(ApplicationError):
    """Too many mails on one day."""

    code = "commitment_mailed_too_often"
    template = mark(
        "{limit} requests were mailed for this application today. Nothing was sent, so that nobody takes them for "
        "spam. Try again tomorrow, or ask the manager to log in and confirm."
    )


class CommitmentNotNow(ApplicationError):
    """The application has gone on."""

    code = "commitment_not_now"
    template = mark("This application is “{state}”, so its commitment can't be changed. Nothing was changed.")


class CommitmentLinkError(ApplicationError):
    """A mailed link that doesn't lead on; ``status`` is that of the page."""

    code = "commitment_link"
    status = 410


class CommitmentUnknown(CommitmentLinkError):
    """No such link."""

    code = "commitment_unknown"
    status = 404
    template = mark(
        "This link isn't known: perhaps a part of it was cut off, or a newer link was mailed. Nothing was changed. "
        "Open the link of the newest mail, or ask whoever sent it for a new one."
    )


class CommitmentUsed(CommitmentLinkError):
    """The link was used."""

    code = "commitment_used"
    template = mark("This link was used on {day}: the answer is on record. You need not do anything more.")


class CommitmentTakenBack(CommitmentLinkError):
    """The request was taken back."""

    code = "commitment_taken_back"
    template = mark("{organisation} took this request back. You need not do anything.")


class CommitmentExpired(CommitmentLinkError):
    """The link's time is over."""

    code = "commitment_expired"
    template = mark(
        "This link was valid until {day}. Nothing was confirmed. Ask {organisation} for a new one, or log in and "
        "confirm there."
    )


class QuestionsTooMany(ApplicationError):
    """Too many questions in an hour."""

    code = "too_many_questions"
    template = mark(
        "So many questions came in during the last hour that this one wasn't sent. It is still in the form: try again "
        "in an hour, or write to {address}."
    )


class NobodyToAsk(ApplicationError):
    """No contact address, no host."""

    code = "nobody_to_ask"
    template = mark(
        "This programme has no contact person yet, so nothing was sent. Your question is still in the form. Write to "
        "those who run the site by the feedback page."
    )


class QuestionsAreAnswered(ApplicationError):
    """Applications with answers to the questions were sent."""

    code = "application_questions_answered"
    field = "form_version"
    template = mark(
        "Applications were sent already, with answers to the questions as they are. Nothing was changed, so that all "
        "applicants answer the same."
    )
