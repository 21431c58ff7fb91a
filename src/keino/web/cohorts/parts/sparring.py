"""What the site must know of sparring, small groups, alumni and lessons when it starts."""

from __future__ import annotations


def register() -> None:
    """Make audit trail, owners, personal data, mail topics, calendar entries, engagements and reminders known."""
    from django.utils.translation import gettext_lazy as _

    from keino.web.base import mail
    from keino.web.base.audit import audited
    from keino.web.cohorts import models, session_calendar
    from keino.web.cohorts.ownership import sparring as ownership
    from keino.web.cohorts.personal_data import sparring as personal_data
    from keino.web.cohorts.queries.sparring_slots import sessions_in, sessions_of
    from keino.web.cohorts.tasks import follow_up
    from keino.web.programmes.engaged import bookings_in_hours_known_by, engagements_known_by

    audited(models.SparringSession, leave_out=("agenda", "notes", "advice", "version", "sequence"))
    audited(models.DigitalCase, leave_out=("current_tools", "target", "reason", "version"))
    audited(
        models.DigitalOption, leave_out=("speaks_for", "speaks_against", "version"), belongs_to="case__organisation"
    )
    audited(models.AgreedAction, belongs_to="action__organisation")
    audited(models.PeerGroup, leave_out=("version",), belongs_to="edition__organisation")
    audited(models.PeerGroupMember, belongs_to="participation__organisation")
    audited(models.KnowHow, leave_out=("text", "version"), belongs_to="participation__organisation")
    audited(models.FollowUpTask, leave_out=("outcome", "version"), belongs_to="edition__organisation")
    audited(models.EditionClosing, belongs_to="edition__organisation")
    audited(models.AlumniEntry, leave_out=("text", "version"), belongs_to="participation__organisation")
    audited(
        models.CohortLesson, leave_out=("what_happened", "advice", "version"), belongs_to="participation__organisation"
    )
    audited(
        models.LessonTemplate, leave_out=("text", "actions", "version"),
        belongs_to="lesson__participation__organisation",
    )  # fmt: skip
    audited(models.TemplateReuse)
    ownership.register()
    personal_data.register()
    session_calendar.register()
    engagements_known_by(sessions_of)
    bookings_in_hours_known_by(sessions_in)
    mail.topic("cohorts.sparring", _("Sparring sessions"))
    mail.topic("cohorts.alumni", _("Alumni and what follows a programme"))
    follow_up.register_timetable()
