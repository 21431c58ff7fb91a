"""What can stand in the way of closing an edition, and what can be wrong with the tasks after it."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class AlumniError(KeinoError):
    """Something about closing or alumni doesn't hold."""

    code = "alumni"
    field = ""


class Unfinished(AlumniError):
    """Deliverables that are not approved and not explained."""

    code = "edition_unfinished"
    template = mark(
        "The edition can't be closed: {count} things are unfinished and unexplained ({first}). Nothing was changed. "
        "Have each approved, or write beside it why it stays unfinished."
    )


class YearOver(AlumniError):
    """A year of follow-up that is over."""

    code = "edition_year_over"
    field = "year"
    template = mark("The follow-up can't be in {year}. Nothing was changed. Choose {first} or the year after it.")


class NobodyTookPart(AlumniError):
    """An edition without participants."""

    code = "edition_nobody_took_part"
    template = mark(
        "Nobody takes part in the edition, so there is nobody to become alumni. Nothing was changed. Cancel the "
        "edition instead, if it isn't held."
    )


class DueBeforeToday(AlumniError):
    """A task that would be due in the past."""

    code = "follow_up_due_before_today"
    field = "due_on"
    template = mark("{day} has passed already. Nothing was saved. Choose a day from today on.")


class HeldLater(AlumniError):
    """A meeting noted before it was held."""

    code = "follow_up_held_later"
    field = "done_on"
    template = mark("A meeting can't be noted before it was held ({day}). Nothing was saved. Correct the day.")


class OutcomeMissing(AlumniError):
    """A meeting noted without a word of what came out of it."""

    code = "follow_up_outcome_missing"
    field = "outcome"
    template = mark("Write in a sentence what came out of it, or why it is not held. Nothing was saved.")


class OwnerNotOfCentre(AlumniError):
    """A task of the centre given to somebody who doesn't work there."""

    code = "follow_up_owner_not_of_centre"
    field = "owner"
    template = mark("{person} doesn't work at the centre today. Nothing was saved. Choose somebody who does.")


class NotAlumniYet(AlumniError):
    """A participant that is not an alumnus."""

    code = "not_alumni_yet"
    template = mark(
        "{organisation} becomes an alumnus when the edition is closed. Nothing was saved. Come back after that."
    )
