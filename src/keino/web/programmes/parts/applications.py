"""What the site must know of applications and discussions."""

from __future__ import annotations


def register() -> None:
    """Trail, personal data, owners, entries that mails carry, topics of mail, the clock."""
    from keino.web.base import mail
    from keino.web.base.audit import audited
    from keino.web.programmes import discussion_calendar, models
    from keino.web.programmes.ownership import applications as ownership
    from keino.web.programmes.personal_data import applications as personal_data
    from keino.web.programmes.queries.application_questions import answers_in_use
    from keino.web.programmes.services.applications import mails as application_mails
    from keino.web.programmes.tasks.applications import register_timetable
    from keino.web.surveys.answers_in_use import keeps_answers

    keys = ("made_with", "token_hash", "version")
    audited(models.Application, leave_out=keys)
    audited(models.ApplicationMember, mask=("email",), leave_out=keys, belongs_to="application__organisation")
    audited(
        models.CommitmentRequest,
        mask=("email",),
        leave_out=("stood_behind", *keys),
        belongs_to="application__organisation",
    )
    audited(models.InterestDraft, leave_out=("interest", *keys))  # a text that was never sent leaves no copy
    # notes are for the edition's people, not for the applicant's trail
    audited(models.Discussion, leave_out=("notes", *keys), belongs_to="application__organisation")
    audited(
        models.ApplicationQuestions,
        models.DiscussionRule,
        models.ExpertHours,
        leave_out=keys,
        belongs_to="edition__organisation",
    )
    mail.topic(application_mails.REMINDERS, application_mails.REMINDERS_NAME)
    mail.topic(application_mails.NEWS, application_mails.NEWS_NAME)
    keeps_answers(answers_in_use)
    personal_data.register()
    ownership.register()
    discussion_calendar.register()
    register_timetable()
