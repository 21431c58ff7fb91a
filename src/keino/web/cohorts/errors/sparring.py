"""What can go wrong with sparring, in sentences for whoever wrote it; ``field`` is the form field it belongs to."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class SparringError(KeinoError):
    """Something about sparring doesn't hold."""

    code = "sparring"
    field = ""


class SessionTimeWrong(SparringError):
    """A session that ends before it begins, or lasts longer than a working day."""

    code = "sparring_time_wrong"
    field = "ends"
    template = mark(
        "A session ends on the day on which it begins, later than it begins. Nothing was saved. Check the times."
    )


class SessionFarAway(SparringError):
    """A year that no session is agreed for: a slip of the keys."""

    code = "sparring_far_away"
    field = "day"
    template = mark("{day} lies too far away for a session. Nothing was saved. Check the year.")


class NotTheirMentor(SparringError):
    """The chosen mentor is not named for the organisation."""

    code = "sparring_not_their_mentor"
    field = "mentor"
    template = mark(
        "{person} is not a mentor of {organisation} today. Nothing was saved. Choose one of its mentors, or ask the "
        "centre to name one."
    )


class MentorIsTaken(SparringError):
    """The mentor has another session at that time."""

    code = "sparring_mentor_is_taken"
    field = "begins"
    template = mark(
        "{person} has another engagement at that time. Nothing was saved. Choose another time; what you wrote is still "
        "here."
    )


class SlotIsGone(SparringError):
    """The chosen time of the mentor's hours was taken in the meantime, or is too near."""

    code = "sparring_slot_is_gone"
    field = "slot"
    template = mark("That time can't be booked any more. Nothing was saved. Choose another of those offered now.")


class NotHeldYet(SparringError):
    """Notes of a session that has not begun."""

    code = "sparring_not_held_yet"
    template = mark(
        "The session begins on {day}: it can be written down from then on. Nothing was saved. If you met earlier, "
        "move the session first."
    )


class NothingWritten(SparringError):
    """A session written down without a word."""

    code = "sparring_nothing_written"
    field = "notes"
    template = mark("Write what was talked about or which advice was given. Nothing was saved.")


class SessionOfOther(SparringError):
    """An action that would be agreed in a session or case of somebody else."""

    code = "sparring_of_other"
    template = mark("The action belongs to another organisation than the sparring. Nothing was saved.")


class EndMissing(SparringError):
    """A case that would end with nothing."""

    code = "digital_end_missing"
    field = "end"
    template = mark(
        "Digital sparring ends with one of three: develop, buy or leave it. Nothing was saved. Choose which; if it is "
        "still open, go on sparring."
    )


class EndNeedsAction(SparringError):
    """A case that would end with develop or buy, and nobody would do anything."""

    code = "digital_end_needs_action"
    field = "end"
    template = mark(
        "To end with “{end}”, agree at least one action with its owner and deadline: else nobody would do it. Nothing "
        "was saved. Add the action to the case, then end it."
    )


class LeaveNeedsReason(SparringError):
    """A case that would be left without a reason and without follow-up."""

    code = "digital_leave_needs_reason"
    field = "reason"
    template = mark(
        "To leave it, write why, or agree an action that follows it up. Nothing was saved. The next one who thinks of "
        "the same will read the reason."
    )
