"""What can go wrong with rounds and answers: what happened, what is kept, what to do."""

from __future__ import annotations

from keino.errors import UsageError, mark


class RoundIsOpen(UsageError):
    """A second round at the same time."""

    code = "round_is_open"
    template = mark("“{name}” is still open for answers, so no other round was opened. Close it first, or cancel it.")


class RoundTooSoon(UsageError):
    """A round right after another one."""

    code = "round_too_soon"
    template = mark(
        "“{name}” closed less than {days} days before this round would open, so it was not opened. Rounds so near to "
        "one another would show what the few people said who answered only one of them. Choose a later first day."
    )


class RoundDatesWrong(UsageError):
    """A last day that can't be."""

    code = "round_dates_wrong"
    template = mark(
        "The last day to answer ({closes_on}) must be neither before the first one ({opens_on}) nor in the past. "
        "Nothing was saved: choose other days."
    )


class GroupsWrong(UsageError):
    """Groups that respondents could not choose from."""

    code = "round_groups_wrong"
    template = mark("A round takes at most {most} groups with different names. Nothing was saved: shorten the list.")


class RoundIsOver(UsageError):
    """Answers to a round that doesn't take any."""

    code = "round_is_over"
    template = mark(
        "“{name}” takes no answers now: it is open from {opens_on} to {closes_on}, or somebody closed it. What you "
        "just wrote was not saved."
    )


class AnswersMissing(UsageError):
    """Answers were sent with a question left out."""

    code = "answers_missing"
    template = mark(
        "{count} questions have no answer yet, so your answers were not sent. “Don't know” is an answer, too."
    )


class GroupUnknown(UsageError):
    """A group that the round doesn't have, or none where it has some."""

    code = "round_group_unknown"
    template = mark("Choose the group you belong to, or “I'd rather not say”. Your answers were not sent.")
