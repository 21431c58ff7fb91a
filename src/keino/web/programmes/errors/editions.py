"""What can go wrong with editions and their calendars, in sentences for the people concerned."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class EditionError(KeinoError):
    """Something about an edition doesn't hold; ``field`` is the form field it belongs to."""

    code = "edition"
    field = ""


class CalendarDoesNotHold(EditionError):
    """The dates contradict one another; ``lacks`` tells everything at once."""

    code = "calendar_does_not_hold"
    template = mark("The calendar was not saved, because its dates don't fit together:{lacks}")


class NotReady(EditionError):
    """The edition lacks something before everyone may see it."""

    code = "edition_not_ready"
    template = mark("The programme was not published, because something is missing:{lacks}")


class MoveRefused(EditionError):
    """The states' table has no such move."""

    code = "edition_move_refused"
    template = mark(
        "A programme can't go from “{state}” to “{wanted}”. Nothing was changed. Reload the page to see what can be "
        "done now."
    )


class TooEarlyOrLate(EditionError):
    """The calendar says that the call is open at another time."""

    code = "edition_call_not_now"
    template = mark(
        "The call can't be opened now: the deadline of its form was {deadline}. Nothing was changed. Put the deadline "
        "off first."
    )


class NotInCalendar(EditionError):
    """The calendar allows it at another time; ``why`` says when (``programmes.not_now``)."""

    code = "edition_not_in_calendar"
    template = mark("{why} Nothing was changed or lost.")


class EditionOver(EditionError):
    """What is completed or cancelled stays as it was."""

    code = "edition_over"
    template = mark(
        "This programme is “{state}” and stays as it was. Nothing was changed. Make a new one from it if you need to."
    )


class EditionSlugTaken(EditionError):
    """Another edition has the address."""

    code = "edition_slug_taken"
    field = "slug"
    template = mark("Another programme has the address {value}. Nothing was saved. Choose another one.")


class EditionSlugReserved(EditionError):
    """Another page of the site has the address."""

    code = "edition_slug_reserved"
    field = "slug"
    template = mark("Another page of the site has the address {value}. Nothing was saved. Choose another one.")


class PlacesWrongWayRound(EditionError):
    """More at least than at most."""

    code = "edition_places"
    field = "places_max"
    template = mark(
        "There can't be fewer places than organisations needed ({least} and {most}). Nothing was saved. Raise the "
        "number of places, or lower the other one."
    )


class TeamWrongWayRound(EditionError):
    """More at least than at most."""

    code = "edition_team"
    field = "team_max"
    template = mark(
        "The largest team can't be smaller than the smallest one ({least} and {most}). Nothing was saved. Mend one of "
        "the two."
    )


class NameMissing(EditionError):
    """A thing without a name in the language it is written in."""

    code = "edition_name_missing"
    template = mark(
        "Give a name in the language of the original ({language}); the other languages are translations of it. "
        "Nothing was saved."
    )

    def __init__(self, *, field: str, language: str) -> None:
        self.field = field  # of this one error, not of its class
        super().__init__(language=language)


class DiscussionsNotDated(EditionError):
    """Applicants would need a discussion that nobody can book."""

    code = "edition_discussions_not_dated"
    field = "needs_discussion"
    template = mark(
        "Nobody could book a discussion, because the calendar lacks {dates}. Nothing was saved. Add the dates first."
    )


class CodeTaken(EditionError):
    """Another part of the edition has the code."""

    code = "edition_code_taken"
    template = mark("Another one in this programme is called {value} already. Nothing was saved. Give it another name.")


class CriteriaFixed(EditionError):
    """Criteria don't change under the applicants' feet."""

    code = "edition_criteria_fixed"
    template = mark(
        "The call was opened on {day}, and applicants rely on what it says. What is asked and how it is weighed stays "
        "as it was; nothing was changed. Wording can still be mended."
    )


class WeightMissing(EditionError):
    """A scored criterion without weight counts for nothing."""

    code = "edition_weight"
    field = "weight"
    template = mark("A criterion that is scored needs a weight of at least 1. Nothing was saved.")


class DateWithoutDay(EditionError):
    """A date without its day."""

    code = "edition_date_day"
    template = mark("Say on which day it is. Nothing was saved.")


class NotOfTheCentre(EditionError):
    """Only people of the centre are named in an edition."""

    code = "edition_person"
    field = "person"
    template = mark(
        "{person} has no role at the centre today, so can't be named here. Nothing was changed. Give the role first."
    )


class UnknownTemplate(EditionError):
    """No such programme on record."""

    code = "edition_template"
    template = mark("There is no programme on record with the code {value}. Nothing was made. Choose one of the list.")
