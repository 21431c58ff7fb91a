"""What the site must know of reviews, interviews and decisions."""

from __future__ import annotations


def register() -> None:
    """Trail, personal data, owners, entries that mails carry, mail topic, daily work.

    None of it stands on an organisation's audit page: scores are for those who oversee the selection, and they have a
    page of its steps that leaves out what its reader has a tie to.
    """
    from keino.web.base import mail
    from keino.web.base.audit import audited
    from keino.web.programmes import interview_calendar, models
    from keino.web.programmes.ownership import selection as ownership
    from keino.web.programmes.personal_data import selection as personal_data
    from keino.web.programmes.services import review_reminders
    from keino.web.programmes.tasks import places, reviews

    audited(models.Selection, models.GuideQuestion, models.Review, models.Score, models.DeclaredTie)
    audited(models.Interview, models.Interviewer, leave_out=("made_with",))
    audited(models.InterviewNote, models.SelectionDecision, models.DecidedApplication)
    mail.topic(review_reminders.TOPIC, review_reminders.TOPIC_NAME)
    interview_calendar.register()
    reviews.register_timetable()
    places.register_timetable()
    personal_data.register()
    ownership.register()
