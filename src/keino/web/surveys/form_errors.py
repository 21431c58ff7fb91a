"""What can go wrong with forms and answers to them: what happened, what is kept, what to do."""

from __future__ import annotations

from keino.errors import UsageError, mark


class VersionIsPublished(UsageError):
    """A published version is what people answered; it never changes."""

    code = "form_version_is_published"
    template = mark(
        "This version of the form is published and is never changed or deleted, because people answer exactly these "
        "questions. Nothing was changed. Begin a new version: it starts as a copy of this one."
    )


class VersionNotReady(UsageError):
    """A version was to be published with something missing."""

    code = "form_version_not_ready"
    template = mark("This version can't be published yet. Nothing was changed. What is missing: {problems}")


class VersionIsDraft(UsageError):
    """A draft can't be answered."""

    code = "form_version_is_draft"
    template = mark("This version of the form isn't published yet, so it can't be answered. Nothing was changed.")


class AnonymityWeakened(UsageError):
    """A form would tell more of those who answered than they were promised."""

    code = "form_anonymity_weakened"
    template = mark(
        "Somebody has answered this form because it was anonymous, so it stays anonymous. Nothing was changed. Make "
        "another form if you need to know who answers."
    )


class AnswerIsSent(UsageError):
    """An answer that was sent stays as it is."""

    code = "form_answer_is_sent"
    template = mark(
        "These answers were sent already and can't be changed any more. What you wrote just now was not saved."
    )


class AnswersLeftOut(UsageError):
    """Sent with a question left out."""

    code = "form_answers_left_out"
    template = mark(
        "The answers were not sent, because {count} questions still need one. Everything you wrote is saved as a draft."
    )


class NotAnAnswer(UsageError):
    """A value that no form would send."""

    code = "form_not_an_answer"
    template = mark("“{question}” can't be answered like this. Nothing was saved.")


class AnsweredAlready(UsageError):
    """A second answer to an anonymous form."""

    code = "form_answered_already"
    template = mark(
        "You have answered this already. Because the form is anonymous, nobody can find your answers again, you "
        "neither: nothing was changed."
    )


class FileTooLargeToAttach(UsageError):
    """A file over the limit."""

    code = "attachment_too_large"
    template = mark("{name} is larger than {limit_mib} MB and was not saved. Make it smaller, or send it in parts.")


class FileKindNotTaken(UsageError):
    """A file that people could not open safely."""

    code = "attachment_kind"
    template = mark("{name} was not saved: files of this kind are not taken. Send one of these: {kinds}.")


class FileIsEmpty(UsageError):
    """A file without content."""

    code = "attachment_empty"
    template = mark("{name} is empty and was not saved. Choose the file again.")


class QuestionGone(UsageError):
    """A question that somebody took out meanwhile."""

    code = "form_question_gone"
    template = mark("This question isn't in the draft any more. Nothing was saved: go back to the list of questions.")


# ---- studies and interviews


class YearIsThere(UsageError):
    """A second round of the same year."""

    code = "study_year_is_there"
    template = mark("The study has a round of {year} already. Nothing was added: choose another year.")


class StudyDatesWrong(UsageError):
    """A last day that can't be."""

    code = "study_dates_wrong"
    template = mark(
        "The last day to answer must be neither before the first one nor in the past. Nothing was saved: choose other "
        "days."
    )


class NothingToAsk(UsageError):
    """A study of a form that nobody can answer."""

    code = "study_nothing_to_ask"
    template = mark("The form has no published version yet, so no year was opened. Publish the form first.")


class StudyIsClosed(UsageError):
    """Answers or interviews after the counting."""

    code = "study_round_is_closed"
    template = mark(
        "“{study}” takes nothing more: it was open from {opens_on} to {closes_on}, or somebody closed it. What you "
        "wrote before is kept as it was; what you wrote just now was not saved."
    )


class ObstacleThere(UsageError):
    """The same obstacle twice."""

    code = "obstacle_there"
    template = mark("“{text}” is on the list already. Nothing was added.")


class ObstacleUnknown(UsageError):
    """A code of another list."""

    code = "obstacle_unknown"
    template = mark("One of the obstacles isn't on the list any more. Nothing was saved: choose again.")
