"""What can go wrong with events and registrations, in sentences for the people concerned."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class EventError(KeinoError):
    """Something about an event doesn't hold; ``field`` is the form field it belongs to."""

    code = "event"
    field = ""


# ---- times


class MomentSkipped(EventError):
    """A time of day that a day doesn't have: clocks go forward."""

    code = "moment_skipped"
    template = mark(
        "On {day} clocks go forward from {before} to {after}, so {time} doesn't exist that day. Nothing was saved: "
        "choose another time."
    )


class MomentTwice(EventError):
    """A time of day that a day has twice: clocks go back."""

    code = "moment_twice"
    template = mark(
        "On {day} clocks go back from {after} to {before}, so {time} comes twice and nobody could tell which is meant. "
        "Nothing was saved: choose a time before {before} or after {after}."
    )


class EventEndsTooEarly(EventError):
    """An end that isn't after the beginning."""

    code = "event_ends_too_early"
    field = "until"
    template = mark(
        "The event must end after it begins. Nothing was saved: choose a later end or an earlier beginning."
    )


class RegistrationEndsTooLate(EventError):
    """Registration would stay open while the event is on."""

    code = "registration_ends_too_late"
    field = "register_until"
    template = mark(
        "Registration can't stay open after the event has begun. Nothing was saved: choose an earlier last moment, or "
        "leave it empty."
    )


# ---- the event itself


class CapacityTooSmall(EventError):
    """Fewer seats than people who have one."""

    code = "capacity_too_small"
    field = "capacity"
    template = mark(
        "{taken} people have a seat already, so there can't be only {capacity}. Nothing was saved. Nobody loses a seat "
        "by a smaller number: cancel single registrations first, or choose at least {taken}."
    )


class EventCancelled(EventError):
    """The event was called off."""

    code = "event_cancelled"
    template = mark("“{title}” was cancelled, so nothing was changed. A cancelled event can be copied into a new one.")


class EventOver(EventError):
    """The event has ended."""

    code = "event_over"
    template = mark("“{title}” is over, so it can be neither moved nor cancelled. Nothing was changed.")


class KeptInCalendar(EventError):
    """A session is moved and taken out where its time is checked against the other dates."""

    code = "event_kept_in_calendar"
    template = mark(
        "“{title}” is a session of “{name}”: its time and place are changed, and it is taken out, in the calendar of "
        "the programme. Nothing was changed."
    )


class EventNeedsPlace(EventError):
    """Nobody could tell where to go."""

    code = "event_needs_place"
    field = "place"
    template = mark("An event on site needs a place before it is announced. Nothing was changed: write where it is.")


# ---- registration


class RegistrationClosed(EventError):
    """Registration isn't open."""

    code = "registration_closed"
    template = mark(
        "Registration to “{title}” closed on {until}, so you were not registered. Ask the organiser whether there is "
        "still room; materials are published on the page of the event."
    )


class NotInvited(EventError):
    """The event is for others."""

    code = "not_invited_to_event"
    template = mark("“{title}” is for those who were invited. Nothing was saved. Ask the organiser if you should be.")


class InvitationOver(EventError):
    """An invitation to what is over."""

    code = "invitation_over"
    template = mark("“{title}” is over, so there is nothing to answer any more. Nothing was changed.")


class InvitationUnknown(EventError):
    """A link that was never made here."""

    code = "event_invitation_unknown"
    template = mark(
        "This link opens no invitation: perhaps the mail cut it short. Nothing was changed. Open it from the mail once "
        "more, or copy the whole link."
    )


class InvitationWithdrawn(EventError):
    """An invitation that its organiser took back."""

    code = "event_invitation_withdrawn"
    template = mark(
        "The organiser withdrew this invitation, so there is nothing to answer and you need not do anything. If you "
        "think that this is a mistake, ask the organiser named in the mail: they can invite you again."
    )


class InvitationEnded(EventError):
    """An invitation that doesn't hold for the person any more, such as one to an organisation that they left."""

    code = "event_invitation_ended"
    template = mark(
        "This invitation doesn't hold any more: the organiser took it back, or you have left the organisation that was "
        "invited. Nothing was changed. If you think that you should be invited, ask the organiser named in the mail."
    )


class WithdrawnTooLate(EventError):
    """An invitation to what is over."""

    code = "event_invitation_withdrawn_too_late"
    template = mark("“{title}” is over, so its invitations can't be withdrawn any more. Nothing was changed.")


class SeatGone(EventError):
    """A registration that was ended already."""

    code = "seat_gone"
    template = mark(
        "This registration to “{title}” has ended, so nothing was changed. You can register again while there are "
        "seats."
    )


class NotEnoughSeats(EventError):
    """More people were to be seated than there are seats."""

    code = "not_enough_seats"
    template = mark(
        "{wanted} people were to get a seat, but only {free} are free. Nobody was invited: raise the number of seats "
        "or invite fewer."
    )


class TooManyHeld(EventError):
    """Somebody begins again and again."""

    code = "too_many_held"
    template = mark("Too many registrations were begun from here in a short time. Wait some minutes and try again.")


class TooManyLinks(EventError):
    """No more mail goes to an address for a while."""

    code = "too_many_links"
    field = "email"
    template = mark(
        "Several mails went to {address} within an hour, so no more is sent now. Nothing was changed: the link in the "
        "newest mail about this event holds. Look for it among unwanted mail, too, or try again in an hour."
    )


class AttendanceTooEarly(EventError):
    """Nobody can have come yet."""

    code = "attendance_too_early"
    template = mark("“{title}” has not begun, so nobody's attendance can be marked yet. Nothing was saved.")


# ---- materials


class FileNotTaken(EventError):
    """A file that isn't taken in."""

    code = "event_file_not_taken"
    field = "file"
    template = mark(
        "“{name}” was not taken: files may be {kinds}, and at most {most} MB. Save it as one of these, or put it "
        "elsewhere and give a link."
    )
